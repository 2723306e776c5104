//! Values of keys that stay plain, as TOML.

use std::{collections::HashMap, fmt};

use data_encoding::BASE64;

use crate::{
    model::{
        scalar::ScalarValue,
        shape::{TableType, Type},
        tree::{Table, Value},
    },
    write::text::shape::quoted,
};

/// The lines of a table of values, for the keys of a shape.
pub(crate) fn write(shape: &TableType, table: &Table, above: &str, out: &mut String) {
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

pub(crate) fn inline(value: &Value, out: &mut String) {
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
pub(crate) fn written_float(float: &dyn fmt::Debug, is_negative: bool) -> String {
    match format!("{float:?}").to_lowercase() {
        text if text == "nan" && is_negative => "-nan".to_owned(),
        text => text,
    }
}

pub(crate) fn typed(value: &ScalarValue) -> String {
    match value {
        // Our TOML has no integers of more than 64 bits.
        ScalarValue::Int(_, integer)
            if i64::try_from(*integer).is_err() && u64::try_from(*integer).is_err() =>
        {
            quoted(&integer.to_string())
        }
        ScalarValue::Int(_, integer) => integer.to_string(),
        ScalarValue::U128(integer) => quoted(&integer.to_string()),
        ScalarValue::F32(float) => written_float(float, float.is_sign_negative()),
        ScalarValue::Char(c) => quoted(&c.to_string()),
        ScalarValue::IpAddr(address) => quoted(&address.to_string()),
        ScalarValue::SocketAddr(address) => quoted(&address.to_string()),
        ScalarValue::Duration(duration) => quoted(&format!(
            "{}s {}ns",
            duration.as_secs(),
            duration.subsec_nanos()
        )),
        ScalarValue::Enum(texts, position) => quoted(&texts[*position]),
    }
}
