//! The structs behind the tables, and what key notation needs of them.
//!
//! There may be thousands, so they are written as text: to make tokens of them, parse these and lay them
//! out would be most of the work of a build script, which is compiled without optimisation.

use std::fmt::Write;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::{
    model::names,
    write::{
        code::types::{Types, Values, described, ident},
        layout::{Aliased, Enum, Field, Layout, Mixed, Struct, Ty},
    },
};

/// What `field` and `at` return.
const VALUE: &str = "::core::option::Option<&__embed::Value>";

/// A name for the type of each table.
pub(super) fn aliases(layout: &Layout, values: Values) -> TokenStream {
    let aliases = layout.aliases.iter().map(|alias| {
        let name = ident(&alias.name);
        let (doc, ty) = match (alias.of, alias.path.as_str()) {
            (Aliased::Table(index), path) => {
                let table = ident(&layout.structs[index].name);
                let doc = match path {
                    "" => "The root table.".to_owned(),
                    path => format!("The table {}.", code(path)),
                };
                (doc, values.table(&quote!(tables::#table)))
            }
            (Aliased::Enum(index), path) => {
                let of = ident(&layout.enums[index].name);
                (format!("The texts of {}.", code(path)), quote!(tables::#of))
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

/// The module of the structs, with some items but without them.
pub(super) fn mod_tables(items: &TokenStream) -> TokenStream {
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
        }
    }
}

/// The structs of a module, to stand inside `mod tables`.
pub(super) fn tables(types: &Types<'_>) -> String {
    let mut out = String::new();
    for of in &types.layout.structs {
        let is_large = types.values == Values::Static && of.is_large();
        structure(&mut out, types, of, is_large);
        shape(&mut out, of, is_large);
    }
    for of in &types.layout.mixed {
        mixed(&mut out, types, of);
    }
    for of in &types.layout.enums {
        choice(&mut out, of, types.values == Values::Owned);
    }
    out
}

fn structure(out: &mut String, types: &Types<'_>, of: &Struct, is_large: bool) {
    let name = &of.name;
    let _ = match name.as_str() {
        "Secrets" => writeln!(out, "    ///The fields of the root."),
        name => writeln!(out, "    ///The fields of `{name}`."),
    };
    if types.values == Values::Owned {
        out.push_str("    #[derive(Clone)]\n");
    }
    let _ = writeln!(out, "    pub struct {name} {{");
    for field in &of.fields {
        let (docs, name) = (docs(field), names::field(field.named()));
        let ty = typed(types, &field.ty);
        for doc in docs {
            let _ = writeln!(out, "        ///{doc}");
        }
        let _ = if field.optional {
            writeln!(out, "        pub {name}: ::core::option::Option<{ty}>,")
        } else {
            writeln!(out, "        pub {name}: {ty},")
        };
    }
    if is_large {
        out.push_str(
            "        #[doc(hidden)]\n        pub __values: \
             &'static [::core::option::Option<&'static __embed::Value>],\n",
        );
    }
    out.push_str("    }\n");
}

/// A type as text.
fn typed(types: &Types<'_>, of: &Ty) -> String {
    types.field(of).to_string().replace("& '", "&'")
}

/// Names for key notation and `Debug`, and the fields by position.
fn shape(out: &mut String, of: &Struct, is_large: bool) {
    let name = &of.name;
    let _ = writeln!(out, "    impl __embed::Shape for {name} {{");
    let _ = writeln!(out, "        const NAME: &'static str = {name:?};");
    list(
        out,
        "KEYS",
        of.fields.iter().map(|field| field.key.as_str()),
    );
    let plain = |field: &Field| {
        names::field(field.named())
            .trim_start_matches("r#")
            .to_owned()
    };
    let names: Vec<_> = of.fields.iter().map(plain).collect();
    if of
        .fields
        .iter()
        .zip(&names)
        .any(|(field, name)| field.key != *name)
    {
        list(out, "FIELDS", names.iter().map(String::as_str));
    }
    let _ = writeln!(out, "        fn field(&self, index: usize) -> {VALUE} {{");
    if is_large {
        out.push_str("            self.__values.get(index).copied().flatten()\n");
    } else {
        arms(out, of.fields.iter().map(arm));
    }
    out.push_str("        }\n    }\n");
}

fn list<'a>(out: &mut String, name: &str, texts: impl Iterator<Item = &'a str>) {
    let _ = write!(out, "        const {name}: &'static [&'static str] = &[");
    for text in texts {
        let _ = write!(out, "{}, ", Literal::string(text));
    }
    out.push_str("];\n");
}

/// What stands for a field in a `match`.
fn arm(field: &Field) -> String {
    let name = names::field(field.named());
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
fn arms(out: &mut String, arms: impl ExactSizeIterator<Item = String>) {
    if arms.len() == 0 {
        out.push_str("            let _ = index;\n            ::core::option::Option::None\n");
        return;
    }
    out.push_str("            let value: &__embed::Value = match index {\n");
    for (index, arm) in arms.enumerate() {
        let _ = writeln!(out, "                {index} => {arm},");
    }
    out.push_str(
        "                _ => return ::core::option::Option::None,\n            };\n            \
         ::core::option::Option::Some(value)\n",
    );
}

fn mixed(out: &mut String, types: &Types<'_>, of: &Mixed) {
    let (name, count) = (&of.name, of.elements.len());
    let _ = writeln!(
        out,
        "    ///The elements of `{name}`.{}\n    pub struct {name}(",
        match types.values {
            Values::Owned => "\n    #[derive(Clone)]",
            Values::Static => "",
        }
    );
    for element in &of.elements {
        let (doc, ty) = (described(element), typed(types, element));
        let _ = writeln!(out, "        ///An element: {doc}.\n        pub {ty},");
    }
    let _ = writeln!(
        out,
        "    );\n    impl __embed::Elements for {name} {{\n        \
         fn count(&self) -> usize {{ {count} }}\n        \
         fn at(&self, index: usize) -> {VALUE} {{"
    );
    arms(out, (0..count).map(|index| format!("&self.{index}")));
    let _ = writeln!(
        out,
        "        }}\n    }}\n    impl __embed::Node for {name} {{\n        \
         fn view(&self) -> __embed::View<'_> {{ __embed::View::Array(self) }}\n    }}"
    );
}

/// An enum of texts. `Debug` does not show which one it is, which is a value like others.
fn choice(out: &mut String, of: &Enum, is_owned: bool) {
    let name = &of.name;
    let variants: Vec<_> = of.texts.iter().map(|text| names::variant(text)).collect();
    let _ = writeln!(
        out,
        "    ///One of several texts.\n    #[derive(Clone, Copy, PartialEq, Eq, Hash)]\n    pub enum {name} {{"
    );
    for (variant, text) in variants.iter().zip(&*of.texts) {
        let _ = writeln!(
            out,
            "        ///The text {}.\n        {variant},",
            code(text)
        );
    }
    let _ = writeln!(
        out,
        "    }}\n    impl {name} {{\n        ///The text.\n        \
         pub const fn as_str(self) -> &'static str {{\n            match self {{"
    );
    for (variant, text) in variants.iter().zip(&*of.texts) {
        let text = Literal::string(text);
        let _ = writeln!(out, "                Self::{variant} => {text},");
    }
    let _ = writeln!(
        out,
        "            }}\n        }}\n    }}\n    impl ::core::fmt::Debug for {name} {{\n        \
         fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{ \
         f.write_str(\"[REDACTED]\") }}\n    }}\n    \
         impl __embed::Node for {name} {{\n        \
         fn view(&self) -> __embed::View<'_> {{ \
         __embed::View::Choice(self.as_str()) }}\n    }}"
    );
    if !is_owned {
        return;
    }
    let count = variants.len();
    let _ = writeln!(
        out,
        "    impl __embed::Decode for {name} {{\n        \
         fn decode(reader: &mut __embed::Reader<'_>) -> Self {{\n            \
         match reader.choice({count}) {{"
    );
    for (index, variant) in variants.iter().enumerate().skip(1) {
        let _ = writeln!(out, "                {index} => Self::{variant},");
    }
    let first = &variants[0];
    let _ = writeln!(
        out,
        "                _ => Self::{first},\n            }}\n        }}\n    }}\n    \
         impl __embed::Wipe for {name} {{\n        \
         fn wipe(&mut self) {{ *self = Self::{first}; ::core::hint::black_box(self); }}\n    }}"
    );
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

/// A key in a doc comment, where nothing in it can be taken for Markdown.
fn code(key: &str) -> String {
    let key = key.escape_debug().to_string().replace('`', "\\u{60}");
    format!("`{key}`")
}
