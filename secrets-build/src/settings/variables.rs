//! The environment variables that a build reads, and the notes of which of them it did read.
//!
//! Cargo is told the names of these alone, so that a variable without bearing on a build does not bring
//! the next one about. Cargo writes the value of each variable that it is told to a file that everyone
//! can read: what may hold a key is told only as long as it is not set.

use std::{cell::RefCell, collections::BTreeSet, env, ffi::OsString, path::Path};

use crate::{
    error::{ErrorKind, Problem},
    settings::paths::key_path,
    shown::{self, private::may_be_private},
};

/// The list of sources for one build.
pub(crate) const FILES: &str = "SECRETS_FILES";
/// The profile for one build.
pub(crate) const PROFILE: &str = "SECRETS_PROFILE";
/// `1` allows a stub.
pub(crate) const STUB: &str = "SECRETS_STUB";
/// The path of an identity file for encrypted sources.
pub(crate) const AGE_KEY_FILE: &str = "SECRETS_AGE_KEY_FILE";
/// An identity itself.
pub(crate) const AGE_KEY: &str = "SECRETS_AGE_KEY";
/// Set by docs.rs.
pub(crate) const DOCS_RS: &str = "DOCS_RS";
/// The home directory.
pub(crate) const HOME: &str = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
/// The configuration directory.
pub(crate) const CONFIG_HOME: &str = if cfg!(windows) {
    "APPDATA"
} else {
    "XDG_CONFIG_HOME"
};

thread_local! {
    /// The names that were read since the last call of [`take_names_read`].
    static NAMES_READ: RefCell<BTreeSet<&'static str>> = const { RefCell::new(BTreeSet::new()) };
}

/// The value of a variable, whose name cargo is told.
pub(crate) fn read(name: &'static str) -> Option<OsString> {
    note(name);
    env::var_os(name)
}

/// The value of a variable that holds a secret, unless it is empty. Cargo is told the name of one that is
/// not set.
pub(crate) fn read_secret(name: &'static str) -> Option<OsString> {
    let value = env::var_os(name).filter(|value| !value.is_empty());
    if value.is_none() {
        note(name);
    }
    value
}

/// Notes that a build depends on a variable.
pub(crate) fn note(name: &'static str) {
    NAMES_READ.with_borrow_mut(|names| names.insert(name));
}

/// Whether a variable is set to something.
pub(crate) fn is_set(name: &'static str) -> bool {
    read(name).is_some_and(|value| !value.is_empty())
}

/// What cargo has to know of the variables that a build read.
#[derive(Default)]
pub(crate) struct NamesRead {
    /// Those that cargo may know.
    pub(crate) public: BTreeSet<&'static str>,
    /// Whether there are others, whose changes cargo cannot see.
    pub(crate) any_private: bool,
}

/// The names that this thread has read since the last call. A variable that may hold a key is private, and one
/// of paths that lead nowhere or of what is no name, as a secret may have been typed in their place: to tell cargo would be to
/// publish it on this machine. `package` is what these paths are relative to.
pub(crate) fn take_names_read(package: &Path) -> NamesRead {
    let is_private = |name: &str| {
        let value = env::var_os(name).unwrap_or_default();
        let is_misplaced = match name {
            FILES => env::split_paths(&value).any(|path| leads_nowhere(&path, package)),
            AGE_KEY_FILE => leads_nowhere(Path::new(&value), package),
            PROFILE | STUB => !value.to_str().is_some_and(shown::is_name),
            _ => false,
        };
        is_misplaced || holds_key(name)
    };
    let mut names = NAMES_READ.take();
    let count = names.len();
    names.retain(|name| !is_private(name));
    NamesRead {
        any_private: names.len() < count,
        public: names,
    }
}

/// Has the names that are read from here on be those of a new run.
pub(crate) fn forget_names_read() {
    NAMES_READ.take();
}

/// Whether a path that was typed does not exist. An empty one is none.
fn leads_nowhere(path: &Path, package: &Path) -> bool {
    let is_set = !path.as_os_str().is_empty();
    is_set && key_path(package, path).symlink_metadata().is_err()
}

/// The problem of an identity in the variable that is to hold the path of one.
pub(crate) fn misplaced_key() -> Option<Problem> {
    let message = format!(
        "the variable `{AGE_KEY_FILE}` holds an identity, expected the path of a file of them; set `{AGE_KEY}` \
         instead"
    );
    holds_key(AGE_KEY_FILE).then(|| Problem::new(ErrorKind::Identity, message))
}

/// Whether a variable that is to hold something else may hold the private half of a key.
pub(crate) fn holds_key(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| {
        let text = value.to_string_lossy();
        let path = Path::new(&value);
        // A list of paths has each of them looked at by itself.
        may_be_private(&text)
            || text.contains('\n')
            || env::split_paths(path).any(|path| shown::is_secret(&path, &path))
    })
}

/// The way out where a build needs no secrets.
pub(crate) const STUB_HINT: &str =
    "; to build a stub from the template instead, set the variable `SECRETS_STUB=1`";
