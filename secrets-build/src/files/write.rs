//! Writing files whole.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// How many names are tried for a temporary file that others may have put something in the place of.
const MAX_ATTEMPTS: usize = 100;

/// Writes a file for others, whole. A link stays one, and a file that is there keeps its rights.
pub(crate) fn write_public(path: &Path, contents: &[u8]) -> io::Result<()> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    let path = match fs::canonicalize(path) {
        Ok(path) => path,
        Err(error) if is_link && error.kind() != io::ErrorKind::NotFound => return Err(error),
        Err(_) if is_link => {
            let message = "it is a link to nothing; remove it, or restore its target";
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        Err(_) => path.to_owned(),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let rights = fs::metadata(&path).map(|metadata| metadata.permissions());
    let process = std::process::id();
    for attempt in 0..MAX_ATTEMPTS {
        let temporary = path.with_file_name(format!(".{name}.{process}-{attempt}.tmp"));
        // What stands there is left over, or a link that leads elsewhere: neither is written to.
        let mut file = match fs::File::create_new(&temporary) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            file => file?,
        };
        let written = file.write_all(contents).and_then(|()| match rights {
            Ok(rights) => file.set_permissions(rights),
            Err(_) => Ok(()),
        });
        drop(file);
        return rename(&temporary, &path, written);
    }
    let message =
        format!("all names for a temporary file are taken; remove `.{name}.*.tmp` beside it");
    Err(io::Error::new(io::ErrorKind::AlreadyExists, message))
}

/// The name under which a file in `OUT_DIR` is written before it is whole.
pub(crate) fn temporary(path: &Path) -> PathBuf {
    path.with_extension("rs.tmp")
}

/// Writes a file whole, readable by its owner alone.
pub(crate) fn write_whole(path: &Path, contents: &[u8]) -> io::Result<()> {
    let temporary = temporary(path);
    // What stands there is left over, or a link that leads elsewhere.
    if let Err(error) = fs::remove_file(&temporary) {
        if error.kind() != io::ErrorKind::NotFound {
            return Err(error);
        }
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&temporary).and_then(|mut file| {
        restrict(&temporary, 0o600)?;
        file.write_all(contents)
    });
    rename(&temporary, path, written)
}

/// Puts a file that was written in its place. Nothing half-written stays, whatever went wrong.
fn rename(temporary: &Path, path: &Path, written: io::Result<()>) -> io::Result<()> {
    let renamed = written.and_then(|()| fs::rename(temporary, path));
    renamed.inspect_err(|_| {
        let _ = fs::remove_file(temporary);
    })
}

/// Takes all rights from others.
#[cfg(unix)]
pub(crate) fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

/// Elsewhere the rights of the user's own directories hold.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
pub(crate) fn restrict(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
