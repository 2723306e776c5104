//! `==` between a [`Value`] and plain Rust values, either way round.

use crate::{node::View, value::Value};

macro_rules! compare {
    ($($type:ty => |$value:ident, $other:ident| $equal:expr;)*) => {
        $(
            impl PartialEq<$type> for Value {
                fn eq(&self, $other: &$type) -> bool {
                    let $value = self;
                    $equal
                }
            }

            impl PartialEq<Value> for $type {
                fn eq(&self, other: &Value) -> bool {
                    other == self
                }
            }
        )*
    };
}

compare! {
    str => |value, other| text(value) == Some(other);
    &str => |value, other| text(value) == Some(*other);
    bool => |value, other| value.as_bool() == Some(*other);
    f64 => |value, other| value.as_f64() == Some(*other);
}

/// A string, of an encrypted module too: whoever compares has the other text already.
fn text(value: &Value) -> Option<&str> {
    match value.view() {
        #[cfg(feature = "age")]
        View::SecretString(secret) => Some(secrecy::ExposeSecret::expose_secret(secret)),
        View::Str(text) => Some(text),
        _ => None,
    }
}

macro_rules! integers {
    ($($type:ty)*) => {
        compare! {
            $($type => |value, other| integer(value) == i128::try_from(*other).ok() && integer(value).is_some();)*
        }
    };
}

integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

fn integer(value: &Value) -> Option<i128> {
    match value.view() {
        View::I64(value) => Some(value.into()),
        View::U64(value) => Some(value.into()),
        _ => None,
    }
}

#[cfg(feature = "datetime")]
compare! {
    toml_datetime::Datetime => |value, other| value.as_datetime() == Some(*other);
    toml_datetime::Date => |value, other| value.as_datetime() == Some((*other).into());
    toml_datetime::Time => |value, other| value.as_datetime() == Some((*other).into());
}

/// The elements of an array, or the bytes of a file that is not UTF-8, one by one and in order.
fn elements<T>(value: &Value, other: &[T]) -> bool
where
    Value: PartialEq<T>,
{
    match value.view() {
        View::Array(array) => {
            array.count() == other.len()
                && other.iter().enumerate().all(|(position, element)| {
                    array.at(position).is_some_and(|value| value == element)
                })
        }
        View::Bytes(bytes) => {
            let equal = |(byte, element): (&u8, &T)| {
                let byte: &Value = &i64::from(*byte);
                byte == element
            };
            bytes.len() == other.len() && bytes.iter().zip(other).all(equal)
        }
        _ => false,
    }
}

macro_rules! arrays {
    ($($type:ty, $($length:ident)?;)*) => {
        $(
            impl<T $(, const $length: usize)?> PartialEq<$type> for Value
            where
                Value: PartialEq<T>,
            {
                fn eq(&self, other: &$type) -> bool {
                    elements(self, &other[..])
                }
            }

            impl<T $(, const $length: usize)?> PartialEq<Value> for $type
            where
                Value: PartialEq<T>,
            {
                fn eq(&self, other: &Value) -> bool {
                    other == self
                }
            }
        )*
    };
}

arrays! {
    [T],;
    &[T],;
    [T; N], N;
    &[T; N], N;
}
