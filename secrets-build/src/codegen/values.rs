//! `secrets_values.rs`: the values as literals, and placeholders of the same types for `cargo doc`.
//!
//! This is the one part that is written as text: nobody reads it, and to parse and lay out every
//! value would be most of the work of a build.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;
use toml_datetime::{Date, Datetime, Offset, Time};

use super::{
    HEADER,
    types::{element, ty},
};
use crate::{
    layout::{Field, Layout, Ty},
    names,
    tree::{Item, Table, Value, join},
};

/// The text of the file of values.
pub(crate) fn values(layout: &Layout, tree: &Table) -> String {
    let mut writer = Writer::new(layout);
    writer.module(Some(tree));
    writer.out
}

/// The text of the file of placeholders.
pub(crate) fn placeholders(layout: &Layout) -> String {
    let mut writer = Writer::new(layout);
    writer.module(None);
    writer.out
}

/// Keeps a value away from the lines of its item, which the compiler prints when it speaks of the
/// item. Of an item of many lines it leaves the middle out.
const APART: &str = "\n\n\n\n\n\n\n\n";

struct Writer<'a> {
    layout: &'a Layout,
    tables: TokenStream,
    out: String,
}

/// The value of a field, if the table has it.
fn value<'a>(table: &'a Table, index: usize, key: &str) -> Option<&'a Value> {
    // The order is that of the table itself but in an array of tables.
    let here = table.entries.get(index).filter(|(known, _)| known == key);
    let found = here.or_else(|| table.entries.iter().find(|(known, _)| known == key));
    found.map(|(_, item)| &item.value)
}

impl<'a> Writer<'a> {
    fn new(layout: &'a Layout) -> Self {
        Self {
            layout,
            tables: quote!(super::tables::),
            out: HEADER.to_owned(),
        }
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn module(&mut self, tree: Option<&Table>) {
        let root = &self.layout.structs[self.layout.root];
        for (index, field) in root.fields.iter().enumerate() {
            let name = names::constant(&field.key);
            let ty = ty(self.layout, &field.ty, &self.tables).to_string();
            let _ = write!(self.out, "pub(super) const {name}: {ty} ={APART}");
            let value = tree.and_then(|tree| value(tree, index, &field.key));
            self.value(&field.ty, value, &join("", &field.key));
            self.push(APART);
            self.push(";\n");
        }
        self.push(
            "pub(super) const SECRETS: &super::Secrets = &::secrets_embed::Table { __fields: ",
        );
        let _ = write!(self.out, "super::tables::{} {{ ", root.name);
        for field in &root.fields {
            let _ = write!(
                self.out,
                "{}: {}, ",
                names::field(&field.key),
                names::constant(&field.key)
            );
        }
        if root.is_large() {
            self.push("__values: &[");
            for field in &root.fields {
                let name = names::constant(&field.key);
                let _ = write!(self.out, "::core::option::Option::Some(&{name}), ");
            }
            self.push("], ");
        }
        self.push("}, __path: \"\" };\n");
        self.env_vars(tree, &root.fields);
    }

    /// The pairs of `env_vars`: what Streamlit exports, and what a process can be given.
    fn env_vars(&mut self, tree: Option<&Table>, fields: &[Field]) {
        self.push("pub(super) const __ENV_VARS: &[(&str, &str)] =");
        self.push(APART);
        self.push("&[");
        for (index, field) in fields.iter().enumerate() {
            let name_fits = !field.key.is_empty() && !field.key.contains(['=', '\0']);
            let Some(value) = tree.and_then(|tree| value(tree, index, &field.key)) else {
                continue;
            };
            let text = match value {
                Value::String(string) if !string.contains('\0') => string.clone(),
                Value::Integer(integer) | Value::Unsigned(integer) => integer.to_string(),
                Value::Float(float) => python_float(*float),
                _ => continue,
            };
            if name_fits {
                self.push("(");
                self.string(&field.key);
                self.push(", ");
                self.string(&text);
                self.push("), ");
            }
        }
        self.push("]");
        self.push(APART);
        self.push(";\n");
    }

    /// A value of a type, or its placeholder.
    fn value(&mut self, ty: &Ty, value: Option<&Value>, path: &str) {
        match ty {
            Ty::Table(index) if self.layout.structs[*index].is_large() => {
                self.large(*index, value, path);
                self.push("&__TABLE }");
            }
            Ty::Table(_) => {
                self.push("&");
                self.element(ty, value, path);
            }
            _ => self.element(ty, value, path),
        }
    }

    fn element(&mut self, of: &Ty, value: Option<&Value>, path: &str) {
        match (of, value) {
            (Ty::Table(index), value) if self.layout.structs[*index].is_large() => {
                self.large(*index, value, path);
                self.push("__TABLE }");
            }
            (Ty::Table(index), value) => self.table(*index, value, path),
            (Ty::Deep(inner), value) => {
                let ty = element(self.layout, inner, &self.tables);
                let _ = write!(self.out, "{{ const DEEP: {ty} = ");
                self.element(inner, value, path);
                self.push("; ::secrets_embed::Deep(|| &DEEP, || &DEEP) }");
            }
            (Ty::Slice(inner), value) => {
                self.push("&[");
                for (index, item) in items(value).iter().enumerate() {
                    self.element(inner, Some(&item.value), &format!("{path}[{index}]"));
                    self.push(", ");
                }
                self.push("]");
            }
            (Ty::Tuple(elements), value) => self.tuple("", elements, value, path),
            (Ty::Mixed(index), value) => {
                let mixed = &self.layout.mixed[*index];
                self.tuple(
                    &format!("super::tables::{}", mixed.name),
                    &mixed.elements,
                    value,
                    path,
                );
            }
            (_, Some(value)) => self.leaf(value),
            (leaf, None) => self.push(placeholder(leaf)),
        }
    }

    fn table(&mut self, index: usize, value: Option<&Value>, path: &str) {
        let of = &self.layout.structs[index];
        let _ = write!(
            self.out,
            "::secrets_embed::Table {{ __fields: super::tables::{} {{ ",
            of.name
        );
        for (index, field) in of.fields.iter().enumerate() {
            let _ = write!(self.out, "{}: ", names::field(&field.key));
            let inner = inner(value, index, field);
            let path = join(path, &field.key);
            match (field.optional, inner) {
                (false, inner) => self.value(&field.ty, inner, &path),
                (true, None) => self.push("::core::option::Option::None"),
                (true, inner) => {
                    self.push("::core::option::Option::Some(");
                    self.value(&field.ty, inner, &path);
                    self.push(")");
                }
            }
            self.push(", ");
        }
        self.push("}, __path: ");
        self.string(path);
        self.push(" }");
    }

    /// A block of a constant for each value and the constant `__TABLE`, not closed.
    fn large(&mut self, index: usize, value: Option<&Value>, path: &str) {
        let of = &self.layout.structs[index];
        self.push("{ ");
        let (mut fields, mut values) = (String::new(), String::new());
        for (index, field) in of.fields.iter().enumerate() {
            let name = names::field(&field.key);
            let inner = inner(value, index, field);
            if field.optional && inner.is_none() {
                let _ = write!(fields, "{name}: ::core::option::Option::None, ");
                values.push_str("::core::option::Option::None, ");
                continue;
            }
            let ty = ty(self.layout, &field.ty, &self.tables);
            let _ = write!(self.out, "const __{index}: {ty} ={APART}");
            self.value(&field.ty, inner, &join(path, &field.key));
            let _ = write!(self.out, "{APART};");
            let _ = if field.optional {
                write!(fields, "{name}: ::core::option::Option::Some(__{index}), ")
            } else {
                write!(fields, "{name}: __{index}, ")
            };
            let _ = write!(values, "::core::option::Option::Some(&__{index}), ");
        }
        let name = &of.name;
        let _ = write!(
            self.out,
            "const __TABLE: ::secrets_embed::Table<super::tables::{name}> = \
             ::secrets_embed::Table {{ __fields: super::tables::{name} {{ \
             {fields}__values: &[{values}] }}, __path: "
        );
        self.string(path);
        self.push(" }; ");
    }

    fn tuple(&mut self, name: &str, elements: &[Ty], value: Option<&Value>, path: &str) {
        self.push(name);
        self.push("(");
        for (index, ty) in elements.iter().enumerate() {
            let item = items(value).get(index).map(|item| &item.value);
            self.value(ty, item, &format!("{path}[{index}]"));
            self.push(", ");
        }
        self.push(")");
    }

    /// A leaf on lines of its own: an error about a path beside it prints the line of the path.
    fn leaf(&mut self, value: &Value) {
        self.push("\n");
        match value {
            Value::String(string) => self.string(string),
            Value::Integer(integer) | Value::Unsigned(integer) => {
                let _ = write!(self.out, "{integer}");
            }
            Value::Float(float) if float.is_nan() => {
                self.push(if float.is_sign_negative() { "-" } else { "" });
                self.push("::core::primitive::f64::NAN");
            }
            Value::Float(float) if float.is_infinite() => {
                self.push(if *float < 0.0 { "-" } else { "" });
                self.push("::core::primitive::f64::INFINITY");
            }
            Value::Float(float) => self.push(&format!("{float:?}")),
            Value::Boolean(boolean) => self.push(if *boolean { "true" } else { "false" }),
            Value::Datetime(datetime) => self.push(&datetime_literal(datetime)),
            Value::Bytes(bytes) => {
                let _ = write!(self.out, "b\"{}\"", bytes.escape_ascii());
            }
            // Tables and arrays have types of their own, which were handled by the caller.
            Value::Array(_) | Value::Table(_) => {}
        }
        self.push("\n");
    }

    /// A string literal of printable ASCII, so that no lint has anything to say about it.
    fn string(&mut self, string: &str) {
        self.push("\"");
        self.out
            .extend(string.chars().flat_map(char::escape_default));
        self.push("\"");
    }
}

/// The value of a field in what should be a table, if it has it.
fn inner<'a>(value: Option<&'a Value>, index: usize, field: &Field) -> Option<&'a Value> {
    match value {
        Some(Value::Table(table)) => self::value(table, index, &field.key),
        _ => None,
    }
}

fn items(value: Option<&Value>) -> &[Item] {
    match value {
        Some(Value::Array(array)) => &array.items,
        _ => &[],
    }
}

fn placeholder(leaf: &Ty) -> &'static str {
    const DATE: &str = "::secrets_embed::toml_datetime::Date { year: 1970, month: 1, day: 1 }";
    const TIME: &str = "::secrets_embed::toml_datetime::Time { hour: 0, minute: 0, \
        second: ::core::option::Option::None, nanosecond: ::core::option::Option::None }";
    const DATETIME: &str = "::secrets_embed::toml_datetime::Datetime { \
        date: ::core::option::Option::None, time: ::core::option::Option::None, \
        offset: ::core::option::Option::None }";
    match leaf {
        Ty::Str => "\"\"",
        Ty::F64 => "0.0",
        Ty::Bool => "false",
        Ty::Date => DATE,
        Ty::Time => TIME,
        Ty::Datetime => DATETIME,
        Ty::Bytes => "&[]",
        _ => "0",
    }
}

fn datetime_literal(datetime: &Datetime) -> String {
    const PATH: &str = "::secrets_embed::toml_datetime";
    match (datetime.date, datetime.time) {
        (Some(date), None) => date_literal(date),
        (None, Some(time)) => time_literal(time),
        (date, time) => {
            let offset = datetime.offset.as_ref().map(|offset| match offset {
                Offset::Z => format!("{PATH}::Offset::Z"),
                Offset::Custom { minutes } => {
                    format!("{PATH}::Offset::Custom {{\nminutes: {minutes}\n}}")
                }
            });
            format!(
                "{PATH}::Datetime {{ date: {}, time: {}, offset: {} }}",
                option(date.map(date_literal)),
                option(time.map(time_literal)),
                option(offset),
            )
        }
    }
}

fn date_literal(date: Date) -> String {
    let Date { year, month, day } = date;
    format!("::secrets_embed::toml_datetime::Date {{\nyear: {year}, month: {month}, day: {day}\n}}")
}

fn time_literal(time: Time) -> String {
    let Time {
        hour,
        minute,
        second,
        nanosecond,
    } = time;
    let (second, nanosecond) = (option(second), option(nanosecond));
    format!(
        "::secrets_embed::toml_datetime::Time {{\nhour: {hour}, minute: {minute}, \
         second: {second}, nanosecond: {nanosecond}\n}}"
    )
}

fn option(value: Option<impl std::fmt::Display>) -> String {
    match value {
        Some(value) => format!("::core::option::Option::Some({value})"),
        None => "::core::option::Option::None".to_owned(),
    }
}

/// A float as Python's `str` writes it, which is what Streamlit exports: as Rust's `Debug`, but for
/// an exponent with a sign and two digits.
fn python_float(float: f64) -> String {
    let text = format!("{float:?}").to_lowercase();
    match text.split_once('e') {
        Some((digits, exponent)) => {
            let digits = digits.strip_suffix(".0").unwrap_or(digits);
            let (sign, exponent) = match exponent.strip_prefix('-') {
                Some(exponent) => ('-', exponent),
                None => ('+', exponent),
            };
            format!("{digits}e{sign}{exponent:0>2}")
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::python_float;

    #[test]
    fn floats_are_written_as_python_does() {
        let cases = [
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (1.5e300, "1.5e+300"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (123_456_789_012_345.6, "123456789012345.6"),
            (-0.0, "-0.0"),
            (f64::INFINITY, "inf"),
            (f64::NAN, "nan"),
        ];
        for (float, text) in cases {
            assert_eq!(python_float(float), text);
        }
    }
}
