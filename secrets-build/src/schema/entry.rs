//! One entry of the table of keys, and what can be wrong with it by itself.

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::names,
    origin::Origin,
    schema::{contradictions::disagreement, key_type::KeyType, pattern::Pattern},
    settings::key::{Bound, Key, KeySetting},
    shown,
};

/// An entry, if its parts are good.
pub(super) fn entry(setting: &KeySetting, needs: Needs, problems: &mut Problems) -> Option<Entry> {
    let mut reader = Reader {
        setting,
        needs,
        problems,
    };
    let pattern = reader.pattern();
    let ty = reader.key_type()?;
    let pattern = pattern?;
    if let Some(what) = misplaced(&setting.key, &pattern) {
        reader.wrong(&what);
        return None;
    }
    #[cfg(feature = "pattern")]
    let regex = reader.regex()?;
    #[cfg(not(feature = "pattern"))]
    if setting.key.pattern.is_some() && needs == Needs::Values {
        reader.wrong(&missing_feature("`pattern`", "pattern"));
    }
    Some(Entry {
        pattern,
        written: setting.pattern.clone(),
        origin: setting.origin.clone(),
        key: setting.key.clone(),
        ty,
        #[cfg(feature = "pattern")]
        regex,
    })
}

struct Reader<'a> {
    setting: &'a KeySetting,
    needs: Needs,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn wrong(&mut self, what: &str) {
        let KeySetting {
            pattern, origin, ..
        } = self.setting;
        let message = format!("the entry `{}` of `keys`: {what}", shown::keys(pattern));
        self.problems
            .push(Problem::at(ErrorKind::Setting, origin, message));
    }

    fn pattern(&mut self) -> Option<Pattern> {
        let parsed = Pattern::parse(&self.setting.pattern);
        parsed
            .map_err(|what| self.wrong(&format!("the pattern {what}")))
            .ok()
    }

    /// The type, if there is one; nothing if it is wrong.
    #[allow(clippy::option_option)]
    fn key_type(&mut self) -> Option<Option<KeyType>> {
        let ty = self
            .setting
            .key
            .ty
            .as_deref()
            .map(KeyType::parse)
            .transpose()
            .map_err(|what| self.wrong(&what))
            .ok()?;
        let lacks_feature = ty == Some(KeyType::Url) && cfg!(not(feature = "url"));
        if lacks_feature && self.needs == Needs::Values {
            // The entry stays: what else it says of its key would be missed.
            self.wrong(&missing_feature("the type `url`", "url"));
        }
        Some(ty)
    }

    /// The regular expression, if there is one; nothing if it is wrong.
    #[cfg(feature = "pattern")]
    #[allow(clippy::option_option)]
    fn regex(&mut self) -> Option<Option<regex::Regex>> {
        let regex = self.setting.key.pattern.as_deref().map(whole).transpose();
        regex
            .map_err(|reason| {
                self.wrong(&format!(
                    "`pattern` is not a regular expression of the crate `regex`: {reason}"
                ));
            })
            .ok()
    }
}

/// What cannot be said of a key that this pattern fits, or not together.
fn misplaced(key: &Key, pattern: &Pattern) -> Option<String> {
    if key.plain == Some(true) && pattern.is_in_array() {
        return Some("only a whole array can be `plain`".to_owned());
    }
    if key.optional == Some(true) && pattern.is_in_array() && pattern.ends_in_element() {
        return Some("an element cannot be `optional`; leave it out of the array".to_owned());
    }
    if let Some(name) = &key.name {
        let refused = names::refused(name);
        if refused.is_some() {
            return refused;
        }
        if pattern.path().is_none() || pattern.ends_in_element() {
            let what = "`name` is for one key, which this pattern is not; write the key itself";
            return Some(what.to_owned());
        }
    }
    for (name, bound) in [("min", key.min), ("max", key.max)] {
        if matches!(bound, Some(Bound::Float(float)) if float.is_nan()) {
            return Some(format!("`{name}` is not a number"));
        }
    }
    disagreement(key, key).map(|what| format!("`{what}` leave no value between them"))
}

fn missing_feature(what: &str, feature: &str) -> String {
    format!(
        "{what} needs a feature: give `secrets-build` the feature `{feature}`, as in \
         secrets-build = {{ version = \"0.1\", features = [\"{feature}\"] }}"
    )
}

/// A regular expression for a whole text, or what is wrong with it.
#[cfg(feature = "pattern")]
fn whole(pattern: &str) -> Result<regex::Regex, String> {
    // By itself first: brackets that do not match could pair with ours.
    regex::Regex::new(pattern).map_err(|_| mistake(pattern))?;
    // With `(?x)` it may end in a comment, which ours must not be part of.
    regex::Regex::new(&format!("\\A(?:{pattern})\\z"))
        .or_else(|_| regex::Regex::new(&format!("\\A(?:{pattern}\n)\\z")))
        .map_err(|_| mistake(pattern))
}

/// The first mistake in a regular expression and its place, in a fixed sentence: the crate's own text has the
/// whole expression in it.
#[cfg(feature = "pattern")]
fn mistake(pattern: &str) -> String {
    use regex_syntax::{Error, Parser};
    let (reason, offset) = match Parser::new().parse(pattern) {
        Err(Error::Parse(error)) => (error.kind().to_string(), error.span().start.offset),
        Err(Error::Translate(error)) => (error.kind().to_string(), error.span().start.offset),
        _ => return "it is too large".to_owned(),
    };
    let before = pattern.get(..offset).unwrap_or(pattern);
    format!("{reason}, at character {}", before.chars().count() + 1)
}

/// What the entries are needed for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Values are checked, which takes the features of the entries.
    Values,
    /// There are only names and types, as in a sealed file.
    Names,
}

/// An entry whose parts are good by themselves.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(super) pattern: Pattern,
    pub(super) written: String,
    pub(super) origin: Origin,
    pub(super) key: Key,
    pub(super) ty: Option<KeyType>,
    #[cfg(feature = "pattern")]
    pub(super) regex: Option<regex::Regex>,
}
