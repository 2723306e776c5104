//! Key notation: values by the keys of their files.

use core::ops::{Index, Range};

use crate::{
    key::Key,
    missing::missing,
    node::{Elements, Value, View, find},
    table::TableIter,
};

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
