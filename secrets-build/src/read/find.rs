//! Looking for the sources of a list.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem, Problems},
    files::foreign::Tool,
    origin::Origin,
    read::{
        missing,
        source::{LookedAt, Search, Source, SourceKind, Sources, global_directory, overlay},
        streamlit,
    },
    settings::{Compat, file::Scope, paths::expand_home},
    shown,
};

/// Finds the sources. Only what was named explicitly must be there.
pub(crate) fn find(search: &Search<'_>, problems: &mut Problems) -> Sources {
    let files = search.files();
    let mut finder = Finder {
        search,
        sources: Sources::default(),
        origin: None,
        is_watched: true,
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
        finder.origin.clone_from(&file.origin);
        finder.is_watched = search.named.is_none() || path.exists();
        if finder.add_if_there(&path, file.optional, file.scope) {
            finder.leave_out(&file.except);
        }
        if let Some(overlay) = search.profile.and_then(|profile| overlay(&path, profile)) {
            finder.is_watched &= search.profile.is_none_or(shown::is_name);
            overlays += usize::from(finder.add_if_there(&overlay, true, file.scope));
        }
    }
    finder.sources.profile_unused = search.profile.is_some() && overlays == 0;
    finder.sources
}

struct Finder<'a> {
    search: &'a Search<'a>,
    sources: Sources,
    /// Where the source was set that is looked for; nothing for the default list.
    origin: Option<Origin>,
    /// Whether a build may wait for the source to come, and so have its path in its files.
    is_watched: bool,
    global: Option<PathBuf>,
    problems: &'a mut Problems,
}

impl Finder<'_> {
    /// Leaves entries out of the source that was found last.
    fn leave_out(&mut self, except: &[String]) {
        let Some(source) = self.sources.list.last_mut().filter(|_| !except.is_empty()) else {
            return;
        };
        if source.kind == SourceKind::Directory {
            source.except = except.to_vec();
            return;
        }
        let message = format!(
            "{} is a file, and `except` leaves out entries of a secret directory; remove it",
            shown::existing(&source.shown)
        );
        self.problem(message);
    }

    /// Looks at one place, and tells whether a source was there.
    fn add_if_there(&mut self, path: &Path, optional: bool, scope: Scope) -> bool {
        let shown = path
            .strip_prefix(self.search.package)
            .unwrap_or(path)
            .to_owned();
        // The default list is nothing that was typed.
        let in_messages = match self.origin {
            Some(_) => shown::path(path, &shown),
            None => shown::existing(&shown),
        };
        self.sources.looked_at.push(LookedAt {
            path: path.to_owned(),
            shown: in_messages,
            scope,
        });
        let toml = SourceKind::of_name(path) == Some(SourceKind::Toml);
        let skips = optional || (toml && self.search.compat == Some(Compat::Streamlit));
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) => {
                self.report_absent(path, &shown, skips, &error);
                return false;
            }
        };
        let kind = match kind_of(path, &shown, &metadata) {
            Ok(kind) => kind,
            Err(message) => {
                self.problem(message);
                return false;
            }
        };
        if kind == SourceKind::Directory && self.search.compat.is_none() {
            self.warn_of_toml(path, &shown);
        }
        self.sources.list.push(Source {
            path: path.to_owned(),
            shown,
            kind,
            scope,
            except: Vec::new(),
        });
        // A directory that Streamlit would read nothing from does not count as found there.
        let is_read = match self.search.compat {
            Some(Compat::Streamlit) => kind != SourceKind::Directory || streamlit::has_file(path),
            None => true,
        };
        self.sources.any |= is_read;
        self.sources.any_own |= is_read && scope == Scope::Own;
        true
    }

    /// Warns of a folder of TOML files that was named in the place of one of them.
    fn warn_of_toml(&mut self, path: &Path, shown: &Path) {
        let file = path.join("secrets.toml");
        if file.is_file() {
            self.sources.warnings.push(format!(
                "{} is read as a secret directory, in which the whole of `secrets.toml` is one text; to read that file \
                 as TOML, name it in `files`",
                shown::existing(shown)
            ));
        }
    }

    fn report_absent(&mut self, path: &Path, shown: &Path, skips: bool, error: &io::Error) {
        let gone = matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
        );
        let is_toml = SourceKind::of_name(path) == Some(SourceKind::Toml);
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
            let is_named = self.origin.is_some();
            if self.is_watched && !(is_named && shown::may_be_secret(path, shown)) {
                self.sources.absent.push(path.to_owned());
            } else {
                self.sources.unwatched = true;
            }
            if !skips {
                self.sources.lacks_named |= self.search.named.is_some();
                let origin = self.origin.as_ref();
                self.sources.missing.push(missing::source_missing(
                    self.search,
                    path,
                    shown,
                    origin,
                ));
            }
        }
    }

    fn problem(&mut self, message: String) {
        self.problems.push(Problem::new(ErrorKind::Source, message));
    }
}

/// What kind of source is at a path, by its name and by what it is. The error is what is wrong.
fn kind_of(path: &Path, shown: &Path, metadata: &fs::Metadata) -> Result<SourceKind, String> {
    match (
        SourceKind::of_name(path),
        metadata.is_dir(),
        metadata.is_file(),
    ) {
        (Some(kind), false, true) => Ok(kind),
        (None, true, _) => Ok(SourceKind::Directory),
        // To open a pipe would be to wait for who writes to it.
        (_, false, false) => Err(format!(
            "{} is neither a file nor a directory; remove it",
            shown::existing(shown)
        )),
        (Some(_), true, _) => Err(format!(
            "{} is a directory, expected a TOML file",
            shown::existing(shown)
        )),
        (None, false, true) => Err(no_source(path, shown)),
    }
}

/// What is wrong with a file that is not a source by its name.
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
