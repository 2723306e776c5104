//! `==` between a [`Value`] and plain Rust values, either way round.

use core::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use crate::node::{Value, View};

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
    f32 => |value, other| value.as_f64() == Some((*other).into());
    char => |value, other| value.as_char() == Some(*other);
    IpAddr => |value, other| value.as_ip_addr() == Some(*other);
    Ipv4Addr => |value, other| value.as_ip_addr() == Some((*other).into());
    Ipv6Addr => |value, other| value.as_ip_addr() == Some((*other).into());
    SocketAddr => |value, other| value.as_socket_addr() == Some(*other);
    Duration => |value, other| value.as_duration() == Some(*other);
}

/// A string, of an encrypted module too: the caller has the other text already.
fn text(value: &Value) -> Option<&str> {
    match value.view() {
        #[cfg(feature = "encrypted")]
        View::SecretString(secret) => Some(secrecy::ExposeSecret::expose_secret(secret)),
        _ => value.as_str(),
    }
}

macro_rules! integers {
    ($($type:ty)*) => {
        compare! {
            $($type => |value, other| {
                i128::try_from(*other).is_ok_and(|other| value.as_i128() == Some(other))
            };)*
        }
    };
}

integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 usize);

compare! {
    u128 => |value, other| value.as_u128() == Some(*other);
}

#[cfg(feature = "datetime")]
compare! {
    toml_datetime::Datetime => |value, other| value.as_datetime() == Some(*other);
    toml_datetime::Date => |value, other| value.as_datetime() == Some((*other).into());
    toml_datetime::Time => |value, other| value.as_datetime() == Some((*other).into());
}

/// The elements of an array, or bytes, one by one and in order.
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
