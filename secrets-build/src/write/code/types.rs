//! Layout types as Rust types.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::write::layout::{Layout, Ty};

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
    pub(super) fn field(&self, ty: &Ty) -> TokenStream {
        let element = self.element(ty);
        match (ty, self.values) {
            (Ty::Table(_), Values::Static) => quote!(&'static #element),
            _ => element,
        }
    }

    /// The type of an element of an array: as that of a field, but a table is not behind a reference.
    pub(super) fn element(&self, ty: &Ty) -> TokenStream {
        let path = &self.path;
        let owned = self.values == Values::Owned;
        match ty {
            Ty::Str if owned => quote!(__embed::SecretString),
            Ty::Str => quote!(&'static str),
            Ty::I64 => quote!(i64),
            Ty::U64 => quote!(u64),
            Ty::F64 => quote!(f64),
            Ty::Bool => quote!(bool),
            Ty::Datetime => quote!(__embed::toml_datetime::Datetime),
            Ty::Date => quote!(__embed::toml_datetime::Date),
            Ty::Time => quote!(__embed::toml_datetime::Time),
            Ty::Bytes if owned => quote!(__embed::SecretSlice<u8>),
            Ty::Bytes => quote!(&'static [u8]),
            Ty::Int(int) => {
                let name = ident(int.name());
                quote!(#name)
            }
            Ty::F32 => quote!(f32),
            Ty::Char => quote!(char),
            Ty::IpAddr => quote!(::core::net::IpAddr),
            Ty::SocketAddr => quote!(::core::net::SocketAddr),
            Ty::Duration => quote!(::core::time::Duration),
            Ty::Enum(index) => {
                let name = ident(&self.layout.enums[*index].name);
                quote!(#path #name)
            }
            Ty::Slice(inner) => {
                let inner = self.element(inner);
                if owned {
                    quote!(__embed::Vec<#inner>)
                } else {
                    quote!(&'static [#inner])
                }
            }
            Ty::Tuple(elements) => {
                let elements = elements.iter().map(|ty| self.field(ty));
                quote!((#(#elements),*))
            }
            Ty::Mixed(index) => {
                let name = ident(&self.layout.mixed[*index].name);
                quote!(#path #name)
            }
            Ty::Table(index) => {
                let name = ident(&self.layout.structs[*index].name);
                self.values.table(&quote!(#path #name))
            }
            Ty::Deep(inner) => {
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
pub(super) fn described(ty: &Ty) -> &'static str {
    match ty {
        Ty::Str => "a string",
        Ty::I64 | Ty::U64 | Ty::Int(_) => "an integer",
        Ty::F64 | Ty::F32 => "a float",
        Ty::Char => "a character",
        Ty::IpAddr => "an IP address",
        Ty::SocketAddr => "an IP address and a port",
        Ty::Duration => "a duration",
        Ty::Enum(_) => "one of several texts",
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

/// A key in a doc comment, where nothing in it can be taken for Markdown.
pub(super) fn code(key: &str) -> String {
    let key = key.escape_debug().to_string().replace('`', "\\u{60}");
    format!("`{key}`")
}
