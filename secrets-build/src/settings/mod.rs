//! Settings, from wherever they were set.
//!
//! In come a `Config`, the manifests of a package and its workspace, and variables; out goes one [`resolve::Resolved`],
//! with absolute paths, in which every setting knows its origin. No source is read here, and nothing is known of what
//! is in one. Start at `resolve`. `list` has all settings, once; `config/` sets them in code, `manifest/` reads them
//! from `Cargo.toml`, `variables` has the names of all variables, and `check` refuses settings that contradict each
//! other. `module` has the names of the files of a module.

pub(crate) mod check;
pub(crate) mod config;
pub(crate) mod file;
pub(crate) mod key;
pub(crate) mod list;
pub(crate) mod manifest;
pub(crate) mod module;
pub(crate) mod named;
pub(crate) mod names_read;
pub(crate) mod origins;
pub(crate) mod paths;
pub(crate) mod recipient;
pub(crate) mod resolve;
pub(crate) mod variables;

use std::collections::HashMap;

/// Whether a text can be the name of a profile, which is part of the names of files.
pub(crate) fn is_profile_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', '\n', '\r', '\0'])
}

/// Two names that differ in nothing but their case, as names of files must not.
pub(crate) fn differ_in_case<'a>(names: &[&'a str]) -> Option<(&'a str, &'a str)> {
    let mut seen = HashMap::new();
    names.iter().find_map(|name| {
        let folded = name.to_lowercase().to_uppercase();
        let other = seen.insert(folded, *name)?;
        Some((other, *name))
    })
}

/// How a layer is laid over the lower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Merge {
    /// Tables unite key by key.
    #[default]
    Deep,
    /// A key of the root is replaced whole.
    Shallow,
}

/// Another tool whose semantics are followed exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Compat {
    /// Streamlit's `st.secrets`.
    Streamlit,
}
