//! The contract between generated modules and this crate. Only code that `secrets-build` writes uses it, and it
//! may change with every version: both crates have one version, and a module is generated anew by each build.
//!
//! A generated file begins with `use secrets_embed::__private as __embed;`, and names everything by that, the
//! public types too. For a table with the keys `user` and `port` it has:
//!
//! ```text
//! struct Database { user: &'static str, port: i64 }     a public field for each key
//! impl Shape for Database                               its name, its keys, and the field at a position
//! type Database = Table<tables::Database>               the fields, with a path and key notation
//! const DATABASE: &Database = &Table { .. }             the values, in a file of their own
//! ```
//!
//! Key notation is one trait object for every type of value:
//!
//! ```text
//! Value = dyn Node --view()--> View --+-- Str, I64, Bool, ..   scalars.rs; of encrypted modules leaves.rs
//!                                     +-- Array(&dyn Elements)  slices, tuples, vectors: array.rs
//!                                     +-- Table(&dyn Fields)    Table<T: Shape>: table.rs
//! ```
//!
//! - [`Shape`] is what the generator knows of a struct; [`Fields`] is a `Table` of any `Shape` as an object.
//! - [`Node`] is implemented here for all types of values, and by the generator for its enums and for mixed arrays
//!   of more than 12 elements, which are structs that have [`Elements`].
//! - [`Deep`] stands at every sixteenth level of a module.
//!
//! An encrypted module has no values. In place of them its structs implement:
//!
//! - `Payload`, which reads the fields in their order from a `Reader`, each by `Decode`, `decode_array`,
//!   `decode_option` or `decode_table`; the order is that of the shape, in which `secrets-build` has written
//!   them. `TablePath` hands the tables their paths.
//! - `Wipe`, which overwrites a struct: `Owned` calls it on drop.
//! - `Encrypted`, for the root: what the payload must have been made for. Beside it is `HasCiphertext` or
//!   `HasProfiles`, from which follow `decrypt` and `decrypt_profile`, and `IsStub` in a stub.
//! - `Global`, behind the functions `init` and `get` of the module.
//!
//! What must hold: a module compiles without `std` and `alloc` in scope, under any name of this crate, and without
//! the crate's features it does not need; `requires_encrypted!` and `requires_datetime!` stand around a module that
//! needs one, so that nothing but one error is compiled without it.

/// The arrays of generated modules.
#[cfg(feature = "encrypted")]
pub use alloc::vec::Vec;

#[cfg(feature = "encrypted")]
pub use crate::encrypted::{
    decrypt::Encrypted,
    deep_owned::DeepOwned,
    error::Error,
    global::Global,
    identity::Identity,
    owned::Owned,
    payload::{
        decode::{Decode, decode_array, decode_option},
        reader::Reader,
        table::{Payload, TablePath, decode_table},
    },
    roots::{HasCiphertext, HasProfiles, IsStub, Profile},
    wipe::Wipe,
};
pub use crate::{
    __requires_datetime as requires_datetime, __requires_encrypted as requires_encrypted,
    deep::Deep,
    node::{Elements, Fields, Node, Value, View},
    table::{Shape, Table},
};
#[cfg(feature = "encrypted")]
pub use secrecy::{SecretSlice, SecretString};
#[cfg(feature = "datetime")]
pub use toml_datetime;

/// What `include_secrets!` brings along: the name by which a generated file knows this crate, and nothing else.
pub mod names {
    pub use crate as secrets_embed;
}
