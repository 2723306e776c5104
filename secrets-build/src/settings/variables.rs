//! The environment variables that a build reads, and the notes of which of them it did read. All names are here, but
//! for that of the target's pointer width, which `model/scalar` below asks for.
//!
//! Cargo is told the names of these alone, so that a variable without bearing on a build does not bring
//! the next one about. Which of them it may know says `names_read`.

use std::{cell::RefCell, collections::BTreeSet, env, ffi::OsString};

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

/// The directory of the package's manifest, set by cargo.
pub(crate) const MANIFEST_DIR: &str = "CARGO_MANIFEST_DIR";
/// The program cargo, set by itself.
pub(crate) const CARGO: &str = "CARGO";
/// The directory that a build script writes to, set by cargo.
pub(crate) const OUT_DIR: &str = "OUT_DIR";
/// The directory that cargo was called in, set by shells.
pub(crate) const CALLED_IN: &str = "PWD";
/// What makes the plugins of the crate `age` print what they are told.
pub(crate) const AGE_DEBUG: &str = "AGEDEBUG";

thread_local! {
    /// The names that were read since the last call of [`take_names`].
    static NAMES_READ: RefCell<BTreeSet<&'static str>> = const { RefCell::new(BTreeSet::new()) };
}

/// The value of a variable that cargo need not watch: it is cargo's own, or has no bearing on what is built.
pub(crate) fn peek(name: &'static str) -> Option<OsString> {
    env::var_os(name)
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

/// Forgets what an earlier run in this thread has read.
pub(crate) fn forget_names() {
    take_names();
}

/// The names that this thread has read since the last call.
pub(crate) fn take_names() -> BTreeSet<&'static str> {
    NAMES_READ.take()
}

/// Whether a variable is set to something.
pub(crate) fn is_set(name: &'static str) -> bool {
    read(name).is_some_and(|value| !value.is_empty())
}

/// The way out where a build needs no secrets.
pub(crate) const STUB_HINT: &str =
    "; to build a stub from the template instead, set the variable `SECRETS_STUB=1`";
