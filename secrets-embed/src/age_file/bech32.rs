//! How identities are written.

use bech32::{Bech32, primitives::decode::CheckedHrpstring};
use secrecy::zeroize::Zeroizing;

/// So many bytes behind a prefix; the text is in upper case or in lower case as a whole.
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
