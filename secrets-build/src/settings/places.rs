//! Where settings were set.

use std::{collections::BTreeMap, path::Path};

use crate::{
    error::{ErrorKind, Problem},
    origin::Origin,
    shown,
};

/// Where settings were set, by their names: `files`, `profiles[1]`, `profile.staging`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places(BTreeMap<String, Origin>);

impl Places {
    /// Remembers where a setting, or a part of one, was set.
    pub(crate) fn set(&mut self, name: impl Into<String>, place: Origin) {
        self.0.insert(name.into(), place);
    }

    /// Where a setting was set, or the setting that it is a part of.
    pub(crate) fn get(&self, name: &str) -> Option<&Origin> {
        self.0.get(name).or_else(|| self.0.get(setting_of(name)))
    }

    /// Falls back to other places, setting by setting.
    pub(crate) fn or(mut self, fallback: Self) -> Self {
        let is_set = |name: &str| {
            let mut names = self.0.keys();
            names.any(|other| setting_of(other) == setting_of(name))
        };
        let unset: Vec<_> = fallback
            .0
            .into_iter()
            .filter(|(name, _)| !is_set(name))
            .collect();
        self.0.extend(unset);
        self
    }

    /// A problem with a setting, behind the place where it was set.
    pub(crate) fn problem(&self, name: &str, message: impl std::fmt::Display) -> Problem {
        match self.get(name) {
            Some(place) => Problem::at(ErrorKind::Setting, place, message),
            None => Problem::new(ErrorKind::Setting, message.to_string()),
        }
    }

    /// Refuses a secret that was typed where a path belongs. `typed` is what was typed, and `path` where it leads.
    pub(crate) fn check_path(&self, name: &str, typed: &Path, path: &Path) -> Result<(), Problem> {
        if shown::is_secret(typed, path) {
            return Err(self.problem(name, shown::no_path(&format!("`{name}`"))));
        }
        Ok(())
    }
}

/// The name of a setting without the part of it that is meant.
fn setting_of(name: &str) -> &str {
    let end = name.find(['[', '.']).unwrap_or(name.len());
    // `profile` is one setting, and a table of others.
    if name.starts_with("profile.") {
        "profile."
    } else {
        &name[..end]
    }
}
