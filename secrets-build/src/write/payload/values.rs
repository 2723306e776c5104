//! The values of the payload, depth first.

use std::net::{IpAddr, SocketAddr};

use toml_datetime::{Date, Datetime, Offset, Time};

use crate::{
    model::{
        scalar::{Int, ScalarValue},
        tree::{Item, Table, Value},
    },
    write::{
        layout::{Layout, RustType},
        payload::writer::Writer,
    },
};

impl Writer {
    /// The fields of a table.
    pub(super) fn table(&mut self, layout: &Layout, index: usize, table: &Table) {
        let fields = &layout.structs[index].fields;
        // So that every element of an array takes a byte at least.
        if fields.is_empty() {
            self.push(&[0]);
        }
        for (index, field) in fields.iter().enumerate() {
            let value = table.value_at(index, &field.key);
            if field.optional {
                self.push(&[u8::from(value.is_some())]);
            }
            if let Some(value) = value {
                self.value(layout, &field.ty, value);
            }
        }
    }

    fn value(&mut self, layout: &Layout, ty: &RustType, value: &Value) {
        match (ty, value) {
            (RustType::Deep(inner), value) => self.value(layout, inner, value),
            (RustType::Table(index), Value::Table(table)) => {
                self.table(layout, *index, table);
            }
            (RustType::Slice(inner), Value::Array(array)) => {
                self.varint(array.items.len() as u128);
                array
                    .items
                    .iter()
                    .for_each(|item| self.value(layout, inner, &item.value));
            }
            (RustType::Tuple(types), Value::Array(array)) => {
                self.tuple(layout, types, &array.items);
            }
            (RustType::Mixed(index), Value::Array(array)) => {
                self.tuple(layout, &layout.mixed[*index].elements, &array.items);
            }
            (_, value) => self.leaf(ty, value),
        }
    }

    fn tuple(&mut self, layout: &Layout, types: &[RustType], items: &[Item]) {
        types
            .iter()
            .zip(items)
            .for_each(|(ty, item)| self.value(layout, ty, &item.value));
    }

    fn leaf(&mut self, ty: &RustType, value: &Value) {
        match value {
            Value::String(string) => self.string(string),
            Value::Bytes(bytes) => self.bytes(bytes),
            // The type was chosen so that the value fits.
            Value::Integer(integer) | Value::Unsigned(integer) if *ty == RustType::U64 => {
                self.varint(integer.unsigned_abs());
            }
            Value::Integer(integer) | Value::Unsigned(integer) => {
                self.signed(i64::try_from(*integer).unwrap_or_default());
            }
            Value::Float(float) => self.push(&float.to_le_bytes()),
            Value::Boolean(boolean) => self.push(&[u8::from(*boolean)]),
            Value::Datetime(datetime) => self.datetime(ty, datetime),
            Value::Typed(typed) => self.typed(typed),
            Value::Array(_) | Value::Table(_) => {}
        }
    }

    fn typed(&mut self, typed: &ScalarValue) {
        match typed {
            ScalarValue::Int(Int::I8 | Int::U8, integer) => self.push(&integer.to_le_bytes()[..1]),
            ScalarValue::Int(int, integer) if int.is_signed() => {
                let zigzag = (integer << 1) ^ (integer >> 127);
                self.varint(u128::from_le_bytes(zigzag.to_le_bytes()));
            }
            ScalarValue::Int(_, integer) => self.varint(integer.unsigned_abs()),
            ScalarValue::U128(integer) => self.varint(*integer),
            ScalarValue::F32(float) => self.push(&float.to_le_bytes()),
            ScalarValue::Char(c) => self.varint(u32::from(*c).into()),
            ScalarValue::IpAddr(address) => self.ip_addr(*address),
            ScalarValue::SocketAddr(address) => {
                self.ip_addr(address.ip());
                self.varint(address.port().into());
                if let SocketAddr::V6(address) = address {
                    self.varint(address.flowinfo().into());
                    self.varint(address.scope_id().into());
                }
            }
            ScalarValue::Duration(duration) => {
                self.varint(duration.as_secs().into());
                self.varint(duration.subsec_nanos().into());
            }
            ScalarValue::Enum(_, position) => self.varint(*position as u128),
        }
    }

    fn ip_addr(&mut self, address: IpAddr) {
        match address {
            IpAddr::V4(address) => {
                self.push(&[0]);
                self.push(&address.octets());
            }
            IpAddr::V6(address) => {
                self.push(&[1]);
                self.push(&address.octets());
            }
        }
    }

    fn datetime(&mut self, ty: &RustType, datetime: &Datetime) {
        match (ty, datetime) {
            (
                RustType::Date,
                Datetime {
                    date: Some(date), ..
                },
            ) => self.date(date),
            (
                RustType::Time,
                Datetime {
                    time: Some(time), ..
                },
            ) => self.time(time),
            (_, Datetime { date, time, offset }) => {
                self.option(date.as_ref(), Self::date);
                self.option(time.as_ref(), Self::time);
                self.option(offset.as_ref(), |writer, offset| match offset {
                    Offset::Z => writer.push(&[0]),
                    Offset::Custom { minutes } => {
                        writer.push(&[1]);
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
}
