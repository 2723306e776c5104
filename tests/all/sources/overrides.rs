//! Environment variables that override keys.

use std::{ffi::OsString, os::unix::ffi::OsStringExt};

use secrets_tests::Folder;

pub(super) const PREFIX: [&str; 4] = ["--file", "secrets.toml", "--env-prefix", "APP"];

/// A folder with one source of this text.
pub(super) fn with(text: &str) -> Folder {
    let folder = Folder::new("");
    folder.secrets(text);
    folder
}

#[test]
fn a_variable_takes_the_type_of_its_key() {
    // The value in the file, the text of the variable, and the same as TOML.
    let cases = [
        ("'old'", "new", "'new'"),
        ("'old'", "", "''"),
        ("'old'", "5", "'5'"),
        ("'old'", " \"x\"\n", "\" \\\"x\\\"\\n\""),
        ("1", "2", "2"),
        ("1", " -7 ", "-7"),
        ("1", "0xff", "255"),
        ("1", "1_000", "1000"),
        ("1", "-9223372036854775808", "-9223372036854775808"),
        ("1", "9223372036854775807", "9223372036854775807"),
        (
            "18446744073709551615",
            "18446744073709551614",
            "18446744073709551614",
        ),
        ("1.5", "2.5", "2.5"),
        ("1.5", "3", "3.0"),
        ("1.5", "-3", "-3.0"),
        ("1.5", "inf", "inf"),
        ("1.5", "-inf", "-inf"),
        ("1.5", "nan", "nan"),
        ("1.5", "-0.0", "-0.0"),
        ("1.5", "1e3", "1000.0"),
        ("true", "false", "false"),
        (
            "2026-01-01T00:00:00Z",
            "2027-01-01T00:00:00+01:00",
            "2027-01-01T00:00:00+01:00",
        ),
        (
            "2026-01-01T00:00:00",
            "2027-01-01T00:00:00",
            "2027-01-01T00:00:00",
        ),
        ("2026-01-01", "2027-01-01", "2027-01-01"),
        ("00:00:00", "12:30:00.5", "12:30:00.5"),
        ("['a']", "[\"b\", 'c']", "['b', 'c']"),
        ("[1, 2]", "[]", "[]"),
        ("[]", "['x']", "['x']"),
        ("[]", "[1]", "[1]"),
        ("[[1]]", "[[2, 3], []]", "[[2, 3], []]"),
        ("[1, 'a']", "[2, 'b']", "[2, 'b']"),
        (
            "[{ a = 1, b = 'x' }]",
            "[{ a = 2, b = 'y' }, { a = 3, b = 'z' }]",
            "[{ a = 2, b = 'y' }, { a = 3, b = 'z' }]",
        ),
    ];
    for (old, text, new) in cases {
        let mut folder = with(&format!("key = {new}"));
        let mut expected = folder.values(&PREFIX);
        if new == "[]" {
            // An empty array keeps the type it had.
            expected = expected.replace("& 'static [& 'static str]", "& 'static [i64]");
        }
        folder.secrets(&format!("key = {old}"));
        folder.set("APP__KEY", text);
        assert_eq!(folder.values(&PREFIX), expected, "{text} over {old}");
    }
}

#[test]
fn the_type_in_rust_stays() {
    let cases = [
        ("18446744073709551615", "5", "u64", "5"),
        ("[18446744073709551615]", "[1]", "& 'static [u64]", "&[1, ]"),
        ("[[1]]", "[[]]", "& 'static [& 'static [i64]]", "&[&[], ]"),
        (
            "[['a']]",
            "[]",
            "& 'static [& 'static [& 'static str]]",
            "&[]",
        ),
    ];
    for (old, text, ty, value) in cases {
        let mut folder = with(&format!("key = {old}"));
        folder.set("APP__KEY", text);
        let values = folder.values(&PREFIX);
        let constant = format!("const KEY: {ty} ={value};");
        assert!(
            values.contains(&constant),
            "{constant} is not in:\n{values}"
        );
    }
}

#[test]
fn bytes_take_the_bytes_of_the_variable() {
    let mut folder = Folder::new("");
    let arguments = ["--file", "mounted", "--env-prefix", "APP"];
    folder.write("package/mounted/key", b"a\xffb\n");
    let expected = folder.values(&arguments);
    folder.write("package/mounted/key", b"\xfe");
    folder.set("APP__KEY", OsString::from_vec(b"a\xffb\n".to_vec()));
    assert_eq!(folder.values(&arguments), expected);
}

#[test]
fn a_variable_that_does_not_fit_the_type_is_reported_without_its_value() {
    let marker = "v4lue-that-must-not-show";
    let array =
        "an array of the same type, written as in TOML, such as `[\"a\", \"b\"]` or `[1, 2]`";
    let cases = [
        ("1", "1.5", "an integer that fits `i64`"),
        ("1", marker, "an integer that fits `i64`"),
        ("1", "", "an integer that fits `i64`"),
        ("1", "99999999999999999999", "an integer that fits `i64`"),
        ("1", "1 # x", "an integer that fits `i64`"),
        ("1", "9223372036854775808", "an integer that fits `i64`"),
        ("18446744073709551615", "-5", "an integer that fits `u64`"),
        ("1.5", marker, "a float"),
        ("1.5", "1e999", "a float"),
        ("true", "yes", "a boolean, `true` or `false`"),
        ("true", "1", "a boolean, `true` or `false`"),
        (
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00",
            "an offset date-time",
        ),
        (
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00Z",
            "a local date-time",
        ),
        ("2026-01-01", marker, "a local date"),
        ("00:00:00", "2026-01-01", "a local time"),
        ("['a']", "a,b", array),
        ("['a']", "[1]", array),
        ("['a']", marker, array),
        ("[1]", "[1, 'a']", array),
        ("[1, 'a']", "[1]", array),
        ("[1, 'a']", "['a', 1]", array),
        ("[1]", "[9223372036854775808]", array),
        ("[{ a = 1 }]", "[{ a = 'x' }]", array),
        ("[{ a = 1 }]", "[{ b = 1 }]", array),
        ("[{ a = 1, b = 1 }]", "[{ a = 1 }]", array),
        ("[[1]]", "[1]", array),
    ];
    for (old, text, wanted) in cases {
        let mut folder = with(&format!("[t]\nkey = {old}"));
        folder.set("APP__T__KEY", text);
        folder.fails(
            &PREFIX,
            &[&format!(
                "Variable: the variable `APP__T__KEY` does not hold {wanted}, which the key `t.key` is at secrets.toml:2:1; \
                 set it to one, or unset it"
            )],
        );
    }
    let mut folder = with("key = 'x'");
    folder.set("APP__KEY", OsString::from_vec(b"a\xffb".to_vec()));
    folder.fails(
        &PREFIX,
        &["Variable: the variable `APP__KEY` does not hold a string in UTF-8, which the key `key` is at secrets.toml:1:1; set it to \
           one, or unset it"],
    );
}

#[test]
fn variables_wait_for_sources_without_problems() {
    let mut folder = with("key = 1\nkey = 2");
    folder.set("APP__NONE", "1");
    let problems = folder.load(&PREFIX).unwrap_err();
    assert!(
        problems.contains("duplicate key") && !problems.contains("NONE"),
        "{problems}"
    );
}
