//! Settings in `Cargo.toml`: `[package.metadata.secrets]` over `[workspace.metadata.secrets]`.

mod keys;
mod recipients;

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
    config::{Compat, Merge},
    error::{ErrorKind, Problem, Problems, suggest},
    file,
    origin::{Origin, TextFile},
    recipient::key_path,
    settings::{FileSetting, Places, Scope, Settings},
    shown,
};

const KEYS: [&str; 13] = [
    "files",
    "merge",
    "profile",
    "env-prefix",
    "compat",
    "recipients",
    "identity",
    "template",
    "keys",
    "sealed",
    "profiles",
    "known-profiles",
    "always",
];

/// What the manifests of a package say.
pub(crate) struct Manifests {
    /// The settings of the package, falling back key by key to those of the workspace.
    pub(crate) settings: Settings,
    /// The directory of the workspace's manifest; the package's own if there is no workspace.
    pub(crate) workspace: PathBuf,
    /// The name of the package.
    pub(crate) name: String,
    /// The files that were read.
    pub(crate) files: Vec<PathBuf>,
}

/// Reads the manifest in a directory, and that of its workspace.
pub(crate) fn read(directory: &Path, problems: &mut Problems) -> Manifests {
    let package = directory.join("Cargo.toml");
    // Cargo answers with the real path, which a package that was reached by a link does not have.
    let root = workspace_manifest(directory, problems)
        .filter(|root| !same(root, &package))
        .unwrap_or_else(|| package.clone());
    let workspace = root.parent().unwrap_or(directory).to_owned();

    let name = name(&package).unwrap_or_default();
    let (settings, files) = if root == package {
        let settings = read_file(&package, directory, &["package", "workspace"], problems);
        (settings, vec![package])
    } else {
        let settings = read_file(&package, directory, &["package"], problems);
        let fallback = read_file(&root, directory, &["workspace"], problems);
        (settings.or(fallback), vec![package, root])
    };
    Manifests {
        settings,
        workspace,
        name,
        files,
    }
}

/// The settings that packages and workspaces around a packaged copy have: the manifest that it was made
/// from, which cargo keeps beside it, those above it, and those above the directory that cargo was called in.
pub(crate) fn settings_around(package: &Path) -> Vec<Settings> {
    // What is wrong with them is told where they hold.
    let mut ignored = Problems::default();
    let original = package.join("Cargo.toml.orig");
    let above = directories_around(package).into_iter();
    let manifests = above.map(|directory| directory.join("Cargo.toml"));
    let manifests = std::iter::once(original).chain(manifests);
    let mut settings = Vec::new();
    for manifest in manifests.filter(|manifest| manifest.is_file()) {
        for section in ["package", "workspace"] {
            settings.push(read_file(&manifest, package, &[section], &mut ignored));
        }
    }
    settings
}

/// The directories above a packaged copy, and above the one that cargo was called in. The copy may be in a
/// target directory that is elsewhere, and no file of it tells where the workspace is.
pub(crate) fn directories_around(package: &Path) -> Vec<PathBuf> {
    let called_in = env::var_os("PWD").map(PathBuf::from);
    let called_in = called_in.filter(|directory| directory.is_absolute());
    let mut directories: Vec<PathBuf> = Vec::new();
    let above = package.ancestors().skip(1);
    for directory in above.chain(called_in.iter().flat_map(|directory| directory.ancestors())) {
        if !directories.iter().any(|known| known == directory) {
            directories.push(directory.to_owned());
        }
    }
    directories
}

fn same(a: &Path, b: &Path) -> bool {
    a == b || matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// The name of a package. A manifest that cannot be read was reported with its settings.
fn name(manifest: &Path) -> Option<String> {
    let text = file::read_text(manifest).ok()?;
    let manifest = DeTable::parse(&text).ok()?;
    let package = get(manifest.get_ref(), "package")?;
    let name = get(package.get_ref().as_table()?, "name")?;
    name.get_ref().as_str().map(str::to_owned)
}

/// The manifest of the workspace that a package is a member of, if it is a member of one. Where cargo does
/// not answer, a workspace above may hold settings for this package, recipients among them, that must not be
/// passed over.
fn workspace_manifest(directory: &Path, problems: &mut Problems) -> Option<PathBuf> {
    match ask_cargo(directory) {
        Answer::Root(root) => return Some(root),
        Answer::NoMember => return None,
        Answer::None => {}
    }
    let above = directory
        .ancestors()
        .map(|above| above.join("Cargo.toml"))
        .find(|manifest| is_workspace(manifest))
        .filter(|root| root.parent() != Some(directory))?;
    let above = above.display();
    let message = format!(
        "cargo does not tell the workspace of this package, and `{above}` above has `[workspace]`, whose \
         settings and secrets may hold here; set the variable `CARGO` to the path of cargo, or give the \
         package a `[workspace]` of its own"
    );
    problems.push(Problem::new(ErrorKind::Setting, message));
    None
}

/// Whether a manifest is the root of a workspace.
fn is_workspace(manifest: &Path) -> bool {
    let text = fs::read_to_string(manifest).unwrap_or_default();
    DeTable::parse(&text).is_ok_and(|manifest| get(manifest.get_ref(), "workspace").is_some())
}

/// What cargo says of the workspace of a package.
enum Answer {
    Root(PathBuf),
    /// The package is below a workspace, which does not have it: as a packaged copy is.
    NoMember,
    /// Cargo cannot be run, or failed.
    None,
}

/// Asks cargo, which alone knows whether a package is a member of the workspace above it.
fn ask_cargo(directory: &Path) -> Answer {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["locate-project", "--workspace", "--message-format", "plain"])
        .current_dir(directory)
        .output();
    let Ok(output) = output else {
        return Answer::None;
    };
    let (told, wrong) = (String::from_utf8(output.stdout), output.stderr);
    match told {
        Ok(path) if output.status.success() => {
            Answer::Root(PathBuf::from(path.trim_end_matches(['\r', '\n'])))
        }
        _ if String::from_utf8_lossy(&wrong).contains("believes it's in a workspace") => {
            Answer::NoMember
        }
        _ => Answer::None,
    }
}

/// The settings in sections of one manifest, each falling back to the next.
fn read_file(path: &Path, package: &Path, sections: &[&str], problems: &mut Problems) -> Settings {
    let text = match file::read_text(path) {
        Ok(text) => text,
        Err(error) => {
            problems.push(Problem::io("read", path, &error).with_kind(ErrorKind::Setting));
            return Settings::default();
        }
    };
    let shown = path.strip_prefix(package).unwrap_or(path);
    let file = TextFile::new(shown.to_owned(), &text);
    let Ok(manifest) = DeTable::parse(&text) else {
        // Cargo has parsed it, so this is only reached without cargo.
        let message = format!(
            "{} is not TOML; `cargo metadata` tells more",
            shown::existing(path)
        );
        problems.push(Problem::new(ErrorKind::Setting, message));
        return Settings::default();
    };
    let base = path.parent().unwrap_or(Path::new(""));
    let settings = sections.iter().map(|section| {
        let mut reader = Reader {
            file: &file,
            section,
            base,
            places: Places::default(),
            problems,
        };
        reader.section(manifest.get_ref())
    });
    settings.fold(Settings::default(), Settings::or)
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
    places: Places,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    /// The settings of the section; none if the manifest has no such section.
    fn section(&mut self, manifest: &DeTable<'_>) -> Settings {
        let secrets = get(manifest, self.section)
            .and_then(|section| get(section.get_ref().as_table()?, "metadata"))
            .and_then(|metadata| get(metadata.get_ref().as_table()?, "secrets"));
        let Some(secrets) = secrets else {
            return Settings::default();
        };
        match secrets.get_ref().as_table() {
            Some(table) => self.settings(table),
            None => self.wrong(secrets, "", "a table").unwrap_or_default(),
        }
    }

    fn settings(&mut self, table: &DeTable<'_>) -> Settings {
        let mut settings = Settings::default();
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let place = Origin::text(self.file, value.span().start);
            self.places.set(key.get_ref().as_ref(), place);
            match key.get_ref().as_ref() {
                "files" => settings.files = self.files(value),
                "recipients" => settings.recipients = self.recipients(value),
                "identity" => settings.identity = self.identity(value),
                "profile" if value.get_ref().is_table() => {
                    settings.profile_table = self.profile_table(value);
                }
                "profile" => settings.profile = self.string(value, "profile"),
                "profiles" => settings.profiles = self.strings(value, "profiles"),
                "known-profiles" => {
                    settings.known_profiles = self.strings(value, "known-profiles");
                }
                "template" => settings.template = self.path(value, "template"),
                "sealed" => settings.sealed = self.path(value, "sealed"),
                "always" => settings.always = self.boolean(value, "always"),
                "keys" => settings.keys = self.keys(value),
                "env-prefix" => settings.env_prefix = self.string(value, "env-prefix"),
                "merge" => {
                    let known = [("deep", Merge::Deep), ("shallow", Merge::Shallow)];
                    settings.merge = self.choice(value, "merge", &known);
                }
                "compat" => {
                    settings.compat =
                        self.choice(value, "compat", &[("streamlit", Compat::Streamlit)]);
                }
                unknown => self.unknown(key.span().start, "setting", unknown, &KEYS),
            }
        }
        settings.places = std::mem::take(&mut self.places);
        settings
    }

    fn unknown(&mut self, offset: usize, what: &str, unknown: &str, known: &[&str]) {
        let mut near = suggest(unknown, known.iter().copied());
        if near.is_empty() {
            near = format!("; known are `{}`", known.join("`, `"));
        }
        let unknown = shown::name(unknown);
        self.problem(offset, &format!("unknown {what} `{unknown}`{near}"));
    }

    fn files(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<FileSetting>> {
        let Some(array) = value.get_ref().as_array() else {
            return self.wrong(value, "files", "an array of paths");
        };
        let files = array.iter().enumerate();
        Some(
            files
                .filter_map(|(index, file)| self.file(file, &format!("files[{index}]")))
                .collect(),
        )
    }

    fn file(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<FileSetting> {
        let (mut path, mut optional) = (value.get_ref().as_str().map(str::to_owned), false);
        let mut except = Vec::new();
        for (name, value) in value.get_ref().as_table().into_iter().flatten() {
            match name.get_ref().as_ref() {
                "path" => path = Some(self.string(value, &format!("{key}.path"))?),
                "optional" => optional = self.boolean(value, &format!("{key}.optional"))?,
                "except" => except = self.strings(value, &format!("{key}.except"))?,
                unknown => {
                    let what = format!("key in `{key}`:");
                    let known = ["path", "optional", "except"];
                    self.unknown(name.span().start, &what, unknown, &known);
                    return None;
                }
            }
        }
        match path {
            Some(path) => {
                let place = Origin::text(self.file, value.span().start);
                let file = FileSetting {
                    scope: self.scope(),
                    except,
                    ..FileSetting::new(self.base, &path, optional, Some(place))
                };
                if shown::is_secret(Path::new(&path), &file.path) {
                    self.problem(value.span().start, &shown::no_path(&format!("`{key}`")));
                    return None;
                }
                Some(file)
            }
            None => self.wrong(
                value,
                key,
                "a path or `{ path = \"...\", optional = true }`",
            ),
        }
    }

    /// What the workspace names is for all of its packages.
    fn scope(&self) -> Scope {
        match self.section {
            "workspace" => Scope::Shared,
            _ => Scope::Own,
        }
    }

    fn path(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<PathBuf> {
        let typed = self.string(value, key)?;
        let path = key_path(self.base, Path::new(&typed));
        if shown::is_secret(Path::new(&typed), &path) {
            self.problem(value.span().start, &shown::no_path(&format!("`{key}`")));
            return None;
        }
        Some(path)
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
        let chosen = shown::name(&chosen);
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
        let found = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a float",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date-time",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        self.problem(
            value.span().start,
            &format!("`{path}` is {found}, expected {expected}"),
        );
        None
    }

    fn problem(&mut self, offset: usize, message: &str) {
        let origin = Origin::text(self.file, offset);
        self.problems
            .push(Problem::at(ErrorKind::Setting, &origin, message));
    }
}
