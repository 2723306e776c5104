//! Keys that the host provides.
//!
//! An [`Identity`] is a list of keys of several kinds. `keyfile` reads them from a text, whose source is a file
//! (`files`), the output of a program (`command`) or a place that `discover` looks at; `passphrase` has
//! passphrases as keys, and decrypts key files with them; `warning` says what is unsafe about a place. `key` unwraps the key of an age file with each of them, and leaves to the crate `age` what only that
//! can read (`age_crate`).

#[cfg(feature = "age")]
mod age_crate;
#[cfg(feature = "std")]
mod command;
#[cfg(feature = "std")]
mod discover;
#[cfg(feature = "std")]
mod files;
mod key;
mod keyfile;
#[cfg(not(all(feature = "age", feature = "prompt")))]
mod missing_features;
#[cfg(feature = "age")]
mod passphrase;
#[cfg(feature = "std")]
pub(crate) mod warning;

use alloc::{borrow::ToOwned, boxed::Box, string::String, vec, vec::Vec};
use core::{fmt, str::FromStr};

use key::Key;
use secrecy::SecretSlice;

use crate::{
    age_file::{AgeFile, FileKey, Stanza, without_armor},
    encrypted::{
        error::{CustomError, Error},
        short::short,
        stack::clear_stack,
    },
    wiped::Wiped,
};

/// One or more private keys, or a passphrase.
///
/// Most programs call [`discover`](Self::discover), which looks where hosts put keys. All key material
/// is wiped when this is dropped, but for copies of an SSH key that age leaves when it reads one.
/// `Debug` shows none of it.
///
/// ```
/// # fn main() -> Result<(), secrets_embed::Error> {
/// # // SAFETY: there is one thread.
/// # unsafe { std::env::set_var("MYAPP_SECRETS_KEY_FILE", "tests/keys/identity.txt") };
/// let identity = secrets_embed::Identity::discover("MYAPP")?;
/// # Ok(())
/// # }
/// ```
pub struct Identity {
    keys: Vec<Key>,
    /// The public half of each key that has one, in a short form.
    recipients: Vec<String>,
}

impl Identity {
    /// Keys, and the public half of each. A key is behind a box, so that moving it leaves no copy on the stack.
    pub(crate) fn from_keys(keys: Vec<(Key, String)>) -> Self {
        let (keys, recipients): (_, Vec<_>) = keys.into_iter().unzip();
        Self {
            keys,
            recipients: recipients.iter().map(|text| short(text)).collect(),
        }
    }

    /// The keys in a text. `origin` is where the text is from, for errors.
    pub(crate) fn parse(text: &[u8], origin: &str) -> Result<Self, Error> {
        keyfile::parse(text, origin).map(Self::from_keys)
    }

    /// A key without a public half.
    pub(crate) fn from_secret(key: Key) -> Self {
        Self {
            keys: vec![key],
            recipients: Vec::new(),
        }
    }

    /// Reads the text of a file of keys: age's own, one a line with comments, or an OpenSSH private key
    /// (feature `ssh`).
    ///
    /// ```
    /// use secrets_embed::Identity;
    ///
    /// # fn read_from_flash() -> Vec<u8> { std::fs::read("tests/keys/identity.txt").expect("a file") }
    /// # fn main() -> Result<(), secrets_embed::Error> {
    /// let identity = Identity::from_bytes(&read_from_flash())?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKey`] if there is something else in it.
    pub fn from_bytes(text: &[u8]) -> Result<Self, Error> {
        Self::parse(text, "the key")
    }

    /// An identity of another kind, which is a function that unwraps the key of a file: with a key
    /// management service, a security chip, a keychain.
    ///
    /// The function is called with all stanzas of the header, of whatever type, and returns the key of the
    /// file, or `None` if none of the stanzas is for it. Nothing in the stanzas is authenticated yet. What
    /// it fails with is shown to the user, and must not be a part of a key.
    ///
    /// ```
    /// use secrets_embed::{FileKey, Identity};
    ///
    /// # fn unwrap_with_service(name: &str, wrapped: &[u8]) -> Result<[u8; 16], std::io::Error> {
    /// #     Ok([0; 16])
    /// # }
    /// let identity = Identity::from_fn(|stanzas| {
    ///     for stanza in stanzas.iter().filter(|stanza| stanza.kind() == "example.com/kms") {
    ///         if let Some(name) = stanza.arguments().next() {
    ///             return Ok(Some(FileKey::new(unwrap_with_service(name, stanza.body())?)));
    ///         }
    ///     }
    ///     Ok(None)
    /// });
    /// ```
    #[must_use]
    pub fn from_fn(
        unwrap: impl Fn(&[Stanza<'_>]) -> Result<Option<FileKey>, CustomError> + Send + Sync + 'static,
    ) -> Self {
        Self::from_secret(Key::Custom(Box::new(unwrap)))
    }

    /// Adds other keys: decryption takes the first that fits.
    ///
    /// While a key is replaced by another, a program accepts both.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_embed::Error> {
    /// use secrets_embed::{ExposeSecret, Identity};
    ///
    /// let old: Identity = "AGE-SECRET-KEY-100Y0ZX2JSW0UUC02NDLV9W36JLDZUC625AKNXAKTJ0VJASDCX73S35KGGC".parse()?;
    /// let new = Identity::from_file("tests/keys/identity.txt")?;
    /// # let file = &std::fs::read("tests/keys/greeting.age").expect("a file");
    /// let plain = old.or(new).decrypt(file)?; // with the new one
    /// assert_eq!(plain.expose_secret(), b"made up\n");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        self.keys.extend(other.keys);
        self.recipients.extend(other.recipients);
        self
    }

    /// Decrypts an age file, binary or armored, with the first key that fits.
    ///
    /// It is for other files than the ciphertext of a module, which `decrypt` of the module reads.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_embed::Error> {
    /// use secrets_embed::{ExposeSecret, Identity};
    ///
    /// # let file = &std::fs::read("tests/keys/greeting.age").expect("a file");
    /// let identity = Identity::from_file("tests/keys/identity.txt")?;
    /// assert_eq!(identity.decrypt(file)?.expose_secret(), b"made up\n");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::WrongIdentity`] and [`Error::PassphraseMismatch`] if no key fits,
    /// [`Error::ExcessiveWork`] for a passphrase that would take too long, and [`Error::Corrupt`] for what
    /// is not an age file or is damaged.
    pub fn decrypt(&self, file: &[u8]) -> Result<SecretSlice<u8>, Error> {
        let plain = self.open(file, &[]);
        clear_stack();
        Ok(SecretSlice::from(plain?.to_vec()))
    }

    /// The plain text of an age file, with the first key that fits. What that leaves on the stack is
    /// below this call.
    ///
    /// A key that fails does not keep the next one from being tried: a passphrase may be wrong, a plugin
    /// absent.
    ///
    /// `recipients` are those of the file, as far as they are known.
    #[inline(never)]
    pub(crate) fn open(&self, file: &[u8], recipients: &[&str]) -> Result<Wiped, Error> {
        let file = without_armor(file)?;
        let file = AgeFile::parse(&file)?;
        let mut keys = self.keys.iter().filter(|key| key.fits(&file)).peekable();
        if keys.peek().is_none() {
            return Err(Error::PassphraseMismatch {
                wanted: file.has_passphrase(),
            });
        }
        let mut failure = Error::wrong_identity();
        let mut passphrase = false;
        for key in keys {
            passphrase |= key.is_passphrase();
            match key.unwrap(&file) {
                Ok(Some(key)) => match file.decrypt(&key) {
                    Ok(plain) => return Ok(plain),
                    Err(error) => failure = error.into(),
                },
                Ok(None) => {}
                Err(error) => failure = error,
            }
        }
        match failure {
            Error::WrongIdentity { .. } => Err(if file.has_passphrase() {
                Error::WrongIdentity {
                    recipients: Vec::new(),
                    identity: Vec::new(),
                    passphrase,
                }
            } else {
                Error::WrongIdentity {
                    recipients: recipients.iter().map(|&text| text.to_owned()).collect(),
                    identity: self.recipients.clone(),
                    passphrase,
                }
            }),
            failure => Err(failure),
        }
    }
}

/// The text of a key file, such as `AGE-SECRET-KEY-1...`; not its path.
impl FromStr for Identity {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::from_bytes(text.as_bytes())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("keys", &self.keys.len())
            .finish_non_exhaustive()
    }
}
