//! `secrets.rs` of a plain module: names and types, and constants whose values are in another file.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    model::names,
    secrets::MadeFrom,
    settings::module::ModuleFile,
    write::{
        code::{
            file::{Required, pretty},
            tables::{aliases, docs, mod_tables},
            types::{Types, Values, ident},
        },
        layout::{Layout, RustType},
    },
};

/// The text of the module's file.
pub(crate) fn module(layout: &Layout, module: &str, made_from: MadeFrom) -> String {
    let types = Types {
        layout,
        values: Values::Static,
        path: TokenStream::new(),
    };
    let items = [
        head(made_from),
        constants(layout, &TokenStream::new(), &quote!(values)),
        aliases(layout, types.values),
        values(module),
        mod_tables(&env_vars(layout)),
    ];
    let required = layout.has_datetime.then_some(Required::Datetime);
    pretty(&items, &types, required.as_slice())
}

/// What every module has.
fn head(made_from: MadeFrom) -> TokenStream {
    let is_stub = made_from == MadeFrom::Template;
    quote! {
        #[doc = "All secrets: fields by name, and the same values by key."]
        #[allow(dead_code, unreachable_pub)]
        pub const SECRETS: &Secrets = values::SECRETS;
        #[doc = "Whether this module stands in for secrets that were not there when it was built."]
        #[allow(dead_code, unreachable_pub)]
        pub const IS_STUB: bool = #is_stub;
    }
}

/// A constant for each key of the root. `path` leads to the module `tables`, and `values` is where
/// the constants are taken from.
pub(super) fn constants(layout: &Layout, path: &TokenStream, values: &TokenStream) -> TokenStream {
    let types = Types {
        layout,
        values: Values::Static,
        path: quote!(#path tables::),
    };
    let fields = &layout.structs[layout.root].fields;
    fields
        .iter()
        .map(|field| {
            let name = ident(&names::constant_name(field.named()));
            let mut ty = types.field(&field.ty);
            if field.optional {
                ty = quote!(::core::option::Option<#ty>);
            }
            let docs = docs(field);
            // Where another crate re-exports it, the documentation of that crate would show a number:
            // it comes from the compiled library, in which no placeholder stands.
            let is_public = matches!(
                field.ty,
                RustType::I64
                    | RustType::U64
                    | RustType::F64
                    | RustType::Bool
                    | RustType::Int(_)
                    | RustType::F32
                    | RustType::Char
            );
            let hidden = is_public.then(|| quote!(#[cfg_attr(not(doc), doc(hidden))]));
            quote! {
                #(#[doc = #docs])*
                #hidden
                #[allow(
                    dead_code,
                    unreachable_pub,
                    nonstandard_style,
                    clippy::all,
                    clippy::nursery,
                    clippy::pedantic,
                    rustdoc::all
                )]
                pub const #name: #ty = #values::#name;
            }
        })
        .collect()
}

fn env_vars(layout: &Layout) -> TokenStream {
    let root = ident(&layout.structs[layout.root].name);
    quote! {
        impl #root {
                #[doc = "The strings, choices, integers and floats of the root with their names, as text."]
                pub fn env_vars(&self) -> ::core::iter::Copied<
                    ::core::slice::Iter<
                        'static,
                        (&'static str, &'static str),
                    >,
                > {
                    super::values::__ENV_VARS.iter().copied()
                }
            }
    }
}

/// The values are in a file of their own: the compiler and `cargo doc` print generated source.
fn values(module: &str) -> TokenStream {
    let values = format!("/{}", ModuleFile::Values.file_name(module));
    let doc = format!("/{}", ModuleFile::Placeholders.file_name(module));
    let include =
        |file: &str| quote!(::core::include!(::core::concat!(::core::env!("OUT_DIR"), #file)););
    let (values, doc) = (include(&values), include(&doc));
    // A lint that fires there prints the line, so none may.
    let allow = quote! {
        #[allow(
            warnings,
            absolute_paths_not_starting_with_crate,
            redundant_lifetimes,
            trivial_casts,
            unnameable_types,
            unreachable_pub,
            unused_qualifications,
            clippy::all,
            clippy::nursery,
            clippy::pedantic,
            clippy::restriction
        )]
    };
    quote! {
        #[cfg(not(doc))]
        #allow
        mod values { use super::__embed; #values }
        #[cfg(doc)]
        #allow
        mod values { use super::__embed; #doc }
    }
}
