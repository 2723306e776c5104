//! Files that settings and variables name.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem, describe},
    files::read,
    origin::Origin,
    settings::paths::identity_path,
    shown::{self, private::may_be_private},
};

/// What a named file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileRole {
    Template,
    SealedFile,
    Recipients,
    Passphrase,
    Identity,
}

impl FileRole {
    fn kind(self) -> ErrorKind {
        match self {
            Self::Template => ErrorKind::Shape,
            Self::SealedFile => ErrorKind::Sealed,
            Self::Recipients | Self::Passphrase => ErrorKind::Recipient,
            Self::Identity => ErrorKind::Identity,
        }
    }

    /// The way out where there is no file.
    fn way_to_make(self) -> &'static str {
        match self {
            Self::Template => "write a file with all keys and harmless values there",
            Self::SealedFile => "write it with `Secrets::seal`",
            Self::Recipients => "write the recipients there, one a line",
            Self::Passphrase => "write the passphrase there",
            Self::Identity => "make one with `age-keygen --output`",
        }
    }
}

/// A file that a setting or a variable names.
#[derive(Clone)]
pub(crate) struct NamedFile {
    /// Where it is. Absolute, once it was resolved.
    pub(crate) path: PathBuf,
    role: FileRole,
    typed: PathBuf,
    /// What names it, as messages write it.
    named_by: String,
    /// Where a setting was set.
    origin: Option<Origin>,
}

/// Shows no path: a secret may have been typed in its place.
impl fmt::Debug for NamedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NamedFile").field(&self.role).finish()
    }
}

impl NamedFile {
    /// A file that the setting `setting` names, as it was typed.
    pub(crate) fn from_setting(
        role: FileRole,
        typed: PathBuf,
        setting: &str,
        origin: Origin,
    ) -> Self {
        Self {
            path: typed.clone(),
            role,
            typed,
            named_by: format!("`{setting}`"),
            origin: Some(origin),
        }
    }

    /// A file that a variable names, as it was typed.
    #[cfg(feature = "age")]
    pub(crate) fn from_variable(role: FileRole, typed: PathBuf, variable: &str) -> Self {
        Self {
            path: typed.clone(),
            role,
            typed,
            named_by: Origin::of_variable(variable).to_string(),
            origin: None,
        }
    }

    /// The same with its path made absolute: it is relative to `base`, and a leading `~/` is the home directory.
    ///
    /// A secret that was typed in the place of the path is a problem.
    pub(crate) fn resolve(self, base: &Path) -> Result<Self, Problem> {
        let path = identity_path(base, &self.typed);
        if self.role == FileRole::Identity && may_be_private(&self.typed.to_string_lossy()) {
            let message = format!(
                "{} holds an identity, expected the path of a file of them; change the key if others have seen it",
                self.named_by
            );
            return Err(self.problem(ErrorKind::Setting, message));
        }
        if self.typed.as_os_str().is_empty() {
            let expected = match self.role {
                FileRole::Recipients => "name a recipient, or a file of them",
                _ => "name a file",
            };
            let message = format!("{} is empty; {expected}", self.named_by);
            return Err(self.problem(ErrorKind::Setting, message));
        }
        if shown::is_secret(&self.typed, &path) {
            return Err(self.problem(ErrorKind::Setting, shown::no_path(&self.named_by)));
        }
        Ok(Self { path, ..self })
    }

    /// Reads the file whole.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Problem> {
        self.read_with_hint("")
    }

    /// Reads the file whole. `hint` is one more way out where there is none.
    pub(crate) fn read_with_hint(&self, hint: &str) -> Result<Vec<u8>, Problem> {
        read::read(&self.path).map_err(|error| self.unreadable(&error, hint))
    }

    /// Reads the file, which must be a text.
    #[cfg(feature = "age")]
    pub(crate) fn read_text(&self) -> Result<String, Problem> {
        read::read_text(&self.path).map_err(|error| self.unreadable(&error, ""))
    }

    /// What names the file, and its path, as messages write them.
    fn described(&self) -> String {
        let path = shown::path(&self.path, &self.typed);
        format!("{} names {path}", self.named_by)
    }

    fn unreadable(&self, error: &io::Error, hint: &str) -> Problem {
        use io::ErrorKind::{NotADirectory, NotFound};
        let described = self.described();
        let make = self.role.way_to_make();
        let is_absent = matches!(error.kind(), NotFound | NotADirectory);
        let message = if !is_absent {
            format!("{described}, which cannot be read: {}", describe(error))
        } else if fs::symlink_metadata(&self.path).is_ok() {
            format!(
                "{described}, which is a link to nothing; restore its target, or correct the path"
            )
        } else {
            format!("{described}, which does not exist; {make}, or correct the path{hint}")
        };
        self.problem(self.role.kind(), message)
    }

    fn problem(&self, kind: ErrorKind, message: String) -> Problem {
        match &self.origin {
            Some(origin) => Problem::at(kind, origin, message),
            None => Problem::new(kind, message),
        }
    }
}
