//! Reading the payload, once it is decrypted.

use alloc::boxed::Box;
use core::str;

use crate::encrypted::stack;

/// A payload, which is the text of all strings and the values, and what is left of both.
///
/// A read that fails yields an empty value, and so does every one after it; whether one did is asked
/// once, when all is read. Without a way out after each of its fields a struct of thousands compiles in
/// seconds, and what was read before a failure is wiped like any other.
pub struct Reader<'a> {
    /// The strings: to check them together takes a fraction of the time.
    text: &'a str,
    values: &'a [u8],
    failed: bool,
}

/// A payload that is not divided yet.
pub(crate) struct Frame<'a>(pub(crate) &'a [u8]);

impl<'a> Frame<'a> {
    /// So many bytes, if there are as many.
    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    /// Whether the next bytes are these.
    pub(crate) fn starts_with(&mut self, expected: &[u8]) -> bool {
        self.bytes(expected.len()) == Some(expected)
    }

    /// A number of eight bytes, lowest first.
    pub(crate) fn number(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.bytes(8)?.try_into().ok()?))
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// The text and the values, whose lengths stand before them. Behind them is nothing but zeros,
    /// which are padding.
    pub(crate) fn reader(mut self) -> Option<Reader<'a>> {
        let (text, values) = (self.length()?, self.length()?);
        let reader = Reader {
            text: str::from_utf8(self.bytes(text)?).ok()?,
            values: self.bytes(values)?,
            failed: false,
        };
        self.0.iter().all(|byte| *byte == 0).then_some(reader)
    }
}

impl<'a> Reader<'a> {
    /// Whether all reads were good, and nothing is left.
    pub(crate) fn ended_well(&self) -> bool {
        !self.failed && self.values.is_empty() && self.text.is_empty()
    }

    /// Whether a read has failed.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Ends reading: the payload has something else at this place, or has ended.
    #[cold]
    pub(crate) fn fail(&mut self) {
        self.failed = true;
        self.values = &[];
    }

    /// The next bytes; none if there are not as many.
    pub(crate) fn take(&mut self, count: usize) -> &'a [u8] {
        let Some((bytes, rest)) = self.values.split_at_checked(count) else {
            self.fail();
            return &[];
        };
        self.values = rest;
        bytes
    }

    #[inline]
    pub(crate) fn byte(&mut self) -> u8 {
        if let Some((byte, rest)) = self.values.split_first() {
            self.values = rest;
            return *byte;
        }
        self.fail();
        0
    }

    /// A varint of up to 64 bits.
    #[inline]
    pub(crate) fn varint(&mut self) -> u64 {
        // Most are lengths below 128.
        if let Some((byte @ 0..0x80, rest)) = self.values.split_first() {
            self.values = rest;
            return (*byte).into();
        }
        u64::try_from(self.wide_varint()).unwrap_or_else(|_| {
            self.fail();
            0
        })
    }

    /// A varint of up to 128 bits.
    pub(crate) fn wide_varint(&mut self) -> u128 {
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
    pub(crate) fn length(&mut self) -> usize {
        match usize::try_from(self.varint()) {
            Ok(length) if length <= self.values.len() => length,
            _ => {
                self.fail();
                0
            }
        }
    }

    /// Bytes in memory of their own, of the right size at once.
    pub(crate) fn bytes(&mut self) -> Box<[u8]> {
        let length = self.length();
        self.take(length).into()
    }

    /// Notes how far down the stack a table is put together, for it to be overwritten. Generated code calls
    /// this where the fields of a table are read.
    pub fn note_depth(&self) {
        stack::note_depth();
    }

    /// A string, in memory of the right size at once. Not inlined, as a struct may have thousands of
    /// them.
    #[inline(never)]
    pub(crate) fn string(&mut self) -> Box<str> {
        let length = usize::try_from(self.varint()).unwrap_or(usize::MAX);
        if let Some((string, rest)) = self.text.split_at_checked(length) {
            self.text = rest;
            return string.into();
        }
        self.fail();
        Box::default()
    }

    /// Reads the position of a variant among so many; 0 if it is not below that, which is a failure.
    pub fn choice(&mut self, count: usize) -> usize {
        match usize::try_from(self.varint()) {
            Ok(position) if position < count => position,
            _ => {
                self.fail();
                0
            }
        }
    }

    /// So many bytes; zeros after a failure.
    pub(crate) fn octets<const COUNT: usize>(&mut self) -> [u8; COUNT] {
        self.take(COUNT).try_into().unwrap_or([0; COUNT])
    }
}
