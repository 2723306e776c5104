//! How identities are written.

use alloc::string::String;

use bech32::{Bech32, Hrp, primitives::decode::CheckedHrpstring};
use secrecy::zeroize::Zeroizing;

/// So many bytes after a prefix; the text is in upper case or in lower case as a whole.
pub(super) fn decode<const N: usize>(text: &str, prefix: &str) -> Option<Zeroizing<[u8; N]>> {
    let parsed = CheckedHrpstring::new::<Bech32>(text).ok()?;
    if !parsed.hrp().lowercase_char_iter().eq(prefix.chars()) {
        return None;
    }
    // Bits that belong to no byte are zero, and fewer than a character.
    parsed.validate_segwit_padding().ok()?;
    let mut decoded = parsed.byte_iter();
    if decoded.len() != N {
        return None;
    }
    let mut bytes = Zeroizing::new([0; N]);
    for byte in &mut *bytes {
        *byte = decoded.next()?;
    }
    Some(bytes)
}

/// Some bytes after a prefix.
pub(super) fn encode(prefix: &str, bytes: &[u8]) -> String {
    let mut text = String::new();
    let encoded = Hrp::parse(prefix)
        .map(|prefix| bech32::encode_lower_to_fmt::<Bech32, _>(&mut text, prefix, bytes));
    // Only what is too long is an error.
    debug_assert!(matches!(encoded, Ok(Ok(()))));
    text
}
