//! `secrets_values.rs`: the values as literals, and placeholders of the same types for `cargo doc`.
//!
//! This is the one part that is written as text: nobody reads it, and to parse and lay out every
//! value would be most of the work of a build.

use std::fmt::Write;

use quote::quote;

use crate::{
    model::{
        names,
        path::join,
        scalar::ScalarValue,
        tree::{Item, Table, Value},
    },
    write::{
        code::{
            file::HEADER,
            literal::{placeholder, python_float, python_float32},
            types::{Types, Values},
        },
        layout::{Field, Layout, RustType},
    },
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

pub(super) struct Writer<'a> {
    pub(super) layout: &'a Layout,
    types: Types<'a>,
    pub(super) out: String,
}

impl<'a> Writer<'a> {
    fn new(layout: &'a Layout) -> Self {
        Self {
            layout,
            types: Types {
                layout,
                values: Values::Static,
                path: quote!(super::tables::),
            },
            out: HEADER.to_owned(),
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn module(&mut self, tree: Option<&Table>) {
        let root = &self.layout.structs[self.layout.root];
        for (index, field) in root.fields.iter().enumerate() {
            let name = names::constant_name(field.named());
            let mut ty = self.types.field(&field.ty).to_string();
            if field.optional {
                ty = format!("::core::option::Option<{ty}>");
            }
            let _ = write!(self.out, "pub(super) const {name}: {ty} ={APART}");
            let value = tree.and_then(|tree| tree.value_at(index, &field.key));
            self.field(field, value, &join("", &field.key));
            self.push(APART);
            self.push(";\n");
        }
        self.push("pub(super) const SECRETS: &super::Secrets = &__embed::Table { __fields: ");
        let _ = write!(self.out, "super::tables::{} {{ ", root.name);
        for field in &root.fields {
            let _ = write!(
                self.out,
                "{}: {}, ",
                names::field_name(field.named()),
                names::constant_name(field.named())
            );
        }
        if root.is_large() {
            self.push("__values: &[");
            for field in &root.fields {
                let name = names::constant_name(field.named());
                let _ = if field.optional {
                    write!(
                        self.out,
                        "match &{name} {{ ::core::option::Option::Some(value) => \
                         ::core::option::Option::Some(value), \
                         ::core::option::Option::None => ::core::option::Option::None }}, "
                    )
                } else {
                    write!(self.out, "::core::option::Option::Some(&{name}), ")
                };
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
            let Some(value) = tree.and_then(|tree| tree.value_at(index, &field.key)) else {
                continue;
            };
            let text = match value {
                Value::String(string) if !string.contains('\0') => string.clone(),
                Value::Integer(integer)
                | Value::Unsigned(integer)
                | Value::Typed(ScalarValue::Int(_, integer)) => integer.to_string(),
                Value::Float(float) => python_float(*float),
                Value::Typed(ScalarValue::U128(integer)) => integer.to_string(),
                Value::Typed(ScalarValue::F32(float)) => python_float32(*float),
                Value::Typed(ScalarValue::Enum(texts, position)) => texts[*position].clone(),
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

    /// The value of a field, which is there or optional, or its placeholder.
    fn field(&mut self, field: &Field, value: Option<&Value>, path: &str) {
        match (field.optional, value) {
            (false, value) => self.value(&field.ty, value, path),
            (true, None) => self.push("::core::option::Option::None"),
            (true, value) => {
                self.push("::core::option::Option::Some(");
                self.value(&field.ty, value, path);
                self.push(")");
            }
        }
    }

    /// A value of a type, or its placeholder.
    fn value(&mut self, ty: &RustType, value: Option<&Value>, path: &str) {
        match ty {
            RustType::Table(index) if self.layout.structs[*index].is_large() => {
                self.large(*index, value, path);
                self.push("&__TABLE }");
            }
            RustType::Table(_) => {
                self.push("&");
                self.element(ty, value, path);
            }
            _ => self.element(ty, value, path),
        }
    }

    fn element(&mut self, ty: &RustType, value: Option<&Value>, path: &str) {
        match (ty, value) {
            (RustType::Table(index), value) if self.layout.structs[*index].is_large() => {
                self.large(*index, value, path);
                self.push("__TABLE }");
            }
            (RustType::Table(index), value) => self.table(*index, value, path),
            (RustType::Deep(inner), value) => {
                let ty = self.types.element(inner);
                let _ = write!(self.out, "{{ const DEEP: {ty} = ");
                self.element(inner, value, path);
                self.push("; __embed::Deep(|| &DEEP, || &DEEP) }");
            }
            (RustType::Slice(inner), value) => {
                self.push("&[");
                for (index, item) in items(value).iter().enumerate() {
                    self.element(inner, Some(&item.value), &format!("{path}[{index}]"));
                    self.push(", ");
                }
                self.push("]");
            }
            (RustType::Tuple(elements), value) => self.tuple("", elements, value, path),
            (RustType::Mixed(index), value) => {
                let mixed = &self.layout.mixed[*index];
                self.tuple(
                    &format!("super::tables::{}", mixed.name),
                    &mixed.elements,
                    value,
                    path,
                );
            }
            (ty, Some(value)) => self.leaf(ty, value),
            (leaf, None) => self.push(&placeholder(leaf, self.layout)),
        }
    }

    fn table(&mut self, index: usize, value: Option<&Value>, path: &str) {
        let table = &self.layout.structs[index];
        let _ = write!(
            self.out,
            "__embed::Table {{ __fields: super::tables::{} {{ ",
            table.name
        );
        for (index, field) in table.fields.iter().enumerate() {
            let _ = write!(self.out, "{}: ", names::field_name(field.named()));
            let inner = inner(value, index, field);
            let path = join(path, &field.key);
            self.field(field, inner, &path);
            self.push(", ");
        }
        self.push("}, __path: ");
        self.string(path);
        self.push(" }");
    }

    /// A block of a constant for each value and the constant `__TABLE`, not closed.
    fn large(&mut self, index: usize, value: Option<&Value>, path: &str) {
        let table = &self.layout.structs[index];
        self.push("{ ");
        let (mut fields, mut values) = (String::new(), String::new());
        for (index, field) in table.fields.iter().enumerate() {
            let name = names::field_name(field.named());
            let inner = inner(value, index, field);
            if field.optional && inner.is_none() {
                let _ = write!(fields, "{name}: ::core::option::Option::None, ");
                values.push_str("::core::option::Option::None, ");
                continue;
            }
            let ty = self.types.field(&field.ty);
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
        let name = &table.name;
        let _ = write!(
            self.out,
            "const __TABLE: __embed::Table<super::tables::{name}> = \
             __embed::Table {{ __fields: super::tables::{name} {{ \
             {fields}__values: &[{values}] }}, __path: "
        );
        self.string(path);
        self.push(" }; ");
    }

    fn tuple(&mut self, name: &str, elements: &[RustType], value: Option<&Value>, path: &str) {
        self.push(name);
        self.push("(");
        for (index, ty) in elements.iter().enumerate() {
            let item = items(value).get(index).map(|item| &item.value);
            self.value(ty, item, &format!("{path}[{index}]"));
            self.push(", ");
        }
        self.push(")");
    }
}

/// The value of a field in what should be a table, if it has it.
fn inner<'a>(value: Option<&'a Value>, index: usize, field: &Field) -> Option<&'a Value> {
    match value {
        Some(Value::Table(table)) => table.value_at(index, &field.key),
        _ => None,
    }
}

fn items(value: Option<&Value>) -> &[Item] {
    match value {
        Some(Value::Array(array)) => &array.items,
        _ => &[],
    }
}
