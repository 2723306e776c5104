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
    assert!(matches!(
        result,
        Err(Error::WrongIdentity {
            passphrase: false,
            ..
        })
    ));
    assert_eq!(
        crate::module::text(result),
        "the custom identity has no key for the encrypted secrets; provide another identity, or encrypt \
         them for this one"
    );
    let either = unwrapping().or(KEY.parse().expect("a key"));
    assert_eq!(
        either.decrypt(&file).expect("opened").expose_secret(),
        b"text"
    );
}

/// Nor is it a passphrase where the file is encrypted to one.
#[cfg(feature = "age")]
#[test]
fn only_a_passphrase_is_a_wrong_passphrase() {
    let file = crate::module::encrypt_to_passphrase("right", b"text");
    let text = |identity: Identity| crate::module::text(identity.decrypt(&file));
    let none = "the custom identity has no key for the encrypted secrets; ";
    assert!(text(unwrapping()).starts_with(none));
    let wrong = "the passphrase is wrong; ";
    assert!(text(Identity::passphrase("wrong")).starts_with(wrong));
    assert!(text(Identity::passphrase("wrong").or(unwrapping())).starts_with(wrong));
    assert!(text(unwrapping().or(Identity::passphrase("wrong"))).starts_with(wrong));
}

#[test]
fn a_function_that_fails_is_reported() {
    let failing = || Identity::from_fn(|_| Err(io::Error::other("the vault is sealed").into()));
    let file = encrypt(b"text");
    let error = failing().decrypt(&file).expect_err("an error");
    assert!(matches!(error, Error::Custom(_)));
    assert_eq!(
        error.to_string(),
        "the custom identity failed: the vault is sealed; mend what it reports, or provide another identity"
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
        "the program `sleep` gave no key: it took longer than 0.2 s, and was ended; run it by \
         hand to see why, or give it more time"
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

#[test]
#[cfg(unix)]
fn a_program_that_is_left_running_is_not_waited_for() {
    let start = Instant::now();
    let line = format!("sleep 30 & echo {KEY}");
    let limit = Duration::from_millis(500);
    let result = Identity::from_command_within(["sh", "-c", &line], limit);
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(
        crate::module::text(result),
        "the program `sh` gave no key: it ended, but a program that it started still had its output open after \
         0.5 s; let that one close its output"
    );
}

/// The name of a program is shown, and a key or a passphrase in its place is not.
#[test]
fn what_may_be_the_key_is_no_name_of_a_program() {
    let text = |program: &str| crate::module::text(Identity::from_command([program]));
    let hidden = "the program `***` (not shown, as it may be the key itself) gave no key: ";
    let pem = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk";
    for typed in [
        KEY,
        // However it ends, and where a letter of it became a 1.
        &format!("{KEY}-1"),
        &format!("{KEY}.1"),
        &format!("{}1{}", &KEY[..60], &KEY[61..]),
        &KEY.to_lowercase(),
        &KEY[..40],
        "AGE-SECRET-KEY-PQ-1QQQQQQQQ",
        "age-plugin-yubikey-1qqqqqqqq",
        pem,
        "Zq7Wk9Xv3Tn5Rb1Yd8Lc",
        "hunter,two",
        "QUdFLVNFQ1/RVQtS0VZLTFBQUFB/QkJC",
        "marble/horse/battery/staple",
        "nowhere/age-secret-key-1",
    ] {
        let text = text(typed);
        assert!(text.starts_with(hidden), "{typed}: {text}");
        let mut windows = typed.as_bytes().windows(6).map(String::from_utf8_lossy);
        assert!(windows.all(|window| !text.contains(&*window)), "{text}");
    }
    for typed in [
        "/nowhere/age-plugin-none",
        "no-such-program",
        "tests/no-such-program",
    ] {
        let text = text(typed);
        let shown = format!("the program `{typed}` gave no key: it does not start: ");
        assert!(text.starts_with(&shown), "{text}");
        assert!(
            text.ends_with("; install it, or correct its name"),
            "{text}"
        );
    }
}
