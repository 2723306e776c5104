//! SSH keys, and files that `age` encrypts to them.

use std::{fs, path::Path};

use secrets_embed::{Error, Identity};
use secrets_test_tools::{Cipher, SshKey, SshKind};

use crate::{
    key_texts::file,
    module::{KEY, Secrets, encrypt, good, text},
    tools::{folder, seal, utf8},
};

/// An RSA key that OpenSSH 9 encrypted as `ssh-keygen -m PEM` does, in a format that nobody else writes.
const ENCRYPTED_PEM: &str = include_str!("fixtures/encrypted.pem");

fn seal_to(key: &Path) -> Vec<u8> {
    seal(&["-R", utf8(&key.with_extension("pub"))])
}

#[test]
fn keys_of_each_kind_open_what_is_encrypted_to_them() {
    let folder = folder("ssh");
    let [ed25519, rsa, pem] = [SshKind::Ed25519, SshKind::Rsa, SshKind::Rsa].map(SshKey::new);
    let keys = [
        ed25519.write(folder.join("ed25519"), &ed25519.openssh()),
        rsa.write(folder.join("rsa"), &rsa.openssh()),
        pem.write(folder.join("pem"), &pem.pem()),
    ];
    for key in &keys {
        let file = seal_to(key);
        for other in &keys {
            let identity = Identity::from_file(other).expect("a key");
            let result = Secrets::decrypt_from(&identity, &file);
            if key == other {
                assert!(result.is_ok(), "{}", key.display());
            } else {
                assert!(matches!(result, Err(Error::WrongIdentity { .. })));
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
    for kind in [SshKind::Ed25519, SshKind::Rsa] {
        let pair = SshKey::new(kind);
        let key = match kind {
            SshKind::Rsa => pair.pem(),
            _ => pair.openssh(),
        };
        let file = seal_to(&pair.write(folder.join("key"), &key));
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
                "{kind:?}: {text:?}"
            );
        }
    }
}

#[test]
fn an_encrypted_key_is_distinguished() {
    let folder = folder("ssh-encrypted");
    let encrypted = |kind, cipher| SshKey::new(kind).encrypted(cipher, "correct horse");
    for (name, key) in [
        ("ed25519", encrypted(SshKind::Ed25519, Cipher::Aes256Ctr)),
        ("rsa", encrypted(SshKind::Rsa, Cipher::Aes256Ctr)),
        ("cbc", encrypted(SshKind::Ed25519, Cipher::Aes128Cbc)),
        (
            "chacha",
            encrypted(SshKind::Ed25519, Cipher::ChaCha20Poly1305),
        ),
        ("pem", ENCRYPTED_PEM.to_owned()),
    ] {
        let path = folder.join(name);
        fs::write(&path, key).expect("a file");
        let text = text(Identity::from_file(&path));
        assert_eq!(
            text,
            format!(
                "`{}`: this SSH key is encrypted; provide it decrypted, or an age key",
                path.display()
            ),
            "{name}"
        );
    }
}

#[test]
fn what_is_no_key_is_reported() {
    let pair = SshKey::new(SshKind::Ed25519);
    let (key, public) = (pair.openssh(), pair.public());
    assert!(key.parse::<Identity>().is_ok());
    let ecdsa = SshKey::new(SshKind::Ecdsa).openssh();
    let pkcs8 = SshKey::new(SshKind::Rsa).pkcs8();

    let unknown = "this is not an SSH key that age knows, expected ed25519 or RSA";
    let half = &key[..key.len() / 2];
    for (text, expected) in [
        (
            &ecdsa[..],
            "of a kind that age does not know, such as ECDSA",
        ),
        (&pkcs8, unknown),
        (half, unknown),
        (&key.replace("b3BlbnNza", "b3BlbnNzb"), unknown),
        (&public, "line 1: this is the public half of an SSH key"),
        (&format!("{key}{key}"), "there is more after this SSH key"),
        (&format!("{key}\n{KEY}"), "there is more after this SSH key"),
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
