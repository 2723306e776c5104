//! How the values of an encrypted module are read from the payload, and wiped.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::{
    model::{names, path::join},
    write::{
        code::types::ident,
        layout::{Layout, Mixed, RustType, Struct},
    },
};

/// How the fields of a struct are read, and how they are wiped.
pub(super) fn payload_impl(layout: &Layout, table: &Struct) -> TokenStream {
    let name = ident(&table.name);
    let mut tables = 0;
    let fields = table.fields.iter().map(|field| {
        let name = ident(&names::field_name(field.named()));
        let value = if field.optional {
            let value = decode(layout, &field.ty, &mut tables);
            quote!(__embed::decode_option(reader, |reader| #value))
        } else {
            decode(layout, &field.ty, &mut tables)
        };
        quote!(#name: #value)
    });
    let fields: Vec<_> = fields.collect();
    let wiped: Vec<_> = table
        .fields
        .iter()
        .filter(|field| !wipes_itself(&field.ty))
        .map(|field| ident(&names::field_name(field.named())))
        .collect();
    quote! {
        impl __embed::Payload for #name {
            fn decode(
                reader: &mut __embed::Reader<'_>,
                path: &'static __embed::TablePath,
            ) -> Self {
                let _ = path;
                reader.note_depth();
                Self { #(#fields),* }
            }
        }
        impl __embed::Wipe for #name {
            fn wipe(&mut self) {
                #(__embed::Wipe::wipe(&mut self.#wiped);)*
            }
        }
    }
}

fn wipes_itself(ty: &RustType) -> bool {
    matches!(ty, RustType::Str | RustType::Bytes | RustType::Table(_))
}

/// The expression that reads a value. `tables` counts the tables of the struct so far.
fn decode(layout: &Layout, ty: &RustType, tables: &mut usize) -> TokenStream {
    match ty {
        RustType::Table(_) => {
            let index = Literal::usize_unsuffixed(*tables);
            *tables += 1;
            quote!(__embed::decode_table(reader, path.at(#index)))
        }
        RustType::Slice(inner) => {
            let inner = decode(layout, inner, tables);
            quote!(__embed::decode_array(reader, |reader| #inner))
        }
        RustType::Tuple(elements) => {
            let elements = elements.iter().map(|ty| decode(layout, ty, tables));
            quote!((#(#elements),*))
        }
        RustType::Mixed(index) => {
            let mixed = &layout.mixed[*index];
            let name = ident(&mixed.name);
            let elements = mixed.elements.iter().map(|ty| decode(layout, ty, tables));
            quote!(#name(#(#elements),*))
        }
        RustType::Deep(inner) => {
            let inner = decode(layout, inner, tables);
            quote!(__embed::DeepOwned::new(#inner))
        }
        _ => quote!(__embed::Decode::decode(reader)),
    }
}

/// A tuple struct wipes its elements as a tuple does.
pub(super) fn mixed_wipe(mixed: &Mixed) -> TokenStream {
    let name = ident(&mixed.name);
    let indices = (0..mixed.elements.len()).map(Literal::usize_unsuffixed);
    quote! {
        impl __embed::Wipe for #name {
            fn wipe(&mut self) {
                #(__embed::Wipe::wipe(&mut self.#indices);)*
            }
        }
    }
}

/// The paths of a table and of the tables in it, in the order in which `decode` counts them.
pub(super) fn path(layout: &Layout, table: usize, dotted: &str) -> TokenStream {
    let mut inner = Vec::new();
    for field in &layout.structs[table].fields {
        inner_paths(layout, &field.ty, &join(dotted, &field.key), &mut inner);
    }
    quote!(__embed::TablePath { dotted: #dotted, inner: &[#(#inner),*] })
}

fn inner_paths(layout: &Layout, ty: &RustType, dotted: &str, paths: &mut Vec<TokenStream>) {
    match ty {
        RustType::Table(table) => paths.push(path(layout, *table, dotted)),
        RustType::Slice(inner) => inner_paths(layout, inner, &format!("{dotted}[]"), paths),
        RustType::Deep(inner) => inner_paths(layout, inner, dotted, paths),
        RustType::Tuple(elements) => {
            for (index, ty) in elements.iter().enumerate() {
                inner_paths(layout, ty, &format!("{dotted}[{index}]"), paths);
            }
        }
        RustType::Mixed(index) => {
            for (position, ty) in layout.mixed[*index].elements.iter().enumerate() {
                inner_paths(layout, ty, &format!("{dotted}[{position}]"), paths);
            }
        }
        _ => {}
    }
}
