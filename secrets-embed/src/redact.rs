//! `Debug` that shows names and no values.

use core::fmt;

use crate::{
    node::{Value, View},
    table::{Shape, Table},
};

/// What stands for every value.
struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[REDACTED]")
    }
}

/// Prints the names of the fields, of tables within tables too, and `[REDACTED]` for every other value.
impl<T: Shape> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        table(f, T::NAME, T::FIELDS, |index| self.__fields.field(index))
    }
}

/// Prints names and `[REDACTED]`, never a value or the length of one.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.view() {
            View::Table(fields) => table(f, fields.name(), fields.fields(), |index| {
                fields.field(index)
            }),
            _ => Redacted.fmt(f),
        }
    }
}

fn table<'a>(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    fields: &[&str],
    field: impl Fn(usize) -> Option<&'a Value>,
) -> fmt::Result {
    let mut out = f.debug_struct(name);
    for (index, name) in fields.iter().enumerate() {
        match field(index) {
            Some(value) => out.field(name, &value),
            None => out.field(name, &Redacted),
        };
    }
    out.finish()
}
