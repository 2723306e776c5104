//! The table of keys: types, rules, and keys that may be absent.

mod contradictions;
mod convert;
mod given_names;
mod in_build_script;
mod key_types;
mod layered_rules;
mod optional;
mod patterns;
mod rules;
mod untyped;
mod wrong_entries;

use secrets_tests::Folder;

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
