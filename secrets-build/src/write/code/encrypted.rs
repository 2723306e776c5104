//! `secrets.rs` of an encrypted module: names, types and how they are read from the payload.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::{
    secrets::{MadeFrom, ProfileCount},
    settings::module::{ModuleFile, plain_module},
    write::{
        code::{
            decode::{mixed_wipe, path, payload_impl},
            file::{Required, pretty},
            plain::constants,
            tables::{aliases, mod_tables},
            types::{Types, Values, ident},
        },
        layout::Layout,
    },
};

/// What an encrypted module is bound to.
pub(crate) struct Encrypted<'a> {
    pub(crate) package: &'a str,
    pub(crate) fingerprint: [u8; 32],
    pub(crate) plain_hash: [u8; 32],
    pub(crate) ciphertexts: Vec<ProfileCiphertext<'a>>,
    pub(crate) profile_count: ProfileCount,
    pub(crate) made_from: MadeFrom,
    /// The keys that stay plain, if there are any.
    pub(crate) plain: Option<&'a Layout>,
}

/// The ciphertext of a profile, or of a module without profiles.
pub(crate) struct ProfileCiphertext<'a> {
    pub(crate) profile: Option<&'a str>,
    /// The name of its file; a stub has none.
    pub(crate) file: Option<String>,
    pub(crate) recipients: Vec<String>,
}

/// The text of the module's file.
pub(crate) fn module(layout: &Layout, module: &str, contents: &Encrypted<'_>) -> String {
    let types = Types {
        layout,
        values: Values::Owned,
        path: TokenStream::new(),
    };
    let items = [
        head(contents),
        match contents.profile_count {
            ProfileCount::Several => profiles(contents),
            ProfileCount::One => single(contents),
        },
        contents
            .plain
            .map(|plain| self::plain(plain, module))
            .unwrap_or_default(),
        aliases(layout, types.values),
        mod_tables(&impls(layout, module, contents)),
    ];
    let has_datetime =
        layout.has_datetime || contents.plain.is_some_and(|plain| plain.has_datetime);
    let datetime = has_datetime.then_some(Required::Datetime);
    let required: Vec<_> = std::iter::once(Required::Encrypted)
        .chain(datetime)
        .collect();
    pretty(&items, &types, &required)
}

/// What every encrypted module has.
fn head(contents: &Encrypted<'_>) -> TokenStream {
    let is_stub = contents.made_from == MadeFrom::Template;
    quote! {
        #[doc = "Whether this module stands in for secrets that were not there when it was built."]
        #[allow(dead_code, unreachable_pub)]
        pub const IS_STUB: bool = #is_stub;

        #[allow(dead_code)]
        static __GLOBAL: __embed::Global<__embed::Owned<tables::Secrets>> =
            __embed::Global::new();

        #[doc = "The secrets that were decrypted for the whole program."]
        #[doc = ""]
        #[doc = "# Panics"]
        #[doc = ""]
        #[doc = "Panics if that was not done before."]
        #[track_caller]
        #[allow(dead_code, unreachable_pub)]
        #[must_use]
        pub fn get() -> &'static Secrets {
            __GLOBAL.get()
        }
    }
}

/// The bytes of a ciphertext.
fn bytes(ciphertext: &ProfileCiphertext<'_>) -> TokenStream {
    let Some(file) = &ciphertext.file else {
        return quote!(&[]);
    };
    let file = format!("/{file}");
    quote!(::core::include_bytes!(
        ::core::concat!(::core::env!("OUT_DIR"), #file)
    ))
}

/// What a module with one ciphertext has.
fn single(contents: &Encrypted<'_>) -> TokenStream {
    let ciphertext = contents.ciphertexts.first();
    let recipients = ciphertext.map_or(&[][..], |ciphertext| &ciphertext.recipients);
    let bytes = ciphertext.map(bytes);
    quote! {
        #[doc = "The age file with the values."]
        #[allow(dead_code, unreachable_pub)]
        pub const CIPHERTEXT: &[u8] = #bytes;
        #[doc = "The recipients whose identities decrypt it; none if it is encrypted to a passphrase."]
        #[allow(dead_code, unreachable_pub)]
        pub const RECIPIENTS: &[&str] = &[#(#recipients),*];

        #[doc = "Decrypts the secrets for the whole program, once; `get` has them from then on."]
        #[doc = ""]
        #[doc = "# Errors"]
        #[doc = ""]
        #[doc = "`AlreadyInitialized` if it succeeded before, and those of `Secrets::decrypt`."]
        #[allow(dead_code, unreachable_pub)]
        pub fn init(
            identity: &__embed::Identity,
        ) -> ::core::result::Result<&'static Secrets, __embed::Error> {
            __GLOBAL.init(identity)
        }
    }
}

/// What a module with a ciphertext for each profile has.
fn profiles(contents: &Encrypted<'_>) -> TokenStream {
    let profiles = contents.ciphertexts.iter().map(|ciphertext| {
        let (name, bytes, recipients) = (
            ciphertext.profile.unwrap_or_default(),
            bytes(ciphertext),
            &ciphertext.recipients,
        );
        quote! {
            __embed::Profile {
                name: #name,
                ciphertext: #bytes,
                recipients: &[#(#recipients),*],
            }
        }
    });
    quote! {
        #[doc = "The age file with the values of each profile, and whose identities decrypt it."]
        #[allow(dead_code, unreachable_pub)]
        pub const PROFILES: &[__embed::Profile] = &[#(#profiles),*];

        #[doc = "Decrypts the secrets of a profile for the whole program, once; `get` has them from then on."]
        #[doc = ""]
        #[doc = "# Errors"]
        #[doc = ""]
        #[doc = "`AlreadyInitialized` if it succeeded before, and those of `Secrets::decrypt_profile`."]
        #[allow(dead_code, unreachable_pub)]
        pub fn init_profile(
            profile: &str,
            identity: &__embed::Identity,
        ) -> ::core::result::Result<&'static Secrets, __embed::Error> {
            __GLOBAL.init_profile(profile, identity)
        }
    }
}

/// The keys that stay plain: a plain module of their own, and its constants.
fn plain(layout: &Layout, module: &str) -> TokenStream {
    let file = format!("/{}", ModuleFile::Module.file_name(&plain_module(module)));
    // Not by `use`, which would bring the type of a table along where both have one name, as `A`.
    let constants = constants(layout, &quote!(plain::), &quote!(plain));
    quote! {
        #[doc = "The keys that are not encrypted."]
        #[allow(dead_code, unreachable_pub)]
        pub mod plain {
            #[allow(unused_imports)]
            use super::__embed::names::secrets_embed;
            ::core::include!(::core::concat!(::core::env!("OUT_DIR"), #file));
        }
        #constants
    }
}

/// How all structs are read from the payload.
fn impls(layout: &Layout, module: &str, contents: &Encrypted<'_>) -> TokenStream {
    let root = ident(&layout.structs[layout.root].name);
    let (package, fingerprint) = (
        contents.package,
        contents.fingerprint.map(Literal::u8_unsuffixed),
    );
    let plain_hash = contents.plain_hash.map(Literal::u8_unsuffixed);
    let paths = path(layout, layout.root, "");
    let structs = layout
        .structs
        .iter()
        .map(|table| payload_impl(layout, table));
    let mixed = layout.mixed.iter().map(mixed_wipe);
    let ciphertext = if contents.profile_count == ProfileCount::Several {
        quote! {
            impl __embed::HasProfiles for #root {
                const PROFILES: &'static [__embed::Profile] = super::PROFILES;
            }
        }
    } else {
        let profile = contents.ciphertexts.first().and_then(|first| first.profile);
        let profile = profile.map_or_else(
            || quote!(::core::option::Option::None),
            |profile| quote!(::core::option::Option::Some(#profile)),
        );
        quote! {
            impl __embed::HasCiphertext for #root {
                const CIPHERTEXT: &'static [u8] = super::CIPHERTEXT;
                const RECIPIENTS: &'static [&'static str] = super::RECIPIENTS;
                const PROFILE: ::core::option::Option<&'static str> = #profile;
            }
        }
    };
    let stub = (contents.made_from == MadeFrom::Template).then(|| {
        let file = format!("/{}", ModuleFile::Stub.file_name(module));
        quote! {
            impl __embed::IsStub for #root {
                const PAYLOAD: &'static [u8] =
                    ::core::include_bytes!(::core::concat!(::core::env!("OUT_DIR"), #file));
            }
        }
    });
    quote! {
        impl __embed::Encrypted for #root {
            const PACKAGE: &'static str = #package;
            const FINGERPRINT: [u8; 32] = [#(#fingerprint),*];
            const PLAIN: [u8; 32] = [#(#plain_hash),*];
            const PATHS: &'static __embed::TablePath = &#paths;
        }
        #ciphertext
        #stub
        #(#structs)*
        #(#mixed)*
    }
}
