//! What is put in the place of encrypted sources, identities, recipients and passphrases, and is something
//! else: each is told for what it is.

use secrets_tests::Project;

use super::memory::{KEY, RECIPIENT};

/// The build fails, says this, and shows no value and no key.
#[track_caller]
fn fails(project: &Project, message: &str) {
    let error = project.build_err();
    assert!(error.contains(message), "{message}\n---\n{error}");
    for hidden in ["v4lue", &KEY[20..40], &RECIPIENT[10..30]] {
        assert!(!error.contains(hidden), "{hidden} is shown:\n{error}");
    }
}

fn project(name: &str, settings: &str) -> Project {
    let mut project = Project::new(name);
    project.build_features("age").features("age");
    project.metadata(&format!("[package.metadata.secrets]\n{settings}\n"));
    project
}

/// The front of a file as `age -p` makes it.
fn of_passphrase() -> Vec<u8> {
    let (salt, body) = ("A".repeat(22), "A".repeat(43));
    let header = format!("age-encryption.org/v1\n-> scrypt {salt} 18\n{body}\n--- {body}\n");
    [header.as_bytes(), &[0; 48]].concat()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

#[test]
fn encrypted_sources_that_are_something_else() {
    let mut project = project("mistaken-sources", "files = [\"one.toml.age\"]");
    let plain =
        "`one.toml.age` is not encrypted; encrypt it, or give it a name that ends in `.toml`";
    let cases: [(&[u8], &str); 5] = [
        (b"key = \"v4lue\"\n", plain),
        (
            &of_passphrase(),
            "`one.toml.age` is encrypted to a passphrase, and a build asks for none; encrypt it to a recipient",
        ),
        (
            b"\0GITCRYPT\0v4lue",
            "`one.toml.age` is locked by git-crypt; unlock the checkout first",
        ),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:v4lue\n",
            "`one.toml.age` is a pointer of Git LFS and not the file itself",
        ),
        (
            &utf16("-----BEGIN AGE ENCRYPTED FILE-----\n"),
            "`one.toml.age` is UTF-16; save it as UTF-8",
        ),
    ];
    // With an identity and without one, it is the same.
    for (contents, message) in cases {
        project.write("one.toml.age", contents);
        fails(&project, message);
    }
    project.set("SECRETS_AGE_KEY", KEY);
    project.write("one.toml.age", cases[0].0);
    fails(&project, plain);
    // And without the feature.
    project.build_features("").features("");
    fails(&project, plain);
}

#[test]
fn identities_that_are_something_else() {
    let project = project(
        "mistaken-identities",
        "files = [\"one.toml.age\"]\nidentity = \"identity\"",
    );
    // What it is encrypted to does not matter before there is an identity.
    let (argument, mac) = ("A".repeat(43), "A".repeat(43));
    let header = format!("age-encryption.org/v1\n-> X25519 {argument}\n{argument}\n--- {mac}\n");
    project.write("one.toml.age", [header.as_bytes(), &[0; 48]].concat());
    let public = "holds the public half of an SSH key; the private half starts with `-----BEGIN`";
    let cases: [(&[u8], &str); 10] = [
        (
            RECIPIENT.as_bytes(),
            "holds a recipient, the public half of a key; the identity starts with `AGE-SECRET-KEY-1`",
        ),
        (b"ssh-ed25519 AAAAC3v4lue me@host", public),
        (b"ecdsa-sha2-nistp256 AAAAv4lue me@host", public),
        (
            b"# a comment\nAGE-SECRET-KEY-PQ-1V4LUE",
            "holds a post-quantum identity, which the crate `age` does not know yet",
        ),
        (
            b"AGE-PLUGIN-YUBIKEY-1V4LUE",
            "holds an identity of an age plugin; give `secrets-build` the feature `plugin`, as in",
        ),
        (
            b"-----BEGIN OPENSSH PRIVATE KEY-----\nv4lue\n-----END OPENSSH PRIVATE KEY-----\n",
            "holds an SSH key; give `secrets-build` the feature `ssh`, as in",
        ),
        (
            &of_passphrase(),
            "is encrypted itself, and a build asks for no passphrase",
        ),
        (
            b"-----BEGIN AGE ENCRYPTED FILE-----\nv4lue\n",
            "is encrypted itself, and a build asks for no passphrase",
        ),
        (&utf16(KEY), "is UTF-16; save it as UTF-8"),
        (
            b"v4lue",
            "holds no identity, expected `AGE-SECRET-KEY-1...`",
        ),
    ];
    for (contents, message) in cases {
        project.write("identity", contents);
        fails(&project, message);
    }
    // One with a byte order mark is one; this file is encrypted to another.
    project.write("identity", format!("\u{feff}{KEY}\n"));
    fails(
        &project,
        "`one.toml.age` is not encrypted to the identity of",
    );
}

#[test]
fn recipients_and_passphrases_that_are_something_else() {
    let mut project = project("mistaken-recipients", "");
    project.write(".secrets/secrets.toml", "key = \"v4lue\"\n");
    let several = "is more than one; write each by itself, without a comma";
    let kind = "is an SSH key of a kind that age does not know, expected ed25519 or RSA";
    for (text, what) in [
        (format!("{RECIPIENT},{RECIPIENT}"), several),
        (format!("{RECIPIENT}, {RECIPIENT}"), several),
        (format!("{RECIPIENT} {RECIPIENT}"), several),
        (format!("{RECIPIENT},"), several),
        ("ecdsa-sha2-nistp256 AAAAv4lue me@host".to_owned(), kind),
        ("sk-ssh-ed25519@openssh.com AAAAv4lue".to_owned(), kind),
        ("ssh-dss AAAAv4lue me@host".to_owned(), kind),
        (
            "age1pq1v4lue".to_owned(),
            "is post-quantum, which the crate `age` does not know yet",
        ),
    ] {
        project.metadata(&format!(
            "[package.metadata.secrets]\nrecipients = [\"{text}\"]\n"
        ));
        fails(
            &project,
            &format!("Cargo.toml:15:15: this recipient {what}"),
        );
    }
    project.metadata("[package.metadata.secrets]\nrecipients = [\"recipients.txt\"]\n");
    project.write(
        "recipients.txt",
        format!("\u{feff}# all\n{RECIPIENT},{RECIPIENT}\n"),
    );
    fails(
        &project,
        &format!("recipients.txt:2:1: this recipient {several}"),
    );
    project.write("recipients.txt", utf16(RECIPIENT));
    fails(&project, "recipients.txt`: it is UTF-16; save it as UTF-8");
    project.write("recipients.txt", format!("\u{feff}{RECIPIENT}\n"));
    project.build_ok();

    project.metadata(
        "[package.metadata.secrets]\nrecipients = [{ passphrase-file = \"passphrase\" }]\n",
    );
    let lines = "passphrase` has more than one line, and a passphrase is one; remove the others";
    for (contents, what) in [
        (&b"v4lue one\nv4lue two\n"[..], lines),
        (b"v4lue\n\n", lines),
        (b"v4lue one\rv4lue two", lines),
        (&utf16("v4lue"), "passphrase` is UTF-16; save it as UTF-8"),
        ("\u{feff}\n".as_bytes(), "passphrase` holds no passphrase"),
    ] {
        project.write("passphrase", contents);
        fails(&project, what);
    }
}
