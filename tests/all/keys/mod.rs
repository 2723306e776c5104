//! The table of keys: types, rules, and keys that may be absent.

mod contradictions;
mod convert;
mod mistakes;
mod name;
mod optional;
mod patterns;
mod rules;
mod text;
mod types;

use crate::folder::Folder;

/// The one source of a `Folder`.
const FILE: [&str; 2] = ["--file", "secrets.toml"];

/// The line of `Cargo.toml` on which the settings of a `Folder` begin.
const LINE: usize = 9;

/// A folder with these settings, and one source of this text.
fn with(settings: &str, text: &str) -> Folder {
    let folder = Folder::new(settings);
    folder.secrets(text);
    folder
}
