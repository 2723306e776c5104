//! The run-time half of [secrets-build](https://docs.rs/secrets-build): the types that a module of
//! embedded secrets is made of.
//!
//! A program includes the module that its build script wrote, and uses what is in it:
//!
//! ```ignore
//! mod secrets { secrets_embed::include_secrets!(); }
//!
//! connect(secrets::DATABASE.user, secrets::DATABASE.password);
//! assert_eq!(secrets::SECRETS["database"]["user"], secrets::DATABASE.user);
//! ```
//!
//! Most programs name nothing of this crate but [`include_secrets!`]. [`Value`] is what key notation
//! yields; [`Table`] is what every table in the secrets becomes.
//!
//! The values of an encrypted module are not constants; the program decrypts them once, when it starts:
//!
//! ```ignore
//! use secrets_embed::{ExposeSecret, Identity};
//!
//! let identity = Identity::discover("MYAPP")?; // where hosts put keys
//! let secrets = secrets::init(&identity)?;     // or Secrets::decrypt, without a global
//!
//! let database = &secrets.database;
//! connect(database.user.expose_secret(), database.password.expose_secret());
//! ```
//!
//! # What is and is not protected
//!
//! The values of a plain module are constants: anyone who has the binary can read them. What this crate
//! does see to is that they are not shown by accident: `Debug` of every table and of every [`Value`]
//! prints names and `[REDACTED]`, and no panic message holds a value. Comparison with `==` is not
//! constant-time.
//!
//! # Features
//!
//! The crate is `no_std`, allocates nothing, and depends on nothing until a feature asks for it:
//!
//! - `encrypted`: encrypted modules, which are decrypted at run time, with keys `AGE-SECRET-KEY-1...`. Needs
//!   an allocator.
//! - `std`, on by default: with `encrypted`, key files and the places where hosts put keys.
//! - `post-quantum`: `encrypted`, and keys `AGE-SECRET-KEY-PQ-1...`.
//! - `age`: `encrypted`, and passphrases. Brings the crate `age`.
//! - `ssh`, `plugin`: `age`, and identities that are SSH keys, or of age plugins.
//! - `prompt`: `age`, and asks for a passphrase on the terminal.
//! - `datetime`: date-times in the secrets, as types of the crate `toml_datetime`, which is
//!   re-exported. Their `Display` needs an allocator. A module with a date-time does not compile
//!   without this feature, and says so.
#![cfg_attr(not(all(feature = "encrypted", feature = "std")), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "encrypted")]
extern crate alloc;
#[cfg(all(feature = "encrypted", test, not(feature = "std")))]
extern crate std;

#[cfg(feature = "encrypted")]
#[doc = include_str!("../ENCRYPTED.md")]
pub mod encryption {}

// From the top. Each uses only those below it, which a test in `tests` holds.

// What generated code uses, and the contract with it.
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

/// Encrypted modules: keys, decryption, and values that are wiped.
#[cfg(feature = "encrypted")]
mod encrypted;

/// The reader of the age file format.
#[cfg(feature = "encrypted")]
mod age_file;

/// A buffer that is wiped.
#[cfg(feature = "encrypted")]
mod wiped;

/// `Debug` without values.
mod redact;

/// `==` between values and plain Rust values.
mod compare;

/// Values as Rust types: the `as_` methods.
mod accessors;

/// Key notation over every value.
mod value;

/// Tables: structs with key notation.
mod table;

/// What keeps deep types within the compiler's limit.
mod deep;

/// Arrays and tuples.
mod array;

/// All values that are neither table nor array.
mod scalars;

/// What a value is, without it.
mod kind;

/// The key of a value in a table or array.
mod key;

/// The panic of a key that is not there.
mod missing;

/// What every value can show of itself.
mod node;

#[cfg(feature = "datetime")]
pub use toml_datetime;

#[cfg(feature = "encrypted")]
pub use age_file::{FileKey, Stanza};
pub use deep::Deep;
#[cfg(all(feature = "encrypted", feature = "std"))]
pub use encrypted::identity::warning::{Warning, set_warning_hook};
#[cfg(feature = "encrypted")]
pub use encrypted::{
    deep_owned::DeepOwned, error::Error, identity::Identity, owned::Owned, roots::Profile,
};
pub use key::Key;
pub use kind::Kind;
pub use node::Value;
#[cfg(feature = "encrypted")]
pub use secrecy::{ExposeSecret, SecretSlice, SecretString};
pub use table::Table;
pub use value::Iter;

/// Includes the module that `secrets-build` wrote to `$OUT_DIR`.
///
/// Without an argument it is `secrets.rs`; with one, the name given to `Config::module`:
///
/// ```ignore
/// mod secrets { secrets_embed::include_secrets!(); }
/// mod mail { secrets_embed::include_secrets!("mail"); }
/// ```
///
/// It works under any name that the program has for this crate, and where another crate re-exports it.
/// Otherwise it is the same as `include!(concat!(env!("OUT_DIR"), "/secrets.rs"))`, for which the name
/// `secrets_embed` must be in scope.
#[macro_export]
macro_rules! include_secrets {
    () => {
        $crate::include_secrets!("secrets");
    };
    ($module:literal) => {
        // All names of a glob may be defined again beside it, as `extern crate secrets_embed;` does.
        use $crate::__private::names::*;
        ::core::include!(::core::concat!(
            ::core::env!(
                "OUT_DIR",
                "the package has no `build.rs`; write one that calls `secrets_build::embed()`"
            ),
            "/",
            $module,
            ".rs"
        ));
    };
}

/// Stands around an encrypted module.
#[doc(hidden)]
#[cfg(feature = "encrypted")]
#[macro_export]
macro_rules! __requires_encrypted {
    ($($item:tt)*) => { $($item)* };
}

/// Stands around an encrypted module, of which nothing is compiled then.
#[doc(hidden)]
#[cfg(not(feature = "encrypted"))]
#[macro_export]
macro_rules! __requires_encrypted {
    ($($item:tt)*) => {
        ::core::compile_error!(
            "the secrets are encrypted: in Cargo.toml, give `secrets-embed` the feature `encrypted`, \
             as in secrets-embed = { version = \"0.1\", features = [\"encrypted\"] }"
        );
    };
}

/// Stands around a generated module that holds a date-time.
#[doc(hidden)]
#[cfg(feature = "datetime")]
#[macro_export]
macro_rules! __requires_datetime {
    ($($item:tt)*) => { $($item)* };
}

/// Stands around a generated module that holds a date-time, of which nothing is compiled then.
#[doc(hidden)]
#[cfg(not(feature = "datetime"))]
#[macro_export]
macro_rules! __requires_datetime {
    ($($item:tt)*) => {
        ::core::compile_error!(
            "the secrets hold a date-time: in Cargo.toml, give `secrets-embed` the feature \
             `datetime`, as in secrets-embed = { version = \"0.1\", features = [\"datetime\"] }"
        );
    };
}
