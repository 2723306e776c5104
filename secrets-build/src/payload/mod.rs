//! The payload: all values in the order of the shape, in the wire format of `postcard`, padded.
//!
//! | part | form |
//! | --- | --- |
//! | magic | the eight bytes `secrets\0` |
//! | version | the byte 1 |
//! | package | a string |
//! | fingerprint of the shape | 32 bytes |
//! | values | depth first, in the order of the keys; no names |
//! | padding | zeros, to a multiple of 256 bytes |
//!
//! A string, bytes, or an array is its length as a varint and then its bytes or elements; `i64` is a
//! varint in zigzag, `u64` a varint, `f64` eight bytes, lowest first, `bool` one byte; an optional value
//! is the byte 0, or 1 and the value; a tuple and a table are their elements, and a table without keys
//! below the root the byte 0. A date is year, month and
//! day; a time hour, minute, optional second and optional nanosecond; a date-time is an optional date,
//! an optional time and an optional offset, which is 0 for `Z` or 1 and the minutes, signed.
//!
//! Of the types beyond TOML, `i8` and `u8` are a byte, other integers varints as above, `f32` four bytes,
//! lowest first, and a `char` its code point as a varint. An IP address is 0 and four bytes, or 1 and
//! sixteen; a socket address that and its port, and flow information and scope of version 6; a duration
//! its seconds and nanoseconds; an enum the position of its text.
//!
//! Varints are LEB128. The format is that of <https://postcard.jamesmunns.com/wire-format>.

mod fingerprint;

use std::net::{IpAddr, SocketAddr};

pub(crate) use fingerprint::fingerprint;

use toml_datetime::{Date, Datetime, Offset, Time};

use crate::{
    layer::{Bytes, wiped},
    layout::{Layout, Ty},
    scalar::{Int, Typed},
    tree::{Item, Table, Value},
};

const MAGIC: &[u8] = b"secrets\0";
const VERSION: u8 = 1;

/// Lengths of values are hidden to this many bytes in all.
const PADDING: usize = 256;

/// The payload of a tree.
pub(crate) fn payload(
    layout: &Layout,
    tree: &Table,
    package: &str,
    fingerprint: &[u8; 32],
) -> Bytes {
    let mut counter = Writer {
        layout,
        out: Out::Count(0),
    };
    counter.payload(tree, package, fingerprint);
    let length = counter.out.length().next_multiple_of(PADDING);
    // The right capacity at once: a buffer that grows leaves its old blocks behind.
    let mut writer = Writer {
        layout,
        out: Out::Bytes(wiped(Vec::with_capacity(length))),
    };
    writer.payload(tree, package, fingerprint);
    match writer.out {
        Out::Bytes(mut bytes) => {
            bytes.resize(length, 0);
            bytes
        }
        Out::Count(_) => wiped(Vec::new()),
    }
}

enum Out {
    Count(usize),
    Bytes(Bytes),
}

impl Out {
    fn length(&self) -> usize {
        match self {
            Self::Count(count) => *count,
            Self::Bytes(bytes) => bytes.len(),
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        match self {
            Self::Count(count) => *count += bytes.len(),
            Self::Bytes(out) => out.extend_from_slice(bytes),
        }
    }
}

struct Writer<'a> {
    layout: &'a Layout,
    out: Out,
}

impl Writer<'_> {
    fn payload(&mut self, tree: &Table, package: &str, fingerprint: &[u8; 32]) {
        self.out.push(MAGIC);
        self.out.push(&[VERSION]);
        self.bytes(package.as_bytes());
        self.out.push(fingerprint);
        self.table(self.layout.root, tree);
    }

    fn table(&mut self, index: usize, table: &Table) {
        for (index, field) in self.layout.structs[index].fields.iter().enumerate() {
            let value = table.value_at(index, &field.key);
            if field.optional {
                self.out.push(&[u8::from(value.is_some())]);
            }
            if let Some(value) = value {
                self.value(&field.ty, value);
            }
        }
    }

    fn value(&mut self, ty: &Ty, value: &Value) {
        match (ty, value) {
            (Ty::Deep(inner), value) => self.value(inner, value),
            (Ty::Table(index), Value::Table(table)) => {
                // So that every element of an array takes a byte at least.
                if self.layout.structs[*index].fields.is_empty() {
                    self.out.push(&[0]);
                }
                self.table(*index, table);
            }
            (Ty::Slice(inner), Value::Array(array)) => {
                self.varint(array.items.len() as u128);
                array
                    .items
                    .iter()
                    .for_each(|item| self.value(inner, &item.value));
            }
            (Ty::Tuple(types), Value::Array(array)) => self.tuple(types, &array.items),
            (Ty::Mixed(index), Value::Array(array)) => {
                self.tuple(&self.layout.mixed[*index].elements, &array.items);
            }
            (_, value) => self.leaf(ty, value),
        }
    }

    fn tuple(&mut self, types: &[Ty], items: &[Item]) {
        types
            .iter()
            .zip(items)
            .for_each(|(ty, item)| self.value(ty, &item.value));
    }

    fn leaf(&mut self, ty: &Ty, value: &Value) {
        match value {
            Value::String(string) => self.bytes(string.as_bytes()),
            Value::Bytes(bytes) => self.bytes(bytes),
            // The type was chosen so that the value fits.
            Value::Integer(integer) | Value::Unsigned(integer) if *ty == Ty::U64 => {
                self.varint(integer.unsigned_abs());
            }
            Value::Integer(integer) | Value::Unsigned(integer) => {
                self.signed(i64::try_from(*integer).unwrap_or_default());
            }
            Value::Float(float) => self.out.push(&float.to_le_bytes()),
            Value::Boolean(boolean) => self.out.push(&[u8::from(*boolean)]),
            Value::Datetime(datetime) => self.datetime(ty, datetime),
            Value::Typed(typed) => self.typed(typed),
            Value::Array(_) | Value::Table(_) => {}
        }
    }

    fn typed(&mut self, typed: &Typed) {
        match typed {
            Typed::Int(Int::I8 | Int::U8, integer) => self.out.push(&integer.to_le_bytes()[..1]),
            Typed::Int(int, integer) if int.is_signed() => {
                let zigzag = (integer << 1) ^ (integer >> 127);
                self.varint(u128::from_le_bytes(zigzag.to_le_bytes()));
            }
            Typed::Int(_, integer) => self.varint(integer.unsigned_abs()),
            Typed::U128(integer) => self.varint(*integer),
            Typed::F32(float) => self.out.push(&float.to_le_bytes()),
            Typed::Char(c) => self.varint(u32::from(*c).into()),
            Typed::IpAddr(address) => self.ip_addr(*address),
            Typed::SocketAddr(address) => {
                self.ip_addr(address.ip());
                self.varint(address.port().into());
                if let SocketAddr::V6(address) = address {
                    self.varint(address.flowinfo().into());
                    self.varint(address.scope_id().into());
                }
            }
            Typed::Duration(duration) => {
                self.varint(duration.as_secs().into());
                self.varint(duration.subsec_nanos().into());
            }
            Typed::Enum(_, position) => self.varint(*position as u128),
        }
    }

    fn ip_addr(&mut self, address: IpAddr) {
        match address {
            IpAddr::V4(address) => {
                self.out.push(&[0]);
                self.out.push(&address.octets());
            }
            IpAddr::V6(address) => {
                self.out.push(&[1]);
                self.out.push(&address.octets());
            }
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.varint(bytes.len() as u128);
        self.out.push(bytes);
    }

    fn varint(&mut self, mut value: u128) {
        loop {
            let [low, ..] = value.to_le_bytes();
            value >>= 7;
            if value == 0 {
                return self.out.push(&[low & 0x7f]);
            }
            self.out.push(&[low | 0x80]);
        }
    }

    fn signed(&mut self, value: i64) {
        let zigzag = (value << 1) ^ (value >> 63);
        self.varint(u64::from_le_bytes(zigzag.to_le_bytes()).into());
    }

    fn datetime(&mut self, ty: &Ty, datetime: &Datetime) {
        match (ty, datetime) {
            (
                Ty::Date,
                Datetime {
                    date: Some(date), ..
                },
            ) => self.date(date),
            (
                Ty::Time,
                Datetime {
                    time: Some(time), ..
                },
            ) => self.time(time),
            (_, Datetime { date, time, offset }) => {
                self.option(date.as_ref(), Self::date);
                self.option(time.as_ref(), Self::time);
                self.option(offset.as_ref(), |writer, offset| match offset {
                    Offset::Z => writer.out.push(&[0]),
                    Offset::Custom { minutes } => {
                        writer.out.push(&[1]);
                        writer.signed((*minutes).into());
                    }
                });
            }
        }
    }

    #[allow(clippy::trivially_copy_pass_by_ref)]
    fn date(&mut self, date: &Date) {
        self.varint(date.year.into());
        self.varint(date.month.into());
        self.varint(date.day.into());
    }

    fn time(&mut self, time: &Time) {
        self.varint(time.hour.into());
        self.varint(time.minute.into());
        self.option(time.second.as_ref(), |writer, second| {
            writer.varint((*second).into());
        });
        self.option(time.nanosecond.as_ref(), |writer, nanosecond| {
            writer.varint((*nanosecond).into());
        });
    }

    fn option<T>(&mut self, value: Option<&T>, write: impl FnOnce(&mut Self, &T)) {
        self.out.push(&[u8::from(value.is_some())]);
        if let Some(value) = value {
            write(self, value);
        }
    }
}
