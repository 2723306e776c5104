//! What each key must be: the table `keys`, the template, and whether a tree fits them.
//!
//! In come the settings and trees, out go types, rules that were checked, and trees in the types and the order of a
//! shape. It knows nothing of where a tree is written to. `entry`, `pattern` and `key_type` parse the table, `keys`
//! looks paths up in it, `rules` and `convert` apply it to values, `declare` to shapes; `template` reads the template;
//! `fit` compares a tree with a shape.

pub(crate) mod bound;
pub(crate) mod contradictions;
pub(crate) mod convert;
pub(crate) mod declare;
pub(crate) mod entry;
pub(crate) mod fit;
pub(crate) mod fixed;
pub(crate) mod key_type;
pub(crate) mod keys;
mod limits;
pub(crate) mod pattern;
pub(crate) mod plain;
pub(crate) mod rules;
pub(crate) mod shared;
pub(crate) mod template;
pub(crate) mod walk;

use crate::{
    error::Problems,
    schema::{entry::Needs, fixed::Fixed, keys::Keys, shared::Wanted, template::Template},
    settings::resolve::Resolved,
};

/// What is fixed of the secrets before any is read.
pub(crate) struct Schema {
    pub(crate) keys: Keys,
    pub(crate) template: Option<Template>,
}

impl Schema {
    /// Reads the table `keys` and the template.
    pub(crate) fn read(resolved: &Resolved, needs: Needs, problems: &mut Problems) -> Self {
        let settings = &resolved.settings;
        let entries = settings.keys.as_deref().unwrap_or_default();
        let keys = Keys::new(entries, needs, problems);
        let template = if let Some(file) = &settings.template {
            Template::read(file, &resolved.package, &keys, problems)
        } else {
            keys.without_template(problems);
            None
        };
        Self { keys, template }
    }

    /// The types that are fixed.
    pub(crate) fn fixed(&self) -> Fixed<'_> {
        Fixed {
            keys: &self.keys,
            template: self.template.as_ref().map(|template| &template.shape),
        }
    }

    /// What this package takes of a shared source.
    pub(crate) fn wanted(&self) -> Wanted<'_> {
        match &self.template {
            Some(template) => Wanted::Template(&template.shape),
            None if self.keys.is_empty() => Wanted::Everything,
            None => Wanted::Keys(&self.keys),
        }
    }
}
