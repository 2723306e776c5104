//! The program that a variable names, which prints the key.

use std::fs;

use crate::{
    discover::{credentials, discover, text},
    module::KEY,
};

#[test]
#[cfg(unix)]
fn a_command_prints_the_key() {
    let folder = credentials("command", Some(KEY));
    let key = folder.join("a key.txt");
    fs::write(&key, KEY).expect("a key");
    let line = format!("cat \"{}\"", text(&key));
    let variable = |line: &str| discover(&[("MY_APP_SECRETS_KEY_COMMAND", line)]);
    let found = variable(&line);
    assert!(found.contains("fits: true"), "{found}");
    // The file comes first, and nothing of a line is for a shell.
    let found = discover(&[
        ("MY_APP_SECRETS_KEY_COMMAND", "false"),
        ("MY_APP_SECRETS_KEY_FILE", text(&key)),
    ]);
    assert!(found.contains("fits: true"), "{found}");
    for (line, expected) in [
        (
            "false",
            "the program `false` gave no key: it failed with exit code 1",
        ),
        (
            "/nowhere/op read",
            "the program `/nowhere/op` gave no key: it does not start",
        ),
        (
            "echo $HOME",
            "what `echo` printed, line 1: this is not an identity",
        ),
        ("echo", "what `echo` printed: there is no key in it"),
        (
            KEY,
            "the variable `MY_APP_SECRETS_KEY_COMMAND`: this is a key",
        ),
        (
            &KEY.to_lowercase(),
            "the variable `MY_APP_SECRETS_KEY_COMMAND`: this is a key",
        ),
        (
            " ",
            "the variable `MY_APP_SECRETS_KEY_COMMAND`: it names no program; name one",
        ),
        (
            "\"\" key",
            "the variable `MY_APP_SECRETS_KEY_COMMAND`: it names no program; name one",
        ),
        (
            "echo \"a key",
            "the variable `MY_APP_SECRETS_KEY_COMMAND`: a double quote is not closed; close it",
        ),
        (
            "Zq7Wk9Xv3Tn5Rb1Yd8Lc",
            "the program `***` (not shown, as it may be the key itself) gave no key: it does not start",
        ),
        // The name of a file is not a key.
        (
            "cat age-secret-key.txt",
            "the program `cat` gave no key: it failed with exit code 1",
        ),
    ] {
        let found = variable(line);
        assert!(found.contains(expected), "{line}: {found}");
    }
}
