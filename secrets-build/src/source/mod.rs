//! Sources: which files and directories make up the secrets.

mod missing;
mod profile;

use std::{
    env, fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

pub(crate) use missing::{STUB, nothing_found, only_shared};
pub(crate) use profile::no_overlay;

use crate::{
    config::Compat,
    error::{ErrorKind, Problem, Problems},
    foreign::Tool,
    layer::streamlit,
    origin::Origin,
    settings::{FileSetting, Scope},
    shown, variables,
};

/// A source that is there.
#[derive(Clone)]
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    /// The path as messages show it.
    pub(crate) shown: PathBuf,
    pub(crate) kind: FoundKind,
    pub(crate) scope: Scope,
    /// Entries of a directory that are left out.
    pub(crate) except: Vec<String>,
}

/// What a source is, which follows from its path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FoundKind {
    Toml,
    /// TOML that is encrypted with age.
    Encrypted,
    Directory,
}

impl Sources {
    /// Takes over what is to be watched of the sources of another profile.
    pub(crate) fn absorb(&mut self, other: &Self) {
        for found in &other.found {
            if self.found.iter().all(|known| known.path != found.path) {
                self.found.push(found.clone());
            }
        }
        for path in &other.absent {
            if !self.absent.contains(path) {
                self.absent.push(path.clone());
            }
        }
    }

    /// What was found, for messages.
    pub(crate) fn shown(&self) -> String {
        let shown = self.found.iter().map(|found| shown::existing(&found.shown));
        shown.collect::<Vec<_>>().join(", ")
    }
}

impl FoundKind {
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
pub(crate) struct Place {
    path: PathBuf,
    /// As messages show it.
    shown: String,
    scope: Scope,
}

/// The outcome of looking for sources.
#[derive(Clone, Default)]
pub(crate) struct Sources {
    /// Low to high precedence.
    pub(crate) found: Vec<Found>,
    /// Places where a source may appear.
    pub(crate) absent: Vec<PathBuf>,
    /// Problems with sources that had to be there.
    pub(crate) missing: Vec<Problem>,
    /// All places that were looked at.
    pub(crate) looked_at: Vec<Place>,
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
            place: None,
            except: Vec::new(),
        });
    }
    files
}

/// The directory of the global file. Nobody named it, so a home that cannot be read is no error.
fn global_directory(search: &Search<'_>) -> Option<PathBuf> {
    if search.named.is_some() || search.files.is_some() {
        return None;
    }
    match search.compat {
        None => config_dir().map(|directory| directory.join("secrets")),
        Some(Compat::Streamlit) => home_dir().map(|home| home.join(".streamlit")),
    }
}

/// Finds the sources. Only what was named explicitly has to be there.
pub(crate) fn find(search: &Search<'_>, problems: &mut Problems) -> Sources {
    let files = search.files();
    let mut finder = Finder {
        search,
        sources: Sources::default(),
        place: None,
        global: global_directory(search),
        problems,
    };
    let mut overlays = 0;
    for file in &files {
        let path = match expand_home(&file.path) {
            Ok(path) => path,
            Err(problem) => {
                finder.problems.push(problem);
                continue;
            }
        };
        finder.place.clone_from(&file.place);
        if finder.look(&path, file.optional, file.scope) {
            finder.leave_out(&file.except);
        }
        if let Some(overlay) = search.profile.and_then(|profile| overlay(&path, profile)) {
            overlays += usize::from(finder.look(&overlay, true, file.scope));
        }
    }
    finder.sources.profile_unused = search.profile.is_some() && overlays == 0;
    finder.sources
}

/// The overlay of a TOML file for a profile: `secrets.staging.toml` beside `secrets.toml`.
fn overlay(path: &Path, profile: &str) -> Option<PathBuf> {
    let (stem, ending) = divided(path)?;
    Some(path.with_file_name(format!("{stem}.{profile}{ending}")))
}

/// The name of a TOML file as what stands before and behind the profile of its overlays.
fn divided(path: &Path) -> Option<(&str, &'static str)> {
    let name = path.file_name()?.to_str()?;
    let mut endings = [".toml", ".toml.age"].into_iter();
    endings.find_map(|ending| Some((name.strip_suffix(ending)?, ending)))
}

pub(crate) fn is_toml(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().ends_with(b".toml"))
}

struct Finder<'a> {
    search: &'a Search<'a>,
    sources: Sources,
    /// Where the source was set that is looked for; nothing for the default list.
    place: Option<Origin>,
    global: Option<PathBuf>,
    problems: &'a mut Problems,
}

impl Finder<'_> {
    /// Leaves entries out of the source that was found last.
    fn leave_out(&mut self, except: &[String]) {
        let Some(found) = self.sources.found.last_mut().filter(|_| !except.is_empty()) else {
            return;
        };
        if found.kind == FoundKind::Directory {
            found.except = except.to_vec();
            return;
        }
        let message = format!(
            "{} is a file, and `except` leaves out entries of a secret directory; remove it",
            shown::existing(&found.shown)
        );
        self.problem(message);
    }

    /// Looks at one place, and tells whether a source was there.
    fn look(&mut self, path: &Path, optional: bool, scope: Scope) -> bool {
        let shown = path
            .strip_prefix(self.search.package)
            .unwrap_or(path)
            .to_owned();
        // The default list is nothing that was typed.
        let in_messages = match self.place {
            Some(_) => shown::path(path, &shown),
            None => shown::existing(&shown),
        };
        self.sources.looked_at.push(Place {
            path: path.to_owned(),
            shown: in_messages,
            scope,
        });
        let named = FoundKind::of_name(path);
        let toml = named == Some(FoundKind::Toml);
        let skips = optional || (toml && self.search.compat == Some(Compat::Streamlit));
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) => {
                self.absent(path, &shown, skips, &error);
                return false;
            }
        };
        let kind = match (named, metadata.is_dir(), metadata.is_file()) {
            (Some(kind), false, true) => kind,
            (None, true, _) => FoundKind::Directory,
            // To open a pipe would be to wait for who writes to it.
            (_, false, false) => {
                self.problem(format!(
                    "{} is neither a file nor a directory; remove it",
                    shown::existing(&shown)
                ));
                return false;
            }
            (Some(_), true, _) => {
                self.problem(format!(
                    "{} is a directory, expected a TOML file",
                    shown::existing(&shown)
                ));
                return false;
            }
            (None, false, true) => {
                self.problem(no_source(path, &shown));
                return false;
            }
        };
        self.sources.found.push(Found {
            path: path.to_owned(),
            shown,
            kind,
            scope,
            except: Vec::new(),
        });
        // A directory that Streamlit would read nothing from does not count as found there.
        let is_read = match self.search.compat {
            Some(Compat::Streamlit) => {
                kind != FoundKind::Directory || streamlit::holds_a_file(path)
            }
            None => true,
        };
        self.sources.any |= is_read;
        self.sources.any_own |= is_read && scope == Scope::Own;
        true
    }

    fn absent(&mut self, path: &Path, shown: &Path, skips: bool, error: &io::Error) {
        let gone = matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
        );
        let is_toml = FoundKind::of_name(path) == Some(FoundKind::Toml);
        let is_link = fs::symlink_metadata(path).is_ok();
        // To Streamlit, a link to nothing is nothing.
        let is_skipped = self.search.compat == Some(Compat::Streamlit) && is_toml;
        if !gone && self.global.is_some() && self.global.as_deref() == path.parent() {
            let shown = shown::existing(shown);
            self.sources.warnings.push(format!(
                "{shown} is taken to be absent, as it cannot be looked at: {error}; to leave it out, name \
                 the sources in `files`"
            ));
            self.sources.absent.push(path.to_owned());
        } else if !gone {
            self.problems.push(Problem::io("read", shown, error));
        } else if is_link && !is_skipped {
            let shown = shown::existing(shown);
            self.problem(format!(
                "{shown} is a link to nothing; remove it, or restore its target"
            ));
        } else {
            self.sources.absent.push(path.to_owned());
            if !skips {
                let place = self.place.as_ref();
                self.sources
                    .missing
                    .push(missing::missing(self.search, path, shown, place));
            }
        }
    }

    fn problem(&mut self, message: String) {
        self.problems.push(Problem::new(ErrorKind::Source, message));
    }
}

/// What is wrong with a file that is no source by its name.
fn no_source(path: &Path, shown: &Path) -> String {
    let mut start = Vec::new();
    let file = fs::File::open(path).ok();
    let read = file.and_then(|file| file.take(START).read_to_end(&mut start).ok());
    if read.and_then(|_| Tool::of_file(&start)) == Some(Tool::Age) {
        return format!(
            "{} is encrypted with age; give it a name that ends in `.toml.age`",
            shown::existing(shown)
        );
    }
    let folder = shown.parent().unwrap_or(shown);
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    format!(
        "{} is neither a directory nor a `.toml` file; give it a name that ends in `.toml`, or, if the whole \
         file is one secret, name its folder {}, of which each file is one",
        shown::existing(shown),
        shown::existing(folder)
    )
}

/// How much of a file tells which tool made it.
const START: u64 = 64;

/// Replaces a leading `~/` by the home directory.
pub(crate) fn expand_home(path: &Path) -> Result<PathBuf, Problem> {
    let Ok(rest) = path.strip_prefix("~") else {
        return Ok(path.to_owned());
    };
    let home = home_dir().ok_or_else(|| {
        let path = shown::path(path, path);
        let message = format!("{path} is in the home directory, which is not known; set `HOME`");
        Problem::new(ErrorKind::Setting, message)
    })?;
    Ok(home.join(rest))
}

/// The user's home directory.
pub(crate) fn home_dir() -> Option<PathBuf> {
    variables::note(variables::HOME);
    // Deprecated in 1.29 for an oddity on Windows that was mended; the mark was lifted in 1.87.
    #[allow(deprecated)]
    env::home_dir().filter(|home| home.is_absolute())
}

/// The user's configuration directory: `%APPDATA%` on Windows, elsewhere that of the XDG Base
/// Directory Specification, `$XDG_CONFIG_HOME` or `~/.config`.
fn config_dir() -> Option<PathBuf> {
    variables::read(variables::CONFIG_HOME)
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| home_dir().map(|home| home.join(".config")))
}
