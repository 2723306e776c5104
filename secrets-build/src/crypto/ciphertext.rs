//! An age file, in bytes and in armor.

use std::str;

use data_encoding::BASE64;

/// An age file, and whose identities decrypt it.
#[derive(Clone)]
pub(crate) struct Ciphertext {
    pub(crate) bytes: Vec<u8>,
    /// As they are written; none for a passphrase.
    pub(crate) recipients: Vec<String>,
}

/// An age file in armor, as age itself writes it.
pub(crate) fn armor(bytes: &[u8]) -> String {
    let text = data_encoding::BASE64.encode(bytes);
    let mut out = String::from("-----BEGIN AGE ENCRYPTED FILE-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    out.push_str("-----END AGE ENCRYPTED FILE-----\n");
    out
}

/// The age file in an armor.
pub(crate) fn unarmor(text: &str) -> Option<Vec<u8>> {
    let text = text
        .trim()
        .strip_prefix("-----BEGIN AGE ENCRYPTED FILE-----")?
        .strip_suffix("-----END AGE ENCRYPTED FILE-----")?;
    let dense: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    BASE64.decode(&dense).ok()
}
