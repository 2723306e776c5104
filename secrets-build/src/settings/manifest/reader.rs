//! Settings in a section of one manifest.

use std::{path::Path, sync::Arc};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    error::{ErrorKind, Problem, Problems, suggest},
    origin::{Origin, TextFile},
    settings::{
        Compat, Merge,
        file::{FileSetting, Scope},
        list::{Setting, Settings},
        manifest::lookup::get,
        named::{FileRole, NamedFile},
        origins::SettingOrigins,
    },
    shown,
};

pub(super) struct Reader<'a> {
    pub(super) file: &'a Arc<TextFile>,
    pub(super) section: &'a str,
    pub(super) base: &'a Path,
    pub(super) origins: SettingOrigins,
    pub(super) problems: &'a mut Problems,
}

impl Reader<'_> {
    /// The settings of the section; none if the manifest has no such section.
    pub(super) fn section(&mut self, manifest: &DeTable<'_>) -> Settings {
        let secrets = get(manifest, self.section)
            .and_then(|section| get(section.get_ref().as_table()?, "metadata"))
            .and_then(|metadata| get(metadata.get_ref().as_table()?, "secrets"));
        let Some(secrets) = secrets else {
            return Settings::default();
        };
        match secrets.get_ref().as_table() {
            Some(table) => self.settings(table),
            None => self.expected(secrets, "", "a table").unwrap_or_default(),
        }
    }

    pub(super) fn settings(&mut self, table: &DeTable<'_>) -> Settings {
        let mut settings = Settings::default();
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let origin = Origin::text(self.file, value.span().start);
            self.origins.set(key.get_ref().as_ref(), origin);
            let name = key.get_ref().as_ref();
            match Setting::from_name(name) {
                Some(setting) => self.set(&mut settings, setting, name, value),
                None => self.unknown(key.span().start, "setting", name, Setting::NAMES),
            }
        }
        settings.origins = std::mem::take(&mut self.origins);
        settings
    }

    /// Reads one setting.
    fn set(
        &mut self,
        settings: &mut Settings,
        setting: Setting,
        name: &str,
        value: &Spanned<DeValue<'_>>,
    ) {
        match setting {
            Setting::Files => settings.files = self.files(value),
            Setting::Merge => {
                let accepted = [("deep", Merge::Deep), ("shallow", Merge::Shallow)];
                settings.merge = self.choice(value, name, &accepted);
            }
            Setting::Profile if value.get_ref().is_table() => {
                settings.profile_table = self.profile_table(value);
            }
            Setting::Profile => settings.profile = self.string(value, name),
            Setting::EnvPrefix => settings.env_prefix = self.string(value, name),
            Setting::Compat => {
                settings.compat = self.choice(value, name, &[("streamlit", Compat::Streamlit)]);
            }
            Setting::Recipients => settings.recipients = self.recipients(value, name),
            Setting::Identity => {
                settings.identity = self.named_file(value, name, FileRole::Identity);
            }
            Setting::Template => {
                settings.template = self.named_file(value, name, FileRole::Template);
            }
            Setting::Keys => settings.keys = self.keys(value),
            Setting::Sealed => {
                settings.sealed = self.named_file(value, name, FileRole::SealedFile);
            }
            Setting::Profiles => settings.profiles = self.strings(value, name),
            Setting::KnownProfiles => settings.known_profiles = self.strings(value, name),
            Setting::Always => settings.always = self.boolean(value, name),
        }
    }

    pub(super) fn unknown(&mut self, offset: usize, what: &str, unknown: &str, accepted: &[&str]) {
        let mut near = suggest(unknown, accepted.iter().copied());
        if near.is_empty() {
            near = format!("; known are `{}`", accepted.join("`, `"));
        }
        let unknown = shown::name(unknown);
        self.problem(offset, &format!("unknown {what} `{unknown}`{near}"));
    }

    pub(super) fn files(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<FileSetting>> {
        let Some(array) = value.get_ref().as_array() else {
            return self.expected(value, "files", "an array of paths");
        };
        let files = array.iter().enumerate();
        Some(
            files
                .filter_map(|(index, file)| self.file(file, &format!("files[{index}]")))
                .collect(),
        )
    }

    pub(super) fn file(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<FileSetting> {
        let (mut path, mut optional) = (value.get_ref().as_str().map(str::to_owned), false);
        let mut except = Vec::new();
        for (name, value) in value.get_ref().as_table().into_iter().flatten() {
            match name.get_ref().as_ref() {
                "path" => path = Some(self.string(value, &format!("{key}.path"))?),
                "optional" => optional = self.boolean(value, &format!("{key}.optional"))?,
                "except" => except = self.strings(value, &format!("{key}.except"))?,
                unknown => {
                    let what = format!("key in `{key}`:");
                    let accepted = ["path", "optional", "except"];
                    self.unknown(name.span().start, &what, unknown, &accepted);
                    return None;
                }
            }
        }
        match path {
            Some(path) => {
                let origin = Origin::text(self.file, value.span().start);
                let file = FileSetting {
                    scope: self.scope(),
                    except,
                    ..FileSetting::new(path, optional, Some(origin))
                };
                self.problems
                    .keep(file.resolve(self.base, &format!("`{key}`")))
            }
            None => self.expected(
                value,
                key,
                "a path or `{ path = \"...\", optional = true }`",
            ),
        }
    }

    /// What the workspace names is for all of its packages.
    pub(super) fn scope(&self) -> Scope {
        match self.section {
            "workspace" => Scope::Shared,
            _ => Scope::Own,
        }
    }

    fn named_file(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        key: &str,
        role: FileRole,
    ) -> Option<NamedFile> {
        let typed = self.string(value, key)?;
        let origin = Origin::text(self.file, value.span().start);
        let file = NamedFile::from_setting(role, typed.into(), key, origin);
        self.problems.keep(file.resolve(self.base))
    }

    pub(super) fn string(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<String> {
        match value.get_ref().as_str() {
            Some(string) => Some(string.to_owned()),
            None => self.expected(value, key, "a string"),
        }
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        key: &str,
        accepted: &[(&str, T)],
    ) -> Option<T> {
        let chosen = self.string(value, key)?;
        if let Some((_, choice)) = accepted.iter().find(|(name, _)| *name == chosen) {
            return Some(*choice);
        }
        let names: Vec<_> = accepted
            .iter()
            .map(|(name, _)| format!("`\"{name}\"`"))
            .collect();
        let chosen = shown::name(&chosen);
        let message = format!(
            "`{key}` is `\"{chosen}\"`, which is not one of {}",
            names.join(", ")
        );
        self.problem(value.span().start, &message);
        None
    }

    /// Reports a value of a wrong type. Always `None`, for the caller to return.
    pub(super) fn expected<T>(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        key: &str,
        expected: &str,
    ) -> Option<T> {
        let path = format!("{}.metadata.secrets", self.section);
        let path = if key.is_empty() {
            path
        } else {
            format!("{path}.{key}")
        };
        let actual = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a float",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date-time",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        self.problem(
            value.span().start,
            &format!("`{path}` is {actual}, expected {expected}"),
        );
        None
    }

    pub(super) fn problem(&mut self, offset: usize, message: &str) {
        let origin = Origin::text(self.file, offset);
        self.problems
            .push(Problem::at(ErrorKind::Setting, &origin, message));
    }
}
