//! Mistakes in the table of keys: each reported with its place and the way out.

use super::{FILE, LINE, with};

const TYPES: &str = "string, bool, f64, date-time, date, time, url, bytes, bytes:base64, bytes:hex, \
    bytes:utf8, f32, char, ip-addr, socket-addr, i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, \
    u128, usize, duration, enum:a|b";

#[test]
fn what_is_no_entry_is_reported() {
    let at = "`package.metadata.secrets.keys";
    let known = "known are `type`, `optional`, `plain`, `keep-newline`, `min`, `max`, `min-length`, `max-length`, \
                 `non-empty`, `pattern`, `not-template`, `name`";
    let bound = "expected a number, or a duration such as `\"30s\"`";
    let length = "expected a number of characters, bytes or elements";
    let cases = [
        (
            "keys = 1",
            8,
            format!(
                "{at}` is an integer, expected a table of keys, as in `\"database.port\" = {{ type = \"u16\" }}`"
            ),
        ),
        (
            "keys = []",
            8,
            format!(
                "{at}` is an array, expected a table of keys, as in `\"database.port\" = {{ type = \"u16\" }}`"
            ),
        ),
        (
            "keys.a = \"u16\"",
            10,
            format!("{at}.\"a\"` is a string, expected a table, as in `{{ type = \"u16\" }}`"),
        ),
        (
            "keys.\"a.b\" = true",
            14,
            format!("{at}.\"a.b\"` is a boolean, expected a table, as in `{{ type = \"u16\" }}`"),
        ),
        (
            "keys.a = { typ = \"u16\" }",
            12,
            "unknown key in `keys`: `typ`, did you mean `type`?".to_owned(),
        ),
        (
            "keys.a = { min_length = 1 }",
            12,
            "unknown key in `keys`: `min_length`, did you mean `min-length`?".to_owned(),
        ),
        (
            "keys.a = { xyz = 1 }",
            12,
            format!("unknown key in `keys`: `xyz`; {known}"),
        ),
        (
            "keys.a.b = { type = \"u16\" }",
            8,
            "`b` is not a setting of a key; quote a key with dots, as in \
             `\"database.port\"`"
                .to_owned(),
        ),
        (
            "keys.a.b.type = \"u16\"",
            8,
            "`b` is not a setting of a key; quote a key with dots, as in \
             `\"database.port\"`"
                .to_owned(),
        ),
        (
            "keys.a = { type = 16 }",
            19,
            format!("{at}.\"a\".type` is an integer, expected a string"),
        ),
        (
            "keys.a = { pattern = [] }",
            22,
            format!("{at}.\"a\".pattern` is an array, expected a string"),
        ),
        (
            "keys.a = { optional = \"yes\" }",
            23,
            format!("{at}.\"a\".optional` is a string, expected a boolean"),
        ),
        (
            "keys.a = { plain = 1 }",
            20,
            format!("{at}.\"a\".plain` is an integer, expected a boolean"),
        ),
        (
            "keys.a = { non-empty = 1 }",
            24,
            format!("{at}.\"a\".non-empty` is an integer, expected a boolean"),
        ),
        (
            "keys.a = { not-template = 1.5 }",
            27,
            format!("{at}.\"a\".not-template` is a float, expected a boolean"),
        ),
        (
            "keys.a = { min = true }",
            18,
            format!("{at}.\"a\".min` is a boolean, {bound}"),
        ),
        (
            "keys.a = { min = \"30\" }",
            18,
            format!("{at}.\"a\".min` is a string, {bound}"),
        ),
        (
            "keys.a = { max = 2026-01-01 }",
            18,
            format!("{at}.\"a\".max` is a date-time, {bound}"),
        ),
        (
            "keys.a = { min-length = -1 }",
            25,
            format!("{at}.\"a\".min-length` is an integer, {length}"),
        ),
        (
            "keys.a = { max-length = \"1\" }",
            25,
            format!("{at}.\"a\".max-length` is a string, {length}"),
        ),
    ];
    for (settings, column, message) in cases {
        with(settings, "a = 1").fails(
            &FILE,
            &[&format!("Setting: Cargo.toml:{LINE}:{column}: {message}")],
        );
    }
}

/// Entries that are TOML as it should be, for keys that there are.
#[test]
fn an_entry_that_cannot_hold_is_reported() {
    let cases = [
        (
            "a",
            "type = \"u17\"",
            "`u17` is not a type, did you mean `u16`?".to_owned(),
        ),
        (
            "a",
            "type = \"integer\"",
            format!("`integer` is not a type, expected one of {TYPES}"),
        ),
        (
            "a",
            "type = \"x\"",
            format!("`x` is not a type, expected one of {TYPES}"),
        ),
        (
            "a",
            "type = \"\\n\"",
            format!("`***` is not a type, expected one of {TYPES}"),
        ),
        (
            "a",
            "type = \"enum:\"",
            "the enum has an empty text, expected some as in `enum:debug|info`".to_owned(),
        ),
        (
            "a",
            "type = \"enum:a||b\"",
            "the enum has an empty text, expected some as in `enum:debug|info`".to_owned(),
        ),
        (
            "a",
            "type = \"enum:very-high|low|VeryHigh\"",
            "`very-high` and `VeryHigh` of the enum both become the variant `VeryHigh`; rename one of them".to_owned(),
        ),
        (
            "a",
            "type = \"enum:low|low\"",
            "`low` and `low` of the enum both become the variant `Low`; rename one of them".to_owned(),
        ),
        (
            "a",
            "type = \"url\"",
            "the type `url` needs a feature: give `secrets-build` the feature `url`, as in \
             secrets-build = { version = \"0.1\", features = [\"url\"] }"
                .to_owned(),
        ),
        (
            "a",
            "pattern = \"x\"",
            "`pattern` needs a feature: give `secrets-build` the feature `pattern`, as in \
             secrets-build = { version = \"0.1\", features = [\"pattern\"] }"
                .to_owned(),
        ),
        (
            "s[].x",
            "plain = true",
            "only a whole array can be `plain`".to_owned(),
        ),
        (
            "s[]",
            "plain = true",
            "only a whole array can be `plain`".to_owned(),
        ),
        (
            "s[]",
            "optional = true",
            "an element cannot be `optional`; leave it out of the array".to_owned(),
        ),
        (
            "a",
            "not-template = true",
            "`not-template` needs a template; set `template`".to_owned(),
        ),
        (
            "a",
            "min = 2, max = 1",
            "`min` and `max` leave no value between them".to_owned(),
        ),
        (
            "a",
            "min = 1.5, max = 1",
            "`min` and `max` leave no value between them".to_owned(),
        ),
        (
            "a",
            "min = \"1m\", max = \"59s\"",
            "`min` and `max` leave no value between them".to_owned(),
        ),
        (
            "a",
            "min = \"1s\", max = 5",
            "`min` and `max` leave no value between them".to_owned(),
        ),
        ("a", "min = nan", "`min` is not a number".to_owned()),
        ("a", "max = -nan", "`max` is not a number".to_owned()),
        (
            "a",
            "min-length = 2, max-length = 1",
            "`min-length` and `max-length` leave no value between them".to_owned(),
        ),
        (
            "a",
            "non-empty = true, max-length = 0",
            "`non-empty` and `max-length` leave no value between them".to_owned(),
        ),
    ];
    for (pattern, entry, message) in cases {
        let settings = format!("keys.\"{pattern}\" = {{ {entry} }}");
        with(&settings, "a = 1\ns = [{ x = 1 }]").fails(
            &FILE,
            &[&format!(
                "Setting: Cargo.toml:{LINE}:6: the entry `{pattern}` of `keys`: {message}"
            )],
        );
    }
    // The controls: what is just not wrong.
    for entry in [
        "type = \"i64\"",
        "min = 1, max = 1",
        "min = 0.5, max = 1",
        "optional = true",
    ] {
        let value = if entry.contains('.') { "1.0" } else { "1" };
        let folder = with(&format!("keys.a = {{ {entry} }}"), &format!("a = {value}"));
        assert!(folder.load(&FILE).is_ok(), "{entry}");
    }
}

#[test]
fn what_is_no_pattern_is_reported() {
    let cases = [
        ("\"\"", "", "an empty key; quote it if it is meant so"),
        ("\"a.\"", "a.", "an empty key; quote it if it is meant so"),
        ("\".a\"", ".a", "an empty key; quote it if it is meant so"),
        (
            "\"a..b\"",
            "a..b",
            "an empty key; quote it if it is meant so",
        ),
        ("\"[]\"", "[]", "an empty key; quote it if it is meant so"),
        (
            "\"a[0]\"",
            "a[0]",
            "something other than `.` or `[]` behind a key",
        ),
        (
            "\"a[]b\"",
            "a[]b",
            "something other than `.` or `[]` behind a key",
        ),
        (
            "'a\"b\"'",
            "***",
            "something other than `.` or `[]` behind a key",
        ),
        ("'a.\"b'", "a.***", "a quote that is not closed"),
        ("'\"\\q\"'", "***", "a quoted key that is not TOML"),
    ];
    for (key, shown, message) in cases {
        with(&format!("keys.{key} = {{ optional = true }}"), "a = 1").fails(
            &FILE,
            &[&format!(
                "Setting: Cargo.toml:{LINE}:6: the entry `{shown}` of `keys`: the pattern has {message}"
            )],
        );
    }
}
