//! In what form text and bytes are in files: newlines, byte order marks, encodings, other tools.

use secrets_tests::Folder;

pub(super) const MOUNTED: [&str; 2] = ["--file", "mounted"];

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
        &["Rule: secrets.toml:1:1: `key` is not of type `bytes`, expected a string, or a file of a secret directory"],
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
        &["Rule: mounted/key: `key` is not of type `string`, expected a string; the type of a file that is not text is `bytes`"],
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
    // Fixed by nothing, the message about two layers or two profiles that differ says how to fix it.
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
fn utf16_is_reported_as_such() {
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
