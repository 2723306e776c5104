//! The words of all others: values with their origins, types, paths and names.

pub(crate) mod infer;
pub(crate) mod names;
pub(crate) mod path;
pub(crate) mod scalar;
pub(crate) mod shape;
pub(crate) mod tree;
pub(crate) mod wipe;
