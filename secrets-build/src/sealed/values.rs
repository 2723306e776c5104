//! Values of keys that stay plain, as TOML.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use data_encoding::BASE64;

use crate::{
    model::{
        scalar::{Scalar, ScalarValue},
        shape::{Field, TableType, Type},
        tree::{Table, Value},
    },
    schema::{convert::convert, fit::is_of, key_type::KeyType},
};

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
        Type::Table(shape) => shape.needs_no_value(),
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
            let typed = typed.map(ScalarValue::Duration).map(Value::Typed);
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
pub(crate) fn duration(text: &str) -> Option<Duration> {
    let (seconds, nanoseconds) = text.strip_suffix("ns")?.split_once("s ")?;
    let nanoseconds = nanoseconds.parse().ok();
    let nanoseconds = nanoseconds.filter(|nanoseconds| *nanoseconds < 1_000_000_000)?;
    Some(Duration::new(seconds.parse().ok()?, nanoseconds))
}
