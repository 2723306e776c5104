//! The program that a variable names, which prints the key.

use std::fs;

use crate::{
    discover::{CASE, credentials, discover, look, run_case, text},
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

/// A process may inherit that `SIGCHLD` is ignored. The system then forgets how its children ended.
#[test]
#[cfg(target_os = "linux")]
fn a_command_prints_the_key_where_children_are_forgotten() {
    let folder = credentials("forgotten", Some(KEY));
    let key = folder.join("my-app-secrets-key");
    let variable = |line: &str| {
        let variables = [("MY_APP_SECRETS_KEY_COMMAND", line)];
        run_case("key_command::case_that_forgets_children", &variables)
    };
    let found = variable(&format!("cat \"{}\"", text(&key)));
    assert!(found.contains("fits: true"), "{found}");
    let found = variable("false");
    let expected = "what `false` printed: there is no key in it";
    assert!(found.contains(expected), "{found}");
}

/// The process of a case.
#[test]
#[cfg(target_os = "linux")]
fn case_that_forgets_children() {
    const SIGCHLD: i32 = 17;
    const SIG_IGN: usize = 1;
    #[allow(unsafe_code)]
    unsafe extern "C" {
        fn signal(number: i32, action: usize) -> usize;
    }
    if std::env::var_os(CASE).is_some() {
        // SAFETY: it is the function of the C library, and sets no handler.
        #[allow(unsafe_code)]
        unsafe {
            signal(SIGCHLD, SIG_IGN);
        }
        look();
    }
}
