//! Settings in `Cargo.toml`: `[package.metadata.secrets]` over `[workspace.metadata.secrets]`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    config::{Compat, FileSetting, Merge, Settings},
    error::{ErrorKind, Problem, Problems, suggest},
    origin::{Origin, TextFile},
};

const KEYS: [&str; 5] = ["files", "merge", "profile", "env-prefix", "compat"];

/// What the manifests of a package say.
pub(crate) struct Manifests {
    /// The settings of the package, falling back key by key to those of the workspace.
    pub(crate) settings: Settings,
    /// The directory of the workspace's manifest; the package's own if there is no workspace.
    pub(crate) workspace: PathBuf,
    /// The files that were read.
    pub(crate) files: Vec<PathBuf>,
}

/// Reads the manifest in a directory, and that of its workspace.
pub(crate) fn read(directory: &Path, problems: &mut Problems) -> Manifests {
    let package = directory.join("Cargo.toml");
    let root = workspace_manifest(directory).unwrap_or_else(|| package.clone());
    let workspace = root.parent().unwrap_or(directory).to_owned();

    let settings = section(&package, "package", problems);
    let fallback = section(&root, "workspace", problems);
    let files = if root == package {
        vec![package]
    } else {
        vec![package, root]
    };
    Manifests {
        settings: settings.or(fallback),
        workspace,
        files,
    }
}

/// Asks cargo, which alone knows whether a package is a member of the workspace above it. Outside of
/// a package, and without cargo, there is none.
fn workspace_manifest(directory: &Path) -> Option<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["locate-project", "--workspace", "--message-format", "plain"])
        .current_dir(directory)
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let path = String::from_utf8(output.stdout).ok()?;
    Some(PathBuf::from(path.trim_end_matches(['\r', '\n'])))
}

/// The settings of one manifest; none if it has no such section.
fn section(path: &Path, name: &str, problems: &mut Problems) -> Settings {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            problems.push(Problem::io("read", path, &error).with_kind(ErrorKind::Setting));
            return Settings::default();
        }
    };
    let file = TextFile::new(path.to_owned(), &text);
    let Ok(manifest) = DeTable::parse(&text) else {
        // Cargo has parsed it, so this is only reached without cargo.
        let message = format!(
            "`{}` is not TOML; `cargo metadata` tells more",
            path.display()
        );
        problems.push(Problem::new(ErrorKind::Setting, message));
        return Settings::default();
    };
    let table = manifest.get_ref();
    let secrets = get(table, name)
        .and_then(|section| get(section.get_ref().as_table()?, "metadata"))
        .and_then(|metadata| get(metadata.get_ref().as_table()?, "secrets"));
    let Some(secrets) = secrets else {
        return Settings::default();
    };
    let base = path.parent().unwrap_or(Path::new(""));
    let mut reader = Reader {
        file: &file,
        section: name,
        base,
        problems,
    };
    match secrets.get_ref().as_table() {
        Some(table) => reader.settings(table),
        None => reader.wrong(secrets, "", "a table").unwrap_or_default(),
    }
}

fn get<'a>(table: &'a DeTable<'a>, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
    table
        .iter()
        .find(|(known, _)| known.get_ref().as_ref() == key)
        .map(|(_, value)| value)
}

struct Reader<'a> {
    file: &'a Arc<TextFile>,
    section: &'a str,
    base: &'a Path,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn settings(&mut self, table: &DeTable<'_>) -> Settings {
        let mut settings = Settings::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "files" => settings.files = self.files(value),
                "profile" => settings.profile = self.string(value, "profile"),
                "env-prefix" => settings.env_prefix = self.string(value, "env-prefix"),
                "merge" => {
                    let known = [("deep", Merge::Deep), ("shallow", Merge::Shallow)];
                    settings.merge = self.choice(value, "merge", &known);
                }
                "compat" => {
                    settings.compat =
                        self.choice(value, "compat", &[("streamlit", Compat::Streamlit)]);
                }
                unknown => {
                    let near = suggest(unknown, KEYS);
                    let message = match near.as_str() {
                        "" => format!(
                            "unknown setting `{unknown}`; known are `{}`",
                            KEYS.join("`, `")
                        ),
                        near => format!("unknown setting `{unknown}`{near}"),
                    };
                    self.problem(key.span().start, &message);
                }
            }
        }
        settings
    }

    fn files(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<FileSetting>> {
        let Some(array) = value.get_ref().as_array() else {
            return self.wrong(value, "files", "an array of paths");
        };
        Some(
            array
                .iter()
                .filter_map(|element| self.file(element))
                .collect(),
        )
    }

    fn file(&mut self, value: &Spanned<DeValue<'_>>) -> Option<FileSetting> {
        if let Some(path) = value.get_ref().as_str() {
            return Some(FileSetting::new(self.base, path, false));
        }
        let expected = "a path or `{ path = \"...\", optional = true }`";
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong(value, "files", expected);
        };
        let (mut path, mut optional) = (None, false);
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "path" => path = Some(self.string(value, "path")?),
                "optional" => match value.get_ref().as_bool() {
                    Some(value) => optional = value,
                    None => return self.wrong(value, "optional", "a boolean"),
                },
                unknown => {
                    let near = suggest(unknown, ["path", "optional"]);
                    self.problem(
                        key.span().start,
                        &format!("unknown key `{unknown}` in `files`{near}"),
                    );
                    return None;
                }
            }
        }
        match path {
            Some(path) => Some(FileSetting::new(self.base, &path, optional)),
            None => self.wrong(value, "files", expected),
        }
    }

    fn string(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<String> {
        match value.get_ref().as_str() {
            Some(string) => Some(string.to_owned()),
            None => self.wrong(value, key, "a string"),
        }
    }

    fn choice<T: Copy>(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        key: &str,
        known: &[(&str, T)],
    ) -> Option<T> {
        let chosen = self.string(value, key)?;
        if let Some((_, choice)) = known.iter().find(|(name, _)| *name == chosen) {
            return Some(*choice);
        }
        let names: Vec<_> = known
            .iter()
            .map(|(name, _)| format!("`\"{name}\"`"))
            .collect();
        let message = format!(
            "`{key}` is `\"{chosen}\"`, which is not one of {}",
            names.join(", ")
        );
        self.problem(value.span().start, &message);
        None
    }

    fn wrong<T>(&mut self, value: &Spanned<DeValue<'_>>, key: &str, expected: &str) -> Option<T> {
        let path = format!("{}.metadata.secrets", self.section);
        let path = if key.is_empty() {
            path
        } else {
            format!("{path}.{key}")
        };
        let found = value.get_ref().type_str();
        self.problem(
            value.span().start,
            &format!("`{path}` is a {found}, expected {expected}"),
        );
        None
    }

    fn problem(&mut self, offset: usize, message: &str) {
        let origin = Origin::text(self.file, offset);
        self.problems
            .push(Problem::at(ErrorKind::Setting, &origin, message));
    }
}
