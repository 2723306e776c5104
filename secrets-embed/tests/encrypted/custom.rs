//! Identities that are functions.

use std::io;

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
    assert!(matches!(result, Err(Error::WrongIdentity)));
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
