//! The [age file format](https://c2sp.org/age), as far as a reader needs it.
//!
//! A file is a header of text, in which each stanza wraps the key of the file for one recipient, and a
//! payload that is encrypted with that key. Every rule that the specification has for a reader is
//! enforced, and nothing is returned of a file that breaks one. All ciphers are those of other crates.

mod armor;
mod base64;
mod bech32;
mod header;
#[cfg(feature = "post-quantum")]
pub(crate) mod hybrid;
mod kdf;
mod malformed;
mod stream;
pub(crate) mod x25519;

#[cfg(test)]
mod tests;

pub(crate) use armor::without_armor;
pub use header::Stanza;
pub use kdf::FileKey;
pub(crate) use malformed::Malformed;

use crate::wiped::Wiped;
use header::Header;
use stream::EncryptedChunks;

/// A file without armor, of which the header is parsed.
pub(crate) struct AgeFile<'a> {
    header: Header<'a>,
    payload: EncryptedChunks<'a>,
}

impl<'a> AgeFile<'a> {
    /// Parses the header.
    pub(crate) fn parse(file: &'a [u8]) -> Result<Self, Malformed> {
        let (header, payload) = Header::parse(file)?;
        let payload = EncryptedChunks::parse(payload)?;
        Ok(Self { header, payload })
    }

    /// All stanzas, in their order.
    pub(crate) fn stanzas(&self) -> &[Stanza<'a>] {
        &self.header.stanzas
    }

    /// Whether the file is encrypted to a passphrase.
    pub(crate) fn has_passphrase(&self) -> bool {
        self.stanzas()
            .iter()
            .any(|stanza| stanza.kind() == header::PASSPHRASE)
    }

    /// Decrypts the payload. The header is checked with the key before that.
    pub(crate) fn decrypt(&self, key: &FileKey) -> Result<Wiped, Malformed> {
        self.header.verify(key)?;
        self.payload.decrypt(key)
    }
}
