//! Reading the payload: positional, in the wire format of `postcard`.
//!
//! Integers are LEB128 varints, signed ones in zigzag; a float is eight bytes, lowest first; a string
//! or an array is its length and then its bytes or elements; an option is a byte, and then its value if
//! that is 1. The format is specified at <https://postcard.jamesmunns.com/wire-format>.

use std::{
    io::{self, Read},
    str,
};

use secrecy::zeroize::Zeroize;

use super::clear::{Wiped, WipedText, clear_stack};
use crate::{SecretSlice, SecretString};

/// How much of the plain text there is at a time. A value that is longer is read into its own memory,
/// piece by piece.
const BUFFER: usize = 32 * 1024;

/// What is left of a payload, which is read as it is decrypted.
///
/// A read that fails yields an empty value, and so does every one after it; whether one did is asked
/// once, when all is read. Without a way out after each of its fields a struct of thousands compiles in
/// seconds, and what was read before a failure is wiped like any other.
pub struct Reader<'a> {
    source: &'a mut dyn Read,
    /// Never grows, and is wiped when it is dropped.
    buffer: Wiped,
    start: usize,
    end: usize,
    /// A part of the buffer that is text, and where it starts: strings and the small numbers between
    /// them are checked together, which takes a fraction of the time.
    text: WipedText,
    text_start: usize,
    /// No more than this is in the source.
    unread: usize,
    failed: bool,
    /// The source itself failed.
    broken: bool,
}

/// A value that a payload can hold.
pub trait Decode: Sized {
    /// Reads the value.
    fn decode(reader: &mut Reader<'_>) -> Self;
}

impl<'a> Reader<'a> {
    /// A payload from a source of at most so many bytes.
    pub(super) fn new(source: &'a mut dyn Read, at_most: usize) -> Self {
        let length = at_most.min(BUFFER);
        Self {
            source,
            buffer: Wiped::new(length),
            start: 0,
            end: 0,
            text: WipedText::with_capacity(length),
            text_start: 0,
            unread: at_most,
            failed: false,
            broken: false,
        }
    }

    /// Whether all reads were good, and nothing but zeros is left, which is the padding.
    pub(super) fn ended_well(&mut self) -> bool {
        loop {
            if self.failed
                || self.buffer[self.start..self.end]
                    .iter()
                    .any(|byte| *byte != 0)
            {
                return false;
            }
            self.start = self.end;
            if !self.fill(1) {
                return !self.failed;
            }
        }
    }

    /// Whether the source could not be decrypted to where reading ended.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Ends reading: the payload has something else at this place, or has ended.
    #[cold]
    pub(super) fn fail(&mut self) {
        self.failed = true;
        self.start = self.end;
        self.unread = 0;
    }

    /// How many bytes may be left.
    fn left(&self) -> usize {
        self.end - self.start + self.unread
    }

    /// Has at least so many bytes in the buffer, if there are as many.
    #[cold]
    #[inline(never)]
    fn fill(&mut self, count: usize) -> bool {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        self.text.clear();
        while self.end < count && self.unread > 0 {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.unread = 0,
                Ok(read) => {
                    self.end += read;
                    self.unread = self.unread.saturating_sub(read);
                    clear_stack();
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => {
                    self.broken = true;
                    self.fail();
                }
            }
        }
        self.end >= count
    }

    /// The next bytes, at most as many as the buffer has; none if there are not as many.
    pub(super) fn take(&mut self, count: usize) -> &[u8] {
        if self.end - self.start < count && !(count <= self.buffer.len() && self.fill(count)) {
            self.fail();
            return &[];
        }
        let start = self.start;
        self.start += count;
        &self.buffer[start..self.start]
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    fn varint(&mut self) -> u64 {
        // Most are lengths below 128.
        let first = self.byte();
        if first < 0x80 {
            return first.into();
        }
        let mut value = u64::from(first & 0x7f);
        for shift in (7..64).step_by(7) {
            let byte = self.byte();
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
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

    /// A length, which cannot be more than what is left: every element takes a byte at least.
    fn length(&mut self) -> usize {
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
        if length <= self.buffer.len() {
            return self.take(length).into();
        }
        self.long(length).into()
    }

    /// Not inlined, as a struct may have thousands of them.
    #[inline(never)]
    fn string(&mut self) -> Box<str> {
        let length = self.length();
        if length <= self.buffer.len() {
            if let Some(text) = self.text(length) {
                return text.into();
            }
        } else {
            match String::from_utf8(self.long(length)) {
                Ok(text) => return text.into(),
                Err(error) => error.into_bytes().zeroize(),
            }
        }
        self.fail();
        Box::default()
    }

    /// Text that fits the buffer.
    fn text(&mut self, length: usize) -> Option<&str> {
        self.take(length);
        let start = self.start.checked_sub(length)?;
        if self
            .text
            .part(start.wrapping_sub(self.text_start), length)
            .is_none()
        {
            let rest = &self.buffer[start..self.end];
            let text = str::from_utf8(rest)
                .or_else(|error| str::from_utf8(&rest[..error.valid_up_to()]))
                .unwrap_or_default();
            self.text.set(text);
            self.text_start = start;
        }
        self.text.part(start - self.text_start, length)
    }

    /// What does not fit the buffer.
    fn long(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        for part in bytes.chunks_mut(self.buffer.len()) {
            let read = self.take(part.len());
            if read.len() == part.len() {
                part.copy_from_slice(read);
            }
        }
        bytes
    }
}

impl Decode for SecretString {
    fn decode(reader: &mut Reader<'_>) -> Self {
        // One allocation of the right size, which is the one that is wiped.
        Self::new(reader.string())
    }
}

impl Decode for SecretSlice<u8> {
    fn decode(reader: &mut Reader<'_>) -> Self {
        Self::new(reader.bytes())
    }
}

impl Decode for u64 {
    fn decode(reader: &mut Reader<'_>) -> Self {
        reader.varint()
    }
}

impl Decode for i64 {
    fn decode(reader: &mut Reader<'_>) -> Self {
        let zigzag = reader.varint();
        let negative = if zigzag & 1 == 0 { 0 } else { u64::MAX };
        let bits = (zigzag >> 1) ^ negative;
        Self::from_ne_bytes(bits.to_ne_bytes())
    }
}

impl Decode for f64 {
    fn decode(reader: &mut Reader<'_>) -> Self {
        reader.take(8).try_into().map_or(0.0, Self::from_le_bytes)
    }
}

impl Decode for bool {
    fn decode(reader: &mut Reader<'_>) -> Self {
        match reader.byte() {
            0 => false,
            1 => true,
            _ => {
                reader.fail();
                false
            }
        }
    }
}

/// Reads an array, whose elements `element` reads.
pub fn decode_array<T>(
    reader: &mut Reader<'_>,
    mut element: impl FnMut(&mut Reader<'_>) -> T,
) -> Vec<T> {
    let count = reader.length();
    // The right capacity at once, so that no block is left behind unwiped. It may still be far more
    // than what a forged length is worth.
    let mut elements = Vec::new();
    if elements.try_reserve_exact(count).is_err() {
        reader.fail();
        return elements;
    }
    for _ in 0..count {
        if reader.failed {
            break;
        }
        elements.push(element(reader));
    }
    elements
}

/// Reads an optional value, which `value` reads if it is there.
pub fn decode_option<T>(
    reader: &mut Reader<'_>,
    value: impl FnOnce(&mut Reader<'_>) -> T,
) -> Option<T> {
    bool::decode(reader).then(|| value(reader))
}

impl<T: Decode> Decode for Option<T> {
    fn decode(reader: &mut Reader<'_>) -> Self {
        decode_option(reader, T::decode)
    }
}

#[cfg(feature = "datetime")]
mod datetime {
    use toml_datetime::{Date, Datetime, Offset, Time};

    use super::{Decode, Reader, decode_option};

    fn small<T: TryFrom<u64> + Default>(reader: &mut Reader<'_>) -> T {
        T::try_from(reader.varint()).unwrap_or_else(|_| {
            reader.fail();
            T::default()
        })
    }

    impl Decode for Date {
        fn decode(reader: &mut Reader<'_>) -> Self {
            Self {
                year: small(reader),
                month: small(reader),
                day: small(reader),
            }
        }
    }

    impl Decode for Time {
        fn decode(reader: &mut Reader<'_>) -> Self {
            Self {
                hour: small(reader),
                minute: small(reader),
                second: decode_option(reader, small),
                nanosecond: decode_option(reader, small),
            }
        }
    }

    impl Decode for Offset {
        fn decode(reader: &mut Reader<'_>) -> Self {
            match reader.byte() {
                0 => return Self::Z,
                1 => {
                    if let Ok(minutes) = i64::decode(reader).try_into() {
                        return Self::Custom { minutes };
                    }
                }
                _ => {}
            }
            reader.fail();
            Self::Z
        }
    }

    impl Decode for Datetime {
        fn decode(reader: &mut Reader<'_>) -> Self {
            Self {
                date: Decode::decode(reader),
                time: Decode::decode(reader),
                offset: Decode::decode(reader),
            }
        }
    }
}
