//! The text of keys: age's identity files, and OpenSSH private keys. What is encrypted is refused here; `passphrase`
//! decrypts it first.

use alloc::{borrow::ToOwned, string::String, vec, vec::Vec};

use crate::{
    age_file::x25519,
    encrypted::{error::Error, identity::key::Key, stack::clear_stack},
};

#[cfg(feature = "post-quantum")]
use crate::age_file::hybrid;

const ENCRYPTED: [&str; 2] = [
    "age-encryption.org/v1",
    "-----BEGIN AGE ENCRYPTED FILE-----",
];

/// The way out depends on whether passphrases can be read.
const WHEN_ENCRYPTED: &str = if cfg!(feature = "age") {
    "this key file is encrypted; read it with `Identity::from_encrypted_file`, which takes its passphrase, or decrypt \
     it"
} else {
    "this key file is encrypted; decrypt it, or build with the feature `age` of `secrets-embed` and read it with \
     `Identity::from_encrypted_file`, which takes its passphrase"
};

/// Reads keys, each with its public half. `origin` is where the text is from, for errors.
pub(crate) fn parse(text: &[u8], origin: &str) -> Result<Vec<(Key, String)>, Error> {
    let keys = parse_text(text, origin);
    clear_stack();
    keys
}

#[inline(never)]
fn parse_text(text: &[u8], origin: &str) -> Result<Vec<(Key, String)>, Error> {
    let invalid = |line, reason| Error::InvalidKey {
        origin: origin.to_owned(),
        line,
        reason,
    };
    let text = read_text(text).map_err(|reason| invalid(None, reason))?;
    if let Some(kind) = text.trim_start().strip_prefix("-----BEGIN ") {
        return match pem(text, kind) {
            Ok(key) => Ok(vec![key]),
            Err(reason) => Err(invalid(None, reason)),
        };
    }
    let mut keys: Vec<(Key, String)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if !line.is_empty() && !line.starts_with('#') {
            keys.push(key(line).map_err(|reason| invalid(Some(index + 1), reason))?);
        }
    }
    if keys.is_empty() {
        return Err(invalid(
            None,
            "there is no key in it, expected `AGE-SECRET-KEY-1...`",
        ));
    }
    Ok(keys)
}

/// The text of a key file, which is neither encrypted nor in another encoding.
fn read_text(text: &[u8]) -> Result<&str, &'static str> {
    let text = without_mark(text);
    let encrypted = ENCRYPTED
        .iter()
        .any(|start| text.trim_ascii_start().starts_with(start.as_bytes()));
    if encrypted {
        Err(WHEN_ENCRYPTED)
    } else if is_utf16(text) {
        Err("a key is text in UTF-8, and this is UTF-16; save it as UTF-8")
    } else if text.contains(&0) {
        Err("a key is text, and this holds a NUL byte; provide the key as `age-keygen` writes it")
    } else {
        core::str::from_utf8(text).map_err(|_| {
            "a key is text in UTF-8, and this is not; provide the key as `age-keygen` writes it"
        })
    }
}

/// A key in PEM; `kind` is the text behind its `BEGIN`.
fn pem(text: &str, kind: &str) -> Result<(Key, String), &'static str> {
    match kind.split("-----").next() {
        Some(kind) if !kind.ends_with("PRIVATE KEY") => Err(
            "this is not a private key; the private half of an SSH key starts with \
             `-----BEGIN OPENSSH PRIVATE KEY-----`",
        ),
        Some("EC PRIVATE KEY" | "DSA PRIVATE KEY") => Err(
            "this is a key of a kind that age does not know; provide an ed25519 or RSA key, or an age key",
        ),
        _ => ssh(text.trim()),
    }
}

/// A file without the byte order mark that some editors put in front of a text.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}

/// Whether a text is in UTF-16: it has the byte order mark, or each second byte is NUL, as in ASCII.
fn is_utf16(text: &[u8]) -> bool {
    let has_mark = text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff");
    has_mark || matches!(text, [0, a, 0, b, ..] | [a, 0, b, 0, ..] if *a != 0 && *b != 0)
}

/// Whether a line starts with this ASCII text, in upper or in lower case.
fn starts(line: &str, start: &str) -> bool {
    line.get(..start.len())
        .is_some_and(|text| text.eq_ignore_ascii_case(start))
}

/// One line of an identity file. Bech32 is in upper case or in lower case as a whole.
fn key(line: &str) -> Result<(Key, String), &'static str> {
    if starts(line, "AGE-SECRET-KEY-PQ-1") {
        return post_quantum(line);
    }
    if starts(line, "AGE-PLUGIN-") {
        return plugin(line);
    }
    if starts(line, "age1") {
        return Err(
            "this is a recipient, the public half; the identity starts with `AGE-SECRET-KEY-1`",
        );
    }
    let ssh = ["ssh-ed25519 ", "ssh-rsa "];
    if ssh.iter().any(|kind| line.starts_with(kind)) {
        return Err(
            "this is the public half of an SSH key; the private half starts with `-----BEGIN`",
        );
    }
    let others = ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"];
    if others.iter().any(|kind| line.starts_with(kind)) {
        return Err(
            "this is the public half of an SSH key of a kind that age does not know, expected the private \
             half of an ed25519 or RSA key, or `AGE-SECRET-KEY-1...`",
        );
    }
    if line.starts_with("PuTTY-User-Key-File") {
        return Err(
            "this is a key of PuTTY; convert it with `puttygen KEY -O private-openssh -o FILE`, or provide \
             an age key",
        );
    }
    match x25519::Identity::parse(line) {
        Some(key) => {
            let recipient = key.recipient();
            Ok((Key::X25519(key), recipient))
        }
        None if starts(line, "AGE-SECRET-KEY-1") => {
            Err("this identity is damaged or cut off; copy it again, whole")
        }
        None => Err("this is not an identity, expected `AGE-SECRET-KEY-1...`"),
    }
}

#[cfg(feature = "post-quantum")]
fn post_quantum(line: &str) -> Result<(Key, String), &'static str> {
    match hybrid::Identity::parse(line) {
        Some(key) => {
            let recipient = key.recipient_start();
            Ok((Key::Hybrid(key), recipient))
        }
        None => Err("this is not a post-quantum identity, expected `AGE-SECRET-KEY-PQ-1...`"),
    }
}

#[cfg(not(feature = "post-quantum"))]
fn post_quantum(_: &str) -> Result<(Key, String), &'static str> {
    Err("this is a post-quantum key; build with the feature `post-quantum` of `secrets-embed`")
}

#[cfg(feature = "plugin")]
fn plugin(line: &str) -> Result<(Key, String), &'static str> {
    // A text in mixed case is not bech32.
    if line.contains(|c: char| c.is_ascii_lowercase())
        && line.contains(|c: char| c.is_ascii_uppercase())
    {
        return Err(
            "this is not an identity of an age plugin, expected `AGE-PLUGIN-...` in upper case",
        );
    }
    // age wants upper case.
    let line = secrecy::zeroize::Zeroizing::new(line.to_ascii_uppercase());
    let identity: age::plugin::Identity = line.parse().map_err(
        |_| "this is not an identity of an age plugin; provide one that the plugin made",
    )?;
    let plugin = age::plugin::IdentityPluginV1::new(
        identity.plugin(),
        core::slice::from_ref(&identity),
        age::NoCallbacks,
    );
    let plugin = plugin.map_err(|_| "the plugin of this identity is not in `PATH`; install it")?;
    // What its recipient is, the plugin alone knows.
    Ok((
        Key::AgeCrate(Box::new(plugin)),
        format!("age1{}1", identity.plugin()),
    ))
}

#[cfg(not(feature = "plugin"))]
fn plugin(_: &str) -> Result<(Key, String), &'static str> {
    Err("this identity needs a plugin; build with the feature `plugin` of `secrets-embed`")
}

#[cfg(feature = "ssh")]
fn ssh(text: &str) -> Result<(Key, String), &'static str> {
    use age::ssh::{
        Identity as Ssh,
        UnsupportedKey::{EncryptedPem, EncryptedSsh, Hardware, Type},
    };
    // age would ignore all that follows the first.
    let end = text.split_once("-----END");
    if end.is_some_and(|(_, end)| end.contains('\n')) {
        return Err("there is more after this SSH key; provide each key in a file of its own");
    }
    match Ssh::from_buffer(text.as_bytes(), None) {
        Ok(key @ Ssh::Unencrypted(_)) => {
            let recipient = age::ssh::Recipient::try_from(key.clone())
                .map_or_else(|_| "ssh".to_owned(), |key| key.to_string());
            Ok((Key::AgeCrate(Box::new(key)), recipient))
        }
        Ok(Ssh::Encrypted(_) | Ssh::Unsupported(EncryptedPem | EncryptedSsh(_))) => {
            Err("this SSH key is encrypted; provide it decrypted, or an age key")
        }
        Ok(Ssh::Unsupported(Hardware(_) | Type(_))) => Err(
            "this is an SSH key of a kind that age does not know, such as ECDSA; provide an ed25519 or RSA \
             key, or an age key",
        ),
        _ => Err("this is not an SSH key that age knows, expected ed25519 or RSA"),
    }
}

#[cfg(not(feature = "ssh"))]
fn ssh(_: &str) -> Result<(Key, String), &'static str> {
    Err("this is an SSH key; build with the feature `ssh` of `secrets-embed`")
}
