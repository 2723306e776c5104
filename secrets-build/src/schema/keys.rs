//! The table of keys as a whole: what holds for a path, and whether entries agree.

use crate::{
    error::{ErrorKind, Problem, Problems},
    origin::Origin,
    schema::{
        entry::entry,
        key_type::KeyType,
        pattern::{Pattern, Shown, Step},
    },
    settings::key::{Bound, Key, KeySetting},
    shown,
};

/// The entries of the setting `keys`.
#[derive(Clone, Default)]
pub(crate) struct Keys {
    pub(super) entries: Vec<Entry>,
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
pub(super) struct Entry {
    pub(super) pattern: Pattern,
    pub(super) written: String,
    pub(super) place: Origin,
    pub(super) key: Key,
    pub(super) ty: Option<KeyType>,
    #[cfg(feature = "pattern")]
    pub(super) regex: Option<regex::Regex>,
}

impl Keys {
    /// Reads patterns, types and rules; what is no such thing is a problem.
    pub(crate) fn new(settings: &[KeySetting], needs: Needs, problems: &mut Problems) -> Self {
        let entries = settings
            .iter()
            .filter_map(|setting| entry(setting, needs, problems));
        Self {
            entries: entries.collect(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries that fit a path, in their order.
    pub(super) fn at(&self, path: &[Step]) -> Vec<&Entry> {
        let entries = self.entries.iter();
        entries.filter(|entry| entry.pattern.fits(path)).collect()
    }

    /// Whether an entry fits a path, or a table that leads to it.
    pub(crate) fn cover(&self, path: &[Step]) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| entry.pattern.covers(path))
    }

    /// Whether an entry fits something that a path leads to.
    pub(crate) fn lead_into(&self, path: &[Step]) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| entry.pattern.is_below(path))
    }

    /// Whether a key, and what is below it, stays plain in an encrypted module, if that is said of it.
    pub(crate) fn plain(&self, path: &[Step]) -> Option<bool> {
        self.at(path).iter().find_map(|entry| entry.key.plain)
    }

    /// Whether any entry fixes a type.
    pub(crate) fn any_typed(&self) -> bool {
        self.entries.iter().any(|entry| entry.ty.is_some())
    }

    /// Whether any key stays plain.
    pub(crate) fn any_plain(&self) -> bool {
        self.entries
            .iter()
            .any(|entry| entry.key.plain == Some(true))
    }

    /// Rules that compare with the template need one.
    pub(crate) fn without_template(&self, problems: &mut Problems) {
        for entry in self
            .entries
            .iter()
            .filter(|entry| entry.key.not_template == Some(true))
        {
            let message = format!(
                "the entry `{}` of `keys`: `not-template` needs a template; set `template`",
                shown::keys(&entry.written)
            );
            problems.push(Problem::at(ErrorKind::Setting, &entry.place, message));
        }
    }

    /// Entries that fit one key have to agree.
    pub(super) fn check_at(
        &self,
        path: &[Step],
        told: &mut Vec<(String, String)>,
        problems: &mut Problems,
    ) {
        let entries = self.at(path);
        for (index, second) in entries.iter().enumerate() {
            for first in &entries[..index] {
                let pair = (first.written.clone(), second.written.clone());
                let what = disagreement(&first.key, &second.key);
                if let (Some(what), false) = (what, told.contains(&pair)) {
                    problems.push(Problem::at(
                        ErrorKind::Setting,
                        &second.place,
                        format_args!(
                            "`{}` and `{}` at {} both fit `{}` and contradict each other in `{what}`; \
                             change one of them",
                            shown::keys(&second.written),
                            shown::keys(&first.written),
                            first.place,
                            shown::keys(&Shown(path).to_string()),
                        ),
                    ));
                    told.push(pair);
                }
            }
        }
    }
}

/// What two entries for one key say differently.
pub(super) fn disagreement(a: &Key, b: &Key) -> Option<&'static str> {
    fn differ<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
        a.zip(b).is_some_and(|(a, b)| a != b)
    }
    let crossed = |min: Option<Bound>, max: Option<Bound>| {
        min.zip(max).is_some_and(|(min, max)| above(min, max))
    };
    let too_long =
        |min: Option<usize>, max: Option<usize>| min.zip(max).is_some_and(|(min, max)| min > max);
    let empty = |a: &Key, b: &Key| a.non_empty == Some(true) && b.max_length == Some(0);
    let found = [
        (differ(a.ty.as_ref(), b.ty.as_ref()), "type"),
        (differ(a.optional.as_ref(), b.optional.as_ref()), "optional"),
        (differ(a.name.as_ref(), b.name.as_ref()), "name"),
        (differ(a.plain.as_ref(), b.plain.as_ref()), "plain"),
        (
            differ(a.keep_newline.as_ref(), b.keep_newline.as_ref()),
            "keep-newline",
        ),
        (differ(a.min.as_ref(), b.min.as_ref()), "min"),
        (differ(a.max.as_ref(), b.max.as_ref()), "max"),
        (
            crossed(a.min, b.max) || crossed(b.min, a.max),
            "min` and `max",
        ),
        (
            differ(a.min_length.as_ref(), b.min_length.as_ref()),
            "min-length",
        ),
        (
            differ(a.max_length.as_ref(), b.max_length.as_ref()),
            "max-length",
        ),
        (
            too_long(a.min_length, b.max_length) || too_long(b.min_length, a.max_length),
            "min-length` and `max-length",
        ),
        (
            differ(a.non_empty.as_ref(), b.non_empty.as_ref()),
            "non-empty",
        ),
        (empty(a, b) || empty(b, a), "non-empty` and `max-length"),
        (differ(a.pattern.as_ref(), b.pattern.as_ref()), "pattern"),
        (
            differ(a.not_template.as_ref(), b.not_template.as_ref()),
            "not-template",
        ),
    ];
    found
        .into_iter()
        .find_map(|(differs, what)| differs.then_some(what))
}

/// Whether a bound is above another one, so that nothing is between them.
#[allow(clippy::cast_precision_loss)]
fn above(min: Bound, max: Bound) -> bool {
    match (min, max) {
        (Bound::Integer(min), Bound::Integer(max)) => min > max,
        (Bound::Float(min), Bound::Float(max)) => min > max,
        (Bound::Integer(min), Bound::Float(max)) => min as f64 > max,
        (Bound::Float(min), Bound::Integer(max)) => min > max as f64,
        (Bound::Duration(min), Bound::Duration(max)) => min > max,
        _ => true,
    }
}
