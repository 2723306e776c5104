//! Tables: a struct of typed fields, with key notation over them.

use core::{
    iter::Enumerate,
    ops::{Deref, Index},
    slice,
};

use crate::{
    missing::missing,
    node::{Fields, Node, Value, View, find},
};

/// Names and fields of a generated struct. Implemented by generated code, and not to be implemented by others.
pub trait Shape: Send + Sync + 'static {
    /// The name of the struct.
    const NAME: &'static str;
    /// The keys as written in the files, in their order.
    const KEYS: &'static [&'static str];
    /// The names of the fields, in the order of the keys.
    const FIELDS: &'static [&'static str] = Self::KEYS;

    /// The field of the key at a position; nothing if this table does not have that key.
    fn field(&self, index: usize) -> Option<&Value>;
}

/// A table of the secrets: typed fields by way of `Deref`, and the same values by key.
///
/// `T` is a struct of the generated module with a public field for each key. A module has an alias
/// for each table, so that a function takes `&secrets::Database`.
///
/// ```ignore
/// fn connect(database: &secrets::Database) {
///     let user = database.user;                  // typed
///     let same = &database["user"];              // by key, as written in the file
/// }
/// connect(&secrets::SECRETS.database);
/// ```
///
/// # Panics
///
/// Indexing with a key that is not there panics, and names the whole path of the key. [`get`](Self::get)
/// does not.
pub struct Table<T: 'static> {
    #[doc(hidden)]
    pub __fields: T,
    #[doc(hidden)]
    pub __path: &'static str,
}

impl<T: Shape> Table<T> {
    /// The value of a key as written in the file; `None` if there is no such key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        find(self, key)
    }

    /// Whether there is a value for a key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The number of keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there are no keys.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Keys and values, in the order of the files. The tables of one array have one order: that of the
    /// first, and then the keys that only later ones have.
    pub fn iter(&self) -> TableIter<'_> {
        TableIter::new(self)
    }

    /// The fields, where `Deref` does not reach: in constants.
    ///
    /// ```ignore
    /// const USER: &str = secrets::DATABASE.fields().user;
    /// ```
    #[must_use]
    pub const fn fields(&self) -> &T {
        &self.__fields
    }

    /// This table as a [`Value`].
    #[must_use]
    pub fn as_value(&self) -> &Value {
        self
    }
}

/// A copy. That of a table of an encrypted module is wiped when it is dropped, as the table itself is.
impl<T: Clone> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self {
            __fields: self.__fields.clone(),
            __path: self.__path,
        }
    }
}

impl<T> Deref for Table<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.__fields
    }
}

impl<T: Shape> Index<&str> for Table<T> {
    type Output = Value;

    #[track_caller]
    fn index(&self, key: &str) -> &Value {
        match self.get(key) {
            Some(value) => value,
            None => missing(self.__path, key),
        }
    }
}

impl<'a, T: Shape> IntoIterator for &'a Table<T> {
    type Item = (&'static str, &'a Value);
    type IntoIter = TableIter<'a>;

    fn into_iter(self) -> TableIter<'a> {
        self.iter()
    }
}

impl<T: Shape> Fields for Table<T> {
    fn name(&self) -> &'static str {
        T::NAME
    }

    fn path(&self) -> &'static str {
        self.__path
    }

    fn keys(&self) -> &'static [&'static str] {
        T::KEYS
    }

    fn fields(&self) -> &'static [&'static str] {
        T::FIELDS
    }

    fn field(&self, index: usize) -> Option<&Value> {
        self.__fields.field(index)
    }
}

impl<T: Shape> Node for Table<T> {
    fn view(&self) -> View<'_> {
        View::Table(self)
    }
}

impl<T: Shape> Node for &'static Table<T> {
    fn view(&self) -> View<'_> {
        View::Table(*self)
    }
}

/// Keys and values of a [`Table`], in the order of the files.
#[derive(Clone)]
pub struct TableIter<'a> {
    table: &'a dyn Fields,
    keys: Enumerate<slice::Iter<'static, &'static str>>,
}

impl<'a> TableIter<'a> {
    pub(crate) fn new(table: &'a dyn Fields) -> Self {
        Self {
            table,
            keys: table.keys().iter().enumerate(),
        }
    }
}

impl<'a> Iterator for TableIter<'a> {
    type Item = (&'static str, &'a Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.keys
            .find_map(|(index, key)| Some((*key, self.table.field(index)?)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.keys.size_hint().1)
    }
}
