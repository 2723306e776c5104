//! Sources as they were set.

use std::path::{Path, PathBuf};

use crate::{
    error::{ErrorKind, Problem},
    origin::Origin,
    shown,
};

/// A configured source.
#[derive(Clone, Debug)]
pub(crate) struct FileSetting {
    /// As it was typed; once it was resolved absolute, or with a leading `~/`, or empty if it was given so.
    pub(crate) path: PathBuf,
    pub(crate) optional: bool,
    pub(crate) scope: Scope,
    /// Where somebody typed it; nothing for the default list.
    pub(crate) origin: Option<Origin>,
    /// Entries of a secret directory that are left out: names, in which `*` is any text.
    pub(crate) except: Vec<String>,
}

/// Whose a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// That of several packages: what this one does not know of it is left out.
    Shared,
    /// The package's own.
    Own,
}

impl FileSetting {
    /// A source of the package's own, as it was typed.
    pub(crate) fn new(typed: impl Into<PathBuf>, optional: bool, origin: Option<Origin>) -> Self {
        Self {
            path: typed.into(),
            optional,
            scope: Scope::Own,
            origin,
            except: Vec::new(),
        }
    }

    /// The same with an absolute path. Refuses a secret that was typed where a path belongs; `name` is how messages
    /// name what it was typed in.
    pub(crate) fn resolve(self, base: &Path, name: &str) -> Result<Self, Problem> {
        let typed = &self.path;
        let path = if typed.starts_with("~") || typed.as_os_str().is_empty() {
            typed.clone()
        } else {
            base.join(typed)
        };
        if shown::is_secret(typed, &path) {
            let message = shown::no_path(name);
            return Err(match &self.origin {
                Some(origin) => Problem::at(ErrorKind::Setting, origin, message),
                None => Problem::new(ErrorKind::Setting, message),
            });
        }
        Ok(Self { path, ..self })
    }
}
