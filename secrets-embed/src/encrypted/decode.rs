//! Reading the payload: positional, in the wire format of `postcard`.
//!
//! Integers are LEB128 varints, signed ones in zigzag; a float is eight bytes, lowest first; a string
//! or an array is its length and then its bytes or elements; an option is a byte, and then its value if
//! that is 1. The format is specified at <https://postcard.jamesmunns.com/wire-format>.

use crate::{SecretSlice, SecretString};

/// What is left of a payload.
///
/// A read that fails yields an empty value, and so does every one after it; whether one did is asked
/// once, when all is read. Without a way out after each of its fields a struct of thousands compiles in
/// seconds, and what was read before a failure is wiped like any other.
pub struct Reader<'a> {
    payload: &'a [u8],
    rest: &'a [u8],
    /// A part of the payload that is text, and where it starts: strings and the small numbers between
    /// them are checked together, which takes a fraction of the time.
    text: &'a str,
    text_start: usize,
    failed: bool,
}

/// A value that a payload can hold.
pub trait Decode: Sized {
    /// Reads the value.
    fn decode(reader: &mut Reader<'_>) -> Self;
}

impl<'a> Reader<'a> {
    pub(super) fn new(payload: &'a [u8]) -> Self {
        Self {
            payload,
            rest: payload,
            text: "",
            text_start: 0,
            failed: false,
        }
    }

    /// Whether all reads were good, and nothing but zeros is left, which is the padding.
    pub(super) fn ended_well(&self) -> bool {
        !self.failed && self.rest.iter().all(|byte| *byte == 0)
    }

    /// Ends reading: the payload has something else at this place, or has ended.
    #[cold]
    pub(super) fn fail(&mut self) {
        self.failed = true;
        self.rest = &[];
    }

    pub(super) fn take(&mut self, count: usize) -> &'a [u8] {
        let Some((taken, rest)) = self.rest.split_at_checked(count) else {
            self.fail();
            return &[];
        };
        self.rest = rest;
        taken
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.rest.split_first() else {
            self.fail();
            return 0;
        };
        self.rest = rest;
        *first
    }

    fn varint(&mut self) -> u64 {
        // Most are lengths below 128.
        if let [byte @ 0..0x80, rest @ ..] = self.rest {
            self.rest = rest;
            return (*byte).into();
        }
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
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
            Ok(length) if length <= self.rest.len() => length,
            _ => {
                self.fail();
                0
            }
        }
    }

    pub(super) fn bytes(&mut self) -> &'a [u8] {
        let length = self.length();
        self.take(length)
    }

    fn string(&mut self) -> &'a str {
        let length = self.length();
        let start = self.payload.len() - self.rest.len();
        self.take(length);
        if let Some(text) = self.checked(start, length) {
            return text;
        }
        let rest = &self.payload[start..];
        self.text_start = start;
        self.text = std::str::from_utf8(rest)
            .or_else(|error| std::str::from_utf8(&rest[..error.valid_up_to()]))
            .unwrap_or_default();
        self.checked(start, length).unwrap_or_else(|| {
            self.fail();
            ""
        })
    }

    fn checked(&self, start: usize, length: usize) -> Option<&'a str> {
        let start = start.checked_sub(self.text_start)?;
        self.text.get(start..start.checked_add(length)?)
    }
}

impl Decode for SecretString {
    fn decode(reader: &mut Reader<'_>) -> Self {
        // One allocation of the right size, which is the one that is wiped.
        Self::new(Box::from(reader.string()))
    }
}

impl Decode for SecretSlice<u8> {
    fn decode(reader: &mut Reader<'_>) -> Self {
        Self::new(Box::from(reader.bytes()))
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
