//! Base64 as age has it: one encoding for each sequence of bytes, and no other is taken.

use data_encoding::BASE64_NOPAD;

use super::malformed::Malformed;

/// So many bytes, as text without padding.
pub(super) fn array<const N: usize>(text: &[u8]) -> Result<[u8; N], Malformed> {
    let mut bytes = [0; N];
    into(text, &mut bytes)?;
    Ok(bytes)
}

/// Exactly as many bytes as there is room for, as text without padding.
pub(super) fn into(text: &[u8], bytes: &mut [u8]) -> Result<(), Malformed> {
    if decoded_length(text)? != bytes.len() {
        return Err(Malformed);
    }
    // This refuses bits that belong to no byte, too.
    match BASE64_NOPAD.decode_mut(text, bytes) {
        Ok(_) => Ok(()),
        Err(_) => Err(Malformed),
    }
}

/// How many bytes a text without padding is.
pub(super) fn decoded_length(text: &[u8]) -> Result<usize, Malformed> {
    BASE64_NOPAD.decode_len(text.len()).map_err(|_| Malformed)
}
