//! What a value is, without its value.

use crate::node::{Value, View};

/// What a [`Value`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A string, or the name of a choice.
    String,
    /// An integer of any width.
    Integer,
    /// A float, `f64` or `f32`.
    Float,
    /// A boolean.
    Boolean,
    /// A character.
    Char,
    /// An IP address.
    IpAddr,
    /// An IP address with a port.
    SocketAddr,
    /// A duration.
    Duration,
    /// Any of the four date-times.
    Datetime,
    /// A file that is not UTF-8, or `&[u8]`.
    Bytes,
    /// An array, of one type or mixed.
    Array,
    /// A table.
    Table,
}

impl Kind {
    /// The kind with its article, for messages.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Integer => "an integer",
            Self::Float => "a float",
            Self::Boolean => "a boolean",
            Self::Char => "a character",
            Self::IpAddr => "an IP address",
            Self::SocketAddr => "a socket address",
            Self::Duration => "a duration",
            Self::Datetime => "a date-time",
            Self::Bytes => "bytes",
            Self::Array => "an array",
            Self::Table => "a table",
        }
    }
}

impl Value {
    /// What this value is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.view() {
            View::Str(_) | View::Choice(_) => Kind::String,
            View::I64(_) | View::U64(_) | View::I128(_) | View::U128(_) => Kind::Integer,
            View::F64(_) | View::F32(_) => Kind::Float,
            View::Bool(_) => Kind::Boolean,
            View::Char(_) => Kind::Char,
            View::IpAddr(_) => Kind::IpAddr,
            View::SocketAddr(_) => Kind::SocketAddr,
            View::Duration(_) => Kind::Duration,
            #[cfg(feature = "datetime")]
            View::Datetime(_) => Kind::Datetime,
            View::Bytes(_) => Kind::Bytes,
            #[cfg(feature = "encrypted")]
            View::SecretString(_) => Kind::String,
            #[cfg(feature = "encrypted")]
            View::SecretBytes(_) => Kind::Bytes,
            View::Array(_) => Kind::Array,
            View::Table(_) => Kind::Table,
        }
    }
}
