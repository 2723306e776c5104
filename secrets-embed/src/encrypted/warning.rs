//! Warnings about keys, for a program to log.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use super::shown;

/// Something about a key that is not an error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// Users other than its owner can read a key file.
    OthersCanRead {
        /// The file.
        path: PathBuf,
    },
    /// A variable with a key stays in the environment, where child processes inherit it, because this
    /// process has more than one thread.
    VariableStays {
        /// The variable.
        name: String,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OthersCanRead { path } => {
                write!(
                    f,
                    "others can read the key file `{}`; take their rights away",
                    shown::escaped(path)
                )
            }
            Self::VariableStays { name } => write!(
                f,
                "the variable `{name}` with the key stays in the environment; \
                 read the key before the first thread starts"
            ),
        }
    }
}

static HOOK: OnceLock<fn(&Warning)> = OnceLock::new();

/// Sets the function that is told of warnings, once for the process; without one they are dropped.
/// Returns whether this call set it.
pub fn set_warning_hook(hook: fn(&Warning)) -> bool {
    HOOK.set(hook).is_ok()
}

pub(super) fn warn(warning: &Warning) {
    if let Some(hook) = HOOK.get() {
        hook(warning);
    }
}

/// Warns if others than its owner can read a file.
pub(super) fn check_rights(path: &Path, metadata: &std::fs::Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if metadata.permissions().mode() & 0o044 != 0 {
            warn(&Warning::OthersCanRead {
                path: path.to_owned(),
            });
        }
    }
    #[cfg(not(unix))]
    let _ = (path, metadata);
}
