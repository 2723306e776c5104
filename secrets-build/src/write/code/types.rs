//! Layout types as Rust types.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::write::layout::{Layout, RustType};

/// Stands in `mod tables` for the structs: there may be thousands, and these are written as text.
pub(super) const HOLE: &str = "__structs";

/// An identifier, raw if it says so.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Who has the values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    /// They are constants of the program.
    Static,
    /// They belong to whoever decrypted them, and are wiped with their owner.
    Owned,
}

impl Values {
    /// The type of a table whose struct this is.
    pub(super) fn table(self, fields: &TokenStream) -> TokenStream {
        match self {
            Self::Static => quote!(__embed::Table<#fields>),
            Self::Owned => quote!(__embed::Table<__embed::Owned<#fields>>),
        }
    }
}

/// The types of a module's values.
pub(super) struct Types<'a> {
    pub(super) layout: &'a Layout,
    pub(super) values: Values,
    /// What leads to the structs: `tables::`, or nothing among them.
    pub(super) path: TokenStream,
}

impl Types<'_> {
    /// The type of a field, a constant or an element of a tuple.
    pub(super) fn field(&self, ty: &RustType) -> TokenStream {
        let element = self.element(ty);
        match (ty, self.values) {
            (RustType::Table(_), Values::Static) => quote!(&'static #element),
            _ => element,
        }
    }

    /// The type of an element of an array: as that of a field, but a table is not behind a reference.
    pub(super) fn element(&self, ty: &RustType) -> TokenStream {
        let path = &self.path;
        let owned = self.values == Values::Owned;
        match ty {
            RustType::Str if owned => quote!(__embed::SecretString),
            RustType::Str => quote!(&'static str),
            RustType::I64 => quote!(i64),
            RustType::U64 => quote!(u64),
            RustType::F64 => quote!(f64),
            RustType::Bool => quote!(bool),
            RustType::Datetime => quote!(__embed::toml_datetime::Datetime),
            RustType::Date => quote!(__embed::toml_datetime::Date),
            RustType::Time => quote!(__embed::toml_datetime::Time),
            RustType::Bytes if owned => quote!(__embed::SecretSlice<u8>),
            RustType::Bytes => quote!(&'static [u8]),
            RustType::Int(int) => {
                let name = ident(int.name());
                quote!(#name)
            }
            RustType::F32 => quote!(f32),
            RustType::Char => quote!(char),
            RustType::IpAddr => quote!(::core::net::IpAddr),
            RustType::SocketAddr => quote!(::core::net::SocketAddr),
            RustType::Duration => quote!(::core::time::Duration),
            RustType::Enum(index) => {
                let name = ident(&self.layout.enums[*index].name);
                quote!(#path #name)
            }
            RustType::Slice(inner) => {
                let inner = self.element(inner);
                if owned {
                    quote!(__embed::Vec<#inner>)
                } else {
                    quote!(&'static [#inner])
                }
            }
            RustType::Tuple(elements) => {
                let elements = elements.iter().map(|ty| self.field(ty));
                quote!((#(#elements),*))
            }
            RustType::Mixed(index) => {
                let name = ident(&self.layout.mixed[*index].name);
                quote!(#path #name)
            }
            RustType::Table(index) => {
                let name = ident(&self.layout.structs[*index].name);
                self.values.table(&quote!(#path #name))
            }
            RustType::Deep(inner) => {
                let inner = self.element(inner);
                if owned {
                    quote!(__embed::DeepOwned<#inner>)
                } else {
                    quote!(__embed::Deep<#inner>)
                }
            }
        }
    }
}

/// What a value is, for its documentation.
pub(super) fn described(ty: &RustType) -> &'static str {
    match ty {
        RustType::Str => "a string",
        RustType::I64 | RustType::U64 | RustType::Int(_) => "an integer",
        RustType::F64 | RustType::F32 => "a float",
        RustType::Char => "a character",
        RustType::IpAddr => "an IP address",
        RustType::SocketAddr => "an IP address and a port",
        RustType::Duration => "a duration",
        RustType::Enum(_) => "one of several texts",
        RustType::Bool => "a boolean",
        RustType::Datetime => "a date-time",
        RustType::Date => "a date",
        RustType::Time => "a time of day",
        RustType::Bytes => "bytes",
        RustType::Slice(_) => "an array",
        RustType::Tuple(_) | RustType::Mixed(_) => "an array of mixed types",
        RustType::Table(_) => "a table",
        RustType::Deep(inner) => described(inner),
    }
}

/// A key in a doc comment, where nothing in it can be taken for Markdown.
pub(super) fn code(key: &str) -> String {
    let key = key.escape_debug().to_string().replace('`', "\\u{60}");
    format!("`{key}`")
}
