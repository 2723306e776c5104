//! Builds without secrets.

use std::{env, path::PathBuf};

use super::Run;
use crate::{
    error::{ErrorKind, Problem, Problems},
    fit::{Standard, fit},
    layer,
    secrets::{Part, Secrets},
    source,
    template::Template,
    tree::Table,
};

impl Run {
    /// Secrets that are made from the template, because there are no others.
    pub(super) fn stub(&mut self, template: Option<Template>, secrets: &mut Secrets) {
        secrets.is_stub = true;
        let shown = |path: &PathBuf| {
            let shown = path.strip_prefix(&self.watched.package).unwrap_or(path);
            shown.display().to_string()
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
            (_, None) if set("DOCS_RS") => {
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
pub(super) fn nothing_to_read(sources: &[source::Sources], keys: &layer::Keys) -> bool {
    let locked = |sources: &source::Sources| {
        let mut found = sources.found.iter();
        found.any(|found| found.kind == source::FoundKind::Encrypted) && !keys.is_set()
    };
    sources.iter().all(|sources| !sources.any) || sources.iter().any(locked)
}

/// Whether a module made from the template is good enough: on docs.rs, and where `SECRETS_STUB` says so.
pub(super) fn stub_wanted() -> bool {
    set("DOCS_RS") || env::var_os(VARIABLE).is_some_and(|value| value == "1")
}

const VARIABLE: &str = "SECRETS_STUB";

/// Anything but yes and no is a mistake.
pub(super) fn check_variable(problems: &mut Problems) {
    let value = env::var_os(VARIABLE).unwrap_or_default();
    if !value.is_empty() && value != "0" && value != "1" {
        problems.push(Problem::new(
            ErrorKind::Setting,
            "the variable `SECRETS_STUB` is neither `1`, which allows a stub, nor `0`",
        ));
    }
}

/// Whether a variable is set to something.
fn set(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| !value.is_empty())
}
