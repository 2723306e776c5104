//! Key notation: values by the keys of their files.

use core::ops::{Index, Range};

use crate::{
    array::Elements,
    key::Key,
    node::{Node, View},
    table::{TableIter, find},
};

/// A value that was reached by key: `SECRETS["database"]["user"]`.
///
/// It is the very field of the generated struct behind a trait object, not a copy. Its type is not
/// known to the compiler, so each `as_` method returns `None` for a value of another type; prefer a
/// field (`SECRETS.database.user`) where the key is known when the program is written.
///
/// | method | yields | for |
/// | --- | --- | --- |
/// | `as_str` | `&str` | strings |
/// | `as_i64`, `as_u64` | the integer, if it fits | integers |
/// | `as_f64` | `f64` | floats |
/// | `as_bool` | `bool` | booleans |
/// | `as_datetime` | `toml_datetime::Datetime` | the four date-times (feature `datetime`) |
/// | `as_bytes` | `&[u8]` | strings, and files that are not UTF-8 |
/// | `get`, `contains_key` | a value by key | tables |
/// | `len`, `is_empty`, `iter` | what is inside | tables and arrays |
/// | `kind` | [`Kind`] | all |
///
/// It compares with plain Rust values (`SECRETS["port"] == 5432`), is indexed by key and, an array,
/// by position, and its `Debug` shows no value.
///
/// # Panics
///
/// Indexing panics if there is no such key or position, or nothing that could have one. The message
/// names the whole path of a missing key, and never a value.
pub type Value = dyn Node;

/// What a [`Value`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A string.
    String,
    /// An integer, `i64` or `u64`.
    Integer,
    /// A float.
    Float,
    /// A boolean.
    Boolean,
    /// Any of the four date-times.
    Datetime,
    /// A file that is not UTF-8.
    Bytes,
    /// An array, of one type or mixed.
    Array,
    /// A table.
    Table,
}

impl Kind {
    /// The kind with its article, for messages.
    fn described(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Integer => "an integer",
            Self::Float => "a float",
            Self::Boolean => "a boolean",
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
            View::Str(_) => Kind::String,
            View::I64(_) | View::U64(_) => Kind::Integer,
            View::F64(_) => Kind::Float,
            View::Bool(_) => Kind::Boolean,
            #[cfg(feature = "datetime")]
            View::Datetime(_) => Kind::Datetime,
            View::Bytes(_) => Kind::Bytes,
            #[cfg(feature = "age")]
            View::SecretString(_) => Kind::String,
            #[cfg(feature = "age")]
            View::SecretBytes(_) => Kind::Bytes,
            View::Array(_) => Kind::Array,
            View::Table(_) => Kind::Table,
        }
    }

    /// The string, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self.view() {
            View::Str(value) => Some(value),
            _ => None,
        }
    }

    /// The integer, if this is one that fits `i64`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self.view() {
            View::I64(value) => Some(value),
            View::U64(value) => value.try_into().ok(),
            _ => None,
        }
    }

    /// The integer, if this is one that fits `u64`.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match self.view() {
            View::I64(value) => value.try_into().ok(),
            View::U64(value) => Some(value),
            _ => None,
        }
    }

    /// The float, if this is one. An integer is not converted.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self.view() {
            View::F64(value) => Some(value),
            _ => None,
        }
    }

    /// The boolean, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.view() {
            View::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The date-time, if this is one; a local date or time has only that part.
    #[cfg(feature = "datetime")]
    #[cfg_attr(docsrs, doc(cfg(feature = "datetime")))]
    #[must_use]
    pub fn as_datetime(&self) -> Option<toml_datetime::Datetime> {
        match self.view() {
            View::Datetime(value) => Some(value),
            _ => None,
        }
    }

    /// The bytes of a string, or of a file that is not UTF-8.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self.view() {
            View::Bytes(value) => Some(value),
            View::Str(value) => Some(value.as_bytes()),
            _ => None,
        }
    }

    /// The string of an encrypted module, if this is one; [`as_str`](#method.as_str) is `None` for it.
    #[cfg(feature = "age")]
    #[cfg_attr(docsrs, doc(cfg(feature = "age")))]
    #[must_use]
    pub fn as_secret(&self) -> Option<&secrecy::SecretString> {
        match self.view() {
            View::SecretString(value) => Some(value),
            _ => None,
        }
    }

    /// The bytes of an encrypted module, if these are; [`as_bytes`](#method.as_bytes) is `None` for them.
    #[cfg(feature = "age")]
    #[cfg_attr(docsrs, doc(cfg(feature = "age")))]
    #[must_use]
    pub fn as_secret_bytes(&self) -> Option<&secrecy::SecretSlice<u8>> {
        match self.view() {
            View::SecretBytes(value) => Some(value),
            _ => None,
        }
    }

    /// The value of a key, if this is a table that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self.view() {
            View::Table(table) => find(table, key),
            _ => None,
        }
    }

    /// Whether this is a table that has a key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The number of keys of a table or of elements of an array; 0 for every other value.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.view() {
            View::Array(array) => array.count(),
            _ => self.iter().count(),
        }
    }

    /// Whether [`len`](#method.len) is 0.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Keys and values of a table in the order of the files, positions and elements of an array;
    /// nothing for every other value.
    pub fn iter(&self) -> Iter<'_> {
        Iter(match self.view() {
            View::Table(table) => Inner::Table(TableIter::new(table)),
            View::Array(array) => Inner::Array(array, 0..array.count()),
            _ => Inner::Leaf,
        })
    }
}

impl Index<&str> for Value {
    type Output = Value;

    #[track_caller]
    fn index(&self, key: &str) -> &Value {
        match self.view() {
            View::Table(table) => match find(table, key) {
                Some(value) => value,
                None => missing(table.path(), key),
            },
            _ => panic!("no key `{key}` in {}", self.kind().described()),
        }
    }
}

impl Index<usize> for Value {
    type Output = Value;

    #[track_caller]
    fn index(&self, position: usize) -> &Value {
        match self.view() {
            View::Array(array) => match array.at(position) {
                Some(value) => value,
                None => panic!("no element {position} in an array of {}", array.count()),
            },
            _ => panic!("no element {position} in {}", self.kind().described()),
        }
    }
}

/// A missing key with its whole path; quoted where TOML would quote it, so that the one key `"a.b"` is
/// not taken for `a.b`.
#[cold]
#[track_caller]
pub(crate) fn missing(path: &str, key: &str) -> ! {
    let dot = if path.is_empty() { "" } else { "." };
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !key.is_empty() && key.bytes().all(bare) {
        panic!("no key `{path}{dot}{key}` in the secrets");
    } else {
        panic!("no key `{path}{dot}{key:?}` in the secrets");
    }
}

impl<'a> IntoIterator for &'a Value {
    type Item = (Key<'a>, &'a Value);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Keys and values inside a [`Value`].
#[derive(Clone)]
pub struct Iter<'a>(Inner<'a>);

#[derive(Clone)]
enum Inner<'a> {
    Table(TableIter<'a>),
    Array(&'a dyn Elements, Range<usize>),
    Leaf,
}

impl<'a> Iterator for Iter<'a> {
    type Item = (Key<'a>, &'a Value);

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Inner::Table(table) => table.next().map(|(key, value)| (Key::Name(key), value)),
            Inner::Array(array, positions) => {
                let position = positions.next()?;
                array
                    .at(position)
                    .map(|value| (Key::Position(position), value))
            }
            Inner::Leaf => None,
        }
    }
}
