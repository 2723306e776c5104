//! Key notation: values by the keys of their files.

use core::{
    fmt::{self, Write},
    ops::{Index, Range},
};

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
/// | `as_str` | `&str` | strings, and the names of choices |
/// | `as_i64`, `as_u64`, `as_i128`, `as_u128` | the integer, if it fits | integers of all widths |
/// | `as_f64` | `f64` | floats, `f32` too |
/// | `as_bool` | `bool` | booleans |
/// | `as_char` | `char` | characters |
/// | `as_ip_addr` | `IpAddr` | IP addresses |
/// | `as_socket_addr` | `SocketAddr` | IP addresses with a port |
/// | `as_duration` | `Duration` | durations |
/// | `as_datetime` | `toml_datetime::Datetime` | the four date-times (feature `datetime`) |
/// | `as_bytes` | `&[u8]` | strings, choices, `&[u8]`, and files that are not UTF-8 |
/// | `get`, `contains_key` | a value by key | tables |
/// | `len`, `is_empty`, `iter` | what is inside | tables and arrays |
/// | `kind` | [`Kind`](crate::Kind) | all |
///
/// It compares with plain Rust values (`SECRETS["port"] == 5432`), is indexed by key and, an array,
/// by position, and its `Debug` shows no value.
///
/// # Panics
///
/// Indexing panics if there is no such key or position, or nothing that could have one. The message
/// names the whole path of a missing key, and never a value.
pub type Value = dyn Node;

impl Value {
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
    ///
    /// The tables of one array are of one type and have one order, whatever theirs is in the file: that
    /// of the first, and then the keys that only later ones have.
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
        panic!("no key `{path}{dot}{}` in the secrets", Quoted(key));
    }
}

/// A key in quotes, as TOML writes it, without what a terminal would obey.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' => {
                    write!(f, "\\u{:04X}", u32::from(c))?;
                }
                c if c.is_control() => write!(f, "\\u{:04X}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
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
