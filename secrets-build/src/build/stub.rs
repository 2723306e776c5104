//! Builds without secrets: a stub, made from the template, takes the place of sources or of the sealed file.

use std::path::PathBuf;

use crate::{
    build::{shape::divide, sources::override_variable},
    crypto::Identities,
    error::{ErrorKind, Problem, Problems},
    model::{shape::TableType, tree::Table},
    read::source::{SourceKind, Sources},
    schema::{
        Schema,
        fit::{FixedBy, fit},
        template::Template,
    },
    secrets::{MadeFrom, Mode, Profile, ProfileCount, Secrets},
    settings::{list::Settings, resolve::Resolved, variables},
    shown,
};

/// Whether a stub replaces the sources: it is allowed, and neither sources nor variables are there. What
/// packages share is not a secret of this one while a part of its list is missing. What a variable names must be
/// there.
pub(super) fn replaces(
    resolved: &Resolved,
    schema: &Schema,
    sources: &[Sources],
    identities: &Identities,
    problems: &Problems,
) -> bool {
    // What the environment names for this build is wanted, and may be misspelt.
    let lacks_named = sources.iter().any(|sources| sources.lacks_named);
    if !problems.is_empty() || override_variable(resolved).is_some() || lacks_named {
        return false;
    }
    let is_missing = sources.iter().any(|sources| !sources.missing.is_empty());
    let may_replace_shared = schema.template.is_some() && only_shared(sources) && is_missing;
    // Last, so that what asks for a stub has no bearing where there is something to read.
    (lacks_what_is_read(sources, identities) || may_replace_shared) && is_wanted()
}

/// Whether shared sources are all there is, and they lack keys that this package needs.
pub(super) fn shared_are_short(
    resolved: &Resolved,
    schema: &Schema,
    sources: &[Sources],
    profiles: &[Profile],
    problems: &Problems,
) -> bool {
    let any = sources.iter().any(|sources| sources.any);
    let has_variable = override_variable(resolved).is_some();
    if !only_shared(sources) || !any || has_variable || !problems.is_empty() {
        return false;
    }
    let template = schema.template.as_ref();
    let lacks_keys = |tree: &Table| {
        let has_all = template.is_none_or(|template| template.shape.has_all(tree));
        !has_all || tree.entries.is_empty()
    };
    let fixes_keys = template.is_some() || !schema.keys.is_empty();
    fixes_keys && profiles.iter().any(|profile| lacks_keys(&profile.tree))
}

/// Whether no source is the package's own.
fn only_shared(sources: &[Sources]) -> bool {
    sources.iter().all(|sources| !sources.any_own)
}

/// Whether there is no source, or one of them is encrypted and there is no identity to read it with.
fn lacks_what_is_read(sources: &[Sources], identities: &Identities) -> bool {
    let is_locked = |sources: &Sources| {
        let mut list = sources.list.iter();
        list.any(|source| source.kind == SourceKind::Encrypted) && !identities.is_set()
    };
    sources.iter().all(|sources| !sources.any) || sources.iter().any(is_locked)
}

/// Whether a module made from the template is good enough: on docs.rs, and where `SECRETS_STUB` says so.
pub(super) fn is_wanted() -> bool {
    variables::read(variables::STUB).is_some_and(|value| value == "1")
        || variables::is_set(variables::DOCS_RS)
}

/// A stub has no place for the value of a variable.
pub(super) fn refuse_variables(resolved: &Resolved, problems: &mut Problems) {
    if let Some(name) = override_variable(resolved) {
        let message = format!(
            "`SECRETS_STUB` asks for a stub, which would not have the value of the variable `{name}`; \
             unset one of the two"
        );
        problems.push(Problem::new(ErrorKind::Variable, message));
    }
}

/// The path of an identity that is not there yet. Notes the variables that may bring one too: cargo is to see either
/// come.
pub(super) fn watch_identity(settings: &Settings) -> Option<PathBuf> {
    variables::note(variables::AGE_KEY_FILE);
    variables::read_secret(variables::AGE_KEY);
    let path = settings.identity.as_ref().map(|file| file.path.clone());
    path.filter(|path| !path.exists())
}

/// Makes a stub: from the template, or an empty one on docs.rs. None if there is nothing to make it from.
pub(super) fn make(
    resolved: &Resolved,
    schema: &Schema,
    mode: Mode,
    mut warnings: Vec<String>,
    problems: &mut Problems,
) -> Option<Secrets> {
    let settings = &resolved.settings;
    let profile_count = ProfileCount::of(settings);
    let names = match profile_count {
        ProfileCount::Several => settings.selected_profiles(),
        ProfileCount::One => vec![None],
    };
    let (shape, profiles) = match (&schema.template, settings.template_path()) {
        (Some(template), Some(path)) => {
            let path = path.strip_prefix(&resolved.package).unwrap_or(&path);
            let path = shown::escaped_path(path);
            warnings.push(format!(
                "no secrets were found; this build is a stub made from `{path}`"
            ));
            let profiles: Vec<_> = names
                .into_iter()
                .map(|name| Profile::new(name, example(template, &path, problems)))
                .collect();
            (template.shape.clone(), profiles)
        }
        // What is wrong with it was reported.
        (None, Some(_)) => return None,
        (_, None) if variables::is_set(variables::DOCS_RS) => {
            warnings.push("no secrets on docs.rs; the module is empty".to_owned());
            let empty = |name| Profile::new(name, Table::default());
            (TableType::default(), names.into_iter().map(empty).collect())
        }
        (_, None) => {
            problems.push(Problem::new(
                ErrorKind::Setting,
                "`SECRETS_STUB` asks for a stub, and there are neither secrets nor a template to make it from; \
                 set `template` to a file with all keys and harmless values",
            ));
            return None;
        }
    };
    let shapes = divide(schema, mode, shape, &profiles, problems);
    Some(Secrets {
        package: resolved.name.clone(),
        mode,
        made_from: MadeFrom::Template,
        profile_count,
        shape: shapes.shape,
        plain: shapes.plain,
        profiles,
        warnings,
    })
}

/// The values of the template, which has all keys but those that only `keys` declares.
fn example(template: &Template, path: &str, problems: &mut Problems) -> Table {
    let mut tree = template.tree.clone();
    let fixed_by = FixedBy {
        name: "the template",
        sources: path,
    };
    fit(&template.shape, &mut tree, fixed_by, problems);
    tree
}
