//! The guard against publishing secrets.

pub(crate) mod contents;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem, Problems},
    read::{
        publish::contents::{Findings, Secret, find_secrets},
        source::{Search, SourceKind, is_toml},
    },
    settings::{
        file::FileSetting,
        manifest, names_read,
        paths::{expand_home, identity_path},
        variables,
    },
    shown,
};

/// Refuses a package about to be published that carries plain sources or private keys.
///
/// Whatever a build of this package reads or could read counts, however it was named: overlays of all
/// profiles, the configured list beside that of `SECRETS_FILES`, the default list, the key that a variable
/// names, and what the workspace names, whose settings a packaged copy does not have. A file outside of the
/// copy counts by its text. `public` are the template and the sealed file, which may be named like an overlay.
/// Returns a warning if not all files could be looked at.
pub(crate) fn check(
    search: &Search<'_>,
    private: &[PathBuf],
    public: &[PathBuf],
    problems: &mut Problems,
) -> Option<String> {
    if !search.is_packaged() {
        return None;
    }
    let secrets = secrets(search, private, public);
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let package = real(search.package);
    let is_inside =
        |path: &Path| path.starts_with(search.package) && real(path).starts_with(&package);
    let (inside, outside): (Vec<_>, Vec<_>) = secrets
        .into_iter()
        .filter(|(path, _)| path.exists())
        .partition(|(path, _)| is_inside(path));
    let mut refused_files: BTreeMap<PathBuf, String> = inside
        .into_iter()
        .map(|(path, secret)| (path, format!("is {}", secret.described())))
        .collect();
    let mut is_cut = false;
    if is_verified(search.package) {
        let Findings {
            secret_files,
            is_whole,
        } = find_secrets(search.package, &outside, public);
        is_cut = !is_whole;
        for (path, what) in secret_files {
            let is_refused = refused_files.keys().any(|other| path.starts_with(other));
            if !is_refused && !public.contains(&path) {
                refused_files.insert(path, what);
            }
        }
    }
    for (path, what) in refused_files {
        problems.push(refused(search.package, &path, &what));
    }
    is_cut.then(contents::describe_limit)
}

/// All sources and keys that a build of this package reads or could read, whether or not they are there.
fn secrets(search: &Search<'_>, private: &[PathBuf], public: &[PathBuf]) -> Vec<(PathBuf, Secret)> {
    let mut keys = private.to_vec();
    keys.extend(key_file(search.package));
    let mut listed: Vec<FileSetting> = search.named.clone().unwrap_or_default();
    listed.extend(search.configured());
    listed.push(default_file(search.package));
    let directories = manifest::directories_around(search.package);
    for settings in manifest::settings_around(search.package, &directories) {
        keys.extend(settings.private_files());
        listed.extend(settings.files.into_iter().flatten());
    }
    listed.extend(directories.iter().map(|directory| default_file(directory)));
    let mut sources: Vec<PathBuf> = Vec::new();
    for path in listed
        .iter()
        .filter_map(|file| expand_home(&file.path).ok())
    {
        sources.extend(any_overlay(&path));
        let is_plain = SourceKind::of_name(&path) != Some(SourceKind::Encrypted);
        sources.extend(is_plain.then_some(path));
    }
    sources.retain(|path| !public.contains(path));
    let sources = sources.into_iter().map(|path| (path, Secret::Source));
    sources
        .chain(keys.into_iter().map(|path| (path, Secret::Key)))
        .collect()
}

fn refused(package: &Path, path: &Path, what: &str) -> Problem {
    let relative = path.strip_prefix(package).unwrap_or(path);
    let relative = shown::escaped_path(relative);
    Problem::new(
        ErrorKind::Publish,
        format!(
            "`{relative}` {what} and in the package that is about to be published; \
             add exclude = [\"/{relative}\"] to `[package]`, or, if git does not track it, \
             `/{relative}` to `.gitignore`"
        ),
    )
}

/// The identity file that the variable names.
fn key_file(package: &Path) -> Option<PathBuf> {
    let path = variables::read(variables::AGE_KEY_FILE)
        .filter(|path| !path.is_empty())
        .filter(|_| !names_read::holds_key(variables::AGE_KEY_FILE))?;
    Some(identity_path(package, Path::new(&path)))
}

fn default_file(directory: &Path) -> FileSetting {
    FileSetting::new(directory.join(".secrets/secrets.toml"), true, None)
}

/// Whether this is a copy that cargo verifies, in `target/package/`, and not one that was downloaded, whose
/// user could not mend it.
fn is_verified(package: &Path) -> bool {
    let parent = package.parent().and_then(Path::file_name);
    parent.is_some_and(|name| name == "package")
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
