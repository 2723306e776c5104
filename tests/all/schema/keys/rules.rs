//! Rules: what breaks them, what keeps them, and what they cannot hold for.

use secrets_tests::Project;

use super::{FILE, LINE, with};

#[test]
fn what_breaks_a_rule_is_reported_without_its_value() {
    // The entry, a value that keeps the rule, one that breaks it, and how.
    let cases = [
        ("min = 5", "5", "4", "below the `min`"),
        ("max = 5", "5", "6", "above the `max`"),
        ("min = -5", "-5", "-6", "below the `min`"),
        (
            "max = 18446744073709551614",
            "18446744073709551614",
            "18446744073709551615",
            "above the `max`",
        ),
        ("min = 1.5", "1.5", "1.4", "below the `min`"),
        ("max = 1.5", "-inf", "inf", "above the `max`"),
        ("min = 1", "1.0", "0.5", "below the `min`"),
        ("max = 1", "1.0", "nan", "above the `max`"),
        ("min = -inf", "-inf", "nan", "below the `min`"),
        ("type = \"u8\", min = 5", "5", "4", "below the `min`"),
        ("type = \"i8\", max = -5", "-5", "-4", "above the `max`"),
        ("type = \"i128\", min = 0", "0", "-1", "below the `min`"),
        (
            "type = \"u128\", max = 5",
            "5",
            "'340282366920938463463374607431768211455'",
            "above the `max`",
        ),
        (
            "type = \"f32\", max = 0.5",
            "0.5",
            "0.75",
            "above the `max`",
        ),
        (
            "type = \"f32\", max = 0.1",
            "0.1",
            "0.11",
            "above the `max`",
        ),
        ("type = \"f32\", min = 1", "1", "nan", "below the `min`"),
        ("type = \"f64\", min = 1", "1", "0", "below the `min`"),
        (
            "type = \"duration\", min = \"1m\"",
            "'60s'",
            "'59s 999ms'",
            "below the `min`",
        ),
        (
            "type = \"duration\", max = \"1m\"",
            "'60s'",
            "'1m 1ns'",
            "above the `max`",
        ),
        (
            "min-length = 3",
            "'\u{e9}\u{e9}\u{e9}'",
            "'\u{e9}\u{e9}'",
            "shorter than the `min-length`",
        ),
        (
            "max-length = 3",
            "'\u{e9}\u{e9}\u{e9}'",
            "'abcd'",
            "longer than the `max-length`",
        ),
        (
            "type = \"bytes:hex\", min-length = 3",
            "'aaaaaa'",
            "'aaaa'",
            "shorter than the `min-length`",
        ),
        (
            "type = \"bytes:utf8\", max-length = 3",
            "'abc'",
            "'\u{e9}\u{e9}'",
            "longer than the `max-length`",
        ),
        (
            "min-length = 2",
            "[1, 2]",
            "[1]",
            "shorter than the `min-length`",
        ),
        (
            "max-length = 1",
            "{ a = 1 }",
            "{ a = 1, b = 2 }",
            "longer than the `max-length`",
        ),
        (
            "max-length = 0",
            "''",
            "' '",
            "longer than the `max-length`",
        ),
        (
            "non-empty = true",
            "' '",
            "''",
            "empty, against the `non-empty`",
        ),
        (
            "non-empty = true",
            "[1]",
            "[]",
            "empty, against the `non-empty`",
        ),
        (
            "non-empty = true",
            "{ a = 1 }",
            "{}",
            "empty, against the `non-empty`",
        ),
        (
            "non-empty = true, min-length = 0",
            "'x'",
            "''",
            "empty, against the `non-empty`",
        ),
        (
            "type = \"bytes:base64\", non-empty = true",
            "'AA'",
            "''",
            "empty, against the `non-empty`",
        ),
    ];
    for (entry, kept, broken, how) in cases {
        let settings = format!("keys.\"t.key\" = {{ {entry} }}");
        let kept = with(&settings, &format!("[t]\nkey = {kept}")).load(&FILE);
        assert!(kept.is_ok(), "{entry}: {}", kept.unwrap_err());
        with(&settings, &format!("[t]\nkey = {broken}")).fails(
            &FILE,
            &[&format!(
                "Rule: secrets.toml:2:1: `t.key` is {how}{} that `keys` sets at Cargo.toml:{LINE}:6",
                limit(entry, how)
            )],
        );
    }
    // What is not set does not hold.
    for entry in [
        "non-empty = false",
        "non-empty = false, min-length = 0",
        "not-template = false",
    ] {
        let folder = with(&format!("keys.key = {{ {entry} }}"), "key = ''");
        assert!(folder.load(&FILE).is_ok(), "{entry}");
    }
}

/// The limit in an entry that a message names a rule of.
fn limit(entry: &str, how: &str) -> String {
    let rule = how.split('`').nth(1).expect("a rule in back-ticks");
    if !rule.contains("min") && !rule.contains("max") {
        return String::new();
    }
    let (_, limit) = entry.split_once(&format!("{rule} = ")).expect("the rule");
    let limit = limit.split(',').next().unwrap_or_default();
    format!(" of {}", limit.trim_matches('"'))
}

#[test]
fn all_rules_that_a_value_breaks_are_reported() {
    let settings = "[package.metadata.secrets.keys]\n'*' = { min-length = 3 }\n\
                    a = { non-empty = true }\n't[].x' = { min = 5, max = 7 }";
    with(settings, "a = ''\nt = [{ x = 4 }, { x = 6 }, { x = 8 }]").fails(
        &FILE,
        &[
            "Rule: secrets.toml:1:1: `a` is shorter than the `min-length` of 3 that `keys` sets at Cargo.toml:10:1",
            "Rule: secrets.toml:1:1: `a` is empty, against the `non-empty` that `keys` sets at Cargo.toml:11:1",
            "Rule: secrets.toml:2:8: `t[].x` is below the `min` of 5 that `keys` sets at Cargo.toml:12:1",
            "Rule: secrets.toml:2:30: `t[].x` is above the `max` of 7 that `keys` sets at Cargo.toml:12:1",
        ],
    );
}

#[test]
fn a_rule_for_another_type_is_reported() {
    let cases = [
        ("min = 1", "min", "'x'", "a string"),
        ("min = 1.5", "min", "1", "an integer"),
        ("min = \"1s\"", "min", "1", "an integer"),
        ("max = 1", "max", "true", "a boolean"),
        ("max = 1", "max", "[1]", "an array"),
        ("max = 1", "max", "{ a = 1 }", "a table"),
        ("max = 1", "max", "2026-01-01", "a local date"),
        ("type = \"duration\", max = 1", "max", "'1s'", "`duration`"),
        ("type = \"u8\", max = \"1s\"", "max", "1", "`u8`"),
        ("min-length = 1", "min-length", "1", "an integer"),
        ("max-length = 1", "max-length", "1.5", "a float"),
        (
            "type = \"ip-addr\", min-length = 1",
            "min-length",
            "'::1'",
            "`ip-addr`",
        ),
        (
            "type = \"char\", max-length = 1",
            "max-length",
            "'x'",
            "`char`",
        ),
        (
            "type = \"enum:x|y\", non-empty = true",
            "non-empty",
            "'x'",
            "`enum:x|y`",
        ),
    ];
    for (entry, rule, value, is) in cases {
        let settings = format!("keys.\"k*\" = {{ {entry} }}");
        with(&settings, &format!("key = {value}")).fails(
            &FILE,
            &[&format!(
                "Setting: Cargo.toml:{LINE}:6: `{rule}` of the entry `k*` does not fit `key`, which is {is} \
                 at secrets.toml:1:1; remove the rule"
            )],
        );
    }
}

#[test]
fn urls_and_regular_expressions_are_held_to() {
    let mut project = Project::new("keys-url-pattern");
    project.all_build_features();
    project.metadata(
        "[package.metadata.secrets.keys]\n\
         url = { type = \"url\" }\nbad_url = { type = \"url\" }\nnumber = { type = \"url\" }\n\
         whole = { pattern = 'a|ab' }\npart = { pattern = 'b' }\nlines = { pattern = '(?m)^a$' }\n\
         spread = { pattern = '(?x) a b # the rest is not a pattern' }\n\
         'list[]' = { pattern = '[a-z]+' }\nint = { pattern = '1' }\n\
         bytes = { type = \"bytes:utf8\", pattern = 'a' }\n",
    );
    project.write(
        ".secrets/secrets.toml",
        "url = 'https://user@host:1/path?q#f'\nbad_url = 'v4lue/path'\nnumber = 1\n\
         whole = 'ab'\npart = 'abc'\nlines = \"a\\nv4lue\"\nspread = 'ab'\n\
         list = ['a', 'v4lue']\nint = 1\nbytes = 'a'\n",
    );
    let error = project.build_err();
    let at = "keys-url-pattern@0.1.0: .secrets/secrets.toml";
    let url = "is not of type `url`, expected a URL with its scheme, such as `https://host/path`";
    let sets = "does not match the `pattern` that `keys` sets at Cargo.toml";
    let unfit = "remove the rule";
    let expected = [
        format!("error: {at}:2:1: `bad_url` {url}"),
        format!("error: {at}:3:1: `number` {url}"),
        format!("error: {at}:5:1: `part` {sets}:19:1"),
        format!("error: {at}:6:1: `lines` {sets}:20:1"),
        format!("error: {at}:8:14: `list[]` {sets}:22:1"),
        "error: keys-url-pattern@0.1.0: Cargo.toml:23:1: `pattern` of the entry `int` does not fit `int`, \
         which is an integer at .secrets/secrets.toml:9:1; remove the rule"
            .to_owned(),
        "error: keys-url-pattern@0.1.0: Cargo.toml:24:1: `pattern` of the entry `bytes` does not fit \
         `bytes`, which is bytes at .secrets/secrets.toml:10:1; remove the rule"
            .to_owned(),
    ];
    let reported: Vec<_> = error
        .lines()
        .filter(|line| line.contains(": `") || line.contains(unfit))
        .collect();
    assert_eq!(reported, expected, "{error}");
    assert!(!error.contains("v4lue"), "{error}");

    project.metadata(
        "[package.metadata.secrets.keys]\nurl = { type = \"url\", pattern = 'https:.*' }\n\
         spread = { pattern = '(?x) a b # the rest is not a pattern' }\nwhole = { pattern = 'a|ab' }\n",
    );
    project.main(
        "let url: &str = secrets::URL;\nassert_eq!(url, \"https://user@host:1/path?q#f\");\n\
         assert!(secrets::SECRETS[\"url\"] == url);\nprint!(\"held\");",
    );
    assert_eq!(project.run_ok(), "held");
}
