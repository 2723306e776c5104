//! Keys in files.

use std::{
    fs::{File, Metadata},
    io::{self, Read},
    path::Path,
};

#[cfg(feature = "age")]
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

use crate::encrypted::error::Error;
use crate::encrypted::identity::Identity;
use crate::encrypted::identity::discover;
use crate::encrypted::identity::keyfile;
use crate::encrypted::identity::warning::check_rights;
use crate::encrypted::shown;

/// A key file may be this long, in bytes.
const MAX_LENGTH: u64 = 64 * 1024;

impl Identity {
    /// Reads a file of keys: age's own, one a line with comments, or an OpenSSH private key (feature
    /// `ssh`). It may be 64 KiB long.
    ///
    /// Warns through the hook of [`set_warning_hook`](crate::set_warning_hook) if others can read it.
    ///
    /// # Errors
    ///
    /// [`Error::KeyFile`] if it cannot be read or is too long, [`Error::NoKeyFile`] if the path may be the key
    /// itself, [`Error::InvalidKey`] if there is something else in it.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let (text, metadata) = read_file(path)?;
        check_rights(path, &metadata);
        keyfile::parse(&text, &place(path))
    }

    /// Reads a file that something else than its mode guards.
    pub(crate) fn from_guarded_file(path: &Path) -> Result<Self, Error> {
        let (text, _) = read_file(path)?;
        keyfile::parse(&text, &place(path))
    }

    /// Reads a file of keys that is itself encrypted to a passphrase, as `age -p` makes it.
    ///
    /// # Errors
    ///
    /// Those of [`from_file`](Self::from_file), and [`Error::InvalidKey`] for a wrong passphrase.
    #[cfg(feature = "age")]
    #[cfg_attr(docsrs, doc(cfg(feature = "age")))]
    pub fn from_encrypted_file(
        path: impl AsRef<Path>,
        passphrase: impl Into<SecretString>,
    ) -> Result<Self, Error> {
        let path = path.as_ref();
        let place = place(path);
        let text = keyfile::decrypt(&read_file(path)?.0, passphrase.into(), &place)?;
        keyfile::parse(&text, &place)
    }

    /// Reads keys from a reader; otherwise as [`from_file`](Self::from_file). A reader with a buffer,
    /// such as standard input, keeps a copy of the key in it.
    ///
    /// # Errors
    ///
    /// Those of [`from_file`](Self::from_file).
    pub fn from_reader(reader: impl Read) -> Result<Self, Error> {
        let text = read(reader).map_err(|error| Error::KeyFile {
            path: "-".into(),
            error,
        })?;
        keyfile::parse(&text, "the key")
    }

    /// Looks for a key where hosts put one, for a program with this name.
    ///
    /// For `MYAPP` it takes the first of these that exists, which then has to be good:
    ///
    /// 1. the file that the variable `MYAPP_SECRETS_KEY_FILE` names,
    /// 2. what the program prints that `MYAPP_SECRETS_KEY_COMMAND` names, such as `op read op://prod/app/key`,
    /// 3. `myapp-secrets-key` in `$CREDENTIALS_DIRECTORY`, where systemd puts credentials,
    /// 4. `/run/secrets/myapp-secrets-key`, where Docker and Kubernetes mount secrets,
    /// 5. the key itself in the variable `MYAPP_SECRETS_KEY`.
    ///
    /// A command is run as [`from_command`](Self::from_command) runs one. Its words are divided by white space,
    /// except between double quotes; there is no shell, and nothing else has a meaning.
    ///
    /// An empty variable is as good as none, and a blank one is an error. In the name of a variable, all but ASCII letters and digits
    /// becomes `_`.
    ///
    /// The last is the weakest: an environment is inherited by child processes and readable in `/proc`.
    /// The variable is removed after reading, on Linux only while the process has one thread, as its
    /// removal would race with others; elsewhere it is removed on Windows alone, as other systems do not
    /// show how many threads there are. What
    /// `/proc/PID/environ` shows is not changed by that.
    ///
    /// # Errors
    ///
    /// [`Error::NoKey`] with what was tried, and those of [`from_file`](Self::from_file).
    pub fn discover(program: &str) -> Result<Self, Error> {
        discover::discover(program)
    }
}

/// A key file in errors.
pub(crate) fn place(path: &Path) -> String {
    format!("`{}`", shown::escaped(path))
}

pub(crate) fn read_file(path: &Path) -> Result<(Zeroizing<Vec<u8>>, Metadata), Error> {
    let failed = |error: io::Error| {
        if shown::is_path(path, &error) {
            Error::KeyFile {
                path: path.to_owned(),
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
