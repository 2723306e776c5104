//! The words of all others: values with their origins, types, paths and names.
//!
//! Everything above reads, changes and writes these, and nothing here knows of a file, a setting or a message but for
//! the origin of a value. `tree` has values, each with its origin, and `scalar` those of types that TOML has not;
//! `shape` has names and types without values, and `infer` makes a shape of a tree. `path` is how a key in a table
//! is written, `names` what it becomes in Rust, and `wipe` how values are overwritten.

pub(crate) mod infer;
pub(crate) mod names;
pub(crate) mod path;
pub(crate) mod scalar;
pub(crate) mod shape;
pub(crate) mod tree;
pub(crate) mod wipe;
