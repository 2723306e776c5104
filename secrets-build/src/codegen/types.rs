//! Layout types as Rust types.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::layout::{Layout, Ty};

/// An identifier, raw if it says so.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The type of a field, a constant or an element of a tuple.
pub(super) fn ty(layout: &Layout, of: &Ty, tables: &TokenStream) -> TokenStream {
    match of {
        Ty::Table(_) => {
            let table = element(layout, of, tables);
            quote!(&'static #table)
        }
        _ => element(layout, of, tables),
    }
}

/// The type of an element of a slice: as [`ty`], but a table is not behind a reference.
pub(super) fn element(layout: &Layout, of: &Ty, tables: &TokenStream) -> TokenStream {
    match of {
        Ty::Str => quote!(&'static str),
        Ty::I64 => quote!(i64),
        Ty::U64 => quote!(u64),
        Ty::F64 => quote!(f64),
        Ty::Bool => quote!(bool),
        Ty::Datetime => quote!(::secrets_embed::toml_datetime::Datetime),
        Ty::Date => quote!(::secrets_embed::toml_datetime::Date),
        Ty::Time => quote!(::secrets_embed::toml_datetime::Time),
        Ty::Bytes => quote!(&'static [u8]),
        Ty::Slice(inner) => {
            let inner = element(layout, inner, tables);
            quote!(&'static [#inner])
        }
        Ty::Tuple(elements) => {
            let elements = elements.iter().map(|of| ty(layout, of, tables));
            quote!((#(#elements),*))
        }
        Ty::Mixed(index) => {
            let name = ident(&layout.mixed[*index].name);
            quote!(#tables #name)
        }
        Ty::Table(index) => {
            let name = ident(&layout.structs[*index].name);
            quote!(::secrets_embed::Table<#tables #name>)
        }
        Ty::Deep(inner) => {
            let inner = element(layout, inner, tables);
            quote!(::secrets_embed::Deep<#inner>)
        }
    }
}

/// What a value is, for its documentation.
pub(super) fn described(of: &Ty) -> &'static str {
    match of {
        Ty::Str => "a string",
        Ty::I64 | Ty::U64 => "an integer",
        Ty::F64 => "a float",
        Ty::Bool => "a boolean",
        Ty::Datetime => "a date-time",
        Ty::Date => "a date",
        Ty::Time => "a time of day",
        Ty::Bytes => "bytes",
        Ty::Slice(_) => "an array",
        Ty::Tuple(_) | Ty::Mixed(_) => "an array of mixed types",
        Ty::Table(_) => "a table",
        Ty::Deep(inner) => described(inner),
    }
}
