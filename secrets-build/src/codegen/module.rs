//! `secrets.rs`: names and types.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    HEADER,
    tables::tables,
    types::{described, ident, ty},
};
use crate::{
    layout::{Field, Layout, Ty},
    names,
};

/// The text of the module's file.
pub(crate) fn module(layout: &Layout, module: &str, is_stub: bool) -> String {
    let items = [
        head(layout, is_stub),
        constants(layout),
        aliases(layout),
        values(module),
        mod_tables(layout),
    ];
    let tokens: TokenStream = items.into_iter().collect();
    // Only the tokens above are parsed; text that is not Rust would be a mistake in this file.
    let text = syn::parse2(tokens).map(|file| prettyplease::unparse(&file));
    let text = text.unwrap_or_default();
    // The module of the structs is the last item, and left open for them.
    let open = text.strip_suffix("}\n").unwrap_or(&text);
    format!("{HEADER}{open}{}}}\n", tables(layout))
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

/// The module of the structs, without them.
fn mod_tables(layout: &Layout) -> TokenStream {
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

/// What a field is, in a doc comment.
pub(super) fn doc(field: &Field) -> String {
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
