//! Files that other programs made, and how this crate opens and refuses them.
//!
//! Those of `fixtures/elsewhere` are of the npm package `age-encryption` 0.3.1, by `make.mjs` beside them.

use std::{fs, path::Path};

use secrets_embed::{Error, ExposeSecret, Identity};

use crate::module::{KEY, OTHER_KEY, encrypt, text};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/encrypted/fixtures/elsewhere")
}

fn file(name: &str) -> Vec<u8> {
    fs::read(folder().join(format!("{name}.age"))).expect("a fixture")
}

#[track_caller]
fn opens(name: &str, identity: &Identity) {
    let opened = identity.decrypt(&file(name)).expect(name);
    let expected = format!("the text of {name}\n");
    assert_eq!(opened.expose_secret(), expected.as_bytes());
}

#[test]
fn files_of_the_typescript_implementation_open() {
    let identity: Identity = KEY.parse().expect("a key");
    opens("typescript-x25519", &identity);
    opens("typescript-x25519-armored", &identity);
    let either = OTHER_KEY.parse::<Identity>().expect("a key").or(identity);
    opens("typescript-x25519", &either);
}

#[cfg(feature = "post-quantum")]
#[test]
fn hybrid_files_of_the_typescript_implementation_open() {
    let key = fs::read(folder().join("hybrid.key")).expect("a fixture");
    let identity = Identity::from_bytes(&key).expect("a key");
    opens("typescript-hybrid", &identity);
    opens("typescript-hybrid-two", &identity);
    opens("typescript-hybrid-armored", &identity);
    let both = KEY.parse::<Identity>().expect("a key").or(identity);
    opens("typescript-hybrid", &both);
    opens("typescript-x25519", &both);
}

#[cfg(not(feature = "post-quantum"))]
#[test]
fn a_post_quantum_key_needs_a_feature() {
    let key = fs::read(folder().join("hybrid.key")).expect("a fixture");
    assert_eq!(
        text(Identity::from_bytes(&key)),
        "the key, line 1: this is a post-quantum key; build with the feature `post-quantum` of \
         `secrets-embed`"
    );
}

#[cfg(feature = "age")]
#[test]
fn a_passphrase_opens_its_file_and_no_other() {
    let passphrase = || Identity::passphrase("correct horse");
    opens("typescript-passphrase", &passphrase());
    opens(
        "typescript-x25519",
        &passphrase().or(KEY.parse().expect("a key")),
    );
    let result = passphrase().decrypt(&file("typescript-x25519"));
    assert!(matches!(
        result,
        Err(Error::PassphraseMismatch { wanted: false })
    ));
}

#[test]
fn a_file_for_others_is_distinguished_from_a_damaged_one() {
    let other: Identity = OTHER_KEY.parse().expect("a key");
    for name in ["typescript-x25519", "typescript-hybrid"] {
        let result = other.decrypt(&file(name));
        assert!(matches!(result, Err(Error::WrongIdentity { .. })), "{name}");
    }
    let result = other.decrypt(&file("typescript-passphrase"));
    assert!(matches!(
        result,
        Err(Error::PassphraseMismatch { wanted: true })
    ));
    let identity: Identity = KEY.parse().expect("a key");
    for damaged in [&b""[..], b"no age file", &encrypt(b"text")[..100]] {
        assert!(matches!(identity.decrypt(damaged), Err(Error::Corrupt)));
    }
}
