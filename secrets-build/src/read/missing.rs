//! What is said of sources that are not there.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem, nearness},
    origin::Origin,
    read::source::{LookedAt, Search, Sources},
    settings::{file::Scope, variables::STUB_HINT},
    shown,
};

/// How many near names are proposed.
const MAX_NEAR: usize = 3;

/// A source that had to be there. Where its path is not shown, the place where it was set stands for it.
pub(super) fn source_missing(
    search: &Search<'_>,
    path: &Path,
    shown: &Path,
    origin: Option<&Origin>,
) -> Problem {
    let near = near_name(path).map(|near| format!(", did you mean `{near}`?"));
    let (list, way_out) = if search.named.is_some() {
        (" in `SECRETS_FILES`", "; create it, or leave it out")
    } else {
        let create = match origin {
            Some(origin) if origin.is_code() => {
                "; create it, or add it with `Config::optional_file`"
            }
            _ => "; create it, or mark it optional: { path = \"...\", optional = true }",
        };
        ("", elsewhere(search).unwrap_or(create))
    };
    let way_out = near.as_deref().unwrap_or(way_out);
    let (shown, stub) = (shown::path(path, shown), stub(search));
    let message = format!("the source {shown}{list} does not exist{way_out}{stub}");
    match origin {
        Some(origin) if !origin.is_untyped() && !shown::is_whole(&shown) => {
            Problem::at(ErrorKind::Source, origin, message)
        }
        _ => Problem::new(ErrorKind::Source, message),
    }
}

/// The way out where the sources were rightly left out of what cargo builds.
fn elsewhere(search: &Search<'_>) -> Option<&'static str> {
    if search.is_packaged() {
        Some("; this is a packaged copy, name the sources in `SECRETS_FILES` by absolute paths")
    } else if is_checkout(search.package) {
        Some(
            "; this is a checkout that cargo made, name the sources in `SECRETS_FILES` by absolute paths",
        )
    } else {
        None
    }
}

/// Whether a package is below `git/checkouts/` of cargo's home, as it is for `cargo install --git`.
fn is_checkout(package: &Path) -> bool {
    let parts: Vec<&OsStr> = package.iter().collect();
    parts.windows(2).any(|two| two == ["git", "checkouts"])
}

/// The problem of finding nothing at all.
pub(crate) fn nothing_found(search: &Search<'_>, sources: &Sources) -> Problem {
    let looked_at = names_looked_at(sources, |_| true);
    let near = near_places(search, sources);
    let way_out = elsewhere(search).unwrap_or(if near.is_empty() {
        "; create one of them"
    } else {
        &near
    });
    let (looked_at, stub) = (looked_at.join(", "), stub(search));
    let message = match (looked_at.as_str(), search.variables) {
        ("", None) => "the list of sources is empty; name one in `files`".to_owned(),
        ("", Some(prefix)) => format!(
            "the list of sources is empty, and no variable `{prefix}__...` is set; set some, or name a source \
             in `files`{stub}"
        ),
        (looked_at, None) => format!("no secrets found, looked at {looked_at}{way_out}{stub}"),
        (looked_at, Some(prefix)) => format!(
            "no secrets found, looked at {looked_at} and for variables `{prefix}__...`{way_out}{stub}"
        ),
    };
    Problem::new(ErrorKind::Source, message)
}

/// The sources that were looked at, those of some scopes, as messages name them.
fn names_looked_at(sources: &Sources, is_meant: impl Fn(Scope) -> bool) -> Vec<String> {
    let looked_at = sources.looked_at.iter();
    looked_at
        .filter(|source| is_meant(source.scope))
        .map(|source| source.shown.clone())
        .collect()
}

/// What is said where shared sources alone lack keys that the package needs.
pub(crate) fn only_shared(search: &Search<'_>, sources: &Sources) -> Problem {
    let own = names_looked_at(sources, |scope| scope == Scope::Own);
    let create = if own.is_empty() {
        String::new()
    } else {
        format!(
            "; this package has none of its own, create {}",
            own.join(" or ")
        )
    };
    let (shown, stub) = (sources.shown(), stub(search));
    let message =
        format!("no secrets found but those that packages share, in {shown}{create}{stub}");
    Problem::new(ErrorKind::Source, message)
}

/// Files that were perhaps meant, and what makes them sources.
fn near_places(search: &Search<'_>, sources: &Sources) -> String {
    let shown = |path: &Path| {
        let shown = path.strip_prefix(search.package).unwrap_or(path);
        shown::existing(shown)
    };
    let mut near: Vec<String> = Vec::new();
    for LookedAt { path, .. } in &sources.looked_at {
        let meant = near_name(path)
            .map(|name| path.with_file_name(name))
            .or_else(|| near_directory(path))
            .map(|path| shown(&path));
        near.extend(meant.filter(|meant| !near.contains(meant)));
    }
    near.truncate(MAX_NEAR);
    if !near.is_empty() {
        return format!("; did you mean {}?", near.join(", "));
    }
    let is_default = search.named.is_none() && search.files.is_none();
    let streamlit = search.package.join(".streamlit/secrets.toml");
    if is_default && search.compat.is_none() && streamlit.is_file() {
        return format!(
            "; {} is read with `compat = \"streamlit\"`",
            shown(&streamlit)
        );
    }
    let beside = search.package.join("secrets.toml");
    if is_default && beside.is_file() {
        return format!(
            "; {} is in the wrong place, move it to `.secrets/` or name it in `files`",
            shown(&beside)
        );
    }
    String::new()
}

/// The file beside an absent one whose name is nearest to its own, if one is near. Endings do not count: all
/// TOML files have one.
fn near_name(path: &Path) -> Option<String> {
    let entries = fs::read_dir(path.parent()?).ok()?.flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    nearest_stem(&path.file_name()?.to_string_lossy(), names)
}

/// A file of the same name in a directory that is named nearly as the absent one.
fn near_directory(path: &Path) -> Option<PathBuf> {
    let (directory, name) = (path.parent()?, path.file_name()?);
    let above = directory.parent()?;
    let entries = fs::read_dir(above).ok()?.flatten();
    let names = entries
        .filter(|entry| entry.path().join(name).is_file())
        .filter_map(|entry| entry.file_name().into_string().ok());
    let near = nearest_stem(&directory.file_name()?.to_string_lossy(), names)?;
    Some(above.join(near).join(name))
}

fn nearest_stem(name: &str, names: impl Iterator<Item = String>) -> Option<String> {
    let stem = |name: &str| {
        let name = name.trim_start_matches('.');
        name.split('.').next().unwrap_or(name).to_owned()
    };
    let wanted = stem(name);
    let near = names
        .filter(|other| !other.starts_with("Cargo.") && other != name)
        .filter_map(|other| {
            let of_stem = nearness(&wanted, &stem(&other))?;
            Some((of_stem, nearness(name, &other).unwrap_or_default(), other))
        })
        .max_by(|a, b| {
            let by_stem = a.0.total_cmp(&b.0);
            by_stem.then(a.1.total_cmp(&b.1)).then(b.2.cmp(&a.2))
        });
    near.map(|(_, _, name)| name)
}

fn stub(search: &Search<'_>) -> &'static str {
    // What the environment names is never replaced by a stub.
    let is_named = search.named.as_ref().is_some_and(|list| !list.is_empty());
    if search.allows_stub && !is_named {
        STUB_HINT
    } else {
        ""
    }
}
