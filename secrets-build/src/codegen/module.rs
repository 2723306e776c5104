//! `secrets.rs`: names and types.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    HEADER,
    types::{described, ident, ty},
};
use crate::{
    layout::{Field, Layout, Mixed, Struct, Ty},
    names,
};

/// The text of the module's file.
pub(crate) fn module(layout: &Layout, module: &str, is_stub: bool) -> String {
    let items = [
        head(layout, is_stub),
        constants(layout),
        aliases(layout),
        tables(layout),
        values(module),
    ];
    let tokens: TokenStream = items.into_iter().collect();
    // Only the tokens above are parsed; text that is not Rust would be a mistake in this file.
    let text = syn::parse2(tokens).map(|file| prettyplease::unparse(&file));
    format!("{HEADER}{}", text.unwrap_or_default())
}

/// What every module has.
fn head(layout: &Layout, is_stub: bool) -> TokenStream {
    let requires = layout
        .has_datetime
        .then(|| quote!(::secrets_embed::requires_datetime!();));
    quote! {
        #requires
        #[doc = "All secrets: fields by name, and the same values by key."]
        #[allow(dead_code, unreachable_pub)]
        pub const SECRETS: &Secrets = values::SECRETS;
        #[doc = "Whether this module stands in for secrets that were not there when it was built."]
        #[allow(dead_code, unreachable_pub)]
        pub const IS_STUB: bool = #is_stub;
    }
}

/// A constant for each key of the root.
fn constants(layout: &Layout) -> TokenStream {
    let tables = quote!(tables::);
    let fields = &layout.structs[layout.root].fields;
    fields
        .iter()
        .map(|field| {
            let name = ident(&names::constant(&field.key));
            let ty = ty(layout, &field.ty, &tables);
            let doc = doc(field);
            // Where another crate re-exports it, the documentation of that crate would tell a number:
            // it comes from the compiled library, in which no placeholder stands.
            let hidden = matches!(field.ty, Ty::I64 | Ty::U64 | Ty::F64 | Ty::Bool)
                .then(|| quote!(#[cfg_attr(not(doc), doc(hidden))]));
            quote! {
                #[doc = #doc]
                #hidden
                #[allow(
                    dead_code,
                    unreachable_pub,
                    nonstandard_style,
                    clippy::redundant_static_lifetimes
                )]
                pub const #name: #ty = values::#name;
            }
        })
        .collect()
}

/// A name for the type of each table.
fn aliases(layout: &Layout) -> TokenStream {
    let aliases = layout.aliases.iter().map(|alias| {
        let name = ident(&alias.name);
        let table = ident(&layout.structs[alias.table].name);
        let doc = match alias.path.as_str() {
            "" => "The type of [`SECRETS`].".to_owned(),
            path => format!("The table {}.", code(path)),
        };
        quote! {
            #[doc = #doc]
            #[allow(dead_code, unreachable_pub, nonstandard_style)]
            pub type #name = ::secrets_embed::Table<tables::#table>;
        }
    });
    aliases.collect()
}

/// The structs behind the tables.
fn tables(layout: &Layout) -> TokenStream {
    let structs = layout.structs.iter().map(|of| structure(layout, of));
    let mixed = layout.mixed.iter().map(|of| mixed(layout, of));
    let root = ident(&layout.structs[layout.root].name);
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
            clippy::pedantic
        )]
        pub mod tables {
            #(#structs)*
            #(#mixed)*
            impl #root {
                #[doc = "The strings, integers and floats of the root with their names, as text."]
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
}

fn structure(layout: &Layout, of: &Struct) -> TokenStream {
    let nowhere = TokenStream::new();
    let name = ident(&of.name);
    let fields = of.fields.iter().map(|field| {
        let name = ident(&names::field(&field.key));
        let ty = ty(layout, &field.ty, &nowhere);
        let ty = if field.optional {
            quote!(::core::option::Option<#ty>)
        } else {
            ty
        };
        let doc = doc(field);
        quote!(#[doc = #doc] pub #name: #ty)
    });
    let doc = match of.name.as_str() {
        "Secrets" => "The fields of the root.".to_owned(),
        name => format!("The fields of `{name}`."),
    };
    let shape = shape(of);
    let values = of.is_large().then(|| {
        quote! {
            #[doc(hidden)]
            pub __values: &'static [::core::option::Option<&'static ::secrets_embed::Value>]
        }
    });
    quote! {
        #[doc = #doc]
        pub struct #name { #(#fields,)* #values }
        #shape
    }
}

/// Names for key notation and `Debug`, and the fields by position.
fn shape(of: &Struct) -> TokenStream {
    let name = ident(&of.name);
    let text = Literal::string(&of.name);
    let keys = of.fields.iter().map(|field| &field.key);
    let plain = |field: &Field| names::field(&field.key).trim_start_matches("r#").to_owned();
    let fields: Vec<_> = of.fields.iter().map(plain).collect();
    let fields = of
        .fields
        .iter()
        .zip(&fields)
        .any(|(field, name)| field.key != *name)
        .then(|| quote!(const FIELDS: &'static [&'static str] = &[#(#fields),*];));
    let body = body(of);
    let value = value();
    quote! {
        impl ::secrets_embed::Shape for #name {
            const NAME: &'static str = #text;
            const KEYS: &'static [&'static str] = &[#(#keys),*];
            #fields
            fn field(&self, index: usize) -> #value { #body }
        }
    }
}

fn value() -> TokenStream {
    quote!(::core::option::Option<&::secrets_embed::Value>)
}

/// The body of `field`.
fn body(of: &Struct) -> TokenStream {
    if of.is_large() {
        return quote!(self.__values.get(index).copied().flatten());
    }
    if of.fields.is_empty() {
        return quote!(let _ = index; ::core::option::Option::None);
    }
    let arms = of.fields.iter().enumerate().map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        let name = ident(&names::field(&field.key));
        if field.optional {
            quote! {
                #index => match &self.#name {
                    ::core::option::Option::Some(value) => value,
                    ::core::option::Option::None => return ::core::option::Option::None,
                },
            }
        } else {
            quote!(#index => &self.#name,)
        }
    });
    quote! {
        let value: &::secrets_embed::Value = match index {
            #(#arms)*
            _ => return ::core::option::Option::None,
        };
        ::core::option::Option::Some(value)
    }
}

fn mixed(layout: &Layout, of: &Mixed) -> TokenStream {
    let nowhere = TokenStream::new();
    let name = ident(&of.name);
    let types = of.elements.iter().map(|element| {
        let ty = ty(layout, element, &nowhere);
        let doc = format!("An element: {}.", described(element));
        quote!(#[doc = #doc] pub #ty)
    });
    let count = Literal::usize_unsuffixed(of.elements.len());
    let arms = (0..of.elements.len()).map(|index| {
        let index = Literal::usize_unsuffixed(index);
        quote!(#index => &self.#index,)
    });
    let value = value();
    let doc = format!("The elements of `{}`.", of.name);
    quote! {
        #[doc = #doc]
        pub struct #name(#(#types),*);
        impl ::secrets_embed::Elements for #name {
            fn count(&self) -> usize { #count }
            fn at(&self, index: usize) -> #value {
                let value: &::secrets_embed::Value = match index {
                    #(#arms)*
                    _ => return ::core::option::Option::None,
                };
                ::core::option::Option::Some(value)
            }
        }
        impl ::secrets_embed::Node for #name {
            fn view(&self) -> ::secrets_embed::View<'_> { ::secrets_embed::View::Array(self) }
        }
    }
}

/// The values are in a file of their own: the compiler and `cargo doc` print generated source.
fn values(module: &str) -> TokenStream {
    let values = format!("/{module}_values.rs");
    let doc = format!("/{module}_doc.rs");
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
        mod values { #values }
        #[cfg(doc)]
        #allow
        mod values { #doc }
    }
}

fn doc(field: &Field) -> String {
    format!(
        "The key {}: {}.",
        code(&crate::tree::written_key(&field.key)),
        described(&field.ty)
    )
}

/// A key in a doc comment, where nothing in it can be taken for Markdown.
fn code(key: &str) -> String {
    let key = key.escape_debug().to_string().replace('`', "\\u{60}");
    format!("`{key}`")
}
