//! What messages may show of a text that somebody typed: it may be a secret in the wrong place.
//!
//! A secret is typed where a path, a name or a type belongs, or a line of a secret ends up where a key
//! belongs. So nothing typed is shown because it stands where a name should: it has to look like one. What
//! does not is shown as [`HIDDEN`]. `secrets-embed` has the same rule for paths of key files.

use std::{fmt, fmt::Write, path::Path};

use crate::recipient::may_be_private;

/// What stands for a text that is not shown.
pub(crate) const HIDDEN: &str = "***";

/// A name of more characters is not shown.
const MAX_NAME: usize = 40;

/// Letters and digits of more characters without a divider are not shown.
const MAX_RUN: usize = 20;

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

/// Whether all runs of letters and digits can be words, but for a short one as in `k8s`.
fn are_spoken(text: &str) -> bool {
    // In base64 a `/` divides nothing.
    let text = text.replace('/', "");
    let runs = text.split(|c: char| !c.is_ascii_alphanumeric());
    let odd: Vec<_> = runs.filter(|run| !is_spoken(run)).collect();
    odd.iter().all(|run| run.len() < 6) && odd.len() < 2
}

/// Whether a run of letters and digits can be words: they are of more than two letters mostly, and their letters
/// follow each other as they do in words.
fn is_spoken(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let is_hex = run.len() >= 8 && run.bytes().all(|byte| byte.is_ascii_hexdigit());
    if run.len() > MAX_RUN || digits > 5 || (is_hex && digits > 0) {
        return false;
    }
    let pieces = pieces(run);
    let is_worded = run.len() < 6 || run.len() * 10 >= pieces.len() * 26;
    is_worded && is_pronounced(&pieces)
}

/// A run divided where letters and digits meet, and where the case changes: `s3`, `Open`, `AI`, `Key`.
fn pieces(run: &str) -> Vec<&str> {
    let bytes = run.as_bytes();
    let starts_piece = |at: usize| {
        let (before, here) = (bytes[at - 1], bytes[at]);
        let below = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        before.is_ascii_digit() != here.is_ascii_digit()
            || (before.is_ascii_lowercase() && here.is_ascii_uppercase())
            || (before.is_ascii_uppercase() && here.is_ascii_uppercase() && below)
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in (1..bytes.len())
        .filter(|at| starts_piece(*at))
        .chain([bytes.len()])
    {
        pieces.push(&run[start..at]);
        start = at;
    }
    pieces
}

/// The letters that follow each letter in nine of ten cases, in the names of packages of many languages.
const FOLLOWERS: [&str; 26] = [
    "bcdfgiklmnprstuvy",
    "aeilorsu",
    "aehiklorstu",
    "abeiorsu",
    "abcdefgilmnoprstvx",
    "aefiloru",
    "aehilnoru",
    "aeiotu",
    "abcdefglmnoprstvz",
    "s",
    "aei",
    "adeilostuy",
    "abeilmopsu",
    "acdefginostuv",
    "abcdgiklmnoprstuvw",
    "aehiloprstuy",
    "u",
    "acdegikmnoprstuy",
    "acehiklmopstuy",
    "acehilorstuy",
    "abcdeilmnprst",
    "aei",
    "aeio",
    "t",
    "ps",
    "e",
];

/// Words that are in the names of secrets, and of letters that follow each other in few others.
const TERMS: [&str; 25] = [
    "api", "aws", "csrf", "db", "dns", "dsn", "ftp", "gcp", "html", "http", "https", "jwt", "key",
    "mysql", "proxy", "pwd", "smtp", "sql", "ssh", "ssl", "tls", "url", "uuid", "vpn", "xml",
];

/// Whether most letters of words are followed by those that are frequent there. Of a few letters nothing can be
/// said.
fn is_pronounced(pieces: &[&str]) -> bool {
    let words = pieces.iter().map(|piece| piece.to_ascii_lowercase());
    let words = words.filter(|word| !TERMS.contains(&word.as_str()));
    let (mut pairs, mut frequent) = (0, 0);
    for word in words {
        for pair in word
            .as_bytes()
            .windows(2)
            .filter(|pair| pair[0].is_ascii_lowercase())
        {
            let followers = FOLLOWERS[usize::from(pair[0] - b'a')];
            pairs += 1;
            frequent += usize::from(followers.contains(char::from(pair[1])));
        }
    }
    pairs < 4 || frequent * 10 >= pairs * 6
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
                // What is escaped in it is no letter of a secret.
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
        || text.contains(['=', '{', '}'])
        || (has_quote && text.contains(' '))
        || has_user
        || text.len() > 4096;
    may_be_private(&text) || (looks_so && path.symlink_metadata().is_err())
}

/// A path that was typed, in back-ticks, as messages show it: whole if it leads to something, or to a file that
/// is not there in a directory that is. `shown` is the path relative to the package.
pub(crate) fn path(path: &Path, shown: &Path) -> String {
    if path.symlink_metadata().is_ok() {
        return existing(shown);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let has_folder = path.parent().is_some_and(Path::is_dir);
    let is_below = shown.components().count() > 1;
    let has_ending = name
        .rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&&*ending.to_ascii_lowercase()));
    let hallmarks = is_secret(shown, path);
    // What is shorter is no part of a secret that is worth one.
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

/// Whether [`path`] showed a path whole.
pub(crate) fn is_whole(shown: &str) -> bool {
    !shown.contains(HIDDEN) && !shown.starts_with("`.../")
}

/// A path that leads to something, in back-ticks, as messages show it.
pub(crate) fn existing(path: &Path) -> String {
    format!("`{}`", escaped_path(path))
}

/// The same without back-ticks.
pub(crate) fn escaped_path(path: &Path) -> String {
    escaped(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown() {
        for name in [
            "",
            "a",
            "key",
            "api_key",
            "OpenAI_key",
            "OPENAI_API_KEY",
            "apiKey",
            "database",
            "log-level",
            "tls.crt",
            "with spaces",
            "2fa",
            "s3_bucket",
            "S3Bucket",
            "oauth2ClientId",
            "oauth2",
            "x509Cert",
            "sha256",
            "sha256sum",
            "ed25519",
            "base64",
            "ipv4",
            "key1",
            "key2",
            "k8s",
            "v2",
            "i18n",
            "google_application_credentials",
            "https_proxy",
            "httpsProxy",
            "größe",
            "ключ",
            "表",
            "🔑",
            "SMTP_TLS",
            "jwtSecret",
            "id_ed25519",
            "internationalization",
            "xAxis",
            "servers[].note",
            "*-key",
            "bare-key",
            "2026-01-01",
            "AWS_SECRET_ACCESS_KEY",
            "GITHUB_TOKEN",
            "vapidPublicKey",
            "a/b",
            "u16",
            "enum:a",
            "localhost:8080",
            "MY-APP",
            "API_KEY",
        ] {
            assert!(is_name(name), "{name} is not shown");
        }
    }

    #[test]
    fn what_may_be_a_value_is_not() {
        for value in [
            "Zq7Wk9Xv3Tn5Rb1Yd8Lc",
            "Zq7Wk9Xv3",
            "deadbeef01",
            "0123456789",
            "731337",
            "p@ssword",
            "hunter2!",
            "x=y",
            "a b\nc",
            "qwrtzpsdfgh",
            "aB3dE6gH",
            "ZqWkXvTnRbYdLc",
            "kP3xQz",
            "AGE-SECRET-KEY-1QQQ",
            "postgres://user:pw",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "\u{202e}key",
            "7c9e6679-7425-40de-944b-e07fc1f90ae7",
            "correcthorsebatterystaple",
            "\"x\"",
            "a=",
        ] {
            assert!(!is_name(value), "{value} is shown");
        }
    }

    /// Texts of base64, of its alphabet for URLs, and hex, as random as can be.
    #[test]
    fn random_texts_are_hidden() {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = |end: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state >> 33).unwrap() % end
        };
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        for alphabet in [
            format!("{letters}+/"),
            format!("{letters}-_"),
            letters.to_owned(),
            "0123456789abcdef".to_owned(),
        ] {
            let alphabet: Vec<char> = alphabet.chars().collect();
            for (length, at_most) in [(8, 200), (10, 100), (12, 60), (16, 20), (24, 2), (40, 0)] {
                let texts = (0..1000).map(|_| {
                    let text: String = (0..length)
                        .map(|_| alphabet[next(alphabet.len())])
                        .collect();
                    text
                });
                let shown: Vec<String> = texts.filter(|text| is_name(text)).collect();
                assert!(
                    shown.len() <= at_most,
                    "of {length}: {} {shown:?}",
                    shown.len()
                );
            }
        }
    }

    #[test]
    fn keys_are_hidden_one_by_one() {
        let cases = [
            ("a.b", "a.b"),
            ("a.Zq7Wk9Xv3Tn5Rb1Yd8Lc.b", "a.***.b"),
            ("\"tls.crt\".x", "\"tls.crt\".x"),
            ("\"a\\\"b.c\".d", "\"a\\\"b.c\".d"),
            ("\"new\\nline\\u0007\"", "\"new\\nline\\u0007\""),
            ("\"a\\\\b\\\"\"", "\"a\\\\b\\\"\""),
            ("\"Zq7Wk9Xv3.Tn5Rb1Yd8Lc\".d", "***.d"),
            ("a[].b", "a[].b"),
            ("\"\"", "\"\""),
        ];
        for (dotted, expected) in cases {
            assert_eq!(keys(dotted).to_string(), expected);
        }
    }
}
