//! What other tools leave in files: encrypted values, conflicts, pointers.

use secrets_tests::Folder;

use super::forms::MOUNTED;

/// What other tools make of a file, and how each is reported.
const WHOLE: [(&[u8], &str); 9] = [
    (
        b"-----BEGIN AGE ENCRYPTED FILE-----\nv4lue==\n",
        "is encrypted with age; ",
    ),
    (b"age-encryption.org/v1\n-> X25519 v4lue\n\xff\x00", "is encrypted with age; "),
    (
        b"$ANSIBLE_VAULT;1.1;AES256\n6162v4lue\n",
        "is encrypted with Ansible Vault; decrypt it first, with `ansible-vault decrypt`",
    ),
    (
        b"\0GITCRYPT\0v4lue\xff",
        "is locked by git-crypt; unlock the checkout first, with `git-crypt unlock`",
    ),
    (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:v4lue\nsize 5\n",
        "is a pointer of Git LFS and not the file itself; get that first, with `git lfs pull`",
    ),
    (
        b"-----BEGIN PGP MESSAGE-----\n\nv4lue\n",
        "is encrypted with PGP; decrypt it first, with `gpg --decrypt`",
    ),
    (
        b"{\n\t\"data\": \"ENC[AES256_GCM,data:v4lue,type:str]\",\n\t\"sops\": { \"mac\": \"x\" }\n}\n",
        "is encrypted with SOPS; decrypt it first, with `sops decrypt`",
    ),
    (
        b"[default]\nkey = ENC[AES256_GCM,data:v4lue,type:str]\n[sops]\nversion = 3\n",
        "is encrypted with SOPS; decrypt it first, with `sops decrypt`",
    ),
    (
        b"\xef\xbb\xbf<<<<<<< HEAD\nkey = 'v4lue'\n=======\nkey = 'other'\n>>>>>>> branch\n",
        "has the marks of a merge conflict; keep one of the two versions",
    ),
];

#[test]
fn a_file_of_another_tool_is_reported_with_the_way_out() {
    let folder = Folder::new("");
    for (contents, what) in WHOLE {
        folder.write("package/secrets.toml", contents);
        let what = what.replace(
            "with age; ",
            "with age; give it a name that ends in `.toml.age`",
        );
        folder.fails(
            &["--file", "secrets.toml"],
            &[&format!("Syntax: secrets.toml:1:1: this file {what}")],
        );
        folder.write("package/template.toml", contents);
        folder.settings("template = \"template.toml\"");
        let problems = folder.load(&["--file", "secrets.toml"]).unwrap_err();
        assert!(
            problems.contains(&format!("template.toml:1:1: this file {what}")),
            "{problems}"
        );
        folder.settings("");
    }
    for compat in ["", "compat = \"streamlit\""] {
        let path = if compat.is_empty() {
            "mounted/key"
        } else {
            "mounted/key/file"
        };
        for (contents, what) in WHOLE {
            let folder = Folder::new(compat);
            folder.write(format!("package/{path}"), contents);
            let what = what.replace(
                "with age; ",
                "with age; decrypt it first, with `age --decrypt`",
            );
            folder.fails(
                &MOUNTED,
                &[&format!(
                    "Source: `{path}` {what}; if its bytes are wanted as they are, give its key the type `bytes`"
                )],
            );
        }
    }
    // A conflict has a place.
    folder.secrets("a = 1\n<<<<<<< ours\nb = 'v4lue'\n=======\nb = 'x'\n>>>>>>> theirs\n");
    folder.fails(
        &["--file", "secrets.toml"],
        &["Syntax: secrets.toml:2:1: this file has the marks of a merge conflict; keep one of the two versions"],
    );
}

/// Values in the form of another tool.
const VALUES: [(&str, &str); 4] = [
    (
        "ENC[AES256_GCM,data:v4lue,iv:x,tag:y,type:str]",
        "is encrypted with SOPS; decrypt it first, with `sops decrypt`",
    ),
    (
        "encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3dAt+Z9HPMfLEIRVz50hmLXPXRuDBXaJi",
        "is encrypted with dotenvx; decrypt it first, with `dotenvx decrypt`",
    ),
    (
        "$ANSIBLE_VAULT;1.1;AES256\n6162v4lue\n",
        "is encrypted with Ansible Vault; decrypt it first, with `ansible-vault decrypt`",
    ),
    (
        "version https://git-lfs.github.com/spec/v1\noid sha256:v4lue\n",
        "is a pointer of Git LFS and not the file itself; get that first, with `git lfs pull`",
    ),
];

#[test]
fn a_value_of_another_tool_is_an_error() {
    let way_out = "if this text is wanted as it is, give the key the type `bytes:utf8`";
    for (value, what) in VALUES {
        let mut folder = Folder::new("env-prefix = \"APP\"");
        folder.secrets(&format!(
            "good = 'x'\n[table]\nkey = {value:?}\nlist = ['x', {value:?}]\n"
        ));
        folder.fails(
            &["--file", "secrets.toml"],
            &[
                &format!("Value: secrets.toml:3:1: `table.key` {what}; {way_out}"),
                &format!("Value: secrets.toml:4:14: `table.list[]` {what}; {way_out}"),
            ],
        );
        folder.secrets("key = 'x'");
        folder.set_os("APP__KEY".into(), value);
        folder.fails(
            &["--file", "secrets.toml"],
            &[&format!(
                "Value: the variable `APP__KEY`: `key` {what}; {way_out}"
            )],
        );
        folder.settings("keys.key = { type = \"bytes:utf8\" }");
        folder.secrets(&format!("key = {value:?}"));
        folder.lists(
            &["--file", "secrets.toml"],
            &["key: bytes, from secrets.toml:1:1"],
        );
        folder.write("package/mounted/key", value);
        folder.lists(&MOUNTED, &["key: bytes, from mounted/key"]);
    }
    // What only reads like one is none.
    let folder = Folder::new("");
    folder.secrets(
        "a = 'encrypted:no'\nb = 'encrypted: yes it is, with care'\nc = 'ENC[x]'\nd = '<<<<<<< '\ne = 'age-encryption'\n",
    );
    assert_eq!(
        folder
            .load(&["--file", "secrets.toml"])
            .unwrap()
            .lines()
            .count(),
        5
    );
}
