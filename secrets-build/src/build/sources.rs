//! The sources of each profile.

use crate::{
    error::{Problem, Problems},
    read::{
        find, missing, overlay, overrides, publish,
        source::{Search, Sources},
    },
    schema::Schema,
    settings::{resolve::Resolved, variables},
};

/// The sources of each profile, and what is missing among them.
pub(super) fn find(resolved: &Resolved, schema: &Schema, problems: &mut Problems) -> Vec<Sources> {
    let profiles = resolved.settings.selected_profiles();
    let search = |profile: &Option<String>| {
        let mut own = Problems::default();
        let is_good_so_far = problems.is_empty();
        let sources = find_one(
            resolved,
            schema,
            profile.as_deref(),
            is_good_so_far,
            &mut own,
        );
        problems.absorb(own, ());
        sources
    };
    profiles.iter().map(search).collect()
}

/// The sources of one profile. `is_good_so_far` says that nothing else is wrong; else nothing found is not worth a problem of its own.
fn find_one(
    resolved: &Resolved,
    schema: &Schema,
    profile: Option<&str>,
    is_good_so_far: bool,
    problems: &mut Problems,
) -> Sources {
    let settings = &resolved.settings;
    let search = search(resolved, schema, profile);
    let mut sources = find::find(&search, problems);
    let has_any = sources.any || override_variable(resolved).is_some();
    if !has_any && sources.missing.is_empty() && problems.is_empty() && is_good_so_far {
        let problem = missing::nothing_found(&search, &sources);
        sources.missing.push(problem);
    }
    let lists = |list: &Option<Vec<String>>| {
        let mut names = list.iter().flatten();
        names.any(|name| Some(name.as_str()) == profile)
    };
    let lacks_overlay = has_any && sources.profile_unused && problems.is_empty();
    if let (Some(profile), true) = (profile, lacks_overlay && !lists(&settings.known_profiles)) {
        let problem = overlay::no_overlay(&search, profile, settings);
        if lists(&settings.profiles) {
            // One of several may be what all have in common.
            sources.warnings.push(problem.to_string());
        } else {
            sources.missing.push(problem);
            sources.lacks_named |= variables::is_set(variables::PROFILE);
        }
    }
    sources
}

/// All sources that are watched.
pub(super) fn union(all: &[Sources]) -> Sources {
    let mut union = Sources::default();
    for sources in all {
        union.absorb(sources);
    }
    union
}

/// The warnings of all sources, each once.
pub(super) fn warnings(all: &[Sources]) -> Vec<String> {
    let mut warnings: Vec<String> = Vec::new();
    for warning in all.iter().flat_map(|sources| &sources.warnings) {
        if !warnings.contains(warning) {
            warnings.push(warning.clone());
        }
    }
    warnings
}

/// The problem of shared sources that lack keys which the package needs.
pub(super) fn only_shared(resolved: &Resolved, schema: &Schema, sources: &Sources) -> Problem {
    missing::only_shared(&search(resolved, schema, None), sources)
}

/// Refuses to publish a source or a key, whether or not this build reads it. Returns a warning if not all files
/// were searched.
pub(super) fn refuse_to_publish(
    resolved: &Resolved,
    schema: &Schema,
    problems: &mut Problems,
) -> Option<String> {
    let search = search(resolved, schema, None);
    let settings = &resolved.settings;
    publish::check(
        &search,
        &settings.private_files(),
        &settings.public_files(),
        problems,
    )
}

/// A variable that overrides a key, if one is set.
pub(super) fn override_variable(resolved: &Resolved) -> Option<String> {
    let prefix = resolved.settings.env_prefix.as_deref();
    prefix.and_then(overrides::any_set)
}

/// What the list of sources of a profile is made from.
fn search<'a>(resolved: &'a Resolved, schema: &Schema, profile: Option<&'a str>) -> Search<'a> {
    let settings = &resolved.settings;
    let fixes_types = schema.template.is_some() || schema.keys.any_typed();
    Search {
        package: &resolved.package,
        workspace: &resolved.workspace,
        named: resolved.files_override.clone(),
        files: settings.files.clone(),
        profile,
        compat: settings.compat,
        variables: settings.env_prefix.as_deref().filter(|_| fixes_types),
        allows_stub: settings.template.is_some() && override_variable(resolved).is_none(),
    }
}
