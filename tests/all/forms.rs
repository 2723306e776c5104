//! In what form text and bytes are in files: newlines, byte order marks, encodings, other tools.

use crate::folder::Folder;

const MOUNTED: [&str; 2] = ["--file", "mounted"];

/// An encoding that is not wanted.
fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xfeff);
    let units = mark.into_iter().chain(text.encode_utf16());
    units
        .flat_map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

fn every_utf16(text: &str) -> Vec<Vec<u8>> {
    let forms = [(false, true), (true, true), (false, false), (true, false)];
    forms
        .into_iter()
        .map(|(big, mark)| utf16(text, big, mark))
        .collect()
}

#[test]
fn bytes_are_those_of_the_file_whatever_they_are() {
    let cases: [&[u8]; 9] = [
        b"sixteen bytes...\n",
        b"0123456789abcde\n",
        b"a\r\n",
        b"\n",
        b"",
        b"\xff\xfe\x00",
        "\u{feff}x\n".as_bytes(),
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
        b"\xff\xfea\0",
    ];
    for compat in ["", "compat = \"streamlit\"\n"] {
        let folder = Folder::new(&format!("{compat}keys.key = {{ type = \"bytes\" }}"));
        for contents in cases {
            let path = if compat.is_empty() { "" } else { "/file" };
            folder.write(format!("package/mounted/key{path}"), contents);
            let values = folder.values(&MOUNTED);
            let list: Vec<String> = contents.iter().map(u8::to_string).collect();
            let escaped: String = contents
                .iter()
                .flat_map(|byte| std::ascii::escape_default(*byte))
                .map(char::from)
                .collect();
            let expected = [
                format!("&[{}]", list.join(", ")),
                format!("b\"{}\"", escaped.replace("\\'", "'")),
                format!("b\"{}\"", escaped.replace("\\x00", "\\0")),
            ];
            assert!(
                values.contains("& 'static [u8]") && expected.iter().any(|e| values.contains(e)),
                "{contents:?} as one of {expected:?}:\n{values}"
            );
            let bytes = "key: bytes, from mounted/key";
            let listing = folder.load(&MOUNTED).unwrap();
            assert!(listing.starts_with(bytes), "{listing}");
        }
    }
}

#[test]
fn bytes_come_from_toml_and_variables_too() {
    use std::{ffi::OsString, os::unix::ffi::OsStringExt};
    let mut folder =
        Folder::new("env-prefix = \"APP\"\nkeys.key = { type = \"bytes\", optional = true }");
    folder.secrets("key = \"text\\n\"");
    let source = ["--file", "secrets.toml"];
    let values = folder.values(&source);
    assert!(values.contains("b\"text\\n\""), "{values}");
    // One over the other, in any order.
    folder.write("package/mounted/key", b"raw\xff\n");
    let both = ["--file", "mounted", "--file", "secrets.toml"];
    assert_eq!(folder.values(&both), values);
    let mounted = folder.values(&["--file", "secrets.toml", "--file", "mounted"]);
    assert!(mounted.contains("b\"raw\\xff\\n\""), "{mounted}");
    for text in ["key = 'old'", ""] {
        folder.secrets(text);
        folder.set("APP__KEY", OsString::from_vec(b"raw\xff\n".to_vec()));
        assert_eq!(folder.values(&source), mounted);
    }
    let folder = Folder::new("keys.key = { type = \"bytes\" }");
    folder.secrets("key = 5");
    folder.fails(
        &source,
        &["Rule: secrets.toml:1:1: `key` is no `bytes`, expected a string, or a file of a secret directory"],
    );
}

#[test]
fn text_keeps_its_last_newline_where_keys_says_so() {
    let cases: [(&[u8], &str); 5] = [
        (b"", "''"),
        (b"a", "'a'"),
        (b"a\n", "\"a\\n\""),
        (b"a\r\n", "\"a\\r\\n\""),
        ("\u{feff} a\n\n".as_bytes(), "\" a\\n\\n\""),
    ];
    for ty in ["", ", type = \"string\"", ", type = \"bytes:utf8\""] {
        let folder = Folder::new(&format!("keys.key = {{ keep-newline = true{ty} }}"));
        for (contents, toml) in cases {
            folder.write("package/mounted/key", contents);
            folder.secrets(&format!("key = {toml}"));
            let expected = folder.values(&["--file", "secrets.toml"]);
            assert_eq!(folder.values(&MOUNTED), expected, "{contents:?}");
        }
    }
    let streamlit = Folder::new("compat = \"streamlit\"\nkeys.key = { keep-newline = true }");
    streamlit.write("package/mounted/key/file", " a\n");
    streamlit.secrets("key = \" a\\n\"");
    let expected = streamlit.values(&["--file", "secrets.toml"]);
    assert_eq!(streamlit.values(&MOUNTED), expected);
    // It is nothing for what has no newline.
    let folder = Folder::new("keys.key = { keep-newline = true }");
    folder.secrets("key = 5");
    folder.fails(
        &["--file", "secrets.toml"],
        &[
            "Setting: Cargo.toml:9:6: `keep-newline` of the entry `key` does not fit `key`, which is an integer at secrets.toml:1:1; remove the rule",
        ],
    );
}

#[test]
fn the_type_of_a_key_does_not_hang_on_its_bytes() {
    // Fixed by `keys`, what is no text is no string.
    let folder = Folder::new("keys.key = { type = \"string\" }");
    folder.write("package/mounted/key", b"v4lue\xff");
    folder.fails(
        &MOUNTED,
        &["Rule: mounted/key: `key` is no `string`, expected a string; the type of a file that is not text is `bytes`"],
    );
    // Fixed by the template, likewise.
    let folder = Folder::new("template = \"template.toml\"");
    folder.write("package/template.toml", "key = \"x\"\n");
    folder.write("package/mounted/key", b"v4lue\xff");
    folder.fails(
        &MOUNTED,
        &["Shape: `key` is bytes at mounted/key, but a string in the template at template.toml:1:1; give the key the type `bytes` in `keys`, or change one of the two"],
    );
    folder.settings("template = \"template.toml\"\nkeys.key = { type = \"bytes\" }");
    for contents in [&b"v4lue\xff\n"[..], b"v4lue\n"] {
        folder.write("package/mounted/key", contents);
        folder.lists(&MOUNTED, &["key: bytes, from mounted/key"]);
    }
    // Fixed by nothing, two layers or two profiles that differ are told how to fix it.
    let folder = Folder::new("");
    folder.write("package/mounted/key", b"v4lue\xff");
    folder.write("package/other/key", b"v4lue");
    for (files, first, second) in [
        (
            ["mounted", "other"],
            "bytes at mounted/key",
            "a string at other/key",
        ),
        (
            ["other", "mounted"],
            "a string at other/key",
            "bytes at mounted/key",
        ),
    ] {
        folder.fails(
            &["--file", files[0], "--file", files[1]],
            &[&format!(
                "Merge: `key` is {first} but {second}; give it the type `bytes` in `keys`, or rename one of the two"
            )],
        );
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let folder = Folder::new("template = \"template.toml\"");
    folder.write("package/template.toml", "\u{feff}key = 'x'\nother = 'x'\n");
    folder.write("package/secrets.toml", "\u{feff}key = 'y'\n");
    folder.write("package/mounted/other", "\u{feff}text\n");
    let both = ["--file", "secrets.toml", "--file", "mounted"];
    folder.lists(
        &both,
        &[
            // The mark is no column.
            "key: string, from secrets.toml:1:1",
            "other: string, from mounted/other",
        ],
    );
    let values = folder.values(&both);
    assert!(
        values.contains("\"text\"") && !values.contains('\u{feff}'),
        "{values}"
    );
    // In the middle it is a character as any other.
    folder.write("package/mounted/other", "a\u{feff}\n");
    assert!(folder.values(&both).contains("\"a\\u{feff}\""));
}

#[test]
fn utf16_is_told_as_such() {
    let folder = Folder::new("");
    for bytes in every_utf16("key = 'v4lue'\r\n") {
        folder.write("package/secrets.toml", &bytes);
        folder.fails(
            &["--file", "secrets.toml"],
            &["Syntax: secrets.toml:1:1: this file is UTF-16; save it as UTF-8"],
        );
    }
    for compat in ["", "compat = \"streamlit\""] {
        let folder = Folder::new(compat);
        let path = if compat.is_empty() {
            "mounted/key"
        } else {
            "mounted/key/file"
        };
        for bytes in every_utf16("v4lue") {
            folder.write(format!("package/{path}"), &bytes);
            folder.fails(
                &MOUNTED,
                &[&format!(
                    "Source: `{path}` is UTF-16; save it as UTF-8; if its bytes are wanted as they are, give its key the type `bytes`"
                )],
            );
        }
    }
    let folder = Folder::new("template = \"template.toml\"");
    folder.secrets("key = 'x'");
    folder.write("package/template.toml", utf16("key = 'x'", false, true));
    folder.fails(
        &["--file", "secrets.toml"],
        &["Syntax: template.toml:1:1: this file is UTF-16; save it as UTF-8"],
    );
}

/// What other tools make of a file, and how each is told.
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
fn a_file_of_another_tool_is_told_with_the_way_out() {
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
