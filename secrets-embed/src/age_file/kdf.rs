//! How keys are derived, and the key of a file.

use core::fmt;

use chacha20poly1305::{AeadInOut, ChaCha20Poly1305, KeyInit, Nonce, aead::inout::InOutBuf};
use hkdf::Hkdf;
use secrecy::zeroize::Zeroizing;
use sha2::Sha256;

/// The bytes of a key of a file, and of what authenticates it.
const LENGTH: usize = 16;
const TAG: usize = 16;
/// A key of a file as it is wrapped.
pub(super) const WRAPPED: usize = LENGTH + TAG;

/// The key of one age file, which a stanza of its header wraps. It is overwritten when it is dropped.
pub struct FileKey(pub(super) Zeroizing<[u8; LENGTH]>);

impl FileKey {
    /// The key with these bytes.
    #[must_use]
    pub fn new(bytes: [u8; LENGTH]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Unwraps a key; `None` if this is not the key that it was wrapped with.
    pub(super) fn unwrap(wrapped: &[u8; WRAPPED], key: &[u8; 32], nonce: [u8; 12]) -> Option<Self> {
        let (text, tag) = wrapped.split_at(LENGTH);
        let mut file_key = Self(Zeroizing::new([0; LENGTH]));
        let buffer = InOutBuf::new(text, &mut file_key.0[..]).ok()?;
        let tag = tag.try_into().ok()?;
        let cipher = ChaCha20Poly1305::new(key.into());
        let opened = cipher.decrypt_inout_detached(&Nonce::from(nonce), b"", buffer, tag);
        opened.ok().map(|()| file_key)
    }
}

impl TryFrom<&[u8]> for FileKey {
    type Error = core::array::TryFromSliceError;

    /// The key with these bytes, of which there must be 16.
    fn try_from(bytes: &[u8]) -> Result<Self, Self::Error> {
        <[u8; LENGTH]>::try_from(bytes).map(Self::new)
    }
}

/// Shows nothing of the key.
impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey([REDACTED])")
    }
}

/// A key derived from another with HKDF-SHA-256.
pub(super) fn derive(from: &[u8], salt: &[u8], info: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    let expanded = Hkdf::<Sha256>::new(Some(salt), from).expand(info, &mut key[..]);
    // Only a key of more than 8,160 bytes is an error.
    debug_assert!(expanded.is_ok());
    key
}
