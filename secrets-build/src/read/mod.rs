//! Sources: found, read to trees, and laid over one another.
//!
//! In come settings, out go trees in which each value has its origin. What a key must be is not known here: reading
//! asks, by `form::Expected`, and the room above answers. In order: `source` has the list, `find` looks for what is on
//! it, `missing` and `overlay` say what is not there; `layer` reads one source, by `toml` (with `syntax` for its
//! mistakes), `directory` or `streamlit`; `merge` lays it over the lower ones, `overrides` lays variables over all.
//! `foreign` refuses values that another tool encrypted, and `publish` guards what would be uploaded.

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
