//! The table `keys`, and that of profiles.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    model::scalar::duration,
    origin::Origin,
    settings::{
        key::{Bound, Key, KeySetting},
        manifest::reader::Reader,
        recipient::ProfileSetting,
    },
    shown,
};

const KNOWN: [&str; 12] = [
    "type",
    "optional",
    "plain",
    "keep-newline",
    "min",
    "max",
    "min-length",
    "max-length",
    "non-empty",
    "pattern",
    "not-template",
    "name",
];

impl Reader<'_> {
    pub(super) fn keys(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<KeySetting>> {
        let expected = "a table of keys, as in `\"database.port\" = { type = \"u16\" }`";
        let Some(table) = value.get_ref().as_table() else {
            return self.expected(value, "keys", expected);
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let settings = entries.into_iter().filter_map(|(pattern, value)| {
            let name = format!("keys.{}", shown::keys(&shown::quoted(pattern.get_ref())));
            let Some(table) = value.get_ref().as_table() else {
                return self.expected(value, &name, "a table, as in `{ type = \"u16\" }`");
            };
            Some(KeySetting {
                pattern: pattern.get_ref().to_string(),
                origin: Origin::text(self.file, pattern.span().start),
                key: self.key(table, &name),
            })
        });
        Some(settings.collect())
    }

    fn key(&mut self, table: &DeTable<'_>, path: &str) -> Key {
        let mut key = Key::default();
        for (name, value) in table {
            let path = format!("{path}.{}", shown::name(name.get_ref()));
            match name.get_ref().as_ref() {
                "type" => key.ty = self.string(value, &path),
                "name" => key.name = self.string(value, &path),
                "pattern" => key.pattern = self.string(value, &path),
                "optional" => key.optional = self.boolean(value, &path),
                "plain" => key.plain = self.boolean(value, &path),
                "keep-newline" => key.keep_newline = self.boolean(value, &path),
                "non-empty" => key.non_empty = self.boolean(value, &path),
                "not-template" => key.not_template = self.boolean(value, &path),
                "min" => key.min = self.bound(value, &path),
                "max" => key.max = self.bound(value, &path),
                "min-length" => key.min_length = self.length(value, &path),
                "max-length" => key.max_length = self.length(value, &path),
                unknown if table.iter().any(|(_, value)| value.get_ref().is_table()) => {
                    let way_out = "quote a key with dots, as in `\"database.port\"`";
                    self.problem(
                        name.span().start,
                        &format!(
                            "`{}` is not a setting of a key; {way_out}",
                            shown::name(unknown)
                        ),
                    );
                }
                unknown => self.unknown(name.span().start, "key in `keys`:", unknown, &KNOWN),
            }
        }
        key
    }

    pub(super) fn boolean(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<bool> {
        match value.get_ref().as_bool() {
            Some(boolean) => Some(boolean),
            None => self.expected(value, key, "a boolean"),
        }
    }

    fn bound(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<Bound> {
        let bound = match value.get_ref() {
            DeValue::Integer(integer) => {
                let integer = i128::from_str_radix(integer.as_str(), integer.radix()).ok();
                integer.map(Bound::Integer)
            }
            DeValue::Float(float) => float.as_str().parse().ok().map(Bound::Float),
            DeValue::String(text) => duration(text).map(Bound::Duration),
            _ => None,
        };
        match bound {
            Some(bound) => Some(bound),
            None => self.expected(value, key, "a number, or a duration such as `\"30s\"`"),
        }
    }

    fn length(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<usize> {
        let integer = value.get_ref().as_integer();
        let length = integer
            .and_then(|integer| usize::from_str_radix(integer.as_str(), integer.radix()).ok());
        match length {
            Some(length) => Some(length),
            None => self.expected(value, key, "a number of characters, bytes or elements"),
        }
    }

    pub(super) fn strings(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        key: &str,
    ) -> Option<Vec<String>> {
        let Some(array) = value.get_ref().as_array() else {
            return self.expected(value, key, "an array of strings");
        };
        let strings = array.iter().enumerate();
        Some(
            strings
                .filter_map(|(index, element)| {
                    let name = format!("{key}[{index}]");
                    let origin = Origin::text(self.file, element.span().start);
                    self.origins.set(&*name, origin);
                    self.string(element, &name)
                })
                .collect(),
        )
    }

    /// What is set for profiles by themselves.
    pub(super) fn profile_table(
        &mut self,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Vec<ProfileSetting>> {
        let mut profiles = Vec::new();
        for (name, value) in value.get_ref().as_table()? {
            let origin = Origin::text(self.file, name.span().start);
            self.origins
                .set(format!("profile.{}", name.get_ref()), origin);
            let path = format!("profile.{}", shown::name(name.get_ref()));
            let Some(table) = value.get_ref().as_table() else {
                return self.expected(value, &path, "a table with `recipients`");
            };
            for (key, value) in table {
                match key.get_ref().as_ref() {
                    "recipients" => profiles.push(ProfileSetting {
                        name: name.get_ref().to_string(),
                        recipients: self
                            .recipients(value, &format!("{path}.recipients"))
                            .unwrap_or_default(),
                    }),
                    unknown => {
                        let what = format!("key in `{path}`:");
                        self.unknown(key.span().start, &what, unknown, &["recipients"]);
                    }
                }
            }
        }
        Some(profiles)
    }
}
