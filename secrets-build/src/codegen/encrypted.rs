//! `secrets.rs` of an encrypted module: names, types and how they are read from the payload.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    pretty,
    tables::{aliases, mod_tables},
    types::{Types, Values, ident},
};
use crate::{
    layout::{Layout, Mixed, Struct, Ty},
    names,
    tree::join,
};

/// What an encrypted module is bound to.
pub(crate) struct Encrypted<'a> {
    pub(crate) package: &'a str,
    pub(crate) fingerprint: [u8; 32],
    pub(crate) recipients: &'a [String],
    pub(crate) is_stub: bool,
}

/// The text of the module's file.
pub(crate) fn module(layout: &Layout, module: &str, of: &Encrypted<'_>) -> String {
    let types = Types {
        layout,
        values: Values::Owned,
        path: TokenStream::new(),
    };
    let items = [
        head(layout, module, of),
        aliases(layout),
        mod_tables(&impls(layout, of)),
    ];
    pretty(&items, &types)
}

/// What every encrypted module has.
fn head(layout: &Layout, module: &str, of: &Encrypted<'_>) -> TokenStream {
    let requires = layout
        .has_datetime
        .then(|| quote!(::secrets_embed::requires_datetime!();));
    let file = format!("/{module}.age");
    let (recipients, is_stub) = (of.recipients, of.is_stub);
    quote! {
        ::secrets_embed::requires_age!();
        #requires
        #[doc = "The age file with the values."]
        #[allow(dead_code, unreachable_pub)]
        pub const CIPHERTEXT: &[u8] =
            ::core::include_bytes!(::core::concat!(::core::env!("OUT_DIR"), #file));
        #[doc = "The recipients whose identities decrypt it; none if it is encrypted to a passphrase."]
        #[allow(dead_code, unreachable_pub)]
        pub const RECIPIENTS: &[&str] = &[#(#recipients),*];
        #[doc = "Whether this module stands in for secrets that were not there when it was built."]
        #[allow(dead_code, unreachable_pub)]
        pub const IS_STUB: bool = #is_stub;

        #[allow(dead_code)]
        static GLOBAL: ::secrets_embed::Global<tables::Secrets> = ::secrets_embed::Global::new();

        #[doc = "Decrypts the secrets for the whole program, once; `get` has them from then on."]
        #[doc = ""]
        #[doc = "# Errors"]
        #[doc = ""]
        #[doc = "`AlreadyInitialized` if it succeeded before, and those of `Secrets::decrypt`."]
        #[allow(dead_code, unreachable_pub)]
        pub fn init(
            identity: &::secrets_embed::Identity,
        ) -> ::core::result::Result<&'static Secrets, ::secrets_embed::Error> {
            GLOBAL.init(identity)
        }

        #[doc = "The secrets that `init` decrypted."]
        #[doc = ""]
        #[doc = "# Panics"]
        #[doc = ""]
        #[doc = "Panics if `init` did not succeed before."]
        #[track_caller]
        #[allow(dead_code, unreachable_pub)]
        #[must_use]
        pub fn get() -> &'static Secrets {
            GLOBAL.get()
        }
    }
}

/// How all structs are read from the payload.
fn impls(layout: &Layout, of: &Encrypted<'_>) -> TokenStream {
    let root = ident(&layout.structs[layout.root].name);
    let (package, fingerprint) = (of.package, of.fingerprint.map(Literal::u8_unsuffixed));
    let paths = path(layout, layout.root, "");
    let structs = layout.structs.iter().map(|of| payload(layout, of));
    let mixed = layout.mixed.iter().map(mixed_wipe);
    quote! {
        impl ::secrets_embed::Encrypted for #root {
            const CIPHERTEXT: &'static [u8] = super::CIPHERTEXT;
            const PACKAGE: &'static str = #package;
            const FINGERPRINT: [u8; 32] = [#(#fingerprint),*];
            const PATHS: &'static ::secrets_embed::Path = &#paths;
        }
        #(#structs)*
        #(#mixed)*
    }
}

/// How the fields of a struct are read, and how they are wiped.
fn payload(layout: &Layout, of: &Struct) -> TokenStream {
    let name = ident(&of.name);
    let mut tables = 0;
    let fields = of.fields.iter().map(|field| {
        let name = ident(&names::field(&field.key));
        let value = if field.optional {
            let value = decode(layout, &field.ty, &mut tables);
            quote!(::secrets_embed::decode_option(reader, |reader| #value))
        } else {
            decode(layout, &field.ty, &mut tables)
        };
        quote!(#name: #value)
    });
    let fields: Vec<_> = fields.collect();
    let wiped: Vec<_> = of
        .fields
        .iter()
        .filter(|field| !wipes_itself(&field.ty))
        .map(|field| ident(&names::field(&field.key)))
        .collect();
    let drop = (!wiped.is_empty()).then(|| {
        quote! {
            impl ::core::ops::Drop for #name {
                fn drop(&mut self) {
                    #(::secrets_embed::Wipe::wipe(&mut self.#wiped);)*
                }
            }
        }
    });
    quote! {
        impl ::secrets_embed::Payload for #name {
            fn decode(
                reader: &mut ::secrets_embed::Reader<'_>,
                path: &'static ::secrets_embed::Path,
            ) -> Self {
                let _ = (&reader, path);
                Self { #(#fields),* }
            }
        }
        #drop
    }
}

fn wipes_itself(ty: &Ty) -> bool {
    matches!(ty, Ty::Str | Ty::Bytes | Ty::Table(_))
}

/// The expression that reads a value. `tables` counts the tables of the struct so far.
fn decode(layout: &Layout, ty: &Ty, tables: &mut usize) -> TokenStream {
    match ty {
        Ty::Table(_) => {
            let index = Literal::usize_unsuffixed(*tables);
            *tables += 1;
            quote!(::secrets_embed::decode_table(reader, path.at(#index)))
        }
        Ty::Slice(inner) => {
            let inner = decode(layout, inner, tables);
            quote!(::secrets_embed::decode_array(reader, |reader| #inner))
        }
        Ty::Tuple(elements) => {
            let elements = elements.iter().map(|ty| decode(layout, ty, tables));
            quote!((#(#elements),*))
        }
        Ty::Mixed(index) => {
            let mixed = &layout.mixed[*index];
            let name = ident(&mixed.name);
            let elements = mixed.elements.iter().map(|ty| decode(layout, ty, tables));
            quote!(#name(#(#elements),*))
        }
        Ty::Deep(inner) => {
            let inner = decode(layout, inner, tables);
            quote!(::secrets_embed::DeepOwned::new(#inner))
        }
        _ => quote!(::secrets_embed::Decode::decode(reader)),
    }
}

/// A tuple struct wipes its elements as a tuple does.
fn mixed_wipe(of: &Mixed) -> TokenStream {
    let name = ident(&of.name);
    let indices = (0..of.elements.len()).map(Literal::usize_unsuffixed);
    quote! {
        impl ::secrets_embed::Wipe for #name {
            fn wipe(&mut self) {
                #(::secrets_embed::Wipe::wipe(&mut self.#indices);)*
            }
        }
    }
}

/// The paths of a table and of the tables in it, in the order in which `decode` counts them.
fn path(layout: &Layout, table: usize, dotted: &str) -> TokenStream {
    let mut inner = Vec::new();
    for field in &layout.structs[table].fields {
        inner_paths(layout, &field.ty, &join(dotted, &field.key), &mut inner);
    }
    quote!(::secrets_embed::Path { path: #dotted, inner: &[#(#inner),*] })
}

fn inner_paths(layout: &Layout, ty: &Ty, dotted: &str, paths: &mut Vec<TokenStream>) {
    match ty {
        Ty::Table(table) => paths.push(path(layout, *table, dotted)),
        Ty::Slice(inner) => inner_paths(layout, inner, &format!("{dotted}[]"), paths),
        Ty::Deep(inner) => inner_paths(layout, inner, dotted, paths),
        Ty::Tuple(elements) => {
            for (index, ty) in elements.iter().enumerate() {
                inner_paths(layout, ty, &format!("{dotted}[{index}]"), paths);
            }
        }
        Ty::Mixed(index) => {
            for (position, ty) in layout.mixed[*index].elements.iter().enumerate() {
                inner_paths(layout, ty, &format!("{dotted}[{position}]"), paths);
            }
        }
        _ => {}
    }
}
