//! The paths that settings and variables hold, and the directories of the user.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem},
    settings::variables,
    shown,
};

/// The path of a file with keys; a leading `~/` is the home directory.
pub(crate) fn identity_path(base: &Path, path: &Path) -> PathBuf {
    let below_home = path.strip_prefix("~").ok();
    let expanded = below_home.and_then(|rest| Some(home_dir()?.join(rest)));
    expanded.unwrap_or_else(|| base.join(path))
}

/// Replaces a leading `~/` by the home directory.
pub(crate) fn expand_home(path: &Path) -> Result<PathBuf, Problem> {
    let Ok(rest) = path.strip_prefix("~") else {
        return Ok(path.to_owned());
    };
    let home = home_dir().ok_or_else(|| {
        let path = shown::path(path, path);
        let message = format!("{path} is in the home directory, which is not known; set `HOME`");
        Problem::new(ErrorKind::Setting, message)
    })?;
    Ok(home.join(rest))
}

/// The user's home directory.
pub(crate) fn home_dir() -> Option<PathBuf> {
    variables::note(variables::HOME);
    // Deprecated in 1.29 for an oddity on Windows that was mended; the mark was lifted in 1.87.
    #[allow(deprecated)]
    env::home_dir().filter(|home| home.is_absolute())
}

/// The user's configuration directory: `%APPDATA%` on Windows, elsewhere that of the XDG Base
/// Directory Specification, `$XDG_CONFIG_HOME` or `~/.config`.
pub(crate) fn config_dir() -> Option<PathBuf> {
    variables::read(variables::CONFIG_HOME)
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| home_dir().map(|home| home.join(".config")))
}
