//! No value, nor a part of one, is anywhere but where it must be.

mod became_keys;
mod broken_files;
mod diagnostics;
mod encrypted_target;
mod errors;
mod mutations;
mod other_crates;
mod output;
mod runtime;
mod target;
mod typed;
mod variables;

use std::{
    fs,
    path::{Path, PathBuf},
};

use secrets_tests::Scanner;

/// A value of 40 letters and digits that look random and are the same in every run.
fn marker(number: u64) -> String {
    let mut state = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let letter = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(letters[(state >> 32) as usize % letters.len()])
    };
    (0..40).map(letter).collect()
}

/// Finds any six bytes of any value.
fn scanner(values: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Scanner {
    Scanner::new(6, values)
}

/// All files below a directory; links are not followed.
fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).expect("a directory").flatten() {
        match entry.file_type().expect("a file type") {
            kind if kind.is_dir() => found.extend(files(&entry.path())),
            kind if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
    found.sort();
    found
}
