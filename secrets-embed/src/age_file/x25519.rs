//! Native identities: X25519.

use alloc::{boxed::Box, string::String};

use secrecy::zeroize::Zeroizing;
use x25519_dalek::{PublicKey, StaticSecret};

use super::{
    bech32,
    header::Stanza,
    kdf::{self, FileKey},
    malformed::Malformed,
};

const KIND: &str = "X25519";
const INFO: &[u8] = b"age-encryption.org/v1/X25519";

/// `AGE-SECRET-KEY-1...`
pub(crate) struct Identity {
    /// Boxed, so that no copy stays behind where an identity is moved.
    secret: Box<StaticSecret>,
    /// Its public half, which takes as long to compute as to unwrap a key.
    public: PublicKey,
}

impl Identity {
    /// Parses an identity.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = bech32::decode::<32>(text, "age-secret-key-")?;
        let secret = Box::new(StaticSecret::from(*bytes));
        let public = PublicKey::from(&*secret);
        Some(Self { secret, public })
    }

    /// Its public half, as it is written.
    pub(crate) fn recipient(&self) -> String {
        bech32::encode("age", self.public.as_bytes())
    }

    /// The key of a file, if a stanza wraps it for this identity.
    pub(crate) fn unwrap(&self, stanza: &Stanza<'_>) -> Result<Option<FileKey>, Malformed> {
        if stanza.kind() != KIND {
            return Ok(None);
        }
        let share: [u8; 32] = stanza.argument()?;
        // Before anything is decrypted: a body of another length could fit several keys.
        let body = stanza.body().try_into().map_err(|_| Malformed)?;
        let shared = self.secret.diffie_hellman(&PublicKey::from(share));
        // A share of low order, with which every secret comes to the same. In constant time.
        if !shared.was_contributory() {
            return Err(Malformed);
        }
        let mut salt = [0; 64];
        salt[..32].copy_from_slice(&share);
        salt[32..].copy_from_slice(self.public.as_bytes());
        let key: Zeroizing<[u8; 32]> = kdf::derive(shared.as_bytes(), &salt, INFO);
        Ok(FileKey::unwrap(body, &key, [0; 12]))
    }
}
