//! Secrets as the files of a module: its structs, its Rust, its payload.
//!
//! In come secrets whose shape is settled, out go names and contents of files. Nothing here reads a file, a setting or
//! a variable, and nothing can be wrong with the secrets but two keys that have one name in Rust, which `check` finds
//! first. `generate` lists the files, `layout` finds the structs, `code/` writes Rust, `payload/` what is encrypted,
//! and `text/` shapes and plain values as lines of TOML, which are hashed here and stand in a sealed file.

pub(crate) mod check;
pub(crate) mod code;
pub(crate) mod generate;
pub(crate) mod layout;
pub(crate) mod payload;
pub(crate) mod text;
