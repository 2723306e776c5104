//! The list of all settings, which is written here alone.

use std::path::PathBuf;

use crate::settings::{
    Compat, Merge,
    file::FileSetting,
    key::KeySetting,
    named::NamedFile,
    origins::SettingOrigins,
    recipient::{ProfileSetting, RecipientSetting},
};

/// Declares [`Settings`], and [`Setting`], which names them. A new setting is a line of this list, and an arm of
/// the manifest's reader, without which nothing compiles.
macro_rules! settings {
    (
        $($(#[$doc:meta])* $name:literal = $setting:ident in $field:ident: $type:ty,)*
        $(; $(#[$other_doc:meta])* $other:ident: $other_type:ty,)*
    ) => {
        /// Settings, each of them set or not.
        #[derive(Clone, Debug, Default)]
        pub(crate) struct Settings {
            $($(#[$doc])* pub(crate) $field: Option<$type>,)*
            $($(#[$other_doc])* pub(crate) $other: Option<$other_type>,)*
            /// Where they were set.
            pub(crate) origins: SettingOrigins,
        }

        impl Settings {
            /// Falls back to other settings, one by one.
            pub(crate) fn or(self, fallback: Self) -> Self {
                Self {
                    $($field: self.$field.or(fallback.$field),)*
                    $($other: self.$other.or(fallback.$other),)*
                    origins: self.origins.or(fallback.origins),
                }
            }
        }

        /// The name of a setting.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Setting {
            $($setting,)*
        }

        impl Setting {
            /// All names, as `Cargo.toml` writes them.
            pub(crate) const NAMES: &'static [&'static str] = &[$($name),*];

            /// The setting with a name.
            pub(crate) fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$setting),)*
                    _ => None,
                }
            }
        }
    };
}

settings! {
    "files" = Files in files: Vec<FileSetting>,
    "merge" = Merge in merge: Merge,
    "profile" = Profile in profile: String,
    "env-prefix" = EnvPrefix in env_prefix: String,
    "compat" = Compat in compat: Compat,
    "recipients" = Recipients in recipients: Vec<RecipientSetting>,
    "identity" = Identity in identity: NamedFile,
    "template" = Template in template: NamedFile,
    "keys" = Keys in keys: Vec<KeySetting>,
    "sealed" = Sealed in sealed: NamedFile,
    "profiles" = Profiles in profiles: Vec<String>,
    /// Profiles that no source needs to have an overlay for.
    "known-profiles" = KnownProfiles in known_profiles: Vec<String>,
    /// Whether the build script runs in every build.
    "always" = Always in always: bool,
    ;
    /// `profile` as a table: what is set for each of several.
    profile_table: Vec<ProfileSetting>,
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
        let of_profiles = self
            .profile_table
            .iter()
            .flatten()
            .flat_map(|entry| &entry.recipients);
        self.recipients.iter().flatten().chain(of_profiles)
    }

    /// Files of an identity and of passphrases.
    pub(crate) fn private_files(&self) -> Vec<PathBuf> {
        let passphrases = self.all_recipients().filter_map(|entry| match entry {
            RecipientSetting::PassphraseFile(file) => Some(file.path.clone()),
            _ => None,
        });
        let identity = self.identity.iter().map(|file| file.path.clone());
        identity.chain(passphrases).collect()
    }

    /// Files that anybody may see: the template and the sealed file.
    pub(crate) fn public_files(&self) -> Vec<PathBuf> {
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
}
