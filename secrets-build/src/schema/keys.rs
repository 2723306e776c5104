//! The table of keys as a whole: what holds for a path, and whether entries agree.

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::path::{Shown, Step},
    schema::{
        contradictions::disagreement,
        entry::{Entry, Needs, entry},
    },
    settings::key::KeySetting,
    shown,
};

/// The entries of the setting `keys`.
#[derive(Clone, Default)]
pub(crate) struct Keys {
    pub(super) entries: Vec<Entry>,
}

impl Keys {
    /// Reads patterns, types and rules; what is something else is a problem.
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
            problems.push(Problem::at(ErrorKind::Setting, &entry.origin, message));
        }
    }

    /// Entries that fit one key have to agree.
    pub(super) fn check_at(
        &self,
        path: &[Step],
        reported: &mut Vec<(String, String)>,
        problems: &mut Problems,
    ) {
        let entries = self.at(path);
        for (index, second) in entries.iter().enumerate() {
            for first in &entries[..index] {
                let pair = (first.written.clone(), second.written.clone());
                let what = disagreement(&first.key, &second.key);
                if let (Some(what), false) = (what, reported.contains(&pair)) {
                    problems.push(Problem::at(
                        ErrorKind::Setting,
                        &second.origin,
                        format_args!(
                            "`{}` and `{}` at {} both fit `{}` and contradict each other in `{what}`; \
                             change one of them",
                            shown::keys(&second.written),
                            shown::keys(&first.written),
                            first.origin,
                            shown::keys(&Shown(path).to_string()),
                        ),
                    ));
                    reported.push(pair);
                }
            }
        }
    }
}
