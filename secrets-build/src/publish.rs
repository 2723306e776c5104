//! The guard against publishing secrets.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem, Problems},
    source::{FoundKind, Search, expand_home, is_toml},
};

/// Sources that a package about to be published would carry, plain ones inside a packaged copy, and
/// private keys.
///
/// Overlays count whatever their profile, and the configured list counts even if this build has another,
/// since they would be published too. `public` are the template and the sealed file, which may be named
/// like an overlay.
pub(crate) fn check(
    search: &Search<'_>,
    private: &[PathBuf],
    public: &[PathBuf],
    problems: &mut Problems,
) {
    if !search.is_packaged() {
        return;
    }
    let mut inside: Vec<PathBuf> = Vec::new();
    let named = search.named.clone().into_iter().flatten();
    for file in named.chain(search.configured()) {
        let Ok(path) = expand_home(&file.path) else {
            continue;
        };
        let overlays = any_overlay(&path).into_iter();
        inside.extend(overlays.filter(|path| !public.contains(path)));
        let is_plain = FoundKind::of_name(&path) != Some(FoundKind::Encrypted);
        inside.extend((is_plain && path.exists()).then_some(path));
    }
    inside.extend(private.iter().filter(|path| path.exists()).cloned());
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let package = real(search.package);
    inside.retain(|path| path.starts_with(search.package) && real(path).starts_with(&package));
    inside.sort();
    inside.dedup();
    for path in inside {
        let relative = path.strip_prefix(search.package).unwrap_or(&path).display();
        let what = if private.contains(&path) {
            "a private key"
        } else {
            "a source of secrets"
        };
        problems.push(Problem::new(
            ErrorKind::Publish,
            format!(
                "`{relative}` is {what} and in the package that is about to be published; \
                 add exclude = [\"/{relative}\"] to `[package]`, or, if git does not track it, \
                 `/{relative}` to `.gitignore`"
            ),
        ));
    }
}

fn any_overlay(path: &Path) -> Vec<PathBuf> {
    let Some(stem) = path
        .file_name()
        .and_then(|name| name.to_str()?.strip_suffix(".toml"))
    else {
        return Vec::new();
    };
    let prefix = format!("{stem}.");
    let siblings = path
        .parent()
        .and_then(|parent| fs::read_dir(parent).ok())
        .into_iter()
        .flatten();
    siblings
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_toml(path))
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(&prefix))
        })
        .collect()
}
