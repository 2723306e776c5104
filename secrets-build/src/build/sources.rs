//! From the list of sources to one tree for each profile.

use std::{env, ffi::OsString};

use crate::{
    build::Run,
    crypto::identities,
    error::Problems,
    model::{path::Step, shape::TableType, tree::Table},
    read::{find, foreign, layer, merge, missing, overlay, overrides, source::Sources},
    schema::{
        bound,
        fixed::Fixed,
        shared::{Unused, Wanted},
        template::Template,
    },
    secrets::Part,
    settings::{Compat, Merge, Scope, variables},
};

impl Run {
    /// A variable that overrides a key, if one is set.
    pub(super) fn variable_set(&self) -> Option<String> {
        let prefix = self.settings.env_prefix.as_deref();
        prefix.and_then(overrides::any_set)
    }

    /// The sources of each profile.
    pub(super) fn find(&mut self, profiles: &[Option<String>]) -> Vec<Sources> {
        let has_variables = self.variable_set().is_some();
        let mut all = Vec::new();
        for profile in profiles {
            let mut problems = Problems::default();
            let search = self.search(profile.as_deref());
            let mut sources = find::find(&search, &mut problems);
            let none_told = problems.is_empty() && self.problems.is_empty();
            let has_any = sources.any || has_variables;
            if !has_any && sources.missing.is_empty() && none_told {
                sources
                    .missing
                    .push(missing::nothing_found(&search, &sources));
            }
            let is_in = |list: &Option<Vec<String>>| {
                list.iter()
                    .flatten()
                    .any(|name| Some(name) == profile.as_ref())
            };
            let lacks_overlay = has_any && sources.profile_unused && problems.is_empty();
            let is_known = is_in(&self.settings.known_profiles);
            if let (Some(profile), true) = (profile, lacks_overlay && !is_known) {
                let problem = overlay::no_overlay(&search, profile, &self.settings);
                if is_in(&self.settings.profiles) {
                    // One of several may be what all have in common.
                    sources.warnings.push(problem.to_string());
                } else {
                    sources.missing.push(problem);
                    sources.lacks_named |= variables::is_set(variables::PROFILE);
                }
            }
            self.problems.absorb(problems);
            all.push(sources);
        }
        for sources in &all {
            self.watched.sources.absorb(sources);
        }
        all
    }

    /// What the sources of a profile come to.
    pub(super) fn part(
        &mut self,
        profile: Option<String>,
        sources: &Sources,
        keys: &identities::Keys,
        template: Option<&Template>,
        warnings: &mut Vec<String>,
    ) -> Part {
        let shape = template.map(|template| &template.shape);
        let mut unused = Vec::new();
        let tree = self.read(sources, keys, shape, &mut unused);
        let fixed = Fixed {
            keys: &self.keys,
            template: shape,
        };
        let forms = |path: &[Step]| fixed.file_form(path);
        foreign::check(&tree, &forms, &mut self.problems, warnings);
        bound::check_arrays(&tree, &mut self.problems);
        let mut part = Part::new(profile, tree);
        part.unused = unused;
        part.sources = match sources.shown() {
            none if none.is_empty() => "the environment".to_owned(),
            shown => shown,
        };
        part
    }

    /// The merged layers, with variables over them, in the types of their keys.
    fn read(
        &mut self,
        sources: &Sources,
        keys: &identities::Keys,
        template: Option<&TableType>,
        unused: &mut Vec<Unused>,
    ) -> Table {
        let settings = &self.settings;
        let problems = &mut self.problems;
        problems.extend(sources.missing.iter().cloned());
        let merge = match settings.compat {
            Some(Compat::Streamlit) => Merge::Shallow,
            None => settings.merge.unwrap_or_default(),
        };
        let fixed = Fixed {
            keys: &self.keys,
            template,
        };
        let wanted = match template {
            Some(shape) => Wanted::Template(shape),
            None if self.keys.is_empty() => Wanted::Everything,
            None => Wanted::Keys(&self.keys),
        };
        let mut tree = Table::default();
        for found in &sources.found {
            let forms = |path: &[Step]| fixed.file_form(path);
            let layer = layer::read(found, settings.compat, keys, &forms, problems);
            if let Some(mut layer) = layer {
                if found.scope == Scope::Shared {
                    wanted.leave_out(&mut layer, &tree, unused);
                }
                merge::merge(&mut tree, layer, merge, settings.compat, &fixed, problems);
            }
        }
        // Without all layers a variable may seem to fit no key.
        if let (Some(prefix), true) = (&settings.env_prefix, problems.is_empty()) {
            let mut variables: Vec<(OsString, OsString)> = env::vars_os().collect();
            variables.sort();
            let mut declared = template.cloned().unwrap_or_default();
            self.keys.declare_all(&mut declared);
            let overrides =
                overrides::apply(&mut tree, &declared, &fixed, prefix, &variables, problems);
            self.watched.overrides.absorb(overrides);
        }
        tree
    }

    /// Has cargo see variables come that would be secrets, where there are none.
    pub(super) fn watch_variables(&mut self, template: Option<&Template>) {
        let nothing = Sources::default();
        // No identity is needed to read nothing.
        let keys = identities::Keys::new(None, &self.watched.package);
        let shape = template.map(|template| &template.shape);
        self.read(&nothing, &keys, shape, &mut Vec::new());
    }
}
