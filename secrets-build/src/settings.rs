//! Settings, from wherever they were set.

use std::path::{Path, PathBuf};

use crate::{
    config::{Compat, Merge},
    error::{ErrorKind, Problem, Problems},
    recipient::RecipientSetting,
};

/// A configured source.
#[derive(Clone, Debug)]
pub(crate) struct FileSetting {
    /// Absolute, or with a leading `~/`, or empty if it was given so.
    pub(crate) path: PathBuf,
    pub(crate) optional: bool,
}

impl FileSetting {
    pub(crate) fn new(base: &Path, path: impl AsRef<Path>, optional: bool) -> Self {
        let path = path.as_ref();
        let path = if path.starts_with("~") || path.as_os_str().is_empty() {
            path.to_owned()
        } else {
            base.join(path)
        };
        Self { path, optional }
    }
}

/// Settings, each of them set or not.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) files: Option<Vec<FileSetting>>,
    pub(crate) merge: Option<Merge>,
    pub(crate) profile: Option<String>,
    pub(crate) env_prefix: Option<String>,
    pub(crate) compat: Option<Compat>,
    pub(crate) recipients: Option<Vec<RecipientSetting>>,
    pub(crate) identity: Option<PathBuf>,
}

impl Settings {
    /// Falls back to other settings, one by one.
    pub(crate) fn or(self, fallback: Self) -> Self {
        Self {
            files: self.files.or(fallback.files),
            merge: self.merge.or(fallback.merge),
            profile: self.profile.or(fallback.profile),
            env_prefix: self.env_prefix.or(fallback.env_prefix),
            compat: self.compat.or(fallback.compat),
            recipients: self.recipients.or(fallback.recipients),
            identity: self.identity.or(fallback.identity),
        }
    }
}

/// Whether the settings can work.
pub(crate) fn check(settings: &Settings, module: &str, problems: &mut Problems) {
    // An empty path would be the package itself.
    let mut files = settings.files.iter().flatten();
    if files.any(|file| file.path.as_os_str().is_empty()) {
        problems.push(setting(
            "a source has an empty path; name a file or a directory".to_owned(),
        ));
    }
    if let Some(profile) = &settings.profile {
        if profile.contains(['/', '\\', '\n', '\r', '\0']) {
            let profile = profile.escape_debug();
            problems.push(setting(format!(
                "the profile `{profile}` is no part of a file name"
            )));
        }
    }
    if let Some(prefix) = &settings.env_prefix {
        let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !prefix.chars().all(letter) || !prefix.starts_with(|c: char| !c.is_ascii_digit()) {
            let prefix = prefix.escape_debug();
            problems.push(setting(format!(
                "`env-prefix` is `{prefix}`, expected the start of a variable's name: letters, digits and `_`"
            )));
        }
    }
    if settings.compat.is_some() && settings.merge == Some(Merge::Deep) {
        problems.push(setting(
            "`compat = \"streamlit\"` merges as Streamlit does, which is not `merge = \"deep\"`; \
             remove one of the two"
                .to_owned(),
        ));
    }
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if module.is_empty() || !module.chars().all(letter) {
        let module = module.escape_debug();
        problems.push(setting(format!(
            "the module name `{module}` is no file name of letters, digits, `_` and `-`"
        )));
    }
}

/// Said instead of the path, which would be the identity itself.
pub(crate) const IDENTITY_IS_NO_PATH: &str = "`identity` holds an identity, expected the path of a file of them; change the key if others have \
     seen it";

fn setting(message: String) -> Problem {
    Problem::new(ErrorKind::Setting, message)
}
