//! Writing Rust. Nothing here can fail, and only `values`, `leaf` and `literal` see a value.

pub(crate) mod decode;
pub(crate) mod encrypted;
pub(crate) mod enums;
pub(crate) mod file;
pub(crate) mod leaf;
pub(crate) mod lines;
pub(crate) mod literal;
pub(crate) mod plain;
pub(crate) mod tables;
pub(crate) mod types;
pub(crate) mod values;
