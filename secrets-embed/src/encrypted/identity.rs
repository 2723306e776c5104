//! Keys that the host provides.

use std::{
    fmt,
    fs::{File, Metadata},
    io::{self, Read},
    path::Path,
    str::FromStr,
};

use age::{DecryptError, Decryptor, scrypt, stream::StreamReader};
use secrecy::{SecretString, zeroize::Zeroizing};

use super::{discover, error::Error, keyfile, short::short, shown, warning::check_rights};

/// The highest work factor of a passphrase that is accepted: 2^20 takes 1 GiB and some seconds.
pub(super) const MAX_WORK_FACTOR: u8 = 20;

/// A key file may be this long, in bytes.
const MAX_LENGTH: u64 = 64 * 1024;

pub(super) type Key = Box<dyn age::Identity + Send + Sync>;

/// One or more private keys, or a passphrase.
///
/// Most programs call [`discover`](Self::discover), which looks where hosts put keys. All key material
/// is wiped when this is dropped, but for copies of an SSH key that age leaves when it reads one.
/// `Debug` shows none of it.
///
/// ```no_run
/// # fn main() -> Result<(), secrets_embed::Error> {
/// let identity = secrets_embed::Identity::discover("MYAPP")?;
/// # Ok(())
/// # }
/// ```
pub struct Identity {
    keys: Vec<Key>,
    /// The public half of each key that is no passphrase, in a short form.
    recipients: Vec<String>,
    passphrases: usize,
}

impl Identity {
    /// Keys, and the public half of each.
    pub(super) fn from_keys(keys: Vec<(Key, String)>) -> Self {
        let (keys, recipients): (_, Vec<_>) = keys.into_iter().unzip();
        Self {
            keys,
            recipients: recipients.iter().map(|text| short(text)).collect(),
            passphrases: 0,
        }
    }

    /// A passphrase, for secrets that are encrypted to one.
    ///
    /// A work factor above 2^20 is refused when it is used.
    #[must_use]
    pub fn passphrase(passphrase: impl Into<SecretString>) -> Self {
        let mut key = scrypt::Identity::new(passphrase.into());
        key.set_max_work_factor(MAX_WORK_FACTOR);
        Self {
            keys: vec![Box::new(key)],
            recipients: Vec::new(),
            passphrases: 1,
        }
    }

    /// Asks for a passphrase on the terminal, without showing what is typed.
    ///
    /// # Errors
    ///
    /// [`Error::Prompt`] if there is no terminal.
    #[cfg(feature = "prompt")]
    #[cfg_attr(docsrs, doc(cfg(feature = "prompt")))]
    pub fn prompt(question: &str) -> Result<Self, Error> {
        let typed = rpassword::prompt_password(question).map_err(Error::Prompt)?;
        let typed = Zeroizing::new(typed);
        // Of the right size at once: a string that shrinks may leave its block behind.
        Ok(Self::passphrase(SecretString::new(Box::from(&**typed))))
    }

    /// Reads a file of keys: age's own, one a line with comments, or an OpenSSH private key (feature
    /// `ssh`). It may be 64 KiB long.
    ///
    /// The path may be that of a pipe, as a shell makes it for `<(...)`, or of standard input: it is read to
    /// its end, and like any program this one waits for who writes to it.
    ///
    /// Warns if others can read the file, on standard error or through the hook of
    /// [`set_warning_hook`](crate::set_warning_hook).
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
    pub(super) fn from_guarded_file(path: &Path) -> Result<Self, Error> {
        let (text, _) = read_file(path)?;
        keyfile::parse(&text, &place(path))
    }

    /// Reads a file of keys that is itself encrypted to a passphrase, as `age -p` makes it.
    ///
    /// # Errors
    ///
    /// Those of [`from_file`](Self::from_file), and [`Error::InvalidKey`] for a wrong passphrase.
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

    /// Adds other keys: decryption takes the first that fits.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        self.keys.extend(other.keys);
        self.recipients.extend(other.recipients);
        self.passphrases += other.passphrases;
        self
    }

    /// Looks for a key where hosts put one, for a program with this name.
    ///
    /// For `MYAPP` it takes the first of these that exists, which then has to be good:
    ///
    /// 1. the file that the variable `MYAPP_SECRETS_KEY_FILE` names,
    /// 2. `myapp-secrets-key` in `$CREDENTIALS_DIRECTORY`, where systemd puts credentials,
    /// 3. `/run/secrets/myapp-secrets-key`, where Docker and Kubernetes mount secrets,
    /// 4. the key itself in the variable `MYAPP_SECRETS_KEY`.
    ///
    /// An empty variable is as good as none. In the name of a variable, all but ASCII letters and digits
    /// becomes `_`.
    ///
    /// The last is the weakest: an environment is inherited by child processes and readable in `/proc`.
    /// The variable is removed after reading, on Linux only while the process has one thread, as its
    /// removal would race with others; elsewhere it is removed on Windows alone. What
    /// `/proc/PID/environ` shows is not changed by that.
    ///
    /// # Errors
    ///
    /// [`Error::NoKey`] with what was tried, and those of [`from_file`](Self::from_file).
    pub fn discover(program: &str) -> Result<Self, Error> {
        discover::discover(program)
    }

    /// The plain text of an age file, with the first key that fits.
    ///
    /// Each key is tried by itself: age would stop at the first that fails rather than does not fit,
    /// which a wrong passphrase and an absent plugin do.
    ///
    /// `recipients` are those of the file, as far as they are known.
    pub(super) fn open<'a>(
        &self,
        file: &'a [u8],
        recipients: &[&str],
    ) -> Result<StreamReader<&'a [u8]>, Error> {
        let decryptor = Decryptor::new_buffered(file)?;
        let is_passphrase = decryptor.is_scrypt();
        self.check_kind(is_passphrase)?;
        let mut decryptor = Some(decryptor);
        let mut failure = Error::wrong_identity();
        for key in &self.keys {
            let decryptor = match decryptor.take() {
                Some(decryptor) => decryptor,
                None => Decryptor::new_buffered(file)?,
            };
            let key: &dyn age::Identity = &**key;
            match decryptor.decrypt(std::iter::once(key)) {
                Ok(stream) => return Ok(stream),
                Err(DecryptError::NoMatchingKeys) => {}
                // The file is read by now; it is a plugin that died.
                Err(DecryptError::Io(_)) => failure = Error::Plugin,
                Err(error) => failure = error.into(),
            }
        }
        match failure {
            Error::WrongIdentity { .. } if !is_passphrase => Err(Error::WrongIdentity {
                recipients: recipients.iter().map(|&text| text.to_owned()).collect(),
                identity: self.recipients.clone(),
            }),
            failure => Err(failure),
        }
    }

    /// Tells a key from a passphrase where the file wants the other.
    fn check_kind(&self, wants_passphrase: bool) -> Result<(), Error> {
        let fits = if wants_passphrase {
            self.passphrases > 0
        } else {
            self.keys.len() > self.passphrases
        };
        if fits {
            Ok(())
        } else {
            Err(Error::PassphraseMismatch {
                wanted: wants_passphrase,
            })
        }
    }
}

/// One key: `AGE-SECRET-KEY-1...`, or what [`Identity::from_file`] reads.
impl FromStr for Identity {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        keyfile::parse(text.as_bytes(), "the key")
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("keys", &self.keys.len())
            .finish_non_exhaustive()
    }
}

/// A key file in errors.
fn place(path: &Path) -> String {
    format!("`{}`", shown::escaped(path))
}

fn read_file(path: &Path) -> Result<(Zeroizing<Vec<u8>>, Metadata), Error> {
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
fn read(reader: impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let capacity = usize::try_from(MAX_LENGTH).unwrap_or(usize::MAX) + 32;
    let mut text = Zeroizing::new(Vec::with_capacity(capacity));
    reader.take(MAX_LENGTH + 1).read_to_end(&mut text)?;
    if text.len() as u64 > MAX_LENGTH {
        let message = "a key file is at most 64 KiB long";
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(text)
}
