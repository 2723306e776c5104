//! What is said of sources that are not there.

use std::{fs, path::Path};

use super::{Search, Sources};
use crate::error::{ErrorKind, Problem, suggest};

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
    let places: Vec<_> = sources
        .looked_at
        .iter()
        .map(|path| format!("`{}`", path.display()))
        .collect();
    let way_out = if search.is_packaged() {
        PACKAGED
    } else {
        "; create one of them"
    };
    let message = if places.is_empty() {
        "the list of sources is empty; name one in `files`".to_owned()
    } else {
        let stub = stub(search);
        format!(
            "no secrets found; looked at {}{way_out}{stub}",
            places.join(", ")
        )
    };
    Problem::new(ErrorKind::Source, message)
}

/// The way out where a build needs no secrets.
pub(crate) const STUB: &str =
    "; to build a stub from the template instead, set the variable `SECRETS_STUB=1`";

fn stub(search: &Search<'_>) -> &'static str {
    if search.has_template { STUB } else { "" }
}
