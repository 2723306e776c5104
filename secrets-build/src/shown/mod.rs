//! What messages may show of a text that somebody typed: it may be a secret in the wrong place.
//!
//! A secret is typed where a path, a name or a type belongs, or a line of a secret ends up where a key
//! belongs. So nothing typed is shown because it stands where a name should: it has to look like one. What
//! does not is shown as [`HIDDEN`]. `secrets-embed` has a like rule for paths of key files.

mod words;

use std::{
    fmt,
    fmt::Write,
    path::{Component, Path},
};

use crate::shown::{private::may_be_private, words::are_spoken};

/// What stands for a text that is not shown.
pub(crate) const HIDDEN: &str = "***";

/// A name of more characters is not shown.
const MAX_NAME: usize = 40;

/// A path of more bytes is shown if each part of it is a name. It is what the shortest system takes.
const MAX_PATH: usize = 1024;

/// The endings of files that people name in settings.
const ENDINGS: [&str; 13] = [
    "age", "asc", "conf", "env", "json", "key", "md", "pem", "pub", "toml", "txt", "yaml", "yml",
];

/// Whether a text looks like a name that a person gave something, and not like a part of a value: it is short,
/// has no character that only passwords have, and no run of letters and digits as base64, hex and numbers do.
pub(crate) fn is_name(text: &str) -> bool {
    let may_occur = |c: char| {
        c.is_ascii_alphanumeric() || " _-.:/*[]".contains(c) || (!c.is_ascii() && !is_control(c))
    };
    text.chars().count() <= MAX_NAME
        && text.chars().all(may_occur)
        && !text.contains("://")
        && !may_be_private(text)
        && are_spoken(text)
}

/// A character that a terminal obeys instead of showing it, or that turns the text around it.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
}

/// A text without what a terminal would obey.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_control(c) {
            let _ = write!(out, "{}", c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// A string as TOML writes it, without what a terminal would obey.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_control(c) => {
                let point = u32::from(c);
                let _ = write!(out, "\\u{point:04X}");
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A name that was typed, as messages show it.
pub(crate) fn name(text: &str) -> &str {
    if is_name(text) { text } else { HIDDEN }
}

/// A dotted path of keys, as TOML writes them, as messages show it: each key that does not look like a name is
/// hidden by itself.
pub(crate) fn keys(dotted: &str) -> Keys<'_> {
    Keys(dotted)
}

/// See [`keys`].
pub(crate) struct Keys<'a>(&'a str);

impl fmt::Display for Keys<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while !rest.is_empty() {
            let (key, after) = split_key(rest);
            let shown = match unquoted(key) {
                // What is escaped in it is not a letter of a secret.
                Some(inside) => {
                    let plain = ["\\\"", "\\\\", "\\n", "\\r", "\\t"]
                        .iter()
                        .fold(inside.to_owned(), |text, escape| text.replace(escape, " "));
                    is_name(&plain) || has_escapes_alone(&plain)
                }
                None => is_name(key),
            };
            f.write_str(if shown { key } else { HIDDEN })?;
            f.write_str(if after.is_some() { "." } else { "" })?;
            rest = after.unwrap_or_default();
        }
        Ok(())
    }
}

/// What stands between the quotes of a key, if it is quoted.
fn unquoted(key: &str) -> Option<&str> {
    let quote = key.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    key.strip_prefix(quote)?.strip_suffix(quote)
}

/// Whether a key would be a name but for characters that are written as escapes.
fn has_escapes_alone(key: &str) -> bool {
    let mut parts = key.split("\\u");
    let first = parts.next().unwrap_or_default();
    let mut parts = parts.map(|part| part.get(4..).unwrap_or_default());
    key.contains("\\u") && is_name(first) && parts.all(is_name)
}

/// The first key of a dotted path, and what follows its dot.
pub(crate) fn split_key(dotted: &str) -> (&str, Option<&str>) {
    let (mut quote, mut escaped) = (None, false);
    for (index, c) in dotted.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == Some('"') => escaped = true,
            '"' | '\'' if quote.is_none() => quote = Some(c),
            c if quote == Some(c) => quote = None,
            '.' if quote.is_none() => return (&dotted[..index], Some(&dotted[index + 1..])),
            _ => {}
        }
    }
    (dotted, None)
}

/// Whether a text that was typed for a path is a secret, or holds one, rather than a path that is wrong.
/// `path` is where it leads.
pub(crate) fn is_secret(typed: &Path, path: &Path) -> bool {
    let text = typed.to_string_lossy();
    let has_quote = text.contains(['"', '\'']);
    let has_user = text
        .split_once("://")
        .is_some_and(|(_, rest)| rest.contains('@'));
    let looks_so = text.contains(is_control)
        || (text.contains(['=', '{', '}']) && !has_form_of_path(typed, path))
        || (has_quote && text.contains(' '))
        || has_user
        || text.len() > 4096;
    may_be_private(&text) || (looks_so && path.symlink_metadata().is_err())
}

/// Whether a text has folders, and they are there, or its end is that of a file.
fn has_form_of_path(typed: &Path, path: &Path) -> bool {
    let has_folder = typed
        .parent()
        .is_some_and(|folder| !folder.as_os_str().is_empty());
    let name = typed.file_name().unwrap_or_default().to_string_lossy();
    let text = typed.to_string_lossy().to_ascii_uppercase();
    let has_key = ["AGE-SECRET-KEY", "PRIVATE KEY"]
        .iter()
        .any(|key| text.contains(key));
    has_folder && !has_key && (has_ending(&name) || path.parent().is_some_and(Path::is_dir))
}

/// Whether a name ends as those of files do that people name in settings.
fn has_ending(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&&*ending.to_ascii_lowercase()))
}

/// A path that was typed, in back-ticks, as messages show it: whole if it leads to something, or to a file that
/// is not there in a directory that is. `shown` is the path relative to the package.
pub(crate) fn path(path: &Path, shown: &Path) -> String {
    if path.symlink_metadata().is_ok() {
        return existing(shown);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A name alone is that of a file in the folder of the package.
    let has_folder = path
        .parent()
        .is_some_and(|folder| folder.as_os_str().is_empty() || folder.is_dir());
    let is_below = shown.components().count() > 1;
    let has_ending = has_ending(&name);
    let hallmarks = is_secret(shown, path);
    // What is shorter is not part of a secret that is worth one.
    let is_short = name.len() < 6;
    match (has_folder, is_name(&name) && !hallmarks) {
        (true, true) if has_ending || is_below || is_short => existing(shown),
        (false, true) if has_ending => format!("`.../{}`", escaped(&name)),
        _ => format!("`{HIDDEN}` (not shown, as it may be the secret itself)"),
    }
}

/// What is wrong with a text that stands where a path belongs. `what` is the setting or the variable.
pub(crate) fn no_path(what: &str) -> String {
    format!(
        "{what} wants a path, and what it holds looks like the secret itself; write that to a file, and \
         name the file"
    )
}

/// Whether a text can be the name of a variable.
pub(crate) fn can_be_variable(name: &str) -> bool {
    let may_occur = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.chars().all(may_occur) && name.starts_with(|c: char| !c.is_ascii_digit())
}

/// The name of a variable that was typed, in back-ticks, as messages show it: if there is such a variable, or if
/// it is written as their names are.
#[cfg(feature = "age")]
pub(crate) fn variable(name: &str) -> String {
    let is_upper = !name.contains(|c: char| c.is_ascii_lowercase());
    if std::env::var_os(name).is_some() || (is_upper && can_be_variable(name) && is_name(name)) {
        format!("`{}`", escaped(name))
    } else {
        format!("`{HIDDEN}` (not shown, as it may be the secret itself)")
    }
}

/// Whether a path that leads nowhere may be a secret: [`path`] hides it, and not all parts of it look like names, as
/// those of a directory that is not mounted yet do.
pub(crate) fn may_be_secret(path: &Path, shown: &Path) -> bool {
    let mut parts = shown.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy()),
        _ => None,
    });
    self::path(path, shown).contains(HIDDEN) && !parts.all(|part| part == "~" || is_name(&part))
}

/// Whether [`path`] showed a path whole.
pub(crate) fn is_whole(shown: &str) -> bool {
    !shown.contains(HIDDEN) && !shown.starts_with("`.../")
}

/// A path that leads to something, in back-ticks, as messages show it.
///
/// What is as long as paths hardly ever are may be a secret with a `/` here and there, which no system call gets as
/// far as to look for.
pub(crate) fn existing(path: &Path) -> String {
    let is_long = path.as_os_str().len() > MAX_PATH;
    if is_long && !path.iter().all(|part| is_name(&part.to_string_lossy())) {
        return format!("`{HIDDEN}` (not shown, as it may be the secret itself)");
    }
    format!("`{}`", escaped_path(path))
}

/// The same without back-ticks.
pub(crate) fn escaped_path(path: &Path) -> String {
    escaped(&path.to_string_lossy())
}

pub(crate) mod private;
#[cfg(test)]
mod tests;
