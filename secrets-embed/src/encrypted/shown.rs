//! What errors may show of a path that somebody typed: it may be the key in the wrong place.
//!
//! `secrets-build` has a like rule for all that is typed in settings.

#[cfg(feature = "std")]
use std::{fmt::Write, io, path::Path};

/// What stands for a text that is not shown.
pub(crate) const HIDDEN: &str = "***";

/// A name of a file or a profile is at most this long, and a run of letters and digits in it.
const MAX_NAME: usize = 40;
const MAX_RUN: usize = 20;

/// So much of the data of a key is not shown.
#[cfg(feature = "std")]
const MIN_DATA: usize = 6;

/// The endings of files that keys are in.
#[cfg(feature = "std")]
const ENDINGS: [&str; 5] = ["age", "key", "pem", "toml", "txt"];

/// Whether a path that was typed surely is one: it leads to something, or to a file that is not there in a
/// directory that is, and nothing in it looks like a key or a passphrase.
/// `error` is what reading it came to.
#[cfg(feature = "std")]
pub(crate) fn is_path(path: &Path, error: &io::Error) -> bool {
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

/// Whether a text may hold a private key: one of age or of one of its plugins, or PEM. The name of a file, such
/// as `age-secret-key.txt`, is none.
#[cfg(feature = "std")]
pub(crate) fn may_be_key(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    let has_data = |(start, _): (usize, &str)| {
        let rest = &text[start..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"+-._".contains(c));
        let rest = &rest[..end.unwrap_or(rest.len())];
        // A 1 divides a name from the data. There may be others, in the name and where it was mistyped.
        let mut dividers = rest.match_indices('1');
        dividers.any(|(at, _)| is_data(&rest[at + 1..]))
    };
    text.contains("PRIVATE KEY-----")
        || KEY_STARTS
            .iter()
            .any(|start| text.match_indices(start).any(has_data))
}

/// What the keys of age start with, in upper case.
#[cfg(feature = "std")]
const KEY_STARTS: [&str; 2] = ["AGE-SECRET-KEY-", "AGE-PLUGIN-"];

/// Whether a text starts like the data of a bech32 text, or is too long for a word.
#[cfg(feature = "std")]
fn is_data(text: &str) -> bool {
    let run = |may_occur: fn(&u8) -> bool| text.bytes().take_while(may_occur).count();
    run(|c| b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".contains(c)) >= MIN_DATA
        || run(u8::is_ascii_alphanumeric) > MAX_RUN
}

/// A program that was typed, as errors show it: its arguments are none of it.
#[cfg(feature = "std")]
pub(crate) fn program(program: &Path) -> String {
    let text = program.to_string_lossy();
    // A name alone is looked for in `PATH`. What has a `/` and leads nowhere may be base64, or words.
    let has_place = program.is_absolute()
        || program
            .parent()
            .is_some_and(|folder| folder.as_os_str().is_empty() || folder.is_dir());
    let is_shown = !may_be_key(&text)
        && (program.symlink_metadata().is_ok()
            || (has_place && text.split(['/', '\\']).all(is_name)));
    if is_shown {
        escaped(program)
    } else {
        HIDDEN.into()
    }
}

/// A name that was typed, as errors show it.
pub(crate) fn name(text: &str) -> &str {
    if is_name(text) { text } else { HIDDEN }
}

/// A path without what a terminal would obey.
#[cfg(feature = "std")]
pub(crate) fn escaped(path: &Path) -> String {
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
