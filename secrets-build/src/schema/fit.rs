//! Fitting a tree to a shape that is fixed: by the template, or by another profile.

use std::collections::HashMap;

use crate::{
    error::{ErrorKind, Problem, Problems, nearest},
    model::{
        path::{join, written_key},
        scalar::float_of_text,
        shape::{Field, TableType, Type},
        tree::{Array, Item, Table, Value},
    },
    origin::Origin,
    read::toml::parse_value,
    shown,
};

/// What fixes the shape, for messages.
#[derive(Clone, Copy)]
pub(crate) struct FixedBy<'a> {
    /// As in "the template".
    pub(crate) name: &'a str,
    /// Where the tree is from, as in `.secrets/secrets.toml`.
    pub(crate) sources: &'a str,
}

/// Puts the keys of a tree into the order of a shape, and reads text as what it must be. What does
/// not fit is a problem, each with both places.
pub(crate) fn fit(
    shape: &TableType,
    tree: &mut Table,
    fixed_by: FixedBy<'_>,
    problems: &mut Problems,
) {
    Fitter { fixed_by, problems }.table(shape, tree, None, "");
}

struct Fitter<'a> {
    fixed_by: FixedBy<'a>,
    problems: &'a mut Problems,
}

impl Fitter<'_> {
    fn table(&mut self, shape: &TableType, table: &mut Table, origin: Option<&Origin>, path: &str) {
        let entries = std::mem::take(&mut table.entries);
        let mut left: HashMap<String, (usize, Item)> = entries
            .into_iter()
            .enumerate()
            .map(|(index, (key, item))| (key, (index, item)))
            .collect();
        for field in &shape.fields {
            let path = join(path, &field.key);
            match (left.remove(&field.key), &field.ty) {
                (Some((_, mut item)), _) => {
                    self.value(&field.ty, &mut item, &path, &field.origin);
                    table.entries.push((field.key.clone(), item));
                }
                (None, _) if field.optional => {}
                (None, Type::Table(inner)) if inner.needs_no_value() => {
                    let mut empty = Table::default();
                    self.table(inner, &mut empty, origin, &path);
                    let item = Item::new(Value::Table(empty), field.origin.clone());
                    table.entries.push((field.key.clone(), item));
                }
                (None, _) => self.missing(field, origin, &path),
            }
        }
        let mut unknown: Vec<_> = left.into_iter().collect();
        unknown.sort_by_key(|(_, (index, _))| *index);
        for (key, (_, item)) in unknown {
            self.unknown(shape, &key, &item, path);
        }
    }

    fn missing(&mut self, field: &Field, origin: Option<&Origin>, path: &str) {
        let lacks = match origin {
            Some(origin) => format!("the table at {origin} has not"),
            None if self.fixed_by.sources.contains("`, `") => {
                format!("{} have not", self.fixed_by.sources)
            }
            None => format!("{} has not", self.fixed_by.sources),
        };
        self.problem(path, format!(
            "`{path}` is missing: {} has it at {}, and {lacks}; add it, or make it optional in `keys`",
            self.fixed_by.name, field.origin
        ));
    }

    fn unknown(&mut self, shape: &TableType, key: &str, item: &Item, path: &str) {
        let keys = shape.fields.iter().map(|field| field.key.as_str());
        let near =
            nearest(key, keys).and_then(|near| shape.fields.iter().find(|field| field.key == near));
        let name = self.fixed_by.name;
        // What is not known as a key may be a line of a value.
        let key = written_key(key);
        let dot = if path.is_empty() { "" } else { "." };
        let path = format!("{path}{dot}{}", shown::keys(&key));
        let message = match near {
            Some(near) => format!(
                "{name} does not know `{path}`, did you mean `{}`, which it has at {}?",
                near.key, near.origin
            ),
            None => format!("{name} does not know `{path}`; add it there, or remove it"),
        };
        let problem = Problem::at(ErrorKind::Shape, &item.origin, message);
        self.problems.push(problem.about(&path));
    }

    fn value(&mut self, ty: &Type, item: &mut Item, path: &str, fixed_at: &Origin) {
        if let Some(read) = read_text(ty, item) {
            item.value.wipe();
            item.value = read;
        }
        let origin = item.origin.clone();
        match (ty, &mut item.value) {
            (Type::Table(shape), Value::Table(table)) => {
                self.table(shape, table, Some(&origin), path);
            }
            (Type::Array(inner), Value::Array(array)) => self.array(inner, array, path, fixed_at),
            (Type::Tuple(types), Value::Array(array)) if types.len() == array.items.len() => {
                for (index, (ty, item)) in types.iter().zip(&mut array.items).enumerate() {
                    self.value(ty, item, &format!("{path}[{index}]"), fixed_at);
                }
            }
            (ty, value) if is_of(ty, value) => {}
            // It is not converted, as it is not of the type that `keys` has for it.
            _ if self.problems.has(ErrorKind::Rule, &origin) => {}
            (ty, value) => {
                let actual = match (ty, &*value) {
                    (Type::Bytes, Value::String(_)) => "text".to_owned(),
                    (_, Value::String(_)) if origin.is_untyped() => "other text".to_owned(),
                    (Type::Tuple(_), Value::Array(array)) => {
                        format!("an array of {}", array.items.len())
                    }
                    (Type::Integer { .. }, Value::Integer(_) | Value::Unsigned(_)) => {
                        "another integer".to_owned()
                    }
                    (_, value) => value.described(),
                };
                let is_text = matches!(
                    (ty, value),
                    (Type::Bytes, Value::String(_)) | (Type::String, Value::Bytes(_))
                );
                let way_out = if is_text {
                    "; give the key the type `bytes` in `keys`, or change one of the two"
                } else {
                    "; change one of the two"
                };
                self.problem(
                    path,
                    format!(
                        "`{path}` is {actual} at {origin}, but {} in {} at {fixed_at}{way_out}",
                        described(ty),
                        if fixed_at.is_setting() {
                            "`keys`"
                        } else {
                            self.fixed_by.name
                        },
                    ),
                );
            }
        }
    }

    fn array(&mut self, inner: &Type, array: &mut Array, path: &str, fixed_at: &Origin) {
        for (index, item) in array.items.iter_mut().enumerate() {
            self.value(inner, item, &format!("{path}[{index}]"), fixed_at);
        }
        array.forget_replaced();
    }

    fn problem(&mut self, path: &str, message: String) {
        let problem = Problem::new(ErrorKind::Shape, message);
        self.problems.push(problem.about(path));
    }
}

/// Whether a value that is neither array nor table is of a type.
pub(crate) fn is_of(ty: &Type, value: &Value) -> bool {
    match (ty, value) {
        (Type::String | Type::Unknown, Value::String(_))
        | (Type::Float, Value::Float(_))
        | (Type::Boolean, Value::Boolean(_))
        | (Type::Bytes, Value::Bytes(_)) => true,
        (Type::Integer { big, .. }, Value::Integer(integer) | Value::Unsigned(integer)) => {
            if *big {
                *integer >= 0
            } else {
                *integer <= i64::MAX.into()
            }
        }
        (Type::Datetime, Value::Datetime(value)) => value.date.is_some() && value.time.is_some(),
        (Type::Date, Value::Datetime(value)) => value.time.is_none(),
        (Type::Time, Value::Datetime(value)) => value.date.is_none(),
        (Type::Scalar(scalar), Value::Typed(typed)) => *scalar == typed.scalar(),
        _ => false,
    }
}

/// Text as a value of a type, if it comes from where there is nothing but text.
pub(crate) fn read_text(ty: &Type, item: &Item) -> Option<Value> {
    let Value::String(text) = &item.value else {
        return None;
    };
    match ty {
        _ if !item.origin.is_untyped() => None,
        // Bytes are what `keys` says, not what another profile happens to have.
        Type::String | Type::Unknown | Type::Scalar(_) | Type::Bytes => None,
        Type::Float => float_of_text(text).map(Value::Float),
        _ => parse_value(text, &item.origin),
    }
}

/// A type with its article.
pub(crate) fn described(ty: &Type) -> String {
    match ty {
        Type::String | Type::Unknown => "a string".to_owned(),
        Type::Integer { big: false, .. } => "an integer that fits `i64`".to_owned(),
        Type::Integer { big: true, .. } => "an integer that fits `u64`".to_owned(),
        Type::Float => "a float".to_owned(),
        Type::Boolean => "a boolean".to_owned(),
        Type::Datetime => "a date-time".to_owned(),
        Type::Date => "a date".to_owned(),
        Type::Time => "a time of day".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::Scalar(scalar) => format!("`{scalar}`"),
        Type::Array(_) => "an array".to_owned(),
        Type::Tuple(types) => format!("an array of {} mixed elements", types.len()),
        Type::Table(_) => "a table".to_owned(),
    }
}
