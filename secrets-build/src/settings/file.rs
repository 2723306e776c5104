//! Sources as they were set.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem},
    origin::Origin,
    shown,
};

/// A configured source.
#[derive(Clone)]
pub(crate) struct FileSetting {
    /// As typed; once resolved, absolute, or with a leading `~/`, or empty if it was typed so.
    pub(crate) path: PathBuf,
    pub(crate) optional: bool,
    pub(crate) scope: Scope,
    /// Where somebody typed it; nothing for what nobody did.
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

/// Shows no path: a secret may have been typed in its place.
impl fmt::Debug for FileSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileSetting")
            .field("optional", &self.optional)
            .finish_non_exhaustive()
    }
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

    /// The same with the path that it leads to from a base; `~/` stays, and so does an empty path. Refuses a secret that was typed where a path belongs; `name` is how messages
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
