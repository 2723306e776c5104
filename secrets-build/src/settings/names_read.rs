//! Which of the variables that a build read cargo may know.
//!
//! Cargo writes the value of each variable that it is told to a file that everyone can read: what may hold a key is
//! told only as long as it is not set.

use std::{collections::BTreeSet, env, path::Path};

use crate::{
    error::{ErrorKind, Problem},
    settings::{
        paths::identity_path,
        variables::{self, AGE_KEY, AGE_KEY_FILE, FILES, PROFILE, STUB},
    },
    shown::{self, private::may_be_private},
};

/// What cargo has to know of the variables that a build read.
#[derive(Default)]
pub(crate) struct NamesRead {
    /// Those that cargo may know.
    pub(crate) public: BTreeSet<&'static str>,
    /// Whether there are others, whose changes cargo cannot see.
    pub(crate) any_private: bool,
}

/// The names that this thread has read since the last call. A variable that may hold a key is private, and one
/// of paths that lead nowhere or of what is not a name, as a secret may have been typed in their place: to tell
/// cargo would be to publish it on this machine. `package` is what these paths are relative to.
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
    let mut names = variables::take_names();
    let count = names.len();
    names.retain(|name| !is_private(name));
    NamesRead {
        any_private: names.len() < count,
        public: names,
    }
}

/// Whether a path that was typed does not exist. An empty one is none.
pub(crate) fn leads_nowhere(path: &Path, package: &Path) -> bool {
    let is_set = !path.as_os_str().is_empty();
    is_set && identity_path(package, path).symlink_metadata().is_err()
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
