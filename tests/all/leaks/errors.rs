//! Errors about secrets tell where, and nothing of what is there.

use secrets_tests::Project;

use super::{Scanner, broken_files::BROKEN, marker};

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
