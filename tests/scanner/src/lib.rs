//! Searching what a build left for secrets.

// These are tools of tests: they panic where something is wrong, and some are called for that alone.
#![allow(clippy::missing_panics_doc, clippy::must_use_candidate)]

use std::collections::HashSet;

/// Finds the parts of values: as they are, in hex, in UTF-16, in base64.
pub struct Scanner {
    /// Sets of needles, each of one length.
    needles: Vec<(usize, HashSet<Vec<u8>>)>,
    /// Whether a needle starts with these two bytes.
    starts: Vec<bool>,
}

impl Scanner {
    /// A search for any so many bytes of any value: a compiler may cut a constant into pieces.
    pub fn new(part: usize, values: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        let mut scanner = Self {
            needles: Vec::new(),
            starts: vec![false; 1 << 16],
        };
        for value in values {
            let value = value.as_ref();
            scanner.add(part, value);
            // As few digits of hex as letters are in many a symbol's name by chance.
            let hex = hex(value);
            scanner.add(2 * part, &hex.to_ascii_uppercase());
            scanner.add(2 * part, &hex);
            let wide: Vec<u8> = value.iter().flat_map(|byte| [*byte, 0]).collect();
            scanner.add(2 * part, &wide);
            (0..3).for_each(|skip| scanner.add(8, &base64(&value[skip..])));
        }
        scanner
    }

    fn add(&mut self, length: usize, text: &[u8]) {
        let at = self.needles.iter().position(|(known, _)| *known == length);
        let at = at.unwrap_or_else(|| {
            self.needles.push((length, HashSet::new()));
            self.needles.len() - 1
        });
        for window in text.windows(length) {
            self.starts[start(window)] = true;
            self.needles[at].1.insert(window.to_vec());
        }
    }

    /// Where a text has a part of a value.
    pub fn find(&self, text: &[u8]) -> Option<usize> {
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
    pub fn assert_clean(&self, what: &str, text: impl AsRef<[u8]>) {
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

#[cfg(test)]
mod tests {
    use super::{Scanner, base64, hex};

    #[test]
    fn finds_what_it_has_to() {
        let [value, other] = [
            "vQ7mXw2KcZ9rTf4Yb1NsLd8HgPj5RaUe",
            "Hb3ZtW6qRk8VnC1xMy5JfGp0DsAe7LuT",
        ];
        let scanner = Scanner::new(6, [value]);
        let part = &value[11..];
        let hex = hex(part.as_bytes()).to_ascii_uppercase();
        let wide: Vec<u8> = part.bytes().flat_map(|byte| [byte, 0]).collect();
        for text in [part.as_bytes(), &hex, &wide, &base64(part.as_bytes())] {
            assert!(scanner.find(&[b"some text ", text].concat()).is_some());
        }
        assert!(scanner.find(&part.as_bytes()[..6]).is_some());
        assert!(scanner.find(&part.as_bytes()[..5]).is_none());
        assert!(scanner.find(other.as_bytes()).is_none());
    }
}
