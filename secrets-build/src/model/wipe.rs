//! Wiping values after their use. Without the feature `age` nothing is wiped: the values of a plain module stand in
//! the program.

#[cfg(feature = "age")]
use std::{hint::black_box, net::SocketAddr};

#[cfg(feature = "age")]
use secrecy::zeroize::{Zeroize, Zeroizing};

use crate::model::tree::{Table, Value};

/// Bytes of a secret, which are wiped when they are dropped.
#[cfg(feature = "age")]
pub(crate) type Bytes = Zeroizing<Vec<u8>>;
#[cfg(not(feature = "age"))]
pub(crate) type Bytes = Vec<u8>;

/// Has bytes wiped when they are dropped.
#[cfg(feature = "age")]
pub(crate) fn wiped(bytes: Vec<u8>) -> Bytes {
    Zeroizing::new(bytes)
}
#[cfg(not(feature = "age"))]
pub(crate) fn wiped(bytes: Vec<u8>) -> Bytes {
    bytes
}

impl Table {
    /// Overwrites all values; keys stay.
    pub(crate) fn wipe(&mut self) {
        let values = self.entries.iter_mut().map(|(_, item)| &mut item.value);
        values.for_each(Value::wipe);
    }
}

impl Value {
    /// Overwrites the value.
    #[cfg(feature = "age")]
    pub(crate) fn wipe(&mut self) {
        use crate::model::scalar::ScalarValue;
        match self {
            Self::String(string) => string.zeroize(),
            Self::Integer(integer) | Self::Unsigned(integer) => integer.zeroize(),
            Self::Float(float) => float.zeroize(),
            Self::Boolean(boolean) => boolean.zeroize(),
            Self::Bytes(bytes) => bytes.zeroize(),
            Self::Datetime(datetime) => {
                *datetime = toml_datetime::Datetime {
                    date: None,
                    time: None,
                    offset: None,
                };
                // Or the write would be removed, as nothing reads it.
                black_box(datetime);
            }
            Self::Typed(typed) => {
                // Of all variants the one that covers the others.
                *typed = ScalarValue::SocketAddr(SocketAddr::from(([0; 16], 0)));
                black_box(&mut *typed);
                *typed = ScalarValue::U128(0);
                black_box(typed);
            }
            Self::Array(array) => {
                let items = array.items.iter_mut().chain(&mut array.replaced);
                items.for_each(|item| item.value.wipe());
            }
            Self::Table(table) => table.wipe(),
        }
    }

    #[cfg(not(feature = "age"))]
    pub(crate) fn wipe(&mut self) {
        let _ = self;
    }
}
