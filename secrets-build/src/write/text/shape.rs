//! A shape in lines of text, one for each value.

use std::fmt::Write;

use crate::{
    model::shape::{Field, TableType, Type},
    origin::Origin,
};

/// A string as TOML writes it, in the one form that a sealed file has: it is hashed, and so must not change with what
/// messages show, which is for `shown::quoted`.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value of a shape.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) path: String,
    /// The path without the marks of optional keys.
    pub(crate) key: String,
    pub(crate) ty: String,
    pub(crate) is_plain: bool,
    pub(crate) origin: Origin,
}

/// The lines of a shape, of the keys that stay plain or of the others.
pub(crate) fn lines(shape: &TableType, is_plain: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    table(shape, &Path::default(), &mut lines);
    for line in &mut lines {
        line.is_plain = is_plain;
    }
    lines
}

/// Where a value is, with the marks of optional keys and without them.
#[derive(Default)]
pub(crate) struct Path {
    marked: String,
    bare: String,
}

impl Path {
    fn key(&self, field: &Field) -> Self {
        let dot = if self.bare.is_empty() { "" } else { "." };
        let (key, mark) = (written(&field.key), if field.optional { "?" } else { "" });
        Self {
            marked: format!("{}{dot}{key}{mark}", self.marked),
            bare: format!("{}{dot}{key}", self.bare),
        }
    }

    fn inner(&self, step: &str) -> Self {
        Self {
            marked: format!("{}{step}", self.marked),
            bare: format!("{}{step}", self.bare),
        }
    }
}

pub(crate) fn table(shape: &TableType, above: &Path, lines: &mut Vec<Line>) {
    for field in &shape.fields {
        value(&field.ty, &above.key(field), &field.origin, lines);
    }
}

pub(crate) fn value(ty: &Type, path: &Path, origin: &Origin, lines: &mut Vec<Line>) {
    let name = match ty {
        Type::Table(shape) if !shape.fields.is_empty() => return table(shape, path, lines),
        Type::Array(inner) => return value(inner, &path.inner("[]"), origin, lines),
        Type::Tuple(types) => {
            for (index, ty) in types.iter().enumerate() {
                value(ty, &path.inner(&format!("({index})")), origin, lines);
            }
            return;
        }
        Type::Table(_) => "{}".to_owned(),
        Type::String | Type::Unknown => "string".to_owned(),
        Type::Integer { big: false, .. } => "i64".to_owned(),
        Type::Integer { big: true, .. } => "u64".to_owned(),
        Type::Float => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Datetime => "date-time".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Time => "time".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::Scalar(scalar) => scalar.to_string(),
    };
    lines.push(Line {
        path: path.marked.clone(),
        key: path.bare.clone(),
        ty: name,
        is_plain: false,
        origin: origin.clone(),
    });
}

/// A key as a line has it; see [`quoted`].
pub(crate) fn written(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !key.is_empty() && key.chars().all(bare) {
        key.to_owned()
    } else {
        quoted(key)
    }
}
