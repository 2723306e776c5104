//! Keys that the crate `age` has: passphrases, SSH keys, plugins.

use age::DecryptError;
use alloc::{borrow::ToOwned, vec::Vec};
use secrecy::{ExposeSecret, SecretString};

use crate::age_file::{FileKey, Stanza};
use crate::encrypted::error::Error;
use crate::encrypted::identity::Identity;
use crate::encrypted::identity::key::Key;

/// The highest work factor of a passphrase that is accepted: 2^20 takes 1 GiB and some seconds.
pub(crate) const MAX_WORK_FACTOR: u8 = 20;

impl Identity {
    /// A passphrase, for secrets that are encrypted to one.
    ///
    /// A work factor above 2^20 is refused when it is used.
    #[cfg_attr(docsrs, doc(cfg(feature = "age")))]
    #[must_use]
    pub fn passphrase(passphrase: impl Into<SecretString>) -> Self {
        let mut key = age::scrypt::Identity::new(passphrase.into());
        key.set_max_work_factor(MAX_WORK_FACTOR);
        Self::from_secret(Key::Passphrase(Box::new(key)))
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
        let typed = secrecy::zeroize::Zeroizing::new(typed);
        // Of the right size at once: a string that shrinks may leave its block behind.
        Ok(Self::passphrase(SecretString::new(Box::from(&**typed))))
    }
}

/// The key of a file, if one of its stanzas wraps it for this key.
pub(crate) fn unwrap(
    identity: &dyn age::Identity,
    stanzas: &[Stanza<'_>],
) -> Result<Option<FileKey>, Error> {
    let stanzas: Vec<_> = stanzas
        .iter()
        .map(|stanza| age_core::format::Stanza {
            tag: stanza.kind().to_owned(),
            args: stanza.arguments().map(str::to_owned).collect(),
            body: stanza.body().to_vec(),
        })
        .collect();
    match identity.unwrap_stanzas(&stanzas) {
        Some(Ok(key)) => Ok(Some(FileKey::new(*key.expose_secret()))),
        None | Some(Err(DecryptError::NoMatchingKeys)) => Ok(None),
        Some(Err(error)) => Err(error.into()),
    }
}

impl From<DecryptError> for Error {
    fn from(error: DecryptError) -> Self {
        match error {
            // A wrong passphrase fails to decrypt the key of the file.
            DecryptError::NoMatchingKeys
            | DecryptError::KeyDecryptionFailed
            | DecryptError::DecryptionFailed => Self::wrong_identity(),
            // age's own `target` is what it measured on this machine, and not the limit.
            DecryptError::ExcessiveWork { required, .. } => Self::ExcessiveWork {
                required,
                allowed: MAX_WORK_FACTOR,
            },
            // Nothing else is read by then: it is a plugin that died.
            DecryptError::Io(_) => Self::Plugin,
            #[cfg(feature = "plugin")]
            DecryptError::Plugin(_) | DecryptError::PluginResolve(_) => Self::Plugin,
            _ => Self::Corrupt,
        }
    }
}
