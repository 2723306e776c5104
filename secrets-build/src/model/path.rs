//! Paths of keys: their steps, and how they are written.

use std::fmt;

use crate::shown;

/// A step from a value to one inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Element,
}

pub(crate) fn glob_fits(glob: &str, text: &str) -> bool {
    // The first place for each part leaves the most for the others, so that none must be tried twice.
    let mut parts = glob.split('*');
    let start = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(start) else {
        return false;
    };
    let Some(end) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(end)
}

/// A path as messages show it, which is also how a pattern for it is written.
pub(crate) struct Shown<'a>(pub(crate) &'a [Step]);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.0.iter().fold(String::new(), |path, step| match step {
            Step::Key(key) => join(&path, key),
            Step::Element => path + "[]",
        });
        f.write_str(&path)
    }
}

/// A key as TOML writes it: bare where that is allowed, quoted otherwise.
pub(crate) fn written_key(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !key.is_empty() && key.chars().all(bare) {
        key.to_owned()
    } else {
        shown::quoted(key)
    }
}

/// The dotted path of a key inside a table.
pub(crate) fn join(path: &str, key: &str) -> String {
    let key = written_key(key);
    if path.is_empty() {
        key
    } else {
        format!("{path}.{key}")
    }
}
