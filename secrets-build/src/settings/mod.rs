//! Settings, from wherever they were set.

pub(crate) mod check;
pub(crate) mod config;
pub(crate) mod key;
pub(crate) mod manifest;
pub(crate) mod module;
pub(crate) mod named;
pub(crate) mod names_read;
pub(crate) mod paths;
pub(crate) mod places;
pub(crate) mod recipient;
pub(crate) mod resolve;
pub(crate) mod variables;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use crate::{
    origin::Origin,
    settings::{key::KeySetting, named::NamedFile, places::Places, recipient::RecipientSetting},
};

/// A configured source.
#[derive(Clone, Debug)]
pub(crate) struct FileSetting {
    /// Absolute, or with a leading `~/`, or empty if it was given so.
    pub(crate) path: PathBuf,
    pub(crate) optional: bool,
    pub(crate) scope: Scope,
    /// Where somebody typed it; nothing for the default list.
    pub(crate) place: Option<Origin>,
    /// Entries of a secret directory that are left out: names, in which `*` is any text.
    pub(crate) except: Vec<String>,
}

/// Whose a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// That of several packages: what this one does not know of it is left out.
    Shared,
    /// The package's own.
    Own,
}

impl FileSetting {
    /// A source of the package's own.
    pub(crate) fn new(
        base: &Path,
        path: impl AsRef<Path>,
        optional: bool,
        place: Option<Origin>,
    ) -> Self {
        let path = path.as_ref();
        let path = if path.starts_with("~") || path.as_os_str().is_empty() {
            path.to_owned()
        } else {
            base.join(path)
        };
        Self {
            path,
            optional,
            scope: Scope::Own,
            place,
            except: Vec::new(),
        }
    }
}

/// What is set for one of several profiles.
#[derive(Clone, Debug)]
pub(crate) struct ProfileSetting {
    pub(crate) name: String,
    pub(crate) recipients: Vec<RecipientSetting>,
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
    pub(crate) identity: Option<NamedFile>,
    pub(crate) template: Option<NamedFile>,
    pub(crate) keys: Option<Vec<KeySetting>>,
    pub(crate) sealed: Option<NamedFile>,
    pub(crate) profiles: Option<Vec<String>>,
    pub(crate) profile_table: Option<Vec<ProfileSetting>>,
    /// Profiles that no source needs to have an overlay for.
    pub(crate) known_profiles: Option<Vec<String>>,
    /// Whether the build script runs in every build.
    pub(crate) always: Option<bool>,
    /// Where they were set.
    pub(crate) places: Places,
}

impl Settings {
    /// Whether the module is encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        let mut of_profiles = self.profile_table.iter().flatten();
        self.recipients.is_some() || of_profiles.next().is_some()
    }

    /// The profiles that a build embeds: several, or the one that is set, or none.
    pub(crate) fn selected_profiles(&self) -> Vec<Option<String>> {
        match (&self.profiles, &self.profile) {
            (Some(profiles), None) => profiles.iter().cloned().map(Some).collect(),
            (_, profile) => vec![profile.clone()],
        }
    }

    /// The path of the template.
    pub(crate) fn template_path(&self) -> Option<PathBuf> {
        self.template.as_ref().map(|file| file.path.clone())
    }

    /// The profiles that the settings list.
    pub(crate) fn listed_profiles(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.profiles, &self.known_profiles];
        lists.into_iter().flatten().flatten().map(String::as_str)
    }

    /// The recipients of all profiles.
    pub(crate) fn all_recipients(&self) -> impl Iterator<Item = &RecipientSetting> {
        let of_profiles = self.profile_table.iter().flatten();
        let of_profiles = of_profiles.flat_map(|entry| &entry.recipients);
        self.recipients.iter().flatten().chain(of_profiles)
    }

    /// Files of an identity and of passphrases.
    pub(crate) fn private(&self) -> Vec<PathBuf> {
        let passphrases = self.all_recipients().filter_map(|entry| match entry {
            RecipientSetting::PassphraseFile(file) => Some(file.path.clone()),
            _ => None,
        });
        let identity = self.identity.iter().map(|file| file.path.clone());
        identity.chain(passphrases).collect()
    }

    /// Files that anybody may see: the template and the sealed file.
    pub(crate) fn public(&self) -> Vec<PathBuf> {
        let files = [&self.template, &self.sealed].into_iter().flatten();
        files.map(|file| file.path.clone()).collect()
    }

    /// Whom a profile is encrypted to: its own recipients, or those of all.
    pub(crate) fn recipients_of(&self, profile: &str) -> &[RecipientSetting] {
        let own = self
            .profile_table
            .iter()
            .flatten()
            .find(|entry| entry.name == profile);
        own.map(|own| own.recipients.as_slice())
            .or(self.recipients.as_deref())
            .unwrap_or_default()
    }

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
            template: self.template.or(fallback.template),
            keys: self.keys.or(fallback.keys),
            sealed: self.sealed.or(fallback.sealed),
            profiles: self.profiles.or(fallback.profiles),
            profile_table: self.profile_table.or(fallback.profile_table),
            known_profiles: self.known_profiles.or(fallback.known_profiles),
            always: self.always.or(fallback.always),
            places: self.places.or(fallback.places),
        }
    }
}

/// Whether a text can be the name of a profile, which is part of the names of files.
pub(crate) fn is_profile(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', '\n', '\r', '\0'])
}

/// Two names that differ in nothing but their case, as names of files must not.
pub(crate) fn differ_in_case<'a>(names: &[&'a str]) -> Option<(&'a str, &'a str)> {
    let mut seen = HashMap::new();
    names.iter().find_map(|name| {
        let folded = name.to_lowercase().to_uppercase();
        let other = seen.insert(folded, *name)?;
        Some((other, *name))
    })
}

/// How a layer is laid over the lower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Merge {
    /// Tables unite key by key.
    #[default]
    Deep,
    /// A key of the root is replaced whole.
    Shallow,
}

/// Another tool whose semantics are followed exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Compat {
    /// Streamlit's `st.secrets`.
    Streamlit,
}
