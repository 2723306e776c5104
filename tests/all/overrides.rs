//! Environment variables that override keys.

use std::{ffi::OsString, os::unix::ffi::OsStringExt};

use crate::folder::Folder;

const PREFIX: [&str; 4] = ["--file", "secrets.toml", "--env-prefix", "APP"];

/// A folder with one source of this text.
fn with(text: &str) -> Folder {
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
fn a_variable_that_does_not_fit_the_type_is_told_without_its_value() {
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
fn names_are_found_without_case_and_with_underscores_for_dashes() {
    let cases = [
        ("database.password", "APP__DATABASE__PASSWORD"),
        ("database.password", "APP__database__password"),
        ("database.password", "APP__Database__passWord"),
        ("api-key", "APP__API_KEY"),
        ("api-key", "APP__api-key"),
        ("Api_Key", "APP__api_key"),
        ("my-db.api-key", "APP__MY_DB__API_KEY"),
        ("a.b.c.d", "APP__A__B__C__D"),
        ("a__b", "APP__A__B"),
        ("\"with space\"", "APP__WITH SPACE"),
        ("\"größe\"", "APP__GRÖSSE"),
        ("\"größe\"", "APP__GR__E"),
        ("\"with space\"", "APP__WITH_SPACE"),
        ("tls.\"ca.crt\"", "APP__TLS__CA_CRT"),
        ("tls.\"ca.crt\"", "APP__tls__ca_crt"),
        ("tls.\"ca.crt\"", "APP__TLS__CA.CRT"),
        ("\"straße\"", "APP__STRA_E"),
        ("\"straße\"", "APP__STRASSE"),
        ("\"a/b:c\".\"d e\"", "APP__A_B_C__D_E"),
        ("\"ключ\"", "APP__КЛЮЧ"),
        ("\"\".a", "APP____A"),
        ("\"\"", "APP__"),
    ];
    for (key, variable) in cases {
        let mut folder = with(&format!("{key} = 'old'\nother = 1"));
        folder.set(variable, "new");
        let listing = folder.load(&PREFIX).unwrap();
        let start = format!("{key}: string, from the variable `{variable}`, over secrets.toml:1:");
        assert!(listing.starts_with(&start), "{variable}:\n{listing}");
    }
}

#[test]
fn the_prefix_is_matched_exactly() {
    let mut folder = with("key = 'old'");
    for other in [
        "app__KEY",
        "APP_KEY",
        "APPKEY",
        "XAPP__KEY",
        "APP2__NONE",
        "APP",
        "APP_",
    ] {
        folder.set(other, "new");
    }
    folder.lists(&PREFIX, &["key: string, from secrets.toml:1:1"]);
    // Without a prefix nothing is overridden.
    folder.set("APP__NONE", "new");
    folder.lists(&PREFIX[..2], &["key: string, from secrets.toml:1:1"]);
}

#[test]
fn variables_that_fit_no_key_or_two_are_told_in_order() {
    let mut folder = with(
        "name = 1\nuser-id = 1\nuser_id = 1\n[database]\npassword = 'x'\n[a]\nb = 1\n[\"a__b\"]\n",
    );
    for variable in [
        "APP__A__B",
        "APP__DATABASE",
        "APP__DATABASE__PASWORD",
        "APP__NAME",
        "APP__Name",
        "APP__USER_ID",
        "APP__ZQX",
    ] {
        folder.set(variable, "1");
    }
    folder.set("APP__DATABASE__PASSWORD__X", "1");
    let name = OsString::from_vec(b"APP__QQ\xff".to_vec());
    folder.fails(
        &PREFIX,
        &[
            "Variable: the variable `APP__A__B` fits two keys, `a.b` and `a__b`; rename one of them",
            "Variable: the variable `APP__DATABASE` names the table `database`; set one of its keys, `APP__DATABASE__KEY`",
            "Variable: the variable `APP__DATABASE__PASSWORD__X` fits no key of the secrets, did you mean `APP__DATABASE__PASSWORD`?",
            "Variable: the variable `APP__DATABASE__PASWORD` fits no key of the secrets, did you mean `APP__DATABASE__PASSWORD`?",
            "Variable: the variables `APP__NAME` and `APP__Name` override one key; unset one of them",
            "Variable: the variable `APP__USER_ID` fits two keys, `user-id` and `user_id`; rename one of them",
            "Variable: the variable `APP__ZQX` fits no key of the secrets; unset it, or add the key to a source",
        ],
    );
    let mut folder = with("key = 1");
    folder.set_os(name, "1");
    folder.fails(
        &PREFIX,
        &["Variable: the variable `APP__QQ\u{fffd}` fits no key of the secrets; unset it, or add the key to a source"],
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

#[test]
fn what_is_proposed_can_be_typed() {
    let source = "\"user id\" = 'x'\ntls.\"ca.crt\" = 'x'\ntls.ca-crt = 'x'\n\"größe\" = 1\n\"grüsse\" = 1\n\"ключ\" = 1\n[\"my table\"]\na = 1\n";
    let mut folder = with(source);
    for variable in [
        "APP__GR__E",
        "APP__GR__SE",
        "APP__MY TABLE",
        "APP__TLS__CA_CRT",
        "APP__USR ID",
        "APP______",
    ] {
        folder.set(variable, "1");
    }
    folder.fails(
        &PREFIX,
        &[
            "Variable: the variable `APP__GR__SE` fits no key of the secrets, did you mean `APP__GR__E`?",
            "Variable: the variable `APP__MY TABLE` names the table `\"my table\"`; set one of its keys, `APP__MY_TABLE__KEY`",
            "Variable: the variable `APP__TLS__CA_CRT` fits two keys, `tls.\"ca.crt\"` and `tls.ca-crt`; rename one of them",
            "Variable: the variable `APP__USR ID` fits no key of the secrets, did you mean `APP__USER_ID`?",
            "Variable: the variable `APP______` has nothing of the key `\"ключ\"` but its length; name it `APP__КЛЮЧ`, which `env` and containers can set, or rename the key",
        ],
    );
    // By another spelling, the same key is still one.
    let mut folder = with("\"user id\" = 'x'");
    folder.set("APP__USER_ID", "1").set("APP__user id", "1");
    folder.fails(
        &PREFIX,
        &["Variable: the variables `APP__USER_ID` and `APP__user id` override one key; unset one of them"],
    );
    // Letters that a shell does not take tell two keys apart.
    let mut folder = with("\"größe\" = 'old'\n\"grüüe\" = 'old'");
    folder.set("APP__GRÖSSE", "new");
    let listing = folder.load(&PREFIX).unwrap();
    assert!(
        listing.starts_with("\"größe\": string, from the variable"),
        "{listing}"
    );
    folder.set("APP__GR__E", "new");
    let problems = folder.load(&PREFIX).unwrap_err();
    assert!(
        problems.contains("fits two keys, `\"größe\"` and `\"grüüe\"`"),
        "{problems}"
    );
}
