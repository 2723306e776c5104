//! A secret directory as a layer: a file is a string, a sub-directory a table.

use std::{
    ffi::{OsStr, OsString},
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{
    error::{ErrorKind, Problem, Problems},
    files::encoding,
    model::{
        path::{Step, glob_fits},
        tree::{Item, Table},
    },
    origin::Origin,
    read::{
        form::{Expected, value},
        source::Source,
        toml::MAX_NESTING,
    },
    shown,
};

/// How many directories are read, each as often as links lead to it.
const MAX_DIRECTORIES: usize = 1000;

/// How often a directory is read anew because it was swapped while it was read.
const MAX_ATTEMPTS: usize = 5;

/// Reads a directory.
///
/// Kubernetes and its like swap a mounted directory in one step, by renaming the link `..data`. A
/// read that sees two targets of that link is of no one state, and is done again.
pub(crate) fn read(
    source: &Source,
    expected: &dyn Expected,
    problems: &mut Problems,
) -> Option<Table> {
    let (path, shown) = (source.path.as_path(), source.shown.as_path());
    for _ in 0..MAX_ATTEMPTS {
        let before = mounts(path);
        let mut reader = Reader {
            problems: Problems::default(),
            ancestors: Vec::new(),
            directories: 0,
            expected,
            except: &source.except,
            key: Vec::new(),
        };
        let entries = reader.directory(path, shown);
        if reader.directories > MAX_DIRECTORIES {
            let message = format!(
                "{} has more than {MAX_DIRECTORIES} directories, those counted again that several links lead to; \
                 remove links, or leave entries out with `except`",
                shown::existing(shown)
            );
            problems.push(Problem::new(ErrorKind::Source, message));
            return None;
        }
        if mounts(path) != before {
            continue;
        }
        return problems.absorb(reader.problems, Table { entries });
    }
    problems.push(Problem::new(
        ErrorKind::Source,
        format!(
            "`{}` changed each time it was read; build again",
            shown::escaped_path(shown)
        ),
    ));
    None
}

/// The links `..data` in a directory and one level down: their targets, and when they were made.
fn mounts(path: &Path) -> Vec<Option<(PathBuf, Option<SystemTime>)>> {
    let below = fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mut directories: Vec<_> = std::iter::once(path.to_owned()).chain(below).collect();
    directories.sort();
    let link = |directory: &PathBuf| {
        let link = directory.join("..data");
        let made = fs::symlink_metadata(&link).and_then(|metadata| metadata.modified());
        Some((fs::read_link(link).ok()?, made.ok()))
    };
    directories.iter().map(link).collect()
}

/// The names of the entries of a directory, sorted.
pub(super) fn entries(path: &Path, shown: &Path) -> Result<Vec<OsString>, Problem> {
    let failed = |error: io::Error| Problem::io("read the directory", shown, &error);
    let entries = fs::read_dir(path).map_err(failed)?;
    let names: io::Result<Vec<_>> = entries
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect();
    let mut names = names.map_err(failed)?;
    names.sort();
    Ok(names)
}

/// The key that the name of an entry is.
pub(super) fn key(name: &OsStr, shown: &Path) -> Result<String, Problem> {
    name.to_str().map(str::to_owned).ok_or_else(|| {
        let path = shown.join(name);
        let message = format!(
            "the name of the file `{}` is not UTF-8 and so no key; rename it",
            shown::escaped_path(&path)
        );
        Problem::new(ErrorKind::Source, message)
    })
}

/// Whether an entry is among those that are left out.
pub(super) fn is_left_out(name: &OsStr, except: &[String]) -> bool {
    let name = name.to_string_lossy();
    except.iter().any(|pattern| glob_fits(pattern, &name))
}

/// What an entry of a secret directory turns out to be.
pub(super) enum Entry {
    File,
    Directory,
}

/// Follows links; a dangling one, or one to something that is neither file nor directory, is a problem.
pub(super) fn entry(path: &Path, shown: &Path) -> Result<Entry, Problem> {
    let metadata = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Problem::new(
            ErrorKind::Source,
            format!(
                "`{}` is a link to nothing; remove it, or restore its target",
                shown::escaped_path(shown)
            ),
        ),
        _ => Problem::io("read", shown, &error),
    })?;
    if metadata.is_file() {
        Ok(Entry::File)
    } else if metadata.is_dir() {
        Ok(Entry::Directory)
    } else {
        Err(Problem::new(
            ErrorKind::Source,
            format!(
                "`{}` is neither a file nor a directory; remove it",
                shown::escaped_path(shown)
            ),
        ))
    }
}

struct Reader<'a> {
    problems: Problems,
    /// The real paths of the directories that are being read, against links that lead back.
    ancestors: Vec<PathBuf>,
    /// How many directories were read, or one more than may be, and then no more are.
    directories: usize,
    expected: &'a dyn Expected,
    /// Entries of the directory itself that are left out.
    except: &'a [String],
    /// The key of what is being read.
    key: Vec<Step>,
}

impl Reader<'_> {
    fn directory(&mut self, path: &Path, shown: &Path) -> Vec<(String, Item)> {
        if self.directories > MAX_DIRECTORIES {
            return Vec::new();
        }
        self.directories += 1;
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            Err(error) => {
                self.problems
                    .push(Problem::io("read the directory", shown, &error));
                return Vec::new();
            }
        };
        let refused = if self.ancestors.contains(&real) {
            Some("leads back to a directory above it; remove the link".to_owned())
        } else if self.ancestors.len() >= MAX_NESTING {
            Some(format!(
                "is more than {MAX_NESTING} levels deep, where a generated module ends; move it up, or leave it out \
                 with `except`"
            ))
        } else {
            None
        };
        if let Some(refused) = refused {
            let message = format!("`{}` {refused}", shown::escaped_path(shown));
            self.problems.push(Problem::new(ErrorKind::Source, message));
            return Vec::new();
        }
        self.ancestors.push(real);
        let names = self.problems.keep(entries(path, shown)).unwrap_or_default();
        let is_top = self.key.is_empty();
        let visible = names.into_iter().filter(|name| {
            let is_hidden = name.as_encoded_bytes().starts_with(b".");
            let is_left_out = is_top && is_left_out(name, self.except);
            // What a file system keeps for itself, and others cannot read.
            let is_rescue = name == "lost+found" && !path.join(name).is_file();
            !(is_hidden || is_left_out || is_rescue)
        });
        let mut items = Vec::new();
        for name in visible {
            if let Some(key) = self.problems.keep(key(&name, shown)) {
                self.key.push(Step::Key(key.clone()));
                let item = self.item(&path.join(&name), &shown.join(&name));
                self.key.pop();
                items.extend(item.map(|item| (key, item)));
            }
        }
        self.ancestors.pop();
        items
    }

    fn item(&mut self, path: &Path, shown: &Path) -> Option<Item> {
        match self.problems.keep(entry(path, shown))? {
            Entry::Directory => Some(Item::table(self.directory(path, shown), shown)),
            Entry::File => {
                let bytes = fs::read(path).map_err(|error| Problem::io("read", shown, &error));
                let bytes = self.problems.keep(bytes)?;
                let value = value(bytes, self.expected.file_form(&self.key), shown, trim);
                let value = self.problems.keep(value)?;
                Some(Item::new(value, Origin::file(shown.to_owned())))
            }
        }
    }
}

/// Text without one trailing newline, and without a byte order mark.
fn trim(text: &str) -> String {
    let text = encoding::without_mark(text);
    let line = text.strip_suffix('\n');
    line.map_or(text, |line| line.strip_suffix('\r').unwrap_or(line))
        .to_owned()
}
