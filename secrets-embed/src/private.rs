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
//! [`Table`] has two public fields that only generated code writes: `__fields` and `__path`. A struct of very many
//! keys has a field `__values` more, with which it finds a field by its position.
//!
//! Key notation is one trait object for every type of value:
//!
//! ```text
//! Value = dyn Node --view()--> View --+-- Str, I64, Bool, ..    scalars.rs; secret ones encrypted/leaves.rs
//!                                     +-- Array(&dyn Elements)  slices, tuples: array.rs; Vec: encrypted/leaves.rs
//!                                     +-- Table(&dyn Fields)    Table<T: Shape>: table.rs
//! ```
//!
//! - [`Shape`] is what the generator writes for a struct: its name, its keys, the names of its fields (`FIELDS`, if
//!   they differ from the keys), and the field at a position. `Fields` is a `Table` of any `Shape` as an object.
//! - [`Node`] is implemented here for all types of values. The generator implements it for its enums, and for mixed
//!   arrays of more than 12 elements, which are structs with [`Elements`].
//! - [`Deep`], in an encrypted module `DeepOwned`, stands at every sixteenth level. A `Deep` has two functions that
//!   yield the value, as what it is and as a [`Value`].
//!
//! The values of an encrypted module are in its payload, but for those that stay plain, which are a plain module
//! of their own, `mod plain`. There the name `secrets_embed` is brought along by [`names`]. Structs, enums and mixed
//! arrays implement:
//!
//! - `Payload` (structs) and `Decode` (enums), which read from a `Reader`: a struct its fields in their order, by
//!   `Decode`, `decode_array`, `decode_option` or `decode_table`, an enum its position by `Reader::choice`. The
//!   order is that of the shape, in which `secrets-build` has written them. A struct calls `Reader::note_depth`
//!   first, so that the stack is overwritten as deep as it was used; a `TablePath` hands its tables their paths.
//! - `Wipe`, which overwrites all that does not wipe itself: `Owned`, which stands around the fields of each table,
//!   calls it on drop.
//! - `Encrypted`, for the root: what the payload must have been made for, and the paths of all tables. Beside it is
//!   `HasCiphertext` or `HasProfiles` with a list of `Profile`, from which follow `decrypt` and `decrypt_profile`;
//!   in a stub also `IsStub`, with the values of the template.
//! - `Global`, behind the functions `init`, `init_profile` and `get`, which return an `Error` and take an `Identity`.
//!
//! What must hold: a module compiles without `std` and `alloc` in scope, under any name of this crate, and without the
//! features that it does not need; `requires_encrypted!` and `requires_datetime!` stand around a module that needs
//! one, so that nothing but one error is compiled without it.

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
    node::{Elements, Node, Value, View},
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
