//! Reading the payload, once it is decrypted.

use std::io::{self, Read};

use super::clear::{Wiped, WipedText, note_depth};

/// A payload, which is the text of all strings and the values, and what is left of both.
///
/// A read that fails yields an empty value, and so does every one after it; whether one did is asked
/// once, when all is read. Without a way out after each of its fields a struct of thousands compiles in
/// seconds, and what was read before a failure is wiped like any other.
pub struct Reader {
    /// The strings: to check them together takes a fraction of the time.
    text: WipedText,
    values: Wiped,
    /// How many bytes of the values are read.
    start: usize,
    failed: bool,
}

/// What is not decrypted yet.
pub(super) struct Source<'a> {
    stream: &'a mut dyn Read,
    /// No more than this is in it.
    unread: usize,
    /// It cannot be decrypted any further.
    broken: bool,
}

impl<'a> Source<'a> {
    /// A source of at most so many bytes.
    pub(super) fn new(stream: &'a mut dyn Read, at_most: usize) -> Self {
        Self {
            stream,
            unread: at_most,
            broken: false,
        }
    }

    /// Decrypts so many bytes as there is room for; fewer at the end.
    fn read(&mut self, into: &mut [u8]) -> usize {
        let mut count = 0;
        while count < into.len() && self.unread > 0 {
            match self.stream.read(&mut into[count..]) {
                Ok(0) => self.unread = 0,
                Ok(read) => {
                    count += read;
                    self.unread = self.unread.saturating_sub(read);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => {
                    self.broken = true;
                    self.unread = 0;
                }
            }
        }
        count
    }

    /// So many bytes, if there are as many.
    fn bytes(&mut self, length: usize) -> Option<Wiped> {
        if length > self.unread {
            return None;
        }
        let mut bytes = Wiped::new(length);
        (self.read(&mut bytes) == length).then_some(bytes)
    }

    /// A number of eight bytes, lowest first.
    pub(super) fn number(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes((*self.bytes(8)?).try_into().ok()?))
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// Whether the next bytes are these.
    pub(super) fn starts_with(&mut self, expected: &[u8]) -> bool {
        self.bytes(expected.len())
            .is_some_and(|bytes| *bytes == *expected)
    }

    /// Whether nothing but zeros is left, which is the padding.
    pub(super) fn ends_in_zeros(&mut self) -> bool {
        let mut rest = Wiped::new(256);
        loop {
            match self.read(&mut rest) {
                0 => return !self.broken,
                read if rest[..read].iter().any(|byte| *byte != 0) => return false,
                _ => {}
            }
        }
    }

    /// Whether decryption failed where reading ended.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }
}

impl Reader {
    /// Decrypts the text and the values, whose lengths stand before them.
    pub(super) fn new(source: &mut Source<'_>) -> Option<Self> {
        let (text, values) = (source.length()?, source.length()?);
        Some(Self {
            text: WipedText::new(source.bytes(text)?)?,
            values: source.bytes(values)?,
            start: 0,
            failed: false,
        })
    }

    /// Whether all reads were good, and nothing is left.
    pub(super) fn ended_well(&self) -> bool {
        !self.failed && self.start == self.values.len() && self.text.is_read()
    }

    /// Whether a read has failed.
    pub(super) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Ends reading: the payload has something else at this place, or has ended.
    #[cold]
    pub(super) fn fail(&mut self) {
        self.failed = true;
        self.start = self.values.len();
    }

    /// The next bytes; none if there are not as many.
    pub(super) fn take(&mut self, count: usize) -> &[u8] {
        let start = self.start;
        if count > self.left() {
            self.fail();
            return &[];
        }
        self.start += count;
        &self.values[start..self.start]
    }

    fn left(&self) -> usize {
        self.values.len() - self.start
    }

    #[inline]
    pub(super) fn byte(&mut self) -> u8 {
        if let Some(byte) = self.values.get(self.start) {
            self.start += 1;
            return *byte;
        }
        self.fail();
        0
    }

    /// A varint of up to 64 bits.
    #[inline]
    pub(super) fn varint(&mut self) -> u64 {
        // Most are lengths below 128.
        if let Some(byte @ 0..0x80) = self.values.get(self.start) {
            self.start += 1;
            return (*byte).into();
        }
        u64::try_from(self.wide_varint()).unwrap_or_else(|_| {
            self.fail();
            0
        })
    }

    /// A varint of up to 128 bits.
    pub(super) fn wide_varint(&mut self) -> u128 {
        let mut value = 0;
        for shift in (0..128).step_by(7) {
            let byte = self.byte();
            let bits = u128::from(byte & 0x7f);
            // Of the last byte two bits fit; and none is there that adds nothing.
            if shift == 126 && bits > 3 || shift > 0 && byte == 0 {
                break;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return value;
            }
        }
        self.fail();
        0
    }

    /// How many elements there are, which cannot be more than what is left: each takes a byte at least.
    pub(super) fn length(&mut self) -> usize {
        match usize::try_from(self.varint()) {
            Ok(length) if length <= self.left() => length,
            _ => {
                self.fail();
                0
            }
        }
    }

    /// Bytes in memory of their own, of the right size at once.
    pub(super) fn bytes(&mut self) -> Box<[u8]> {
        let length = self.length();
        self.take(length).into()
    }

    /// Notes how far down the stack a table is put together, for it to be overwritten. Generated code calls
    /// this where the fields of a table are read.
    pub fn goes_down(&self) {
        note_depth();
    }

    /// A string, in memory of the right size at once. Not inlined, as a struct may have thousands of
    /// them.
    #[inline(never)]
    pub(super) fn string(&mut self) -> Box<str> {
        let length = usize::try_from(self.varint()).unwrap_or(usize::MAX);
        if let Some(string) = self.text.next(length) {
            return string.into();
        }
        self.fail();
        Box::default()
    }
}
