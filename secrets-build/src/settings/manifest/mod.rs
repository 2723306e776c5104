//! Settings in `Cargo.toml`: `[package.metadata.secrets]` over `[workspace.metadata.secrets]`.

pub(crate) mod keys;
pub(crate) mod lookup;
pub(crate) mod original;
pub(crate) mod reader;
pub(crate) mod recipients;
pub(crate) mod workspace;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use toml::de::DeTable;

use crate::{
    error::{ErrorKind, Problem, Problems},
    files::read,
    origin::TextFile,
    settings::{
        list::Settings,
        manifest::{lookup::name, reader::Reader, workspace::workspace_manifest},
        origins::SettingOrigins,
        variables,
    },
    shown,
};

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
    // Cargo would wait for a pipe. It answers with the real path, which a package that was reached by a link does
    // not have.
    let root = package
        .is_file()
        .then(|| workspace_manifest(directory, problems))
        .flatten()
        .filter(|root| !is_same_file(root, &package))
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
/// from, which cargo keeps beside it, and those in directories around it.
pub(crate) fn settings_around(package: &Path, directories: &[PathBuf]) -> Vec<Settings> {
    // What is wrong with them is reported where they hold.
    let mut ignored = Problems::default();
    let original = package.join("Cargo.toml.orig");
    let manifests = directories
        .iter()
        .map(|directory| directory.join("Cargo.toml"));
    let manifests = std::iter::once(original).chain(manifests);
    let mut settings = Vec::new();
    for manifest in manifests.filter(|manifest| manifest.is_file()) {
        for section in ["package", "workspace"] {
            settings.push(read_file(&manifest, package, &[section], &mut ignored));
        }
    }
    settings
}

/// The directories above a packaged copy, those above the one that cargo was called in, and those that the
/// copy may have been made from. The copy may be in a target directory that is elsewhere, no file of it tells
/// where the workspace is, and cargo may have been called in another directory than the package's.
pub(crate) fn directories_around(package: &Path) -> Vec<PathBuf> {
    let called_in = variables::peek(variables::CALLED_IN)
        .map(PathBuf::from)
        .filter(|directory| directory.is_absolute());
    let mut directories: Vec<PathBuf> = Vec::new();
    let above = package.ancestors().skip(1);
    for directory in above.chain(called_in.iter().flat_map(|directory| directory.ancestors())) {
        if !directories.iter().any(|other| other == directory) {
            directories.push(directory.to_owned());
        }
    }
    directories.extend(original::originals(package, &directories));
    directories
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// The settings in sections of one manifest, each falling back to the next.
fn read_file(path: &Path, package: &Path, sections: &[&str], problems: &mut Problems) -> Settings {
    let text = match read::read_text(path) {
        Ok(text) => text,
        Err(error) => {
            problems.push(unreadable(path, &error));
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
            origins: SettingOrigins::default(),
            problems,
        };
        reader.section(manifest.get_ref())
    });
    settings.fold(Settings::default(), Settings::or)
}

/// The problem of a manifest that cannot be read.
fn unreadable(path: &Path, error: &io::Error) -> Problem {
    if error.kind() != io::ErrorKind::NotFound {
        return Problem::io("read", path, error).with_kind(ErrorKind::Setting);
    }
    let message = format!(
        "{} does not exist; call this from a build script, or set the directory of a package with \
         `Config::package` or the variable `CARGO_MANIFEST_DIR`",
        shown::path(path, path)
    );
    Problem::new(ErrorKind::Setting, message)
}
