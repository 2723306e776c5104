//! Tables in a payload.

use crate::{
    encrypted::payload::reader::Reader,
    table::{Shape, Table},
};

/// The path of a table, and those of the tables in it, in the order in which they are decoded.
pub struct TablePath {
    /// The dotted path.
    pub dotted: &'static str,
    /// The paths of the tables in this one.
    pub inner: &'static [TablePath],
}

impl TablePath {
    /// The path of a table in this one.
    #[must_use]
    pub fn at(&'static self, index: usize) -> &'static Self {
        self.inner.get(index).unwrap_or(self)
    }
}

/// The fields of a table, which can be read from a payload.
pub trait Payload: Shape + Sized {
    /// Reads the fields in their order.
    fn decode(reader: &mut Reader<'_>, path: &'static TablePath) -> Self;
}

/// Reads a table. Not inlined, as a struct may have a thousand of them.
#[inline(never)]
pub fn decode_table<T: Payload>(reader: &mut Reader<'_>, path: &'static TablePath) -> Table<T> {
    // Every element of an array takes a byte at least; a table without keys has nothing else.
    if T::KEYS.is_empty() && reader.take(1) != [0] {
        reader.fail();
    }
    Table {
        __fields: T::decode(reader, path),
        __path: path.dotted,
    }
}
