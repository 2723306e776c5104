//! From the list of sources to one tree for each profile: each source is a layer, laid over the lower ones, and
//! variables are laid over all.

use std::{env, ffi::OsString};

use crate::{
    crypto::Identities,
    error::Problems,
    model::tree::Table,
    read::{
        foreign, layer, merge,
        overrides::{self, Overrides},
        source::Sources,
    },
    schema::{Schema, bound, shared::Unused},
    secrets::Profile,
    settings::{Compat, Merge, file::Scope, resolve::Resolved},
};

/// What the layers of all profiles come to.
#[derive(Default)]
pub(super) struct Layers {
    pub(super) profiles: Vec<Profile>,
    /// What variables did.
    pub(super) overrides: Overrides,
    pub(super) warnings: Vec<String>,
}

/// Reads and merges the sources of each profile.
pub(super) fn read(
    resolved: &Resolved,
    schema: &Schema,
    all_sources: &[Sources],
    identities: &Identities,
    problems: &mut Problems,
) -> Layers {
    let mut layers = Layers::default();
    for (name, sources) in resolved
        .settings
        .selected_profiles()
        .into_iter()
        .zip(all_sources)
    {
        let (tree, unused) = merged(resolved, schema, sources, identities, problems);
        let mut profile = Profile::new(name, tree);
        profile.unused = unused;
        let variables = override_keys(resolved, schema, &mut profile.tree, problems);
        layers.overrides.absorb(variables);
        foreign::check(
            &profile.tree,
            &schema.fixed(),
            problems,
            &mut layers.warnings,
        );
        bound::check_arrays(&profile.tree, problems);
        profile.sources = match sources.shown() {
            none if none.is_empty() => "the environment".to_owned(),
            shown => shown,
        };
        layers.profiles.push(profile);
    }
    layers
}

/// The merged layers, and what was left out of those that are shared.
fn merged(
    resolved: &Resolved,
    schema: &Schema,
    sources: &Sources,
    identities: &Identities,
    problems: &mut Problems,
) -> (Table, Vec<Unused>) {
    let settings = &resolved.settings;
    problems.extend(sources.missing.iter().cloned());
    let merge = match settings.compat {
        Some(Compat::Streamlit) => Merge::Shallow,
        None => settings.merge.unwrap_or_default(),
    };
    let (expected, wanted) = (schema.fixed(), schema.wanted());
    let (mut tree, mut unused) = (Table::default(), Vec::new());
    for source in &sources.list {
        let layer = layer::read(source, settings.compat, identities, &expected, problems);
        if let Some(mut layer) = layer {
            if source.scope == Scope::Shared {
                wanted.leave_out(&mut layer, &tree, &mut unused);
            }
            merge::merge(
                &mut tree,
                layer,
                merge,
                settings.compat,
                &expected,
                problems,
            );
        }
    }
    (tree, unused)
}

/// Lays variables over a merged tree. Without all layers one may seem to fit no key, and so none does anything where
/// there are problems.
fn override_keys(
    resolved: &Resolved,
    schema: &Schema,
    tree: &mut Table,
    problems: &mut Problems,
) -> Overrides {
    let prefix = resolved.settings.env_prefix.as_ref();
    let Some(prefix) = prefix.filter(|_| problems.is_empty()) else {
        return Overrides::default();
    };
    let mut variables: Vec<(OsString, OsString)> = env::vars_os().collect();
    variables.sort();
    let template = schema.template.as_ref();
    let mut declared = template
        .map(|template| template.shape.clone())
        .unwrap_or_default();
    schema.keys.declare_all(&mut declared);
    overrides::apply(
        tree,
        &declared,
        &schema.fixed(),
        prefix,
        &variables,
        problems,
    )
}

/// The variables that would be secrets, where there are none, so that cargo sees them come. One that fits no key is a
/// problem.
pub(super) fn watch_variables(
    resolved: &Resolved,
    schema: &Schema,
    problems: &mut Problems,
) -> Overrides {
    override_keys(resolved, schema, &mut Table::default(), problems)
}
