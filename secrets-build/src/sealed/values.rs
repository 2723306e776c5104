//! Values of keys that stay plain, as TOML.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    time::Duration,
};

use data_encoding::BASE64;

use crate::{
    model::{
        scalar::{Scalar, Typed},
        shape::{Field, TableType, Type},
        tree::{Table, Value},
    },
    schema::{convert::convert, fit::is_of, key_type::KeyType},
    sealed::quoted,
};

/// The lines of a table of values, for the keys of a shape.
pub(super) fn write(shape: &TableType, table: &Table, above: &str, out: &mut String) {
    let entries = table.entries.iter();
    let values: HashMap<&str, &Value> = entries
        .map(|(key, item)| (key.as_str(), &item.value))
        .collect();
    for field in &shape.fields {
        let dot = if above.is_empty() { "" } else { "." };
        let path = format!("{above}{dot}{}", quoted(&field.key));
        match (&field.ty, values.get(field.key.as_str()).copied()) {
            (Type::Table(shape), Some(Value::Table(table))) if !shape.fields.is_empty() => {
                let start = out.len();
                write(shape, table, &path, out);
                // It is there, though none of its keys is.
                if out.len() == start {
                    out.push_str(&path);
                    out.push_str(" = {}\n");
                }
            }
            (_, Some(value)) => {
                out.push_str(&path);
                out.push_str(" = ");
                inline(value, out);
                out.push('\n');
            }
            (_, None) => {}
        }
    }
}

fn inline(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => out.push_str(&quoted(text)),
        Value::Integer(integer) | Value::Unsigned(integer) => out.push_str(&integer.to_string()),
        Value::Float(float) => out.push_str(&written_float(float, float.is_sign_negative())),
        Value::Boolean(boolean) => out.push_str(&boolean.to_string()),
        Value::Datetime(datetime) => out.push_str(&datetime.to_string()),
        Value::Bytes(bytes) => out.push_str(&quoted(&BASE64.encode(bytes))),
        Value::Typed(value) => out.push_str(&typed(value)),
        Value::Array(array) => {
            out.push('[');
            for (index, item) in array.items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                inline(&item.value, out);
            }
            out.push(']');
        }
        Value::Table(table) => {
            out.push('{');
            for (index, (key, item)) in table.entries.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { " " });
                out.push_str(&quoted(key));
                out.push_str(" = ");
                inline(&item.value, out);
            }
            out.push_str(" }");
        }
    }
}

/// A float with its sign, which `Debug` leaves out of what is not a number.
fn written_float(float: &dyn fmt::Debug, is_negative: bool) -> String {
    match format!("{float:?}").to_lowercase() {
        text if text == "nan" && is_negative => "-nan".to_owned(),
        text => text,
    }
}

fn typed(value: &Typed) -> String {
    match value {
        // Our TOML has no integers of more than 64 bits.
        Typed::Int(_, integer)
            if i64::try_from(*integer).is_err() && u64::try_from(*integer).is_err() =>
        {
            quoted(&integer.to_string())
        }
        Typed::Int(_, integer) => integer.to_string(),
        Typed::U128(integer) => quoted(&integer.to_string()),
        Typed::F32(float) => written_float(float, float.is_sign_negative()),
        Typed::Char(c) => quoted(&c.to_string()),
        Typed::IpAddr(address) => quoted(&address.to_string()),
        Typed::SocketAddr(address) => quoted(&address.to_string()),
        Typed::Duration(duration) => quoted(&format!(
            "{}s {}ns",
            duration.as_secs(),
            duration.subsec_nanos()
        )),
        Typed::Enum(texts, position) => quoted(&texts[*position]),
    }
}

/// Gives values that were read the types of a shape; tells whether they fit.
pub(super) fn read(shape: &TableType, table: &mut Table) -> bool {
    let fields = shape.fields.iter();
    let fields: HashMap<&str, &Field> = fields.map(|field| (field.key.as_str(), field)).collect();
    let mut present = HashSet::new();
    for (key, item) in &mut table.entries {
        match fields.get(key.as_str()) {
            Some(field) if read_value(&field.ty, &mut item.value) => present.insert(key.as_str()),
            _ => return false,
        };
    }
    shape.fields.iter().all(|field| match &field.ty {
        _ if field.optional || present.contains(field.key.as_str()) => true,
        Type::Table(shape) => shape.may_be_absent(),
        _ => false,
    })
}

fn read_value(ty: &Type, value: &mut Value) -> bool {
    match (ty, value) {
        (Type::Table(shape), Value::Table(table)) => read(shape, table),
        (Type::Array(inner), Value::Array(array)) => {
            let mut items = array.items.iter_mut();
            items.all(|item| read_value(inner, &mut item.value))
        }
        (Type::Tuple(types), Value::Array(array)) => {
            let is_whole = types.len() == array.items.len();
            let mut pairs = types.iter().zip(&mut array.items);
            is_whole && pairs.all(|(ty, item)| read_value(ty, &mut item.value))
        }
        (Type::Bytes, value) => {
            let bytes = match &*value {
                Value::String(text) => BASE64.decode(text.as_bytes()).ok(),
                _ => None,
            };
            bytes.map(|bytes| *value = Value::Bytes(bytes)).is_some()
        }
        (Type::Scalar(Scalar::Duration), value) => {
            let typed = match &*value {
                Value::String(text) => duration(text),
                _ => None,
            };
            let typed = typed.map(Typed::Duration).map(Value::Typed);
            typed.map(|typed| *value = typed).is_some()
        }
        (Type::Scalar(scalar), value) => {
            let typed = convert(&KeyType::Scalar(scalar.clone()), value, true);
            typed.map(|typed| *value = typed).is_some()
        }
        (ty, value) => is_of(ty, value),
    }
}

/// A duration as it was written.
fn duration(text: &str) -> Option<Duration> {
    let (seconds, nanoseconds) = text.strip_suffix("ns")?.split_once("s ")?;
    let nanoseconds = nanoseconds.parse().ok();
    let nanoseconds = nanoseconds.filter(|nanoseconds| *nanoseconds < 1_000_000_000)?;
    Some(Duration::new(seconds.parse().ok()?, nanoseconds))
}
