//! Keys, as [`Value::iter`](crate::Value) hands them out.

use core::fmt;

/// The key of a value in a table, as written in its file, or its position in an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Key<'a> {
    /// A key of a table.
    Name(&'a str),
    /// A position in an array, from 0.
    Position(usize),
}

impl<'a> Key<'a> {
    /// The key, if the value is in a table.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        match self {
            Self::Name(name) => Some(name),
            Self::Position(_) => None,
        }
    }

    /// The position, if the value is in an array.
    #[must_use]
    pub fn as_usize(self) -> Option<usize> {
        match self {
            Self::Name(_) => None,
            Self::Position(position) => Some(position),
        }
    }
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Position(position) => position.fmt(f),
        }
    }
}

impl PartialEq<str> for Key<'_> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for Key<'_> {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PartialEq<usize> for Key<'_> {
    fn eq(&self, other: &usize) -> bool {
        self.as_usize() == Some(*other)
    }
}
