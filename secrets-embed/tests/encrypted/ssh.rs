//! SSH keys that `ssh-keygen` makes, and files that `age` encrypts to them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use secrets_embed::{Error, Identity};

use crate::{
    keys::file,
    module::{KEY, Secrets, encrypt, good, text},
    tools::{folder, seal, tool, utf8},
};

/// Makes a key, and returns the path of its private half.
fn keygen(folder: &Path, name: &str, options: &[&str]) -> PathBuf {
    let path = folder.join(name);
    let mut command = Command::new("ssh-keygen");
    command
        .args(["-q", "-C", "me@host", "-f", utf8(&path)])
        .args(options);
    tool(&mut command, b"");
    path
}

fn seal_to(key: &Path) -> Vec<u8> {
    seal(&["-R", utf8(&key.with_extension("pub"))])
}

#[test]
fn keys_of_each_kind_open_what_is_encrypted_to_them() {
    let folder = folder("ssh");
    let keys = [
        keygen(&folder, "ed25519", &["-t", "ed25519", "-N", ""]),
        keygen(&folder, "rsa", &["-t", "rsa", "-N", ""]),
        keygen(&folder, "pem", &["-t", "rsa", "-m", "PEM", "-N", ""]),
    ];
    for key in &keys {
        let file = seal_to(key);
        for other in &keys {
            let identity = Identity::from_file(other).expect("a key");
            let result = Secrets::decrypt_from(&identity, &file);
            if key == other {
                assert!(result.is_ok(), "{}", key.display());
            } else {
                assert!(matches!(result, Err(Error::WrongIdentity)));
            }
            // Whichever of several fits is found.
            let both = KEY.parse::<Identity>().expect("a key").or(identity);
            assert_eq!(
                Secrets::decrypt_from(&both, &file).is_ok(),
                key == other,
                "{}",
                key.display()
            );
            assert!(Secrets::decrypt_from(&both, &encrypt(&good())).is_ok());
        }
    }
}

#[test]
fn white_space_around_a_key_does_not_matter() {
    let folder = folder("ssh-space");
    for (kind, format) in [("ed25519", "RFC4716"), ("rsa", "PEM")] {
        let key = keygen(&folder, kind, &["-t", kind, "-m", format, "-N", ""]);
        let file = seal_to(&key);
        let key = fs::read_to_string(key).expect("a key");
        for text in [
            key.clone(),
            key.trim().to_owned(),
            key.replace('\n', "\r\n"),
            format!("\n{key}"),
            format!("  \r\n\r\n{key}\n \r\n"),
        ] {
            let identity: Identity = text.parse().expect("a key");
            assert!(
                Secrets::decrypt_from(&identity, &file).is_ok(),
                "{kind}: {text:?}"
            );
        }
    }
}

#[test]
fn an_encrypted_key_is_told_apart() {
    let folder = folder("ssh-encrypted");
    let with = ["-N", "correct horse"];
    for (index, options) in [
        &["-t", "ed25519"][..],
        &["-t", "rsa"],
        &["-t", "ed25519", "-Z", "aes128-cbc"],
        &["-t", "ed25519", "-Z", "chacha20-poly1305@openssh.com"],
        &["-t", "rsa", "-m", "PEM"],
    ]
    .into_iter()
    .enumerate()
    {
        let key = keygen(&folder, &index.to_string(), &[options, &with].concat());
        let text = text(Identity::from_file(&key));
        assert_eq!(
            text,
            format!(
                "`{}`: this SSH key is encrypted; provide it decrypted, or an age key",
                key.display()
            ),
            "{options:?}"
        );
    }
}

#[test]
fn what_is_no_key_is_told() {
    let folder = folder("ssh-mistakes");
    let key = keygen(&folder, "ed25519", &["-t", "ed25519", "-N", ""]);
    let public = fs::read_to_string(key.with_extension("pub")).expect("the public half");
    let key = fs::read_to_string(key).expect("a key");
    assert!(key.parse::<Identity>().is_ok());
    let ecdsa = keygen(&folder, "ecdsa", &["-t", "ecdsa", "-N", ""]);
    let ecdsa = fs::read_to_string(ecdsa).expect("a key");
    let pkcs8 = keygen(&folder, "pkcs8", &["-t", "rsa", "-m", "PKCS8", "-N", ""]);
    let pkcs8 = fs::read_to_string(pkcs8).expect("a key");

    let unknown = "this is no SSH key that age knows, expected ed25519 or RSA";
    let half = &key[..key.len() / 2];
    for (text, expected) in [
        (&ecdsa[..], unknown),
        (&pkcs8, unknown),
        (half, unknown),
        (&key.replace("b3BlbnNza", "b3BlbnNzb"), unknown),
        (&public, "line 1: this is the public half of an SSH key"),
        (&format!("{key}{key}"), "there is more behind this SSH key"),
        (
            &format!("{key}\n{KEY}"),
            "there is more behind this SSH key",
        ),
    ] {
        let path = file("no-ssh-key", text);
        let error = self::text(Identity::from_file(&path));
        assert!(
            error.contains("no-ssh-key`") && error.contains(expected),
            "{error}"
        );
        for line in text
            .lines()
            .filter(|line| line.len() > 12 && !line.contains("-----"))
        {
            let part = &line[line.len() / 4..line.len().min(line.len() / 4 + 12)];
            assert!(!error.contains(part), "{error}");
        }
    }
}
