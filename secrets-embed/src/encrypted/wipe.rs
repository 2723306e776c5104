//! The leaves besides strings, bytes, `i64`, `u64`, `f64`, booleans and date-times: how they are read,
//! and how they are wiped.
//!
//! `u8` and `i8` are one byte as it is; all other integers are LEB128 varints, signed ones in zigzag; an
//! `f32` is four bytes, lowest first; a character is the varint of its code point. An IP address is the
//! byte 0 and four bytes, or 1 and sixteen; a socket address is an IP address and the varint of the
//! port, and for IPv6 those of flow information and scope. A duration is the varints of its seconds and
//! of its nanoseconds, which are less than a second. A choice is the varint of its position.

use core::{
    hint::black_box,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    time::Duration,
};

use secrecy::zeroize::Zeroize;

use crate::encrypted::leaves::Wipe;
use crate::encrypted::payload::decode::Decode;
use crate::encrypted::payload::reader::Reader;

const NANOSECONDS_PER_SECOND: u32 = 1_000_000_000;

impl Reader<'_> {
    /// Reads the position of a variant among so many; 0 if it is not below that, which is a failure.
    pub fn choice(&mut self, count: usize) -> usize {
        let position = usize::decode(self);
        if position < count {
            return position;
        }
        self.fail();
        0
    }

    /// So many bytes; zeros after a failure.
    fn octets<const COUNT: usize>(&mut self) -> [u8; COUNT] {
        self.take(COUNT).try_into().unwrap_or([0; COUNT])
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

macro_rules! zeros {
    ($($type:ty)*) => {
        $(impl Wipe for $type {
            fn wipe(&mut self) {
                self.zeroize();
            }
        })*
    };
}

zeros!(i8 i16 i32 i128 isize u8 u16 u32 u128 usize f32 char);

/// Overwrites with each of some values, or the writes would be removed, as nothing reads them.
macro_rules! overwritten {
    ($($type:ty => $($zero:expr),*;)*) => {
        $(impl Wipe for $type {
            fn wipe(&mut self) {
                $(
                    *self = $zero;
                    black_box(&mut *self);
                )*
            }
        })*
    };
}

// Of the two kinds of address neither has to cover all bytes of the other.
overwritten! {
    IpAddr => Self::V4(Ipv4Addr::UNSPECIFIED), Self::V6(Ipv6Addr::UNSPECIFIED);
    SocketAddr =>
        Self::V4(SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, 0)),
        Self::V6(SocketAddrV6::new(Ipv6Addr::UNSPECIFIED, 0, 0, 0));
    Duration => Self::ZERO;
}
