//! Files and directories as Streamlit's `st.secrets` reads them.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::{
        path::Step,
        tree::{Item, Table, Value},
    },
    origin::Origin,
    read::{
        directory::{Entry, entries, entry, is_left_out, key},
        form::{Expected, FileForm, value},
        source::Source,
    },
    shown,
};

/// The text as Python reads a file: `\r\n` and `\r` are `\n`.
pub(super) fn universal_newlines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Reads `base/<name>/<file>`. Hidden entries count, and directories below that are ignored.
///
/// A name with one file is that file's string, with more a table of them, with none an empty table.
pub(crate) fn read(
    source: &Source,
    expected: &dyn Expected,
    problems: &mut Problems,
) -> Option<Table> {
    let mut own = Problems::default();
    let mut table = Table::default();
    for (name, path, shown) in visible_entries(&source.path, &source.shown, &mut own) {
        if is_left_out(OsStr::new(&name), &source.except) {
            continue;
        }
        match entry(&path, &shown) {
            Ok(Entry::Directory) => {
                let item = secret(&name, &path, &shown, expected, &mut own);
                table.entries.push((name, item));
            }
            Ok(Entry::File) => own.push(Problem::new(
                ErrorKind::Source,
                format!(
                    "`{}` is a file beside the secrets; mount every secret in a sub-directory of its own",
                    shown::escaped_path(&shown)
                ),
            )),
            Err(problem) => own.push(problem),
        }
    }
    problems.absorb(own, table)
}

/// Whether at least one file would be read.
pub(crate) fn has_file(path: &Path) -> bool {
    let below = |path: &Path| fs::read_dir(path).into_iter().flatten().flatten();
    below(path).any(|secret| below(&secret.path()).any(|file| file.path().is_file()))
}

fn secret(
    name: &str,
    path: &Path,
    shown: &Path,
    expected: &dyn Expected,
    problems: &mut Problems,
) -> Item {
    let mut files = Vec::new();
    for (file, path, shown) in visible_entries(path, shown, problems) {
        match entry(&path, &shown) {
            Ok(Entry::Directory) => {}
            Ok(Entry::File) => files.push((file, path, shown)),
            Err(problem) => problems.push(problem),
        }
    }
    let is_alone = files.len() == 1;
    let mut items = Vec::new();
    for (name_of_file, path, shown) in files {
        let mut key = vec![Step::Key(name.to_owned())];
        if !is_alone {
            key.push(Step::Key(name_of_file.clone()));
        }
        if let Some(item) = problems.keep(file(&path, &shown, expected.file_form(&key))) {
            items.push((name_of_file, item));
        }
    }
    if is_alone && items.len() == 1 {
        items.remove(0).1
    } else {
        Item::table(items, shown)
    }
}

fn file(path: &Path, shown: &Path, form: FileForm) -> Result<Item, Problem> {
    let bytes = fs::read(path).map_err(|error| Problem::io("read", shown, &error))?;
    match value(bytes, form, shown, trim)? {
        Value::Bytes(_) if form != FileForm::Bytes => {
            let message = format!(
                "`{}` is not UTF-8, as `compat = \"streamlit\"` wants; save it as UTF-8, or give its key the type \
                 `bytes`",
                shown::escaped_path(shown)
            );
            Err(Problem::new(ErrorKind::Source, message))
        }
        value => Ok(Item::new(value, Origin::file(shown.to_owned()))),
    }
}

/// Text as Python's `str.strip` leaves it.
fn trim(text: &str) -> String {
    // It takes these four separators for white space, Unicode does not.
    let white = |c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c);
    universal_newlines(text).trim_matches(white).to_owned()
}

/// The entries of a directory: the key, the path, and the path as messages show it.
fn visible_entries(
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
