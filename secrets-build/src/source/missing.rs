//! What is said of sources that are not there.

use std::{fs, path::Path};

use super::{Search, Sources};
use crate::{
    error::{ErrorKind, Problem, suggest},
    settings::Scope,
};

pub(super) fn missing(search: &Search<'_>, path: &Path, shown: &Path) -> Problem {
    let siblings: Vec<String> = path
        .parent()
        .and_then(|parent| fs::read_dir(parent).ok())
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let near = suggest(&name, siblings.iter().map(String::as_str));
    let (list, way_out) = if search.named.is_some() {
        (" in `SECRETS_FILES`", "; create it, or leave it out")
    } else if search.is_packaged() {
        ("", PACKAGED)
    } else {
        (
            "",
            "; create it, or mark it optional: { path = \"...\", optional = true }",
        )
    };
    let way_out = if near.is_empty() { way_out } else { &near };
    let (shown, stub) = (shown.display(), stub(search));
    Problem::new(
        ErrorKind::Source,
        format!("the source `{shown}`{list} does not exist{way_out}{stub}"),
    )
}

/// The way out where the sources were rightly left out of the package.
const PACKAGED: &str =
    "; this is a packaged copy, name the sources in `SECRETS_FILES` by absolute paths";

/// The problem of finding nothing at all.
pub(crate) fn nothing_found(search: &Search<'_>, sources: &Sources) -> Problem {
    let places = places(sources, |_| true);
    let way_out = if search.is_packaged() {
        PACKAGED
    } else {
        "; create one of them"
    };
    let (places, stub) = (places.join(", "), stub(search));
    let message = match (places.as_str(), search.variables) {
        ("", None) => "the list of sources is empty; name one in `files`".to_owned(),
        ("", Some(prefix)) => format!(
            "the list of sources is empty, and no variable `{prefix}__...` is set; set some, or name a source \
             in `files`{stub}"
        ),
        (places, None) => format!("no secrets found; looked at {places}{way_out}{stub}"),
        (places, Some(prefix)) => format!(
            "no secrets found; looked at {places} and for variables `{prefix}__...`{way_out}{stub}"
        ),
    };
    Problem::new(ErrorKind::Source, message)
}

/// The places that were looked at, those of some scopes.
fn places(sources: &Sources, of: impl Fn(Scope) -> bool) -> Vec<String> {
    let places = sources.looked_at.iter();
    places
        .filter(|(_, scope)| of(*scope))
        .map(|(path, _)| format!("`{}`", path.display()))
        .collect()
}

/// What is said where shared sources alone lack keys that the package needs.
pub(crate) fn only_shared(search: &Search<'_>, sources: &Sources) -> Problem {
    let own = places(sources, |scope| scope == Scope::Own);
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

/// The way out where a build needs no secrets.
pub(crate) const STUB: &str =
    "; to build a stub from the template instead, set the variable `SECRETS_STUB=1`";

fn stub(search: &Search<'_>) -> &'static str {
    if search.allows_stub { STUB } else { "" }
}
