//! Values to the types that their keys were given.

use std::{str, sync::Arc};

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};
use toml_datetime::Datetime;

use crate::{
    model::wipe::wiped,
    model::{
        scalar::{Int, Scalar, ScalarValue, duration, float_of_text},
        tree::Value,
    },
    schema::key_type::{Encoding, KeyType},
};

/// The value of a type. `is_untyped` says that it comes from where there is only text: a file of a secret
/// directory, or a variable.
pub(crate) fn convert(ty: &KeyType, value: &Value, is_untyped: bool) -> Option<Value> {
    match (ty, value) {
        (KeyType::String, Value::String(_))
        | (KeyType::Bool, Value::Boolean(_))
        | (KeyType::F64, Value::Float(_))
        | (KeyType::Bytes(Encoding::Raw), Value::Bytes(_)) => Some(value.clone()),
        (KeyType::F64, Value::Integer(integer)) => float(*integer).map(Value::Float),
        (KeyType::DateTime | KeyType::Date | KeyType::Time, Value::Datetime(datetime)) => {
            is_datetime(ty, datetime).then(|| value.clone())
        }
        (KeyType::Url, Value::String(text)) => is_url(text).then(|| value.clone()),
        (KeyType::Bytes(encoding), Value::String(text)) => bytes(*encoding, text),
        (KeyType::Scalar(ty), Value::Integer(integer) | Value::Unsigned(integer)) => {
            let typed = match ty {
                Scalar::Int(int) => int.checked(*integer),
                Scalar::F32 => float32(*integer).map(ScalarValue::F32),
                _ => None,
            };
            typed.map(Value::Typed)
        }
        (KeyType::Scalar(Scalar::F32), Value::Float(float)) => {
            narrow(*float).map(ScalarValue::F32).map(Value::Typed)
        }
        (KeyType::Scalar(scalar), Value::String(text)) => {
            from_quoted(scalar, text, is_untyped).map(Value::Typed)
        }
        (_, Value::String(text)) if is_untyped => from_untyped(ty, text),
        _ => None,
    }
}

/// A scalar that is written as a string. Numbers are only where there is nothing but text, or where
/// TOML has no integer of their width.
fn from_quoted(ty: &Scalar, text: &str, is_untyped: bool) -> Option<ScalarValue> {
    match ty {
        Scalar::Int(int) if is_untyped || matches!(int, Int::I128 | Int::U128) => {
            int.parse(text.trim())
        }
        Scalar::F32 if is_untyped => float_of_text(text).and_then(narrow).map(ScalarValue::F32),
        Scalar::Int(_) | Scalar::F32 => None,
        Scalar::Char => {
            let mut chars = text.chars();
            chars
                .next()
                .filter(|_| chars.next().is_none())
                .map(ScalarValue::Char)
        }
        Scalar::IpAddr => text.trim().parse().ok().map(ScalarValue::IpAddr),
        Scalar::SocketAddr => text.trim().parse().ok().map(ScalarValue::SocketAddr),
        Scalar::Duration => duration(text).map(ScalarValue::Duration),
        Scalar::Enum(texts) => {
            let index = texts.iter().position(|candidate| candidate == text);
            index.map(|index| ScalarValue::Enum(Arc::clone(texts), index))
        }
    }
}

fn from_untyped(ty: &KeyType, text: &str) -> Option<Value> {
    let text = text.trim();
    match ty {
        KeyType::Bool => text.parse().ok().map(Value::Boolean),
        KeyType::F64 => float_of_text(text).map(Value::Float),
        KeyType::DateTime | KeyType::Date | KeyType::Time => {
            let datetime = text.parse::<Datetime>().ok();
            datetime
                .filter(|datetime| is_datetime(ty, datetime))
                .map(Value::Datetime)
        }
        _ => None,
    }
}

/// An integer as a float that is exactly it.
#[allow(clippy::cast_precision_loss)]
fn float(integer: i128) -> Option<f64> {
    (integer.unsigned_abs() <= 1 << f64::MANTISSA_DIGITS).then_some(integer as f64)
}

/// The same for `f32`.
#[allow(clippy::cast_precision_loss)]
fn float32(integer: i128) -> Option<f32> {
    (integer.unsigned_abs() <= 1 << f32::MANTISSA_DIGITS).then_some(integer as f32)
}

/// The nearest `f32`, unless that is infinite or zero and the float is not.
#[allow(clippy::cast_possible_truncation)]
fn narrow(float: f64) -> Option<f32> {
    let narrow = float as f32;
    let fits = narrow.is_finite() == float.is_finite() && (narrow == 0.0) == (float == 0.0);
    fits.then_some(narrow)
}

fn is_datetime(ty: &KeyType, datetime: &Datetime) -> bool {
    match ty {
        KeyType::Date => datetime.time.is_none(),
        KeyType::Time => datetime.date.is_none(),
        _ => datetime.date.is_some() && datetime.time.is_some(),
    }
}

/// Bytes in an encoding. White space in base64 and hex is ignored, as PEM and others break lines.
fn bytes(encoding: Encoding, text: &str) -> Option<Value> {
    let dense = || {
        let mut dense = wiped(Vec::with_capacity(text.len()));
        dense.extend(text.bytes().filter(|byte| !byte.is_ascii_whitespace()));
        dense
    };
    let decoded = match encoding {
        Encoding::Raw | Encoding::Utf8 => Some(text.as_bytes().to_vec()),
        Encoding::Hex => HEXLOWER_PERMISSIVE.decode(&dense()).ok(),
        Encoding::Base64 => {
            let dense = dense();
            let url = dense.iter().any(|byte| matches!(byte, b'-' | b'_'));
            let encoding = match (url, dense.ends_with(b"=")) {
                (false, true) => BASE64,
                (false, false) => BASE64_NOPAD,
                (true, true) => BASE64URL,
                (true, false) => BASE64URL_NOPAD,
            };
            encoding.decode(&dense).ok()
        }
    };
    decoded.map(Value::Bytes)
}

#[cfg(feature = "url")]
fn is_url(text: &str) -> bool {
    url::Url::parse(text).is_ok()
}

/// Without the feature such a type is refused, unless there are no values but those of the template.
#[cfg(not(feature = "url"))]
fn is_url(_: &str) -> bool {
    true
}
