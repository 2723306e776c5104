//! Keys in files.

use std::{
    fs::{File, Metadata},
    io::{self, Read},
    path::Path,
};

use secrecy::zeroize::Zeroizing;

use crate::encrypted::{
    error::Error,
    identity::{Identity, warning::check_rights},
    shown,
};

/// A key file may be this long, in bytes.
const MAX_LENGTH: u64 = 64 * 1024;

impl Identity {
    /// Reads a file of keys: age's own, one a line with comments, or an OpenSSH private key (feature
    /// `ssh`). It may be 64 KiB long.
    ///
    /// Warns through the hook of [`set_warning_hook`](crate::set_warning_hook) if others can read it.
    ///
    /// For a program that has a setting of its own for the path; otherwise see [`discover`](Self::discover).
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_embed::Error> {
    /// let identity = secrets_embed::Identity::from_file("tests/keys/identity.txt")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::KeyFile`] if it cannot be read or is too long, [`Error::NoKeyFile`] if the path may be the key
    /// itself, [`Error::InvalidKey`] if there is something else in it.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let (text, metadata) = read_file(path)?;
        check_rights(path, &metadata);
        Self::parse(&text, &origin(path))
    }

    /// Reads a file that something else than its mode guards.
    pub(crate) fn from_guarded_file(path: &Path) -> Result<Self, Error> {
        let (text, _) = read_file(path)?;
        Self::parse(&text, &origin(path))
    }

    /// Reads keys from a reader; otherwise as [`from_file`](Self::from_file). A reader with a buffer,
    /// such as standard input, keeps a copy of the key in it.
    ///
    /// For keys that another program or a service sends.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_embed::Error> {
    /// # let stream = std::fs::File::open("tests/keys/identity.txt").expect("a file");
    /// let identity = secrets_embed::Identity::from_reader(stream)?; // a pipe or a socket
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::KeyFile`] if it cannot be read or is too long, [`Error::InvalidKey`] if there is something else in it.
    pub fn from_reader(reader: impl Read) -> Result<Self, Error> {
        let text = read(reader).map_err(|error| Error::KeyFile {
            path: "-".into(),
            error,
        })?;
        Self::parse(&text, "the key")
    }
}

/// The path of a key file, as errors show it.
pub(crate) fn origin(path: &Path) -> String {
    format!("`{}`", shown::escaped(path))
}

pub(crate) fn read_file(path: &Path) -> Result<(Zeroizing<Vec<u8>>, Metadata), Error> {
    let failed = |error: io::Error| {
        if shown::is_path(path, &error) {
            Error::KeyFile {
                // Whoever reads it may not know where the program was started.
                path: std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
                error,
            }
        } else {
            Error::NoKeyFile { variable: None }
        }
    };
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    Ok((read(file).map_err(failed)?, metadata))
}

/// Reads into one buffer that does not grow.
pub(crate) fn read(reader: impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let capacity = usize::try_from(MAX_LENGTH).unwrap_or(usize::MAX) + 32;
    let mut text = Zeroizing::new(Vec::with_capacity(capacity));
    reader.take(MAX_LENGTH + 1).read_to_end(&mut text)?;
    if text.len() as u64 > MAX_LENGTH {
        let message = "a key file is at most 64 KiB long";
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(text)
}
