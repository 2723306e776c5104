//! What is said of a profile that no source has an overlay for.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem, suggest},
    read::source::{Search, divided, overlay},
    settings::{list::Settings, paths::expand_home},
    shown,
};

/// The problem of a profile that is neither listed nor has an overlay: its name may be misspelt.
pub(crate) fn no_overlay(search: &Search<'_>, profile: &str, settings: &Settings) -> Problem {
    let list = search.files();
    let paths = list
        .iter()
        .filter_map(|file| Some((expand_home(&file.path).ok()?, file.origin.is_some())));
    let (files, typed): (Vec<PathBuf>, Vec<bool>) = paths.unzip();
    let public = settings.public_files();
    let is_overlay = |path: &PathBuf| !files.contains(path) && !public.contains(path);
    let overlays: BTreeSet<String> = files
        .iter()
        .flat_map(|file| overlays_beside(file))
        .filter(|(_, path)| is_overlay(path))
        .map(|(profile, _)| profile)
        .collect();

    let names = overlays.iter().map(String::as_str);
    let others = names.chain(settings.listed_profiles());
    let near = suggest(profile, others.filter(|name| *name != profile));
    let listed: Vec<_> = overlays
        .iter()
        .map(|name| format!("`{}`", shown::name(name)))
        .collect();
    let others = match listed.as_slice() {
        [] => "and there is no overlay of any other".to_owned(),
        [one] => format!("there is one for {one}"),
        all => format!("there are some for {}", all.join(", ")),
    };
    let create = files
        .iter()
        .zip(typed)
        .rev()
        .find_map(|(file, is_typed)| {
            let path = overlay(file, profile)?;
            let relative = path.strip_prefix(search.package).unwrap_or(&path);
            Some(if is_typed {
                shown::path(&path, relative)
            } else {
                shown::existing(relative)
            })
        })
        // The profile is a part of it.
        .filter(|path| shown::is_name(profile) && shown::is_whole(path))
        .map(|path| format!("create {path}, which may be empty, or "));
    let otherwise = if near.is_empty() { ";" } else { " otherwise" };
    let message = format!(
        "no source has an overlay for the profile `{}`, {others}{near}{otherwise} {}{}list the profile in \
         `known-profiles`",
        shown::name(profile),
        other_form(&files, profile).unwrap_or_default(),
        create.unwrap_or_default()
    );
    Problem::new(ErrorKind::Source, message)
}

/// The overlay that a plain source has encrypted, or an encrypted one plain: it belongs to another source.
fn other_form(files: &[PathBuf], profile: &str) -> Option<String> {
    files.iter().find_map(|file| {
        let (stem, ending) = divided(file)?;
        let (other_ending, form) = match ending {
            ".toml" => (".toml.age", "encrypted"),
            _ => (".toml", "plain"),
        };
        let path = file.with_file_name(format!("{stem}.{profile}{other_ending}"));
        let base = format!("{stem}{other_ending}").escape_debug().to_string();
        path.exists()
            .then(|| format!("one that is {form} belongs to `{base}`, which is not in the list; "))
    })
}

/// The overlays of a TOML file that are there, each with its profile.
fn overlays_beside(file: &Path) -> Vec<(String, PathBuf)> {
    let (Some((stem, ending)), Some(parent)) = (divided(file), file.parent()) else {
        return Vec::new();
    };
    let names = fs::read_dir(parent)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names
        .filter_map(|name| {
            let rest = name.strip_prefix(stem)?.strip_prefix('.')?;
            let profile = rest
                .strip_suffix(ending)
                .filter(|profile| !profile.is_empty())?;
            Some((profile.to_owned(), parent.join(&name)))
        })
        .collect()
}
