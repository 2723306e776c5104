//! A secret directory as a layer: a file is a string, a sub-directory a table.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use super::table_item;
use crate::{
    error::{ErrorKind, Problem, Problems},
    layer::toml::DEPTH,
    origin::Origin,
    tree::{Item, Table, Value},
};

/// How often a directory is read anew because it was swapped while it was read.
const ATTEMPTS: usize = 5;

/// Reads a directory.
///
/// Kubernetes and its like swap a mounted directory in one step, by renaming the link `..data`. A
/// read that sees two targets of that link is of no one state, and is done again.
pub(crate) fn read(path: &Path, shown: &Path, problems: &mut Problems) -> Option<Table> {
    for _ in 0..ATTEMPTS {
        let before = mounts(path);
        let mut reader = Reader {
            problems: Problems::default(),
            ancestors: Vec::new(),
        };
        let entries = reader.directory(path, shown);
        if mounts(path) != before {
            continue;
        }
        return problems
            .absorb(reader.problems)
            .then_some(Table { entries });
    }
    problems.push(Problem::new(
        ErrorKind::Source,
        format!(
            "`{}` changed each time it was read; build again",
            shown.display()
        ),
    ));
    None
}

/// The targets of the links `..data` in a directory and one level down.
fn mounts(path: &Path) -> Vec<Option<PathBuf>> {
    let below = fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mut directories: Vec<_> = std::iter::once(path.to_owned()).chain(below).collect();
    directories.sort();
    directories
        .iter()
        .map(|directory| fs::read_link(directory.join("..data")).ok())
        .collect()
}

/// The entries of a directory, sorted by name.
pub(super) fn entries(path: &Path, shown: &Path) -> Result<Vec<(String, PathBuf)>, Vec<Problem>> {
    let failed = |error: io::Error| vec![Problem::io("read the directory", shown, &error)];
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        match entry.file_name().to_str() {
            Some(name) => entries.push((name.to_owned(), entry.path())),
            None => problems.push(not_utf8(shown, &entry.file_name())),
        }
    }
    entries.sort();
    if problems.is_empty() {
        Ok(entries)
    } else {
        Err(problems)
    }
}

fn not_utf8(shown: &Path, name: &OsStr) -> Problem {
    let path = shown.join(name);
    Problem::new(
        ErrorKind::Source,
        format!(
            "the name of the file `{}` is not UTF-8 and so no key; rename it",
            path.display()
        ),
    )
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
                shown.display()
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
                shown.display()
            ),
        ))
    }
}

struct Reader {
    problems: Problems,
    /// The real paths of the directories that are being read, against links that lead back.
    ancestors: Vec<PathBuf>,
}

impl Reader {
    fn directory(&mut self, path: &Path, shown: &Path) -> Vec<(String, Item)> {
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            Err(error) => {
                self.problems
                    .push(Problem::io("read the directory", shown, &error));
                return Vec::new();
            }
        };
        if self.ancestors.contains(&real) || self.ancestors.len() >= DEPTH {
            self.problems.push(Problem::new(
                ErrorKind::Source,
                format!(
                    "`{}` leads back to a directory above it; remove the link",
                    shown.display()
                ),
            ));
            return Vec::new();
        }
        self.ancestors.push(real);
        let mut items = Vec::new();
        match entries(path, shown) {
            Ok(entries) => {
                for (name, path) in entries
                    .into_iter()
                    .filter(|(name, _)| !name.starts_with('.'))
                {
                    let shown = shown.join(&name);
                    if let Some(item) = self.item(&path, &shown) {
                        items.push((name, item));
                    }
                }
            }
            Err(problems) => self.problems.extend(problems),
        }
        self.ancestors.pop();
        items
    }

    fn item(&mut self, path: &Path, shown: &Path) -> Option<Item> {
        match self.problems.keep(entry(path, shown))? {
            Entry::Directory => Some(table_item(self.directory(path, shown), shown)),
            Entry::File => {
                let bytes = fs::read(path).map_err(|error| Problem::io("read", shown, &error));
                let value = value(self.problems.keep(bytes)?);
                Some(Item::new(value, Origin::file(shown.to_owned())))
            }
        }
    }
}

/// A string without one trailing newline; bytes, as they are, if it is not UTF-8.
fn value(bytes: Vec<u8>) -> Value {
    match String::from_utf8(bytes) {
        Ok(mut string) => {
            if string.ends_with('\n') {
                string.pop();
                if string.ends_with('\r') {
                    string.pop();
                }
            }
            Value::String(string)
        }
        Err(error) => Value::Bytes(error.into_bytes()),
    }
}
