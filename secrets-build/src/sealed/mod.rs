//! The sealed file: names and types in clear, and the values encrypted.
//!
//! It is TOML:
//!
//! | key | what it is |
//! | --- | --- |
//! | `version` | 2 |
//! | `payload` | the version of the payload that is encrypted |
//! | `checksum` | SHA-256 in hex of all other lines, each with a line feed behind it |
//! | `package` | the name of the package |
//! | `profile` | the profile whose secrets these are, if there was one and the file is not of several |
//! | `shape` | a line for each value, in order: its path, a colon, its type |
//! | `plain-shape`, `plain` | the same for keys that stay plain, and their values; absent if there are none |
//! | `ciphertext` | an array of tables: `profile`, if the file is of several, `recipients`, and `age`, an armored age file |
//!
//! In a path `?` stands behind an optional key, `[]` behind an array of one type, and a position in
//! parentheses behind one of mixed types. The type of a table without keys is `{}`.

mod check;
pub(crate) mod read;
mod shape;
mod values;
pub(crate) mod write;

use std::fmt::Write;

use hmac_sha256::Hash;

/// The version of the format.
const VERSION: i64 = 2;

/// The first line's key, which the checksum is not of.
const CHECKSUM: &str = "checksum = ";

/// The checksum of a text. Line ends may be those of Windows, as git writes them there.
fn checksum(text: &str) -> String {
    let mut hash = Hash::new();
    let own = text.lines().position(|line| line.starts_with(CHECKSUM));
    let lines = text.lines().enumerate();
    for (_, line) in lines.filter(|(index, _)| Some(*index) != own) {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

/// A string as TOML writes it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
