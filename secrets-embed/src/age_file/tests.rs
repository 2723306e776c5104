//! The reader against the test vectors of the specification, and against the crate `age`.

mod differential;
mod vectors;

use std::vec::Vec;

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another.
    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next().to_le_bytes()[0]).collect()
    }

    /// Damages a file in one place: a byte or a bit is changed, added, taken away, or a piece moved.
    fn mutate(&mut self, file: &mut Vec<u8>) {
        if file.is_empty() {
            return file.push(self.next().to_le_bytes()[0]);
        }
        // Most of what can go wrong is in the header.
        let within = if self.below(4) == 0 {
            file.len()
        } else {
            file.len().min(300)
        };
        let at = self.below(within);
        match self.below(8) {
            0 => file[at] ^= 1 << self.below(8),
            1 => file[at] = self.next().to_le_bytes()[0],
            2 => file.insert(at, *b"\n\r ->=A0".get(self.below(8)).unwrap()),
            3 => drop(file.remove(at)),
            4 => file.truncate(at),
            5 => {
                let length = self.below(100).min(file.len() - at);
                let piece = file[at..at + length].to_vec();
                let to = self.below(within);
                file.splice(to..to, piece);
            }
            6 => {
                let length = self.below(100).min(file.len() - at);
                file.drain(at..at + length);
            }
            _ => {
                let length = self.below(20);
                let added = self.bytes(length);
                file.extend(added);
            }
        }
    }
}
