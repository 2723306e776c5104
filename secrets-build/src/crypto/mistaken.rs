//! Files that are not what their place wants: encrypted sources that are not, and identities that are
//! something else.

use crate::files::{
    encoding::{self, NotText},
    foreign::Tool,
};

/// What is wrong with a file that is encrypted with age by its name, and not by what is in it.
pub(super) fn source(file: &[u8]) -> Option<&'static str> {
    match (Tool::of_file(file), encoding::utf8(file)) {
        (Some(Tool::Age), _) => None,
        (Some(tool), _) => Some(tool.described()),
        // What a shell on Windows makes of an armored file.
        (None, Err(NotText::Utf16)) => Some(NotText::Utf16.described()),
        (None, Ok(text)) if !text.trim().is_empty() => {
            Some("is not encrypted; encrypt it, or give it a name that ends in `.toml`")
        }
        _ => None,
    }
}

/// An armored file without what stands in front of it; any other file as it is.
#[cfg(feature = "age")]
pub(super) fn without_front(file: &[u8]) -> &[u8] {
    let armor = file
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(file)
        .trim_ascii_start();
    if armor.starts_with(b"-----BEGIN") {
        armor
    } else {
        file
    }
}

/// What is wrong with the text of identities that is none, behind the name of its place.
#[cfg(feature = "age")]
pub(super) fn no_text(reason: NotText) -> &'static str {
    match reason {
        NotText::Foreign(Tool::Age) => {
            "is encrypted itself, and a build asks for no passphrase; decrypt it first, with `age --decrypt`"
        }
        reason => reason.described(),
    }
}

/// What something else than an identity is, if it is known.
#[cfg(feature = "age")]
pub(super) fn identity(text: &str) -> Option<&'static str> {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.find_map(|line| {
        let line = line.to_ascii_lowercase();
        let starts = |starts: &[&str]| starts.iter().any(|start| line.starts_with(start));
        if starts(&["age-secret-key-pq-1"]) {
            Some(
                "holds a post-quantum identity, which the crate `age` does not know yet; use one that starts with \
                 `AGE-SECRET-KEY-1`",
            )
        } else if starts(&["age-plugin-"]) && cfg!(not(feature = "plugin")) {
            Some(
                "holds an identity of an age plugin; give `secrets-build` the feature `plugin`, as in \
                 secrets-build = { version = \"0.1\", features = [\"plugin\"] }",
            )
        } else if starts(&["age1"]) {
            Some("holds a recipient, the public half of a key; the identity starts with `AGE-SECRET-KEY-1`")
        } else if starts(&["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"]) {
            Some("holds the public half of an SSH key; the private half starts with `-----BEGIN`")
        } else {
            None
        }
    })
}
