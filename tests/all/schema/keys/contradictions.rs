//! Entries that fit one key and do not agree, and regular expressions that are none.

use secrets_tests::Project;

use super::{FILE, LINE, with};

#[test]
fn entries_that_contradict_each_other_are_reported_once() {
    let cases = [
        ("type = \"u8\"", "type = \"u16\"", "type"),
        ("optional = true", "optional = false", "optional"),
        ("plain = true", "plain = false", "plain"),
        ("min = 1", "min = 2", "min"),
        ("max = 1", "max = 2", "max"),
        ("min = 2", "max = 1", "min` and `max"),
        ("max = 1", "min = 2", "min` and `max"),
        ("min-length = 1", "min-length = 2", "min-length"),
        ("max-length = 1", "max-length = 2", "max-length"),
        (
            "min-length = 2",
            "max-length = 1",
            "min-length` and `max-length",
        ),
        (
            "max-length = 1",
            "min-length = 2",
            "min-length` and `max-length",
        ),
        ("non-empty = true", "non-empty = false", "non-empty"),
        (
            "non-empty = true",
            "max-length = 0",
            "non-empty` and `max-length",
        ),
        (
            "max-length = 0",
            "non-empty = true",
            "non-empty` and `max-length",
        ),
        (
            "not-template = true",
            "not-template = false",
            "not-template",
        ),
    ];
    for (first, second, what) in cases {
        let settings = format!(
            "template = \"template.toml\"\n[package.metadata.secrets.keys]\n\
             \"t.*\" = {{ {first} }}\n\"*.*b\" = {{ {second} }}"
        );
        let folder = with(&settings, "t = { b = 1, bb = 2 }");
        folder.write("package/template.toml", "t = { b = 1, bb = 1 }");
        let (first, second) = (LINE + 2, LINE + 3);
        folder.fails(
            &FILE,
            &[&format!(
                "Setting: Cargo.toml:{second}:1: `*.*b` and `t.*` at Cargo.toml:{first}:1 both fit `t.b` \
                 and contradict each other in `{what}`; change one of them"
            )],
        );
    }
    // The same from two entries is no contradiction, and neither is what fits different keys.
    let settings = "[package.metadata.secrets.keys]\n\"t.*\" = { type = \"u8\", min = 1 }\n\
                    \"*.b\" = { type = \"u8\", max = 1 }\na = { type = \"u16\" }";
    with(settings, "a = 1\nt = { b = 1 }").lists(
        &FILE,
        &[
            "a: u16, from secrets.toml:1:1",
            "t.b: u8, from secrets.toml:2:7",
        ],
    );
}

#[test]
fn a_regular_expression_that_is_none_is_reported() {
    let mut project = Project::new("keys-regex");
    project.all_build_features();
    project.write(".secrets/secrets.toml", "a = 'x'\nb = 'x'\nc = 'x'");
    project.metadata(
        "[package.metadata.secrets.keys]\n\
         a = { pattern = 'hunter2(' }\nb = { pattern = 'x)|(y' }\nc = { pattern = 'x' }\n\
         '*' = { pattern = 'y' }\n",
    );
    let error = project.build_err();
    for (key, line, reason) in [
        ("a", 15, "unclosed group, at character 8"),
        ("b", 16, "unopened group, at character 2"),
    ] {
        let expected = format!(
            "Cargo.toml:{line}:1: the entry `{key}` of `keys`: `pattern` is not a regular expression of the \
             crate `regex`: {reason}"
        );
        assert!(error.contains(&expected), "{expected}\nis not in\n{error}");
    }
    // The expression is not shown: it may be a value in the wrong place.
    assert!(!error.contains("hunter2"), "{error}");
    project.metadata(
        "[package.metadata.secrets.keys]\nc = { pattern = 'x' }\n'*' = { pattern = 'x+' }\n",
    );
    let error = project.build_err();
    let expected = "Cargo.toml:16:1: `*` and `c` at Cargo.toml:15:1 both fit `c` and contradict each \
                    other in `pattern`; change one of them";
    assert!(error.contains(expected), "{error}");
}
