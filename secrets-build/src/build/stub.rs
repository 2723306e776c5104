//! Builds without secrets.

use crate::{
    build::Run,
    crypto::identities,
    error::{ErrorKind, Problem, Problems},
    model::tree::Table,
    read::source::{self, Sources},
    schema::{
        fit::{Standard, fit},
        template::Template,
    },
    secrets::{Part, Secrets},
    settings::{named::NamedFile, variables},
    shown,
};

impl Run {
    /// Whether the module is a stub: it is allowed, and neither sources nor variables are there. What
    /// packages share is no secret of this one while a part of its list is missing. What a variable names has to be
    /// there.
    pub(super) fn is_stub(
        &self,
        sources: &[Sources],
        keys: &identities::Keys,
        template: Option<&Template>,
    ) -> bool {
        if !self.problems.is_empty() || self.variable_set().is_some() {
            return false;
        }
        let only_shared = sources.iter().all(|sources| !sources.any_own);
        let is_missing = sources.iter().any(|sources| !sources.missing.is_empty());
        // What the environment names for this build is wanted, and may be misspelt.
        if sources.iter().any(|sources| sources.lacks_named) {
            return false;
        }
        let may_be =
            nothing_to_read(sources, keys) || (only_shared && is_missing && template.is_some());
        // Last, so that what asks for a stub has no bearing where there is something to read.
        may_be && stub_wanted()
    }

    /// Whether shared sources are all there is, and they lack keys that this package needs.
    pub(super) fn shared_are_short(
        &self,
        sources: &[Sources],
        parts: &[Part],
        template: Option<&Template>,
    ) -> bool {
        let only_shared = sources.iter().all(|sources| !sources.any_own);
        let any = sources.iter().any(|sources| sources.any);
        if !only_shared || !any || self.variable_set().is_some() || !self.problems.is_empty() {
            return false;
        }
        let fixes_keys = template.is_some() || !self.keys.is_empty();
        let lacks = |tree: &Table| {
            let has_all = template.is_none_or(|template| template.shape.has_all(tree));
            !has_all || tree.entries.is_empty()
        };
        fixes_keys && parts.iter().any(|part| lacks(&part.tree))
    }

    /// A stub has no place for the value of a variable.
    pub(super) fn refuse_variables(&mut self) {
        if let Some(name) = self.variable_set() {
            let message = format!(
                "`SECRETS_STUB` asks for a stub, which would not have the value of the variable `{name}`; \
                 unset one of the two"
            );
            self.problems
                .push(Problem::new(ErrorKind::Variable, message));
        }
    }

    /// Secrets that are made from the template, because there are no others.
    pub(super) fn stub(&mut self, template: Option<Template>, secrets: &mut Secrets) {
        secrets.is_stub = true;
        let shown = |file: &NamedFile| {
            let path = file.path.strip_prefix(&self.watched.package);
            shown::escaped_path(path.unwrap_or(&file.path))
        };
        let path = self.settings.template.as_ref().map(shown);
        let profiles = if secrets.has_profiles {
            self.profiles()
        } else {
            vec![None]
        };
        match (template, path) {
            (Some(template), Some(path)) => {
                secrets.warnings.push(format!(
                    "no secrets were found; this build is a stub made from `{path}`"
                ));
                secrets.shape = template.shape;
                secrets.parts = profiles
                    .into_iter()
                    .map(|profile| {
                        let mut tree = template.tree.clone();
                        // The template has all keys but those that only `keys` declares.
                        let standard = Standard {
                            name: "the template",
                            sources: &path,
                        };
                        fit(&secrets.shape, &mut tree, standard, &mut self.problems);
                        Part::new(profile, tree)
                    })
                    .collect();
                secrets.check_plain(&mut self.problems);
            }
            // Its problems were told.
            (None, Some(_)) => {}
            (_, None) if variables::is_set(variables::DOCS_RS) => {
                secrets
                    .warnings
                    .push("no secrets on docs.rs; the module is empty".to_owned());
                let empty = |profile| Part::new(profile, Table::default());
                secrets.parts = profiles.into_iter().map(empty).collect();
            }
            (_, None) => self.problems.push(Problem::new(
                ErrorKind::Setting,
                "`SECRETS_STUB` asks for a stub, and there are neither secrets nor a template to make it from; \
                 set `template` to a file with all keys and harmless values",
            )),
        }
    }
}

/// Whether there is no source, or only such as nothing can decrypt.
fn nothing_to_read(sources: &[source::Sources], keys: &identities::Keys) -> bool {
    let locked = |sources: &source::Sources| {
        let mut found = sources.found.iter();
        found.any(|found| found.kind == source::FoundKind::Encrypted) && !keys.is_set()
    };
    sources.iter().all(|sources| !sources.any) || sources.iter().any(locked)
}

/// Whether a module made from the template is good enough: on docs.rs, and where `SECRETS_STUB` says so.
pub(super) fn stub_wanted() -> bool {
    variables::read(variables::STUB).is_some_and(|value| value == "1")
        || variables::is_set(variables::DOCS_RS)
}

/// Anything but yes and no is a mistake.
pub(super) fn check_variable(problems: &mut Problems) {
    let value = variables::read(variables::STUB).unwrap_or_default();
    if !value.is_empty() && value != "0" && value != "1" {
        problems.push(Problem::new(
            ErrorKind::Setting,
            "the variable `SECRETS_STUB` is neither `1`, which allows a stub, nor `0`; set it to one of them, or unset it",
        ));
    }
}
