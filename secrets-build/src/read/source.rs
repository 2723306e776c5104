//! Sources: which files and directories make up the secrets.

use std::path::{Path, PathBuf};

use crate::{
    error::Problem,
    settings::{
        Compat,
        file::{FileSetting, Scope},
        paths::{config_dir, home_dir},
    },
    shown,
};

/// A source that is there.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// The path as messages show it.
    pub(crate) shown: PathBuf,
    pub(crate) kind: SourceKind,
    pub(crate) scope: Scope,
    /// Entries of a directory that are left out.
    pub(crate) except: Vec<String>,
}

/// What a source is, which follows from its path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum SourceKind {
    Toml,
    /// TOML that is encrypted with age.
    Encrypted,
    Directory,
}

impl Sources {
    /// Takes over what is to be watched of the sources of another profile.
    pub(crate) fn absorb(&mut self, other: &Self) {
        for source in &other.list {
            if self.list.iter().all(|other| other.path != source.path) {
                self.list.push(source.clone());
            }
        }
        for path in &other.absent {
            if !self.absent.contains(path) {
                self.absent.push(path.clone());
            }
        }
        self.unwatched |= other.unwatched;
    }

    /// Notes a file that is to be seen when it comes, unless its path may be a secret.
    pub(crate) fn note_absent(&mut self, path: &Path, package: &Path) {
        let shown = path.strip_prefix(package).unwrap_or(path);
        if shown::may_be_secret(path, shown) {
            self.unwatched = true;
        } else {
            self.absent.push(path.to_owned());
        }
    }

    /// What was found, for messages.
    pub(crate) fn shown(&self) -> String {
        let shown = self
            .list
            .iter()
            .map(|source| shown::existing(&source.shown));
        shown.collect::<Vec<_>>().join(", ")
    }
}

impl SourceKind {
    /// What a path is by its name; a directory may have any other.
    pub(crate) fn of_name(path: &Path) -> Option<Self> {
        let name = path.file_name()?.as_encoded_bytes();
        match () {
            () if name.ends_with(b".toml") => Some(Self::Toml),
            () if name.ends_with(b".toml.age") => Some(Self::Encrypted),
            () => None,
        }
    }
}

/// A place that was looked at.
#[derive(Clone)]
pub(crate) struct LookedAt {
    pub(crate) path: PathBuf,
    /// As messages show it.
    pub(crate) shown: String,
    pub(crate) scope: Scope,
}

/// The outcome of looking for sources.
#[derive(Clone, Default)]
#[allow(clippy::struct_excessive_bools)] // Each is a finding of its own.
pub(crate) struct Sources {
    /// Low to high precedence.
    pub(crate) list: Vec<Source>,
    /// Places where a source may appear.
    pub(crate) absent: Vec<PathBuf>,
    /// Problems with sources that had to be there.
    pub(crate) missing: Vec<Problem>,
    /// Whether one of these was named by the environment, or is of a profile that was.
    pub(crate) lacks_named: bool,
    /// Whether a place is absent whose path may be a secret, which must not get into the files of a build.
    pub(crate) unwatched: bool,
    /// All places that were looked at.
    pub(crate) looked_at: Vec<LookedAt>,
    /// Whether anything was there to read.
    pub(crate) any: bool,
    /// Whether any of that is the package's own.
    pub(crate) any_own: bool,
    /// Whether a profile was asked for and no source had an overlay for it.
    pub(crate) profile_unused: bool,
    /// What cargo is to warn of.
    pub(crate) warnings: Vec<String>,
}

/// What the list of sources is made from.
pub(crate) struct Search<'a> {
    pub(crate) package: &'a Path,
    pub(crate) workspace: &'a Path,
    /// The list that replaces the configured one in this build: that of `SECRETS_FILES`.
    pub(crate) named: Option<Vec<FileSetting>>,
    /// The configured list; the default list if there is none.
    pub(crate) files: Option<Vec<FileSetting>>,
    pub(crate) profile: Option<&'a str>,
    pub(crate) compat: Option<Compat>,
    /// Whether a stub could be made: there is a template, and no variable whose value it would not have.
    pub(crate) allows_stub: bool,
    /// The prefix of variables that could be all the secrets there are.
    pub(crate) variables: Option<&'a str>,
}

impl Search<'_> {
    /// The list that this build reads.
    pub(crate) fn files(&self) -> Vec<FileSetting> {
        self.named.clone().unwrap_or_else(|| self.configured())
    }

    /// The list that holds without `SECRETS_FILES`.
    pub(crate) fn configured(&self) -> Vec<FileSetting> {
        self.files.clone().unwrap_or_else(|| default_files(self))
    }

    /// Whether this is what `cargo package` made of a package. Cargo puts `Cargo.toml.orig` beside the
    /// manifest of every packaged copy, and nowhere else.
    pub(crate) fn is_packaged(&self) -> bool {
        self.package.join("Cargo.toml.orig").exists()
    }
}

/// The default list, low to high precedence. Every entry may be absent.
fn default_files(search: &Search<'_>) -> Vec<FileSetting> {
    let directories = match search.compat {
        None => [
            (config_dir().map(|path| path.join("secrets")), Scope::Shared),
            (Some(search.workspace.join(".secrets")), Scope::Shared),
            (Some(search.package.join(".secrets")), Scope::Own),
        ],
        Some(Compat::Streamlit) => [
            (
                home_dir().map(|home| home.join(".streamlit")),
                Scope::Shared,
            ),
            (None, Scope::Shared),
            (Some(search.package.join(".streamlit")), Scope::Own),
        ],
    };
    let mut files: Vec<FileSetting> = Vec::new();
    for (directory, scope) in directories {
        let Some(path) = directory.map(|directory| directory.join("secrets.toml")) else {
            continue;
        };
        // The root package of a workspace has the workspace's file for its own.
        files.retain(|file| file.path != path);
        files.push(FileSetting {
            path,
            optional: true,
            scope,
            origin: None,
            except: Vec::new(),
        });
    }
    files
}

/// The directory of the global file. Nobody named it, so a home that cannot be read is not an error.
pub(crate) fn global_directory(search: &Search<'_>) -> Option<PathBuf> {
    if search.named.is_some() || search.files.is_some() {
        return None;
    }
    match search.compat {
        None => config_dir().map(|directory| directory.join("secrets")),
        Some(Compat::Streamlit) => home_dir().map(|home| home.join(".streamlit")),
    }
}

/// The overlay of a TOML file for a profile: `secrets.staging.toml` beside `secrets.toml`.
pub(crate) fn overlay(path: &Path, profile: &str) -> Option<PathBuf> {
    let (stem, ending) = divided(path)?;
    Some(path.with_file_name(format!("{stem}.{profile}{ending}")))
}

/// The name of a TOML file as what stands before and behind the profile of its overlays.
pub(crate) fn divided(path: &Path) -> Option<(&str, &'static str)> {
    let name = path.file_name()?.to_str()?;
    let mut endings = [".toml", ".toml.age"].into_iter();
    endings.find_map(|ending| Some((name.strip_suffix(ending)?, ending)))
}

pub(crate) fn is_toml(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().ends_with(b".toml"))
}
