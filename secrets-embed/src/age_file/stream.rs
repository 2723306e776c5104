//! The payload: chunks of 64 KiB, each of them encrypted by itself.

use chacha20poly1305::{AeadInOut, ChaCha20Poly1305, KeyInit, Nonce, aead::inout::InOutBuf};

use super::{
    kdf::{self, FileKey},
    malformed::Malformed,
};
use crate::wiped::Wiped;

/// The bytes of a chunk, of what authenticates it, and of what the key of the payload is made with.
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
const SALT: usize = 16;

/// A payload that is not decrypted yet.
pub(super) struct EncryptedChunks<'a> {
    salt: &'a [u8],
    chunks: &'a [u8],
}

impl<'a> EncryptedChunks<'a> {
    pub(super) fn parse(payload: &'a [u8]) -> Result<Self, Malformed> {
        let (salt, chunks) = payload.split_at_checked(SALT).ok_or(Malformed)?;
        Ok(Self { salt, chunks })
    }

    /// Decrypts all chunks into one buffer; nothing is returned of a payload that is not whole.
    pub(super) fn decrypt(&self, key: &FileKey) -> Result<Wiped, Malformed> {
        let count = self.chunks.len().div_ceil(CHUNK + TAG);
        let mut plain = Wiped::new(plain_length(self.chunks.len(), count)?);
        let key = kdf::derive(&key.0[..], self.salt, b"payload");
        let cipher = ChaCha20Poly1305::new((&*key).into());
        let (mut encrypted, mut rest) = (self.chunks, &mut plain[..]);
        for index in 0..count {
            let length = rest.len().min(CHUNK);
            let (text, others) = encrypted.split_at_checked(length).ok_or(Malformed)?;
            let (tag, others) = others.split_at_checked(TAG).ok_or(Malformed)?;
            encrypted = others;
            let (into, others) = rest.split_at_mut(length);
            rest = others;
            let buffer = InOutBuf::new(text, into).map_err(|_| Malformed)?;
            let tag = tag.try_into().map_err(|_| Malformed)?;
            let nonce = nonce(index, index + 1 == count);
            let opened = cipher.decrypt_inout_detached(&nonce, b"", buffer, tag);
            opened.map_err(|_| Malformed)?;
        }
        Ok(plain)
    }
}

/// How long the text of so many chunks is. The last one may be shorter than the others, and is empty
/// only if there is no other.
fn plain_length(length: usize, count: usize) -> Result<usize, Malformed> {
    let others = count.checked_sub(1).ok_or(Malformed)? * (CHUNK + TAG);
    let shortest = if others == 0 { TAG } else { TAG + 1 };
    if length - others < shortest {
        return Err(Malformed);
    }
    Ok(length - count * TAG)
}

/// The position of a chunk, as eleven bytes, highest first, and whether it is the last.
fn nonce(index: usize, is_last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&(index as u64).to_be_bytes());
    nonce[11] = is_last.into();
    nonce.into()
}
