//! How values that do not wipe themselves are wiped.

use alloc::vec::Vec;
use core::{
    hint::black_box,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    time::Duration,
};

use secrecy::{SecretSlice, SecretString, zeroize::Zeroize};

use crate::table::Table;

/// Overwrites a value when its table is dropped. Strings, bytes and tables do so themselves.
pub trait Wipe {
    /// Overwrites the value.
    fn wipe(&mut self);
}

macro_rules! zeroized {
    ($($type:ty)*) => {
        $(impl Wipe for $type {
            fn wipe(&mut self) {
                self.zeroize();
            }
        })*
    };
}

zeroized!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char);

macro_rules! wiped_on_drop {
    ($($type:ty)*) => {
        $(impl Wipe for $type {
            fn wipe(&mut self) {}
        })*
    };
}

wiped_on_drop!(SecretString SecretSlice<u8>);

impl<T> Wipe for Table<T> {
    fn wipe(&mut self) {}
}

impl<T: Wipe> Wipe for Vec<T> {
    fn wipe(&mut self) {
        self.iter_mut().for_each(Wipe::wipe);
    }
}

impl<T: Wipe> Wipe for Option<T> {
    fn wipe(&mut self) {
        self.iter_mut().for_each(Wipe::wipe);
    }
}

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

// Every part is there: `None` would leave the bytes of what was.
#[cfg(feature = "datetime")]
const DATE: toml_datetime::Date = toml_datetime::Date {
    year: 0,
    month: 0,
    day: 0,
};
#[cfg(feature = "datetime")]
const TIME: toml_datetime::Time = toml_datetime::Time {
    hour: 0,
    minute: 0,
    second: Some(0),
    nanosecond: Some(0),
};

#[cfg(feature = "datetime")]
overwritten! {
    toml_datetime::Datetime => Self {
        date: Some(DATE),
        time: Some(TIME),
        offset: Some(toml_datetime::Offset::Custom { minutes: 0 }),
    };
    toml_datetime::Date => DATE;
    toml_datetime::Time => TIME;
}

macro_rules! tuple {
    ($($name:ident $index:tt),*) => {
        impl<$($name: Wipe),*> Wipe for ($($name,)*) {
            fn wipe(&mut self) {
                $(self.$index.wipe();)*
            }
        }
    };
}

crate::array::tuples!(tuple);
