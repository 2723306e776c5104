//! How each value is read: positional, in the wire format of `postcard`.
//!
//! - `u8` and `i8` are one byte as it is; all other integers are LEB128 varints, signed ones in zigzag.
//! - A float is its four or eight bytes, lowest first; a boolean is the byte 0 or 1; a character is the varint
//!   of its code point.
//! - Bytes and an array are their length, and then the bytes or elements; a string is its length, and is itself
//!   in the text of the frame; an option is the byte 0, or the byte 1 and its value.
//! - An IP address is the byte 0 and four bytes, or 1 and sixteen; a socket address is an IP address and the
//!   varint of the port, and for IPv6 those of flow information and scope.
//! - A duration is the varints of its seconds and of its nanoseconds, which are less than a second.
//! - A choice is the varint of its position.
//!
//! The format is specified at <https://postcard.jamesmunns.com/wire-format>.

use alloc::vec::Vec;
use core::{
    net::{IpAddr, SocketAddr, SocketAddrV4, SocketAddrV6},
    time::Duration,
};

use secrecy::{SecretSlice, SecretString};

use crate::encrypted::payload::reader::Reader;

const NANOSECONDS_PER_SECOND: u32 = 1_000_000_000;

/// A value that a payload can hold.
pub trait Decode: Sized {
    /// Reads the value.
    fn decode(reader: &mut Reader<'_>) -> Self;
}

impl Decode for SecretString {
    fn decode(reader: &mut Reader<'_>) -> Self {
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
        Self::from_le_bytes(reader.octets())
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

impl Decode for u8 {
    fn decode(reader: &mut Reader<'_>) -> Self {
        reader.byte()
    }
}

impl Decode for i8 {
    fn decode(reader: &mut Reader<'_>) -> Self {
        Self::from_ne_bytes(reader.octets())
    }
}

/// Reads a `W`, which has to fit.
fn narrow<W: Decode, T: TryFrom<W> + Default>(reader: &mut Reader<'_>) -> T {
    let wide = W::decode(reader);
    T::try_from(wide).unwrap_or_else(|_| {
        reader.fail();
        T::default()
    })
}

macro_rules! narrow {
    ($($type:ty as $wide:ty;)*) => {
        $(impl Decode for $type {
            fn decode(reader: &mut Reader<'_>) -> Self {
                narrow::<$wide, Self>(reader)
            }
        })*
    };
}

narrow! {
    i16 as i64;
    i32 as i64;
    isize as i64;
    u16 as u64;
    u32 as u64;
    usize as u64;
}

impl Decode for u128 {
    fn decode(reader: &mut Reader<'_>) -> Self {
        reader.wide_varint()
    }
}

impl Decode for i128 {
    fn decode(reader: &mut Reader<'_>) -> Self {
        let zigzag = reader.wide_varint();
        let negative = if zigzag & 1 == 0 { 0 } else { u128::MAX };
        let bits = (zigzag >> 1) ^ negative;
        Self::from_ne_bytes(bits.to_ne_bytes())
    }
}

impl Decode for f32 {
    fn decode(reader: &mut Reader<'_>) -> Self {
        Self::from_le_bytes(reader.octets())
    }
}

impl Decode for char {
    fn decode(reader: &mut Reader<'_>) -> Self {
        narrow::<u32, Self>(reader)
    }
}

impl Decode for IpAddr {
    fn decode(reader: &mut Reader<'_>) -> Self {
        match reader.choice(2) {
            0 => Self::from(reader.octets::<4>()),
            _ => Self::from(reader.octets::<16>()),
        }
    }
}

impl Decode for SocketAddr {
    fn decode(reader: &mut Reader<'_>) -> Self {
        let address = Decode::decode(reader);
        let port = Decode::decode(reader);
        match address {
            IpAddr::V4(address) => Self::V4(SocketAddrV4::new(address, port)),
            IpAddr::V6(address) => {
                let (flow, scope) = (Decode::decode(reader), Decode::decode(reader));
                Self::V6(SocketAddrV6::new(address, port, flow, scope))
            }
        }
    }
}

impl Decode for Duration {
    fn decode(reader: &mut Reader<'_>) -> Self {
        let (seconds, nanoseconds) = (Decode::decode(reader), Decode::decode(reader));
        if nanoseconds < NANOSECONDS_PER_SECOND {
            return Self::new(seconds, nanoseconds);
        }
        reader.fail();
        Self::ZERO
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
        if reader.has_failed() {
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
    use core::ops::RangeInclusive;

    use toml_datetime::{Date, Datetime, Offset, Time};

    use super::{Decode, Reader, decode_option};

    /// Minutes of the largest offset, 23:59.
    const OFFSET: i64 = 24 * 60 - 1;

    /// A number that TOML allows at its place.
    fn small<T: TryFrom<u64> + Default>(reader: &mut Reader<'_>, range: RangeInclusive<u64>) -> T {
        let number = Some(reader.varint()).filter(|number| range.contains(number));
        number
            .and_then(|number| T::try_from(number).ok())
            .unwrap_or_else(|| {
                reader.fail();
                T::default()
            })
    }

    impl Decode for Date {
        fn decode(reader: &mut Reader<'_>) -> Self {
            Self {
                year: small(reader, 0..=9999),
                month: small(reader, 1..=12),
                day: small(reader, 1..=31),
            }
        }
    }

    impl Decode for Time {
        fn decode(reader: &mut Reader<'_>) -> Self {
            Self {
                hour: small(reader, 0..=23),
                minute: small(reader, 0..=59),
                second: decode_option(reader, |reader| small(reader, 0..=60)),
                nanosecond: decode_option(reader, |reader| small(reader, 0..=999_999_999)),
            }
        }
    }

    impl Decode for Offset {
        fn decode(reader: &mut Reader<'_>) -> Self {
            match reader.byte() {
                0 => return Self::Z,
                1 => {
                    let minutes = i64::decode(reader);
                    let minutes =
                        Some(minutes).filter(|minutes| (-OFFSET..=OFFSET).contains(minutes));
                    if let Some(Ok(minutes)) = minutes.map(TryInto::try_into) {
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
            let datetime = Self {
                date: Decode::decode(reader),
                time: Decode::decode(reader),
                offset: Decode::decode(reader),
            };
            if datetime.date.is_none() && datetime.time.is_none() {
                reader.fail();
            }
            datetime
        }
    }
}
