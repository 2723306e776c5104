//! Errors about secrets tell where, and nothing of what is there.

use secrets_tests::Project;

use super::{Scanner, marker};

/// What is wrong, the text with `V`, `W` and `X` for values, where, and words that have to be shown.
type Broken = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const BROKEN: &[Broken] = &[
    (
        "unterminated",
        "[a]\nkey = \"V\nother = \"W\"\n",
        "2:",
        &["in key `a.key`", "| key ="],
    ),
    (
        "unterminated-literal",
        "key = 'V\n",
        "1:",
        &["in key `key`"],
    ),
    ("tight", "key=\"V", "1:", &["in key `key`"]),
    ("multi-line", "key = \"\"\"V\nW\n", "", &["in key `key`"]),
    (
        "multi-line-literal",
        "key = '''\nV\nW",
        "",
        &["in key `key`"],
    ),
    (
        "pem",
        "key = -----BEGIN KEY-----\nV\nW=\n-----END KEY-----\n",
        "1:7",
        &["in key `key`"],
    ),
    (
        "pem-of-later-lines",
        "key = \"-----BEGIN KEY-----\nV\nW==\nX = \"\n",
        "1:",
        &[],
    ),
    ("no-equals", "key \"V\"\n", "1:", &["expected `=`"]),
    (
        "two-equals",
        "key = = \"V\"\n",
        "1:",
        &["extra `=`", "in key `key`"],
    ),
    ("no-value", "key =\nV\n", "1:", &["in key `key`"]),
    ("no-quotes", "key = V\nkey2 = W", "1:7", &["in key `key`"]),
    ("padding", "V==\n", "1:", &[]),
    ("padding-once", "V=\n", "1:", &[]),
    ("padding-and-comment", "VW== # X\n", "1:", &[]),
    ("padding-and-quote", "V=\"\n", "1:", &[]),
    // An opening quote is lost, or only the first line of a value is commented out.
    ("closing-quotes", "V=\"\"\"\n", "", &[]),
    ("closing-literal", "a = 1\nV='''\nW\n", "", &[]),
    ("closing-quotes-apart", "V =\"\"\"\nb = x\n", "", &[]),
    ("padding-apart", "V =\n", "1:", &[]),
    ("padding-and-value", "# key = \"\"\"\nV = W\n", "2:", &[]),
    ("header-of-a-value", "[V]\nkey = \"W\n", "2:", &[]),
    (
        "key-in-a-header",
        "[t.V]\nkey = \"W\n",
        "2:",
        &["in key `t.***.key`"],
    ),
    (
        "duplicate-values",
        "V = \"\"\"\n\"\"\"\nV = \"\"\"\n\"\"\"\n",
        "3:1",
        &["duplicate key"],
    ),
    (
        "duplicate-tight",
        "V=\"\"\"\n\"\"\"\nV=\"\"\"\n\"\"\"\n",
        "3:1",
        &["duplicate key"],
    ),
    ("dotted-values", "V = 1\nV.W = 2\n", "2:", &[]),
    ("equals-within", "V=W\n", "1:", &[]),
    ("equals-at-a-number", "V=1W\n", "1:", &[]),
    (
        "duplicate",
        "[t]\nkey = \"V\"\nkey = \"W\"\n",
        "3:1",
        &["duplicate key", "in key `t.key`"],
    ),
    (
        "duplicate-inside",
        "t = { key = \"V\", key = \"W\" }",
        "1:",
        &["in key `t`"],
    ),
    (
        "duplicate-table",
        "[t]\nkey = \"V\"\n[t]\nkey = \"W\"\n",
        "3:2",
        &["duplicate key"],
    ),
    (
        "duplicate-dotted",
        "key = \"V\"\nkey.inner = \"W\"\n",
        "2:1",
        &["dotted key"],
    ),
    ("escape", "key = \"V\\qW\"\n", "1:", &["in key `key`"]),
    (
        "unicode-escape",
        "key = \"V\\uD800W\"\n",
        "1:",
        &["in key `key`"],
    ),
    ("control", "key = \"V\u{1}W\"\n", "1:", &["in key `key`"]),
    (
        "integer",
        "[a]\nkey = 731337429113773133742911377313374\n",
        "2:7",
        &["`key`", "`u64`"],
    ),
    (
        "integer-in-array",
        "key = [\n  1,\n  731337429113773133742911377313374,\n]\n",
        "3:3",
        &[],
    ),
    ("number", "key = 731337429113x\n", "1:", &["in key `key`"]),
    ("float", "key = 7.31337429113e99999\n", "1:7", &["`f64`"]),
    (
        "date",
        "key = 2031-13-41T99:99:99Z\n",
        "1:",
        &["in key `key`"],
    ),
    (
        "inline-table",
        "t = { key = \"V\" other = \"W\" }\n",
        "1:",
        &["in key `t`"],
    ),
    (
        "open-inline-table",
        "t = { key = \"V\", other = \"W\"\n",
        "",
        &["in key `t`"],
    ),
    (
        "array",
        "[a.b]\nkey = [\"V\" \"W\"]\n",
        "2:",
        &["in key `a.b.key`"],
    ),
    (
        "open-array",
        "key = [\"V\",\n  \"W\",\nother = \"X\"\n",
        "",
        &["in key `key`"],
    ),
    (
        "array-of-lines",
        "key = [\n  \"V\",\n  W,\n]\n",
        "3:3",
        &["in key `key`"],
    ),
    ("header", "[V\nkey = \"W\"\n", "1:", &[]),
    ("after-a-value", "key = \"V\" W\n", "1:", &["in key `key`"]),
    ("comment", "# V\nkey = \"W # X\n", "2:", &["in key `key`"]),
    (
        "second",
        "key = x\nV W = \"X\"\nother = \"V\n",
        "1:7",
        &["in key `key`"],
    ),
    (
        "mark",
        "\u{feff}key = \"V\nother = \"W\n",
        "1:",
        &["in key `key`"],
    ),
    (
        "mark-later",
        "key = \"V\"\n\u{feff}other = \"W\"\n",
        "2:1",
        &[],
    ),
    (
        "crlf",
        "a = \"V\"\r\n[b]\r\nkey = \"W\r\n",
        "3:",
        &["in key `b.key`"],
    ),
    ("cr", "a = \"V\"\rb = \"W\"\r", "1:", &[]),
    (
        "json",
        "{\n  \"key\": \"V\",\n  \"other\": [\"W\"]\n}\n",
        "1:1",
        &[],
    ),
    ("json-array", "[\"V\", \"W\"]\n", "1:", &[]),
    ("json-line", "{\"key\":\"V\"}", "1:1", &[]),
    ("yaml", "key: V\nother: \"W\"\n", "1:", &[]),
    ("ini", "[section]\nkey: V\nother = W\n", "2:", &[]),
    ("shell", "export KEY=V\nexport OTHER=\"W\"\n", "1:", &[]),
    ("url", "postgres://user:V@host/db?key=W\n", "1:", &[]),
    ("bare", "V", "1:", &[]),
    ("bare-lines", "V\nW\nX\n", "1:", &[]),
    ("words", "the password is V = W\n", "1:", &[]),
    (
        "conflict",
        "<<<<<<< HEAD\nkey = \"V\"\n=======\nkey = \"W\"\n>>>>>>> x\n",
        "1:1",
        &[],
    ),
    ("wide", "ключ = \"V\nother = \"W\"\n", "1:", &[]),
];

fn values() -> [String; 3] {
    [0, 1, 2].map(marker)
}

/// The text with values in place of `V`, `W` and `X`.
pub(super) fn filled(text: &str) -> String {
    let [v, w, x] = values();
    let fill = |c| match c {
        'V' => v.clone(),
        'W' => w.clone(),
        'X' => x.clone(),
        c => String::from(c),
    };
    text.chars().map(fill).collect()
}

pub(super) fn scanner() -> Scanner {
    let [v, w, x] = values();
    let more = ["731337429113", "2031-13-41T99:99:99Z"].map(str::to_owned);
    super::scanner([v, w, x].into_iter().chain(more))
}

/// The lines of cargo's output that speak of a file.
fn about<'a>(file: &str, output: &'a str) -> Vec<&'a str> {
    let lines: Vec<_> = output.lines().collect();
    let is_first = |line: &&&str| line.contains(".toml:");
    let start = lines.iter().position(|line| line.contains(file));
    let start = start.unwrap_or_else(|| panic!("`{file}` is not reported:\n{output}"));
    let end = lines[start + 1..].iter().take_while(|line| !is_first(line));
    let end = start + 1 + end.count();
    lines[start..end].to_vec()
}

#[test]
fn all_broken_files_are_reported_in_one_build_and_none_is_shown() {
    let mut project = Project::new("leaks-syntax");
    let mut list = Vec::new();
    for (name, text, _, _) in BROKEN {
        let path = format!("broken/{name}.toml");
        project.write(&path, filled(text));
        list.push(path);
    }
    let latin: Vec<u8> = filled("a = \"W\"\nkey = \"V\n")
        .bytes()
        .chain([0xfc])
        .collect();
    project.write("broken/latin-1.toml", latin);
    project.write(
        "one.toml",
        filled("table = \"V\"\nlist = [\"V\"]\nword = \"V\""),
    );
    project.write(
        "two.toml",
        filled("list = \"W\"\nword = 731337429113\n[table]\nkey = \"W\""),
    );
    list.extend(["broken/latin-1.toml", "one.toml", "two.toml"].map(str::to_owned));
    project.metadata(&format!("[package.metadata.secrets]\nfiles = {list:?}"));

    let run = project.cargo(&["build", "-vv"]);
    assert!(!run.success);
    let output = run.stdout + &run.stderr;
    for expected in [
        "`list` is an array at one.toml:2:1 but a string at two.toml:1:1",
        "`word` is a string at one.toml:3:1 but an integer at two.toml:2:1",
        "`table` is a string at one.toml:1:1 but a table at two.toml:3:2",
        "broken/latin-1.toml:3:1: not UTF-8",
    ] {
        assert!(output.contains(expected), "{expected}:\n{output}");
    }
    for (name, _, place, expected) in BROKEN {
        let said = about(&format!("broken/{name}.toml:{place}"), &output).join("\n");
        for expected in *expected {
            assert!(said.contains(expected), "{name}: no {expected} in:\n{said}");
        }
    }
    scanner().assert_clean("cargo's output", output);
    let json = project.cargo(&["build", "--message-format", "json"]);
    scanner().assert_clean("cargo's output as JSON", json.stdout + &json.stderr);
}

#[test]
fn a_syntax_error_is_shown_like_this() {
    let project = Project::new("leaks-caret");
    project.write(
        ".secrets/secrets.toml",
        "[database]\nuser = \"me\"\npassword = \"unclosed\n",
    );
    let output = project.build_err();
    for line in [
        ".secrets/secrets.toml:3:21: invalid basic string, expected `\"`",
        "  |",
        "3 | password = *********",
        "  |                     ^",
        "  = in key `database.password`",
    ] {
        assert!(
            output.lines().any(|said| said.ends_with(line)),
            "{line}:\n{output}"
        );
    }
}
