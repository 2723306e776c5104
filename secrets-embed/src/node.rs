//! What every value of a generated module can show of itself.

use core::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use crate::{array::Elements, table::Fields, value::Value};

/// A value in a generated module. Implemented for the types that secrets become, and not to be implemented by others.
pub trait Node: Send + Sync + 'static {
    /// What this value is.
    fn view(&self) -> View<'_>;

    /// What a slice of such values is: an array, but for bytes.
    #[doc(hidden)]
    fn view_slice<'a>(slice: &'a &'static [Self]) -> View<'a>
    where
        Self: Sized,
    {
        View::Array(slice)
    }
}

/// One look at a [`Node`].
#[non_exhaustive]
pub enum View<'a> {
    /// A string.
    Str(&'a str),
    /// The name of a choice: of a variant of a generated enum.
    Choice(&'static str),
    /// An integer that fits `i64`.
    I64(i64),
    /// An integer that may be above `i64::MAX`.
    U64(u64),
    /// An integer of 128 bits.
    I128(i128),
    /// An integer of 128 bits that may be above `i128::MAX`.
    U128(u128),
    /// A float.
    F64(f64),
    /// A float of 32 bits.
    F32(f32),
    /// A boolean.
    Bool(bool),
    /// A character.
    Char(char),
    /// An IP address.
    IpAddr(IpAddr),
    /// An IP address with a port.
    SocketAddr(SocketAddr),
    /// A duration.
    Duration(Duration),
    /// Any of the four date-times.
    #[cfg(feature = "datetime")]
    Datetime(toml_datetime::Datetime),
    /// A file that is not UTF-8, or a slice of `u8`.
    Bytes(&'a [u8]),
    /// A string of an encrypted module.
    #[cfg(feature = "encrypted")]
    SecretString(&'a secrecy::SecretString),
    /// Bytes of an encrypted module.
    #[cfg(feature = "encrypted")]
    SecretBytes(&'a secrecy::SecretSlice<u8>),
    /// An array or a tuple.
    Array(&'a dyn Elements),
    /// A table.
    Table(&'a dyn Fields),
}

macro_rules! leaf {
    ($($type:ty => |$value:ident| $view:expr;)*) => {
        $(impl Node for $type {
            fn view(&self) -> View<'_> {
                let $value = self;
                $view
            }
        })*
    };
}

leaf! {
    &'static str => |value| View::Str(value);
    i8 => |value| View::I64((*value).into());
    i16 => |value| View::I64((*value).into());
    i32 => |value| View::I64((*value).into());
    i64 => |value| View::I64(*value);
    i128 => |value| View::I128(*value);
    // No target has pointers of more than 64 bits.
    isize => |value| View::I64(*value as i64);
    u16 => |value| View::U64((*value).into());
    u32 => |value| View::U64((*value).into());
    u64 => |value| View::U64(*value);
    u128 => |value| View::U128(*value);
    usize => |value| View::U64(*value as u64);
    f32 => |value| View::F32(*value);
    f64 => |value| View::F64(*value);
    bool => |value| View::Bool(*value);
    char => |value| View::Char(*value);
    IpAddr => |value| View::IpAddr(*value);
    SocketAddr => |value| View::SocketAddr(*value);
    Duration => |value| View::Duration(*value);
}

impl Node for u8 {
    fn view(&self) -> View<'_> {
        View::U64((*self).into())
    }

    fn view_slice<'a>(slice: &'a &'static [Self]) -> View<'a> {
        View::Bytes(slice)
    }
}

#[cfg(feature = "datetime")]
leaf! {
    toml_datetime::Datetime => |value| View::Datetime(*value);
    toml_datetime::Date => |value| View::Datetime((*value).into());
    toml_datetime::Time => |value| View::Datetime((*value).into());
}

/// Upcasts without naming the trait at the call.
pub(crate) fn value<T: Node>(node: &T) -> &Value {
    node
}
