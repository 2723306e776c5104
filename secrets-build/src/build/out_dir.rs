//! The files of ours in `OUT_DIR`: written whole, and none of an earlier run left.
//!
//! A list in `OUT_DIR` names them. What it names and this run of the build script has not written is of an
//! earlier run, whatever the name of its module: a program that still includes it would get old secrets.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::{
    error::{Error, ErrorKind, Problem},
    files::write::{restrict, temporary, write_whole},
    settings::module::absent_directory,
    write::generate::Generated,
};

/// The list of our files, one name a line; that of a directory ends in `/`.
const LIST: &str = ".secrets-build";

/// What this run of the build script has written, by `OUT_DIR` and module.
static WRITTEN: Mutex<BTreeMap<(PathBuf, String), BTreeSet<String>>> = Mutex::new(BTreeMap::new());

/// Has nobody but its owner enter a directory.
pub(crate) fn guard(directory: &Path) -> Result<(), Error> {
    restrict(directory, 0o700).map_err(|error| write_failed(directory, &error))
}

/// Writes the files of a module, each whole, readable by their owner alone. Removes all others of ours that this run
/// did not write.
pub(crate) fn write(out_dir: &Path, module: &str, generated: &Generated) -> Result<(), Error> {
    let names = generated.files().map(|(name, _)| name.to_owned()).collect();
    replace_list(out_dir, module, names)?;
    for (name, contents) in generated.files() {
        let path = out_dir.join(name);
        write_whole(&path, contents).map_err(|error| write_failed(&path, &error))?;
    }
    Ok(())
}

/// Leaves no file of a module, nor any other of ours that this run did not write.
pub(crate) fn clear(out_dir: &Path, module: &str) -> Result<(), Error> {
    replace_list(out_dir, module, BTreeSet::new())
}

/// Notes what a module is about to have, removes what no module of this run has, and writes the list anew.
fn replace_list(out_dir: &Path, module: &str, mut names: BTreeSet<String>) -> Result<(), Error> {
    names.insert(absent_directory(module) + "/");
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    written.insert((out_dir.to_owned(), module.to_owned()), names);
    let kept: BTreeSet<&str> = written
        .iter()
        .filter(|((directory, _), _)| directory == out_dir)
        .flat_map(|(_, names)| names.iter().map(String::as_str))
        .collect();

    let list = out_dir.join(LIST);
    let listed = fs::read_to_string(&list).unwrap_or_default();
    let listed = listed.lines().map(str::to_owned);
    for name in listed {
        if kept.contains(name.as_str()) || !is_plain_name(&name) {
            continue;
        }
        let path = out_dir.join(&name);
        for path in [temporary(&path), path] {
            remove(&path).map_err(|error| write_failed(&path, &error))?;
        }
    }
    // Before the files, so that those of a run that is killed are listed.
    let text: String = kept.iter().flat_map(|name| [name, "\n"]).collect();
    write_whole(&list, text.as_bytes()).map_err(|error| write_failed(&list, &error))
}

/// Whether a line of the list is the name of an entry of `OUT_DIR`, and leads nowhere else.
fn is_plain_name(name: &str) -> bool {
    let name = name.strip_suffix('/').unwrap_or(name);
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\\'])
}

fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The error of a file in `OUT_DIR` that cannot be written.
pub(crate) fn write_failed(path: &Path, error: &io::Error) -> Error {
    Problem::new(
        ErrorKind::Output,
        format!("failed to write `{}`: {error}", path.display()),
    )
    .into()
}
