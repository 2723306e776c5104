//! Warnings about keys, for a program to log.

use std::{
    fmt,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, OnceLock, PoisonError},
};

use crate::encrypted::shown;

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
    /// A variable with a key stays in the environment, where child processes inherit it, because the system
    /// does not show how many threads this process has: one that is not Linux, or has no `/proc`.
    ThreadsUnknown {
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
            Self::ThreadsUnknown { name } => write!(
                f,
                "the variable `{name}` with the key stays in the environment, as this system does not show \
                 how many threads the process has; provide the key in a file"
            ),
        }
    }
}

static HOOK: OnceLock<fn(&Warning)> = OnceLock::new();

/// The warnings that were written.
static WRITTEN: Mutex<Vec<Warning>> = Mutex::new(Vec::new());

/// Sets the function that receives warnings, once for the process, in place of standard error: without one
/// each warning is written there once. Returns whether this call set it.
///
/// ```
/// secrets_embed::set_warning_hook(|warning| eprintln!("my program: {warning}"));
/// ```
pub fn set_warning_hook(hook: fn(&Warning)) -> bool {
    HOOK.set(hook).is_ok()
}

pub(crate) fn warn(warning: &Warning) {
    if let Some(hook) = HOOK.get() {
        return hook(warning);
    }
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    if !written.contains(warning) {
        written.push(warning.clone());
        // Nothing can be written to a standard error that is closed, and that is not a reason to end.
        let _ = writeln!(io::stderr(), "warning: {warning}");
    }
}

/// Warns if others than its owner can read a file.
pub(crate) fn check_rights(path: &Path, metadata: &std::fs::Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if metadata.is_file() && metadata.permissions().mode() & 0o044 != 0 {
            warn(&Warning::OthersCanRead {
                path: path.to_owned(),
            });
        }
    }
    #[cfg(not(unix))]
    let _ = (path, metadata);
}
