//! Values against the limits that rules set.

use std::cmp::Ordering;

use crate::{
    model::{scalar::ScalarValue, tree::Value},
    settings::key::Bound,
};

/// Whether a value is on the wrong side of a bound; nothing if they cannot be compared.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
pub(super) fn breaks(value: &Value, bound: Bound, is_min: bool) -> Option<bool> {
    let order = match (value, bound) {
        (Value::Integer(value) | Value::Unsigned(value), Bound::Integer(bound)) => {
            value.cmp(&bound)
        }
        (Value::Typed(ScalarValue::Int(_, value)), Bound::Integer(bound)) => value.cmp(&bound),
        (Value::Typed(ScalarValue::U128(value)), Bound::Integer(bound)) => {
            match u128::try_from(bound) {
                Ok(bound) => value.cmp(&bound),
                Err(_) => Ordering::Greater,
            }
        }
        (Value::Typed(ScalarValue::Duration(value)), Bound::Duration(bound)) => value.cmp(&bound),
        (Value::Float(value), Bound::Float(bound)) => return Some(outside(*value, bound, is_min)),
        (Value::Float(value), Bound::Integer(bound)) => {
            return Some(outside(*value, bound as f64, is_min));
        }
        (Value::Typed(ScalarValue::F32(value)), Bound::Float(bound)) => {
            return Some(outside((*value).into(), (bound as f32).into(), is_min));
        }
        (Value::Typed(ScalarValue::F32(value)), Bound::Integer(bound)) => {
            return Some(outside((*value).into(), (bound as f32).into(), is_min));
        }
        _ => return None,
    };
    Some(if is_min { order.is_lt() } else { order.is_gt() })
}

/// Not a number is within no bounds.
fn outside(value: f64, bound: f64, is_min: bool) -> bool {
    let inside = if is_min {
        value >= bound
    } else {
        value <= bound
    };
    !inside
}

/// The number of characters, bytes, elements or keys; nothing if a value has none.
pub(super) fn length(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Bytes(bytes) => Some(bytes.len()),
        Value::Array(array) => Some(array.items.len()),
        Value::Table(table) => Some(table.entries.len()),
        _ => None,
    }
}
