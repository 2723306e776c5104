//! What the crate `age` reads: passphrases, SSH keys, plugins.

use alloc::{borrow::ToOwned, vec::Vec};

use age::DecryptError;
use secrecy::ExposeSecret;

use crate::{
    age_file::{FileKey, Stanza},
    encrypted::error::Error,
};

/// The highest work factor of a passphrase that is accepted: 2^20 takes 1 GiB and some seconds.
pub(crate) const MAX_WORK_FACTOR: u8 = 20;

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
