//! Owned values as nodes, and how those that do not wipe themselves are wiped.

use alloc::vec::Vec;

use secrecy::{SecretSlice, SecretString, zeroize::Zeroize};

use crate::{
    array::Elements,
    node::{Node, View, value},
    value::Value,
};

impl Node for SecretString {
    fn view(&self) -> View<'_> {
        View::SecretString(self)
    }
}

impl Node for SecretSlice<u8> {
    fn view(&self) -> View<'_> {
        View::SecretBytes(self)
    }
}

impl<T: Node> Elements for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn at(&self, index: usize) -> Option<&Value> {
        self.get(index).map(value)
    }
}

impl<T: Node> Node for Vec<T> {
    fn view(&self) -> View<'_> {
        View::Array(self)
    }
}

/// Overwrites a value when its table is dropped. Strings, bytes and tables do so themselves.
pub trait Wipe {
    /// Overwrites the value.
    fn wipe(&mut self);
}

macro_rules! plain {
    ($($type:ty)*) => {
        $(impl Wipe for $type {
            fn wipe(&mut self) {
                self.zeroize();
            }
        })*
    };
}

plain!(i64 u64 f64 bool);

macro_rules! itself {
    ($($type:ty)*) => {
        $(impl Wipe for $type {
            fn wipe(&mut self) {}
        })*
    };
}

itself!(SecretString SecretSlice<u8>);

impl<T> Wipe for crate::Table<T> {
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
macro_rules! datetime {
    ($($type:ty => $zero:expr;)*) => {
        $(impl Wipe for $type {
            fn wipe(&mut self) {
                *self = $zero;
                // Or the write would be removed, as nothing reads it.
                core::hint::black_box(self);
            }
        })*
    };
}

#[cfg(feature = "datetime")]
datetime! {
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
