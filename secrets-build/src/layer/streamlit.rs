//! Files and directories as Streamlit's `st.secrets` reads them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    directory::{Entry, entries, entry, key},
    table_item,
};
use crate::{
    error::{ErrorKind, Problem, Problems},
    origin::Origin,
    tree::{Item, Table, Value},
};

/// The text as Python reads a file: `\r\n` and `\r` are `\n`.
pub(super) fn universal_newlines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Reads `base/<name>/<file>`. Hidden entries count, and directories below that are ignored.
///
/// A name with one file is that file's string, with more a table of them, with none an empty table.
pub(crate) fn read(path: &Path, shown: &Path, problems: &mut Problems) -> Option<Table> {
    let mut found = Problems::default();
    let mut table = Table::default();
    for (name, path, shown) in keep_entries(path, shown, &mut found) {
        match entry(&path, &shown) {
            Ok(Entry::Directory) => table.entries.push((name, secret(&path, &shown, &mut found))),
            Ok(Entry::File) => found.push(Problem::new(
                ErrorKind::Source,
                format!(
                    "`{}` is a file beside the secrets; mount every secret in a sub-directory of its own",
                    shown.display()
                ),
            )),
            Err(problem) => found.push(problem),
        }
    }
    problems.absorb(found).then_some(table)
}

/// Whether at least one file would be read.
pub(crate) fn holds_a_file(path: &Path) -> bool {
    let below = |path: &Path| fs::read_dir(path).into_iter().flatten().flatten();
    below(path).any(|secret| below(&secret.path()).any(|file| file.path().is_file()))
}

fn secret(path: &Path, shown: &Path, problems: &mut Problems) -> Item {
    let mut files = Vec::new();
    for (name, path, shown) in keep_entries(path, shown, problems) {
        match entry(&path, &shown) {
            Ok(Entry::Directory) => {}
            Ok(Entry::File) => {
                if let Some(item) = problems.keep(file(&path, &shown)) {
                    files.push((name, item));
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    match files.len() {
        1 => files.remove(0).1,
        _ => table_item(files, shown),
    }
}

fn file(path: &Path, shown: &Path) -> Result<Item, Problem> {
    let bytes = fs::read(path).map_err(|error| Problem::io("read", shown, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        let message = format!(
            "`{}` is not UTF-8, as `compat = \"streamlit\"` wants",
            shown.display()
        );
        Problem::new(ErrorKind::Source, message)
    })?;
    // Python's `str.strip` takes these four separators for white space, Unicode does not.
    let white = |c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c);
    let value = Value::String(universal_newlines(&text).trim_matches(white).to_owned());
    Ok(Item::new(value, Origin::file(shown.to_owned())))
}

/// The entries of a directory: the key, the path, and the path as messages show it.
fn keep_entries(
    path: &Path,
    shown: &Path,
    problems: &mut Problems,
) -> Vec<(String, PathBuf, PathBuf)> {
    let names = problems.keep(entries(path, shown)).unwrap_or_default();
    let keys = names.iter().filter_map(|name| {
        let key = problems.keep(key(name, shown))?;
        Some((key, path.join(name), shown.join(name)))
    });
    keys.collect()
}
