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
mod format;
pub(crate) mod read;
mod shape;
mod values;
pub(crate) mod write;
