//! The structs behind the tables, and what key notation needs of them.
//!
//! There may be thousands, so they are written as text: to make tokens of them, parse these and lay them
//! out would be most of the work of a build script, which is compiled without optimisation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::{
    model::names,
    write::{
        code::{
            enums,
            lines::{Lines, close, line, open},
            types::{HOLE, Types, Values, code, described, ident},
        },
        layout::{Aliased, Field, Layout, Mixed, RustType, Struct},
    },
};

/// What `field` and `at` return.
const VALUE: &str = "::core::option::Option<&__embed::Value>";

/// A name for the type of each table.
pub(super) fn aliases(layout: &Layout, values: Values) -> TokenStream {
    let aliases = layout.aliases.iter().map(|alias| {
        let name = ident(&alias.name);
        let (doc, ty) = match (alias.target, alias.path.as_str()) {
            (Aliased::Table(index), path) => {
                let table = ident(&layout.structs[index].name);
                let doc = match path {
                    "" => "The root table.".to_owned(),
                    path => format!("The table {}.", code(path)),
                };
                (doc, values.table(&quote!(tables::#table)))
            }
            (Aliased::Enum(index), path) => {
                let choice = ident(&layout.enums[index].name);
                (
                    format!("The texts of {}.", code(path)),
                    quote!(tables::#choice),
                )
            }
        };
        quote! {
            #[doc = #doc]
            #[allow(dead_code, unreachable_pub, nonstandard_style)]
            pub type #name = #ty;
        }
    });
    aliases.collect()
}

/// The module of the structs, with some items and a hole for them.
pub(super) fn mod_tables(items: &TokenStream) -> TokenStream {
    let hole = ident(HOLE);
    quote! {
        #[doc = "The fields of each table."]
        #[allow(
            dead_code,
            missing_copy_implementations,
            missing_debug_implementations,
            nonstandard_style,
            unreachable_pub,
            unused_qualifications,
            clippy::all,
            clippy::nursery,
            clippy::pedantic,
            rustdoc::all
        )]
        pub mod tables {
            use super::__embed;

            #items
            #hole!();
        }
    }
}

/// The structs of a module, to stand inside `mod tables`.
pub(super) fn tables(types: &Types<'_>) -> String {
    let mut out = Lines::within(1);
    for table in &types.layout.structs {
        let is_large = types.values == Values::Static && table.is_large();
        structure(&mut out, types, table, is_large);
        shape(&mut out, table, is_large);
    }
    for mixed in &types.layout.mixed {
        tuple_struct(&mut out, types, mixed);
    }
    for choice in &types.layout.enums {
        enums::definition(&mut out, choice);
        if types.values == Values::Owned {
            enums::decode(&mut out, choice);
        }
    }
    out.into_text()
}

fn structure(out: &mut Lines, types: &Types<'_>, table: &Struct, is_large: bool) {
    let name = &table.name;
    match name.as_str() {
        "Secrets" => line!(out, "///The fields of the root."),
        name => line!(out, "///The fields of `{name}`."),
    }
    if types.values == Values::Owned {
        line!(out, "#[derive(Clone)]");
    }
    open!(out, "pub struct {name} {{");
    for field in &table.fields {
        let (name, ty) = (names::field_name(field.named()), typed(types, &field.ty));
        for doc in docs(field) {
            line!(out, "///{doc}");
        }
        if field.optional {
            line!(out, "pub {name}: ::core::option::Option<{ty}>,");
        } else {
            line!(out, "pub {name}: {ty},");
        }
    }
    if is_large {
        line!(out, "#[doc(hidden)]");
        line!(
            out,
            "pub __values: &'static [::core::option::Option<&'static __embed::Value>],"
        );
    }
    close!(out, "}}");
}

/// A type as text.
fn typed(types: &Types<'_>, ty: &RustType) -> String {
    types.field(ty).to_string().replace("& '", "&'")
}

/// Names for key notation and `Debug`, and the fields by position.
fn shape(out: &mut Lines, table: &Struct, is_large: bool) {
    let name = &table.name;
    let keys: Vec<&str> = table.fields.iter().map(|field| &*field.key).collect();
    let plain_name = |field: &Field| {
        let name = names::field_name(field.named());
        name.trim_start_matches("r#").to_owned()
    };
    let names: Vec<String> = table.fields.iter().map(plain_name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();

    open!(out, "impl __embed::Shape for {name} {{");
    line!(out, "const NAME: &'static str = {name:?};");
    list(out, "KEYS", &keys);
    if names != keys {
        list(out, "FIELDS", &names);
    }
    open!(out, "fn field(&self, index: usize) -> {VALUE} {{");
    if is_large {
        line!(out, "self.__values.get(index).copied().flatten()");
    } else {
        value_at(out, table.fields.iter().map(value_of));
    }
    close!(out, "}}");
    close!(out, "}}");
}

fn list(out: &mut Lines, name: &str, texts: &[&str]) {
    let literals: String = texts
        .iter()
        .flat_map(|text| [Literal::string(text).to_string(), ", ".to_owned()])
        .collect();
    line!(
        out,
        "const {name}: &'static [&'static str] = &[{literals}];"
    );
}

/// The value of a field, in a function that returns an option.
fn value_of(field: &Field) -> String {
    let name = names::field_name(field.named());
    if field.optional {
        format!(
            "match &self.{name} {{ ::core::option::Option::Some(value) => value, \
             ::core::option::Option::None => return ::core::option::Option::None }}"
        )
    } else {
        format!("&self.{name}")
    }
}

/// The body of a function from a position to a value.
fn value_at(out: &mut Lines, values: impl ExactSizeIterator<Item = String>) {
    if values.len() == 0 {
        line!(out, "let _ = index;");
        line!(out, "::core::option::Option::None");
        return;
    }
    open!(out, "let value: &__embed::Value = match index {{");
    for (index, value) in values.enumerate() {
        line!(out, "{index} => {value},");
    }
    line!(out, "_ => return ::core::option::Option::None,");
    close!(out, "}};");
    line!(out, "::core::option::Option::Some(value)");
}

/// The tuple struct of a long mixed array.
fn tuple_struct(out: &mut Lines, types: &Types<'_>, mixed: &Mixed) {
    let (name, count) = (&mixed.name, mixed.elements.len());
    line!(out, "///The elements of `{name}`.");
    if types.values == Values::Owned {
        line!(out, "#[derive(Clone)]");
    }
    open!(out, "pub struct {name}(");
    for element in &mixed.elements {
        let (doc, ty) = (described(element), typed(types, element));
        line!(out, "///An element: {doc}.");
        line!(out, "pub {ty},");
    }
    close!(out, ");");
    open!(out, "impl __embed::Elements for {name} {{");
    line!(out, "fn count(&self) -> usize {{ {count} }}");
    open!(out, "fn at(&self, index: usize) -> {VALUE} {{");
    value_at(out, (0..count).map(|index| format!("&self.{index}")));
    close!(out, "}}");
    close!(out, "}}");
    open!(out, "impl __embed::Node for {name} {{");
    line!(
        out,
        "fn view(&self) -> __embed::View<'_> {{ __embed::View::Array(self) }}"
    );
    close!(out, "}}");
}

/// What a field is, in the lines of a doc comment: what the template says, and its type.
pub(super) fn docs(field: &Field) -> Vec<String> {
    let said = field.doc.iter().flat_map(|doc| doc.lines());
    let mut lines: Vec<_> = said.map(|line| format!(" {line}")).collect();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let key = code(&crate::model::path::written_key(&field.key));
    lines.push(format!(" The key {key}: {}.", described(&field.ty)));
    lines
}
