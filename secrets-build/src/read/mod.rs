//! Sources: found, read to trees, and laid over one another.

pub(crate) mod directory;
pub(crate) mod find;
pub(crate) mod foreign;
pub(crate) mod form;
pub(crate) mod layer;
pub(crate) mod merge;
pub(crate) mod missing;
pub(crate) mod overlay;
pub(crate) mod overrides;
pub(crate) mod publish;
pub(crate) mod source;
pub(crate) mod streamlit;
pub(crate) mod syntax;
pub(crate) mod toml;
