//! Identities that are functions.

use std::{
    io,
    time::{Duration, Instant},
};

use secrets_embed::{Error, ExposeSecret, FileKey, Identity};

use crate::module::{KEY, encrypt};

/// A file whose one stanza is of a type of ours, with the key of the file as it is, and an empty payload.
///
/// Made with `age-encryption`, too.
fn custom() -> Vec<u8> {
    let encoded = include_str!("fixtures/custom.txt");
    data_encoding::BASE64
        .decode(encoded.trim().as_bytes())
        .expect("base64")
}

fn unwrapping() -> Identity {
    Identity::from_fn(|stanzas| {
        for stanza in stanzas {
            if stanza.kind() == "example.com/vault" {
                assert_eq!(stanza.arguments().collect::<Vec<_>>(), ["app", "v1"]);
                return Ok(Some(FileKey::try_from(stanza.body())?));
            }
        }
        Ok(None)
    })
}

#[test]
fn a_function_unwraps_the_key_of_a_file() {
    let opened = unwrapping().decrypt(&custom()).expect("opened");
    assert_eq!(opened.expose_secret(), b"a custom stanza");
}

#[test]
fn a_function_that_has_no_key_leaves_the_file_to_others() {
    let file = encrypt(b"text");
    let result = unwrapping().decrypt(&file);
    assert!(matches!(result, Err(Error::WrongIdentity { .. })));
    let either = unwrapping().or(KEY.parse().expect("a key"));
    assert_eq!(
        either.decrypt(&file).expect("opened").expose_secret(),
        b"text"
    );
}

#[test]
fn a_function_that_fails_is_told() {
    let failing = || Identity::from_fn(|_| Err(io::Error::other("the vault is sealed").into()));
    let file = encrypt(b"text");
    let error = failing().decrypt(&file).expect_err("an error");
    assert!(matches!(error, Error::Custom(_)));
    assert_eq!(
        error.to_string(),
        "the custom identity failed: the vault is sealed"
    );
    let either = failing().or(KEY.parse().expect("a key"));
    assert!(either.decrypt(&file).is_ok());
}

#[test]
fn a_wrong_key_of_a_file_is_an_error() {
    let wrong = Identity::from_fn(|_| Ok(Some(FileKey::new([7; 16]))));
    let result = wrong.decrypt(&encrypt(b"text"));
    assert!(matches!(result, Err(Error::Corrupt)));
}

#[test]
#[cfg(unix)]
fn a_command_has_a_time_limit_and_an_end() {
    let within = |words: &[&str], limit| {
        let start = Instant::now();
        let result = Identity::from_command_within(words, Duration::from_millis(limit));
        assert!(start.elapsed() < Duration::from_secs(20));
        result
    };
    let Err(error) = within(&["sleep", "60"], 200) else {
        panic!("no key is printed");
    };
    assert_eq!(
        error.to_string(),
        "the program `sleep` gave no key: it took longer than 0.2 s, and was ended"
    );
    // A program that closes its output goes on.
    let words = ["sh", "-c", "exec >&-; sleep 60"];
    assert!(within(&words, 200).is_err());
    // Nor is anything read that has no end.
    let Err(error) = within(&["yes"], 10_000) else {
        panic!("no key is printed");
    };
    assert!(error.to_string().contains("64 KiB"), "{error}");
    assert!(within(&["printf", "# a comment\n%s\n", KEY], 10_000).is_ok());
    assert!(Identity::from_command::<&str>([]).is_err());
}
