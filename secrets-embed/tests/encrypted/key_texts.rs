//! What is read as a key.

use std::{fs, io::Write, path::PathBuf};

use secrets_embed::{Error, Identity};

use crate::module::{KEY, OTHER_KEY, Secrets, encrypt, encrypt_to_passphrase, good, text};

/// A file in the test's own folder.
pub(crate) fn file(name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, contents).expect("a file");
    path
}

pub(crate) fn fits(identity: &Identity) -> bool {
    Secrets::decrypt_from(identity, &encrypt(&good())).is_ok()
}

#[test]
fn keys_are_found_among_comments() {
    for text in [
        KEY.to_owned(),
        format!("{KEY}\n"),
        format!("{KEY}\r\n"),
        format!("# a comment\r\n\r\n  {KEY}  \r\n"),
        format!("{OTHER_KEY}\n# another\n{KEY}\n"),
        KEY.to_lowercase(),
        format!("\u{feff}{KEY}\n"),
        format!("\u{feff}# a comment\n{KEY}\n"),
    ] {
        assert!(fits(&text.parse().expect("a key")), "{text:?}");
        assert!(fits(
            &Identity::from_reader(text.as_bytes()).expect("a key")
        ));
        let path = file("key.txt", &text);
        assert!(fits(&Identity::from_file(path).expect("a key")));
    }
}

#[test]
fn a_key_in_utf16_is_reported_as_such() {
    for (mark, big) in [(true, false), (true, true), (false, false), (false, true)] {
        let units = mark.then_some(0xfeff).into_iter().chain(KEY.encode_utf16());
        let bytes: Vec<u8> = units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect();
        let error = Identity::from_reader(&*bytes).expect_err("no UTF-8");
        assert_eq!(
            error.to_string(),
            "the key: a key is text in UTF-8, and this is UTF-16; save it as UTF-8"
        );
    }
}

/// A NUL byte alone does not make a text UTF-16.
#[test]
fn a_nul_byte_is_reported_as_such() {
    for bytes in [
        format!("{KEY}\0"),
        format!("\0{KEY}"),
        format!("{}\0{}", &KEY[..20], &KEY[20..]),
        "\0\0\0\0".to_owned(),
    ] {
        assert_eq!(
            text(Identity::from_bytes(bytes.as_bytes())),
            "the key: a key is text, and this holds a NUL byte; provide the key as `age-keygen` writes it"
        );
    }
}

/// Every kind of key may be in lower case, and what is wrong with it is said of its kind.
#[test]
fn a_key_in_lower_case_is_of_its_kind() {
    for key in ["AGE-SECRET-KEY-PQ-1QQQ", "AGE-PLUGIN-NOPE-1QQQ", KEY] {
        let lower = key.to_lowercase();
        let [upper, lower] = [key, &lower].map(|key| {
            let key = key.parse::<Identity>();
            key.map_or_else(|error| error.to_string(), |_| "a key".into())
        });
        assert_eq!(upper, lower);
    }
    let mixed = format!("{}{}", &KEY[..30], KEY[30..].to_lowercase());
    assert!(text(mixed.parse::<Identity>()).contains("this identity is damaged or cut off"));
    let recipient = public(KEY).to_uppercase();
    assert!(text(recipient.parse::<Identity>()).contains("this is a recipient"));
}

/// A file is named, be its name like the start of a key.
#[test]
fn the_name_of_a_file_is_no_key() {
    for name in [
        "age-secret-key.txt",
        "age-secret-key-1.txt",
        "age-secret-key-pq-1.txt",
        "age-plugin-yubikey-identity.txt",
    ] {
        let path = file("exists.txt", "").with_file_name(name);
        let text = text(Identity::from_file(&path));
        assert!(text.contains(name), "{text}");
    }
}

#[test]
fn the_wrong_key_is_an_error() {
    let other: Identity = OTHER_KEY.parse().expect("a key");
    let result = Secrets::decrypt_from(&other, &encrypt(&good()));
    assert!(matches!(result, Err(Error::WrongIdentity { .. })));
    assert_eq!(
        text(result),
        format!(
            "the identity is that of `{}...`, and the encrypted secrets are for others; provide the right \
             one, or encrypt them for this one",
            &public(OTHER_KEY)[..12]
        )
    );
    assert!(fits(&other.or(KEY.parse().expect("a key"))));
}

/// The recipient of a key.
pub(crate) fn public(key: &str) -> String {
    let key: age::x25519::Identity = key.parse().expect("a key");
    key.to_public().to_string()
}

#[test]
fn an_armored_ciphertext_is_decrypted() {
    let armored = |file: &[u8]| {
        let mut text = Vec::new();
        let format = age::armor::Format::AsciiArmor;
        let mut writer =
            age::armor::ArmoredWriter::wrap_output(&mut text, format).expect("a writer");
        writer.write_all(file).expect("written");
        writer.finish().expect("written");
        text
    };
    let file = armored(&encrypt(&good()));
    let decrypt = |file: &[u8]| Secrets::decrypt_from(&KEY.parse().expect("a key"), file);
    assert!(decrypt(&file).is_ok());
    assert!(decrypt(&[b"\n", &file[..], b"\n"].concat()).is_ok());
    let text = String::from_utf8(file.clone()).expect("ASCII");
    assert!(decrypt(text.replace('\n', "\r\n").as_bytes()).is_ok());
    for length in [40, 200, file.len() / 2, file.len() - 10] {
        let result = decrypt(&file[..length]);
        assert!(matches!(result, Err(Error::Corrupt)), "{length} bytes");
    }
    let other = Secrets::decrypt_from(&OTHER_KEY.parse().expect("a key"), &file);
    assert!(matches!(other, Err(Error::WrongIdentity { .. })));
}

#[test]
fn what_is_no_key_is_named_by_its_place() {
    let mistyped = KEY.replace("QWF45NZ", "QWF45NY");
    for (key, expected) in [
        ("", "there is no key in it"),
        ("# only a comment\n", "there is no key in it"),
        (
            &format!("# one\n{mistyped}"),
            "line 2: this identity is damaged or cut off",
        ),
        (&KEY[..40], "line 1: this identity is damaged or cut off"),
        ("identity", "line 1: this is not an identity"),
        ("age14tdwmytxx", "line 1: this is a recipient"),
        ("AGE-SECRET-KEY-PQ-1QQQ", "post-quantum"),
        ("AGE-PLUGIN-NOPE-1QQQ", "plugin"),
        ("age1pq1qqqqqqqqqq", "line 1: this is a recipient"),
        (
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me",
            "public half of an SSH key; the private",
        ),
        (
            "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNo me",
            "of a kind that age does not know",
        ),
        (
            "sk-ssh-ed25519@openssh.com AAAAGnNr me",
            "of a kind that age does not know",
        ),
        ("PuTTY-User-Key-File-3: ssh-ed25519", "puttygen"),
        (
            "-----BEGIN EC PRIVATE KEY-----\nAAAA",
            "of a kind that age does not know",
        ),
        (
            "-----BEGIN PUBLIC KEY-----\nAAAA",
            "this is not a private key",
        ),
        (
            "-----BEGIN CERTIFICATE-----\nAAAA",
            "this is not a private key",
        ),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA", "SSH key"),
        (
            "-----BEGIN AGE ENCRYPTED FILE-----\n",
            "from_encrypted_file",
        ),
        (
            "\u{feff}\r\n -----BEGIN AGE ENCRYPTED FILE-----\n",
            "from_encrypted_file",
        ),
        ("age-encryption.org/v1\n", "from_encrypted_file"),
    ] {
        let text = text(key.parse::<Identity>());
        assert!(text.contains(expected), "{text}");
    }
    let text = text(Identity::from_reader(&b"\xff\xfe"[..]));
    assert!(text.contains("UTF-8"), "{text}");
}

#[test]
fn a_key_file_has_a_limit() {
    let fill = |length: usize| format!("{KEY}\n#{}", "x".repeat(length - KEY.len() - 2));
    assert!(Identity::from_file(file("limit.txt", fill(65_536))).is_ok());
    let text = text(Identity::from_file(file("above.txt", fill(65_537))));
    assert!(
        text.contains("above.txt") && text.contains("64 KiB"),
        "{text}"
    );
    // This one has no end.
    assert!(Identity::from_reader(std::io::repeat(b'#')).is_err());
}

#[test]
fn a_key_file_that_cannot_be_read_is_named() {
    let folder = std::env::temp_dir();
    let path = folder.join("absent.key.txt");
    let shown = text(Identity::from_file(&path));
    assert!(shown.contains(path.to_str().expect("UTF-8")), "{shown}");
}

/// The key itself, or a passphrase, where its path belongs.
#[test]
fn what_may_be_the_key_is_not_named() {
    for typed in [
        KEY,
        &format!("# created: today\n{KEY}\n"),
        &KEY.to_lowercase(),
        "correct horse battery staple",
        "Zq7Wk9Xv3Tn5Rb1Yd8Lc",
        "/nowhere/key.txt",
        "/tmp/Zq7Wk9Xv3Tn5Rb1Yd8Lc",
        "/tmp/key=hunter2.txt",
    ] {
        let Err(error) = Identity::from_file(typed) else {
            panic!("{typed} is a key file");
        };
        let Error::NoKeyFile { variable: None } = &error else {
            panic!("another error: {error}");
        };
        for shown in [
            format!("{error}"),
            format!("{error:?}"),
            format!("{error:#?}"),
        ] {
            let windows = typed.as_bytes().windows(6);
            let reported = windows.filter(|window| {
                let window = String::from_utf8_lossy(window);
                shown.contains(&*window) && window != "/nowhe"
            });
            assert_eq!(reported.count(), 0, "{shown}");
        }
        assert!(std::error::Error::source(&error).is_none());
    }
}

#[test]
fn debug_shows_no_key() {
    let identity: Identity = KEY.parse().expect("a key");
    let text = format!("{identity:?}");
    assert_eq!(text, "Identity { keys: 1, .. }");
}
