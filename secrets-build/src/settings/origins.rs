//! Where settings were set.

use std::collections::BTreeMap;

use crate::{
    error::{ErrorKind, Problem},
    origin::Origin,
};

/// Where settings were set, by their names: `files`, `profiles[1]`, `profile.staging`.
#[derive(Clone, Debug, Default)]
pub(crate) struct SettingOrigins(BTreeMap<String, Origin>);

impl SettingOrigins {
    /// Remembers where a setting, or a part of one, was set.
    pub(crate) fn set(&mut self, name: impl Into<String>, origin: Origin) {
        self.0.insert(name.into(), origin);
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
            Some(origin) => Problem::at(ErrorKind::Setting, origin, message),
            None => Problem::new(ErrorKind::Setting, message.to_string()),
        }
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
