//! The bounds of numbers and durations.

use std::{fmt, time::Duration};

/// The lowest or highest value of a key.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Bound {
    /// Of an integer, or of a float.
    Integer(i128),
    /// Of a float.
    Float(f64),
    /// Of a duration.
    Duration(Duration),
}

/// As the settings write it.
impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(integer) => integer.fmt(f),
            Self::Float(float) => write!(f, "{float:?}"),
            Self::Duration(duration) => humantime::format_duration(*duration).fmt(f),
        }
    }
}

macro_rules! integers {
    ($($type:ty)*) => {
        $(impl From<$type> for Bound {
            fn from(bound: $type) -> Self {
                Self::Integer(bound.into())
            }
        })*
    };
}

integers!(i8 i16 i32 i64 i128 u8 u16 u32 u64);

impl From<f64> for Bound {
    fn from(bound: f64) -> Self {
        Self::Float(bound)
    }
}

impl From<Duration> for Bound {
    fn from(bound: Duration) -> Self {
        Self::Duration(bound)
    }
}
