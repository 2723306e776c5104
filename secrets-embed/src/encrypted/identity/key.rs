//! What an identity consists of: keys of several kinds, each of which unwraps the key of a file.

use alloc::boxed::Box;

use crate::{
    age_file::{AgeFile, FileKey, Malformed, Stanza, x25519},
    encrypted::error::{CustomError, Error},
};

#[cfg(feature = "post-quantum")]
use crate::age_file::hybrid;
#[cfg(feature = "age")]
use crate::encrypted::identity::age_crate;

/// What [`Identity::from_fn`](super::Identity::from_fn) is made of.
pub(crate) type Unwrap =
    dyn Fn(&[Stanza<'_>]) -> Result<Option<FileKey>, CustomError> + Send + Sync;

/// One private key, passphrase or function.
pub(crate) enum Key {
    X25519(x25519::Identity),
    #[cfg(feature = "post-quantum")]
    Hybrid(hybrid::Identity),
    /// An SSH key or a plugin.
    #[cfg(any(feature = "ssh", feature = "plugin"))]
    AgeCrate(Box<dyn age::Identity + Send + Sync>),
    #[cfg(feature = "age")]
    Passphrase(Box<age::scrypt::Identity>),
    Custom(Box<Unwrap>),
}

impl Key {
    /// Whether this may open a file: a passphrase opens what is encrypted to one, and a key does not. What a function
    /// opens is not known.
    pub(crate) fn fits(&self, file: &AgeFile<'_>) -> bool {
        match self {
            #[cfg(feature = "age")]
            Self::Passphrase(_) => file.has_passphrase(),
            Self::Custom(_) => true,
            _ => !file.has_passphrase(),
        }
    }

    pub(crate) fn is_passphrase(&self) -> bool {
        match self {
            #[cfg(feature = "age")]
            Self::Passphrase(_) => true,
            _ => false,
        }
    }

    /// The key of a file, if one of its stanzas wraps it for this key.
    pub(crate) fn unwrap(&self, file: &AgeFile<'_>) -> Result<Option<FileKey>, Error> {
        let stanzas = file.stanzas();
        match self {
            Self::X25519(identity) => first_unwrapped(stanzas, |stanza| identity.unwrap(stanza)),
            #[cfg(feature = "post-quantum")]
            Self::Hybrid(identity) => first_unwrapped(stanzas, |stanza| identity.unwrap(stanza)),
            #[cfg(any(feature = "ssh", feature = "plugin"))]
            Self::AgeCrate(identity) => age_crate::unwrap(&**identity, stanzas),
            #[cfg(feature = "age")]
            Self::Passphrase(identity) => age_crate::unwrap(&**identity, stanzas),
            Self::Custom(unwrap) => unwrap(stanzas).map_err(Error::Custom),
        }
    }
}

/// The first key that is unwrapped.
fn first_unwrapped(
    stanzas: &[Stanza<'_>],
    unwrap: impl Fn(&Stanza<'_>) -> Result<Option<FileKey>, Malformed>,
) -> Result<Option<FileKey>, Error> {
    for stanza in stanzas {
        if let Some(key) = unwrap(stanza)? {
            return Ok(Some(key));
        }
    }
    Ok(None)
}
