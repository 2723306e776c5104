//! Reading files whole.

use std::{fs, io, path::Path};

use crate::files::encoding;

/// Reads a file. To open a pipe would be to wait for who writes to it, and a device may have no end; both
/// are refused, and so is a directory.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_dir() {
        let message = "it is a directory, expected a file";
        return Err(io::Error::new(io::ErrorKind::IsADirectory, message));
    }
    if !kind.is_file() {
        let message = "it is neither a file nor a directory; write a file in its place";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    fs::read(path)
}

/// Reads a text, without a byte order mark.
pub(crate) fn read_text(path: &Path) -> io::Result<String> {
    let bytes = read(path)?;
    let text = encoding::text(&bytes).map_err(|reason| {
        let message = format!("it {}", reason.described());
        io::Error::new(io::ErrorKind::InvalidData, message)
    })?;
    Ok(text.to_owned())
}
