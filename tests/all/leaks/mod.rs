//! No value, nor a part of one, is anywhere but where it has to be.

mod diagnostics;
mod errors;
mod output;
mod runtime;
mod target;
mod variables;

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

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

/// Finds any six bytes of any value: as they are, in hex, in UTF-16, in base64.
struct Scanner {
    /// Sets of needles, each of one length.
    needles: [(usize, HashSet<Vec<u8>>); 3],
    /// Whether a needle starts with these two bytes.
    starts: Vec<bool>,
}

impl Scanner {
    fn new(values: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        let mut scanner = Self {
            needles: [6, 8, 12].map(|length| (length, HashSet::new())),
            starts: vec![false; 1 << 16],
        };
        for value in values {
            scanner.add(value.as_ref());
        }
        scanner
    }

    fn add(&mut self, value: &[u8]) {
        let hex = hex(value);
        let wide: Vec<u8> = value.iter().flat_map(|byte| [*byte, 0]).collect();
        let mut texts = vec![
            (6, value.to_vec()),
            (12, hex.to_ascii_uppercase()),
            (12, hex),
            (12, wide),
        ];
        texts.extend((0..3).map(|skip| (8, base64(&value[skip..]))));
        for (length, text) in texts {
            for window in text.windows(length) {
                self.starts[start(window)] = true;
                let set = self.needles.iter_mut().find(|(known, _)| *known == length);
                set.expect("a known length").1.insert(window.to_vec());
            }
        }
    }

    fn find(&self, text: &[u8]) -> Option<usize> {
        let starts = text.windows(2).enumerate();
        let mut offsets = starts.filter(|(_, two)| self.starts[start(two)]);
        let hit = offsets.find(|(offset, _)| {
            self.needles.iter().any(|(length, set)| {
                let window = text.get(*offset..offset + length);
                window.is_some_and(|window| set.contains(window))
            })
        });
        hit.map(|(offset, _)| offset)
    }

    /// Panics if a part of a value is in the text.
    #[track_caller]
    fn assert_clean(&self, what: &str, text: impl AsRef<[u8]>) {
        let text = text.as_ref();
        if let Some(offset) = self.find(text) {
            let around = &text[offset.saturating_sub(200)..text.len().min(offset + 60)];
            let around = String::from_utf8_lossy(around);
            panic!("{what}: a part of a value at {offset}:\n{around}");
        }
    }
}

fn start(window: &[u8]) -> usize {
    usize::from(window[0]) << 8 | usize::from(window[1])
}

fn hex(bytes: &[u8]) -> Vec<u8> {
    let digits =
        |byte: &u8| [byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[usize::from(digit)]);
    bytes.iter().flat_map(digits).collect()
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |three: &[u8]| {
        let bits = three
            .iter()
            .fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        [18, 12, 6, 0].map(|shift| letters[bits >> shift & 63])
    };
    bytes.chunks_exact(3).flat_map(group).collect()
}

#[test]
fn the_scanner_finds_what_it_has_to() {
    let value = marker(0);
    let scanner = Scanner::new([&value]);
    let part = &value[11..];
    let hex = hex(part.as_bytes()).to_ascii_uppercase();
    let wide: Vec<u8> = part.bytes().flat_map(|byte| [byte, 0]).collect();
    for text in [part.as_bytes(), &hex, &wide, &base64(part.as_bytes())] {
        assert!(scanner.find(&[b"some text ", text].concat()).is_some());
    }
    assert!(scanner.find(&part.as_bytes()[..6]).is_some());
    assert!(scanner.find(&part.as_bytes()[..5]).is_none());
    assert!(scanner.find(marker(1).as_bytes()).is_none());
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
