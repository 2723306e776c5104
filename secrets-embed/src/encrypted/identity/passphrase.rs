//! Passphrases: as identities, typed on a terminal, and those of key files.

use alloc::{borrow::ToOwned, boxed::Box};
use std::path::Path;

use secrecy::SecretString;

use crate::{
    encrypted::{
        error::Error,
        identity::{
            Identity,
            age_crate::MAX_WORK_FACTOR,
            files::{origin, read_file},
            key::Key,
            keyfile,
        },
        stack::clear_stack,
    },
    wiped::Wiped,
};

impl Identity {
    /// A passphrase, for secrets that are encrypted to one.
    ///
    /// A work factor above 2^20 is refused when it is used.
    ///
    /// A wrong one is [`Error::WrongIdentity`] when it is used, and one for secrets that are encrypted to a key is
    /// [`Error::PassphraseMismatch`].
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_embed::Error> {
    /// use secrets_embed::{ExposeSecret, Identity};
    ///
    /// # let file = &std::fs::read("tests/keys/greeting-passphrase.age").expect("a file");
    /// let identity = Identity::passphrase("a made up passphrase".to_owned());
    /// assert_eq!(identity.decrypt(file)?.expose_secret(), b"made up\n");
    /// # Ok(())
    /// # }
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "age")))]
    #[must_use]
    pub fn passphrase(passphrase: impl Into<SecretString>) -> Self {
        let mut key = age::scrypt::Identity::new(passphrase.into());
        key.set_max_work_factor(MAX_WORK_FACTOR);
        Self::from_secret(Key::Passphrase(Box::new(key)))
    }

    /// Asks for a passphrase on the terminal, without showing what is typed.
    ///
    /// ```no_run
    /// match secrets_embed::Identity::prompt("Passphrase: ") {
    ///     Ok(identity) => println!("{identity:?}"), // the number of keys, and none of them
    ///     Err(error) => eprintln!("{error}"),
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Prompt`] if there is no terminal.
    #[cfg(feature = "prompt")]
    #[cfg_attr(docsrs, doc(cfg(feature = "prompt")))]
    pub fn prompt(question: &str) -> Result<Self, Error> {
        let typed = rpassword::prompt_password(question).map_err(Error::Prompt)?;
        let typed = secrecy::zeroize::Zeroizing::new(typed);
        // Of the right size at once: a string that shrinks may leave its block behind.
        Ok(Self::passphrase(SecretString::new(Box::from(&**typed))))
    }

    /// Reads a file of keys that is itself encrypted to a passphrase, as `age -p` makes it.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_embed::Error> {
    /// use secrets_embed::Identity;
    ///
    /// let identity = Identity::from_encrypted_file("tests/keys/identity.txt.age", "a made up passphrase".to_owned())?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`from_file`](Self::from_file), and [`Error::InvalidKey`] for a wrong passphrase.
    #[cfg_attr(docsrs, doc(cfg(feature = "age")))]
    pub fn from_encrypted_file(
        path: impl AsRef<Path>,
        passphrase: impl Into<SecretString>,
    ) -> Result<Self, Error> {
        let path = path.as_ref();
        let origin = origin(path);
        let text = decrypt_keys(&read_file(path)?.0, passphrase.into(), &origin)?;
        Self::parse(&text, &origin)
    }
}

/// Decrypts a file of keys with its passphrase. `origin` is where the file is, for errors.
fn decrypt_keys(file: &[u8], passphrase: SecretString, origin: &str) -> Result<Wiped, Error> {
    let file = keyfile::without_mark(file);
    let opened = Identity::passphrase(passphrase).open(file, &[]);
    clear_stack();
    opened.map_err(|error| Error::InvalidKey {
        origin: origin.to_owned(),
        line: None,
        reason: match error {
            Error::PassphraseMismatch { .. } => {
                "this key file is encrypted, but not to a passphrase; decrypt it, and encrypt it with `age -p`"
            }
            Error::WrongIdentity { .. } => "the passphrase of this key file is wrong; provide the right one",
            Error::ExcessiveWork { .. } => {
                "the passphrase of this key file takes more work than 2^20; encrypt it anew"
            }
            _ => "this is not a file that `age -p` made, or it is damaged; restore it, or encrypt the keys again",
        },
    })
}
