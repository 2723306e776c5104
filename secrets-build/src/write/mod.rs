//! Secrets as the files of a module: its structs, its Rust, its payload.

pub(crate) mod check;
pub(crate) mod code;
pub(crate) mod generate;
pub(crate) mod layout;
pub(crate) mod payload;
pub(crate) mod text;
