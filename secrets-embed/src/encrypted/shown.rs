//! What errors may show of a path that somebody typed: it may be the key in the wrong place.
//!
//! `secrets-build` has the same rule for all that is typed in settings.

#[cfg(feature = "std")]
use std::{fmt::Write, io, path::Path};

/// What stands for a text that is not shown.
const HIDDEN: &str = "***";

/// A name of a file or a profile is at most this long, and a run of letters and digits in it.
const MAX_NAME: usize = 40;
const MAX_RUN: usize = 20;

/// The endings of files that keys are in.
#[cfg(feature = "std")]
const ENDINGS: [&str; 5] = ["age", "key", "pem", "toml", "txt"];

/// Whether a path that was typed surely is one: it leads to something, or to a file that is not there in a
/// directory that is, and nothing in it looks like a key or a passphrase.
/// `error` is what reading it came to.
#[cfg(feature = "std")]
pub(super) fn is_path(path: &Path, error: &io::Error) -> bool {
    let text = path.to_string_lossy();
    if may_be_key(&text) {
        return false;
    }
    if path.symlink_metadata().is_ok() || error.kind() == io::ErrorKind::PermissionDenied {
        return true;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let has_ending = ending.is_some_and(|ending| ENDINGS.contains(&ending));
    let folder = path.parent().unwrap_or(Path::new(""));
    let has_folder = !folder.as_os_str().is_empty();
    let is_there = if has_folder {
        folder.is_dir()
    } else {
        has_ending
    };
    let has_user = text.contains("://");
    let is_odd = text.contains(['=', '"', '\'', '{', '}', '\n', '\r']) || has_user;
    is_there && !is_odd && is_name(&name)
}

/// Whether a text looks like a name that a person gave something: short, and no run of letters and digits as
/// base64, hex and numbers have.
fn is_name(text: &str) -> bool {
    let may_occur = |c: char| c.is_alphanumeric() || " _-.".contains(c);
    let is_spoken = |run: &str| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        let is_divided = run.as_bytes().windows(2).filter(|pair| {
            let [a, b] = [pair[0], pair[1]];
            a.is_ascii_digit() != b.is_ascii_digit()
                || (a.is_ascii_lowercase() && b.is_ascii_uppercase())
        });
        run.len() <= MAX_RUN && digits < 6 && is_divided.count() < 4
    };
    text.chars().count() <= MAX_NAME
        && text.chars().all(may_occur)
        && text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .all(is_spoken)
}

/// Whether a text may be a private key.
#[cfg(feature = "std")]
pub(super) fn may_be_key(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    ["AGE-SECRET-KEY", "AGE-PLUGIN-", "PRIVATE KEY-----"]
        .iter()
        .any(|start| text.contains(start))
}

/// A name that was typed, as errors show it.
pub(super) fn name(text: &str) -> &str {
    if is_name(text) { text } else { HIDDEN }
}

/// A path without what a terminal would obey.
#[cfg(feature = "std")]
pub(super) fn escaped(path: &Path) -> String {
    let mut out = String::new();
    for c in path.to_string_lossy().chars() {
        let turns = matches!(
            c,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        );
        if c.is_control() || turns {
            let _ = write!(out, "{}", c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}
