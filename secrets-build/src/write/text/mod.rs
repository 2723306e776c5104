//! Shapes, and the values of plain keys, as the lines of TOML that a sealed file has.

pub(crate) mod plain;
pub(crate) mod shape;
pub(crate) mod values;
