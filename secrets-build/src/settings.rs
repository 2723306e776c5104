//! Settings, from wherever they were set.

mod named;
mod places;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

pub(crate) use named::{FileRole, NamedFile};
pub(crate) use places::Places;

use crate::{
    config::{Compat, Merge},
    error::{ErrorKind, Problem, Problems, suggest},
    keys::KeySetting,
    origin::Origin,
    recipient::RecipientSetting,
    shown,
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

    /// The profiles that the settings list, which need no overlay.
    pub(crate) fn listed_profiles(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.profiles, &self.known_profiles];
        lists.into_iter().flatten().flatten().map(String::as_str)
    }

    /// The recipients of all profiles.
    pub(crate) fn all_recipients(&self) -> impl Iterator<Item = &RecipientSetting> {
        let of_profiles = self.profile_table.iter().flatten();
        let of_profiles = of_profiles.flat_map(|of| &of.recipients);
        self.recipients.iter().flatten().chain(of_profiles)
    }

    /// Files of an identity and of passphrases.
    pub(crate) fn private(&self) -> Vec<PathBuf> {
        let passphrases = self.all_recipients().filter_map(|of| match of {
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
    #[cfg(feature = "age")]
    pub(crate) fn recipients_of(&self, profile: &str) -> &[RecipientSetting] {
        let own = self
            .profile_table
            .iter()
            .flatten()
            .find(|of| of.name == profile);
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

/// Whether the settings can work.
pub(crate) fn check(settings: &Settings, module: &str, problems: &mut Problems) {
    let places = &settings.places;
    // An empty path would be the package itself.
    let mut files = settings.files.iter().flatten();
    if let Some(file) = files.find(|file| file.path.as_os_str().is_empty()) {
        let message = "a source has an empty path; name a file or a directory";
        problems.push(match &file.place {
            Some(place) => Problem::at(ErrorKind::Setting, place, message),
            None => Problem::new(ErrorKind::Setting, message),
        });
    }
    let one = settings
        .profile
        .iter()
        .map(|name| ("profile".to_owned(), name));
    let lists = [
        ("profiles", &settings.profiles),
        ("known-profiles", &settings.known_profiles),
    ];
    let several = lists.into_iter().flat_map(|(list, names)| {
        let names = names.iter().flatten().enumerate();
        names.map(move |(index, name)| (format!("{list}[{index}]"), name))
    });
    for (setting, profile) in one.chain(several) {
        if !is_profile(profile) {
            let profile = shown::name(profile);
            problems.push(places.problem(
                &setting,
                format_args!("the profile `{profile}` is no part of a file name"),
            ));
        }
    }
    check_profiles(settings, problems);
    if let Some(prefix) = &settings.env_prefix {
        if !shown::can_be_variable(prefix) {
            let prefix = shown::name(prefix);
            problems.push(places.problem(
                "env-prefix",
                format_args!(
                    "`env-prefix` is `{prefix}`, expected the start of a variable's name: letters, digits and `_`"
                ),
            ));
        }
    }
    if settings.compat.is_some() && settings.merge == Some(Merge::Deep) {
        problems.push(places.problem(
            "merge",
            "`compat = \"streamlit\"` merges as Streamlit does, which is not `merge = \"deep\"`; \
             remove one of the two",
        ));
    }
    check_module(module, places, problems);
}

/// Whether the name of the module can be that of its files.
fn check_module(module: &str, places: &Places, problems: &mut Problems) {
    let shown = shown::name(module);
    let endings = ["_values", "_doc", "_plain"];
    if let Some(ending) = endings.into_iter().find(|ending| module.ends_with(ending)) {
        problems.push(places.problem(
            "module",
            format_args!(
                "the module name `{shown}` ends in `{ending}`, as files of other modules do; choose another one"
            ),
        ));
    }
    let may_occur = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if module.is_empty() || !module.chars().all(may_occur) {
        problems.push(places.problem(
            "module",
            format_args!(
                "the module name `{shown}` is no file name of letters, digits, `_` and `-`"
            ),
        ));
    }
}

/// Whether several profiles can be embedded.
fn check_profiles(settings: &Settings, problems: &mut Problems) {
    let places = &settings.places;
    let table = settings.profile_table.iter().flatten();
    let Some(profiles) = &settings.profiles else {
        for of in table {
            let name = shown::name(&of.name);
            problems.push(places.problem(
                &format!("profile.{}", of.name),
                format_args!(
                    "`profile.{name}` has recipients, but `profiles` does not list it; set \
                     profiles = [\"{name}\"]"
                ),
            ));
        }
        return;
    };
    if profiles.is_empty() {
        problems.push(places.problem(
            "profiles",
            "`profiles` is empty; name one, or remove the setting",
        ));
    }
    for (index, profile) in profiles.iter().enumerate() {
        if profiles[..index].contains(profile) {
            let profile = shown::name(profile);
            problems.push(places.problem(
                &format!("profiles[{index}]"),
                format_args!("`profiles` names `{profile}` twice"),
            ));
        }
    }
    let mut names: Vec<&str> = profiles.iter().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    if let Some((a, b)) = differ_in_case(&names) {
        let (a, b) = (shown::name(a), shown::name(b));
        problems.push(places.problem(
            "profiles",
            format_args!(
                "`profiles` names `{a}` and `{b}`, which are one name of a file on some systems; rename one"
            ),
        ));
    }
    for of in table.filter(|of| !profiles.contains(&of.name)) {
        let near = suggest(&of.name, profiles.iter().map(String::as_str));
        let name = shown::name(&of.name);
        problems.push(places.problem(
            &format!("profile.{}", of.name),
            format_args!("`profile.{name}` has recipients, but `profiles` does not list it{near}"),
        ));
    }
    if let Some(profile) = settings
        .profile
        .as_ref()
        .filter(|of| !profiles.contains(of))
    {
        let listed: Vec<_> = profiles.iter().map(|name| shown::name(name)).collect();
        problems.push(places.problem(
            "profile",
            format_args!(
                "the profile `{}` is none of those in `profiles`: `{}`",
                shown::name(profile),
                listed.join("`, `")
            ),
        ));
    }
    if settings.sealed.is_none() && !settings.is_encrypted() {
        problems.push(places.problem(
            "profiles",
            "`profiles` embeds one ciphertext for each profile, and there are no `recipients`; \
             set some, or use `profile`",
        ));
    }
}
