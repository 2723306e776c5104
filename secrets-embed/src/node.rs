//! What every value of a generated module can show of itself.

use crate::{array::Elements, table::Fields, value::Value};

/// A value in a generated module. Implemented for the types that secrets become, and by nobody else.
pub trait Node: Send + Sync + 'static {
    /// What this value is.
    fn view(&self) -> View<'_>;
}

/// One look at a [`Node`].
#[non_exhaustive]
pub enum View<'a> {
    /// A string.
    Str(&'a str),
    /// An integer that fits `i64`.
    I64(i64),
    /// An integer that may be above `i64::MAX`.
    U64(u64),
    /// A float.
    F64(f64),
    /// A boolean.
    Bool(bool),
    /// Any of the four date-times.
    #[cfg(feature = "datetime")]
    Datetime(toml_datetime::Datetime),
    /// A file that is not UTF-8.
    Bytes(&'a [u8]),
    /// A string of an encrypted module.
    #[cfg(feature = "age")]
    SecretString(&'a secrecy::SecretString),
    /// Bytes of an encrypted module.
    #[cfg(feature = "age")]
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
    &'static [u8] => |value| View::Bytes(value);
    i64 => |value| View::I64(*value);
    u64 => |value| View::U64(*value);
    f64 => |value| View::F64(*value);
    bool => |value| View::Bool(*value);
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
