//! The places where hosts put a key. Each case is a process of its own, with an environment of its own.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use secrets_embed::{Identity, set_warning_hook};

use crate::module::{KEY, OTHER_KEY, Secrets, encrypt, good};

/// Set in the process of a case.
pub(crate) const CASE: &str = "DISCOVER_CASE";

/// The process of a case: says what it found.
#[test]
fn case() {
    if env::var_os(CASE).is_none() {
        return;
    }
    set_warning_hook(|warning| println!("\nwarning: {warning}"));
    look();
}

/// The process of a case without a hook, which looks twice.
#[test]
fn case_without_a_hook() {
    if env::var_os(CASE).is_some() {
        let _ = Identity::discover("my-app");
        look();
    }
}

pub(crate) fn look() {
    match Identity::discover("my-app") {
        Ok(identity) => {
            let fits = Secrets::decrypt_from(&identity, &encrypt(&good())).is_ok();
            println!("\nfits: {fits}");
        }
        Err(error) => println!("\nerror: {error}"),
    }
}

#[test]
#[cfg(unix)]
fn without_a_hook_a_warning_is_on_standard_error_once() {
    use std::os::unix::fs::PermissionsExt;
    let folder = credentials("open-without-a-hook", Some(KEY));
    let file = folder.join("my-app-secrets-key");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("a mode");
    let run = |case: &str| {
        let output = Command::new(env::current_exe().expect("this program"))
            .args(["--exact", case, "--nocapture"])
            .env(CASE, "1")
            .env("MY_APP_SECRETS_KEY_FILE", &file)
            .output()
            .expect("the process starts");
        [output.stdout, output.stderr].map(|text| String::from_utf8(text).expect("text"))
    };
    let warning = format!(
        "warning: others can read the key file `{}`; take their rights away\n",
        file.display()
    );
    let [stdout, stderr] = run("discover::case_without_a_hook");
    assert_eq!(stderr.matches(&warning).count(), 1, "{stderr}");
    assert!(
        !stdout.contains("warning:") && stdout.contains("fits: true"),
        "{stdout}"
    );
    // The hook is in its place.
    let [stdout, stderr] = run("discover::case");
    assert!(!stderr.contains("warning:"), "{stderr}");
    assert!(stdout.contains(&warning), "{stdout}");
}

pub(crate) fn discover(variables: &[(&str, &str)]) -> String {
    run_case("discover::case", variables)
}

/// What the process of a case says.
pub(crate) fn run_case(case: &str, variables: &[(&str, &str)]) -> String {
    let output = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", case, "--nocapture"])
        .env_remove("CREDENTIALS_DIRECTORY")
        .env(CASE, "1")
        .envs(variables.iter().copied())
        .output()
        .expect("the process starts");
    let text = String::from_utf8(output.stdout).expect("text");
    for key in [KEY, OTHER_KEY] {
        assert!(!text.contains(key), "{text}");
    }
    text
}

/// A folder of credentials with a key, or with something else.
pub(crate) fn credentials(name: &str, key: Option<&str>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    if let Some(key) = key {
        fs::write(folder.join("my-app-secrets-key"), key).expect("a key");
    }
    folder
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn the_first_place_wins() {
    let good = credentials("first", Some(KEY));
    let other = credentials("other", Some(OTHER_KEY));
    let key = good.join("my-app-secrets-key");
    let found = discover(&[
        ("MY_APP_SECRETS_KEY_FILE", text(&key)),
        ("CREDENTIALS_DIRECTORY", text(&other)),
        ("MY_APP_SECRETS_KEY", OTHER_KEY),
    ]);
    assert!(found.contains("fits: true"), "{found}");
    let found = discover(&[
        ("MY_APP_SECRETS_KEY_FILE", ""),
        ("CREDENTIALS_DIRECTORY", text(&good)),
        ("MY_APP_SECRETS_KEY", OTHER_KEY),
    ]);
    assert!(found.contains("fits: true"), "{found}");
    let empty = credentials("empty", None);
    let found = discover(&[
        ("CREDENTIALS_DIRECTORY", text(&empty)),
        ("MY_APP_SECRETS_KEY", KEY),
    ]);
    assert!(found.contains("fits: true"), "{found}");
    // A test has more than one thread.
    assert!(
        found.contains("warning: the variable `MY_APP_SECRETS_KEY`"),
        "{found}"
    );
}

#[test]
fn the_first_that_exists_has_to_be_good() {
    let bad = credentials("bad", Some("nonsense"));
    for (variables, expected) in [
        (
            [
                ("MY_APP_SECRETS_KEY_FILE", "/nowhere/key"),
                ("MY_APP_SECRETS_KEY", KEY),
            ],
            "the variable `MY_APP_SECRETS_KEY_FILE` leads to no file",
        ),
        (
            [
                ("CREDENTIALS_DIRECTORY", text(&bad)),
                ("MY_APP_SECRETS_KEY", KEY),
            ],
            "line 1: this is not an identity",
        ),
    ] {
        let found = discover(&variables);
        assert!(
            found.contains("error: ") && found.contains(expected),
            "{found}"
        );
    }
}

#[test]
fn a_path_in_the_variable_of_the_key_is_reported() {
    let folder = credentials("path-for-key", Some(KEY));
    let found = discover(&[(
        "MY_APP_SECRETS_KEY",
        text(&folder.join("my-app-secrets-key")),
    )]);
    let expected = "the variable `MY_APP_SECRETS_KEY`: this is the path of a file; set the variable that ends in \
                    `_KEY_FILE` to it instead";
    assert!(found.contains(expected), "{found}");
    let found = discover(&[("MY_APP_SECRETS_KEY", &KEY[..KEY.len() - 1])]);
    let expected = "this identity is damaged or cut off; copy it again, whole";
    assert!(found.contains(expected), "{found}");
}

#[test]
fn a_key_in_the_variable_of_its_path_is_not_shown() {
    for typed in [
        KEY.to_owned(),
        format!("# public key: age1\n{KEY}\n"),
        KEY.to_lowercase(),
    ] {
        let found = discover(&[("MY_APP_SECRETS_KEY_FILE", &typed)]);
        let expected = "the variable `MY_APP_SECRETS_KEY_FILE` leads to no file";
        assert!(found.contains(expected), "{found}");
        assert!(
            found.contains("the key itself belongs in `MY_APP_SECRETS_KEY`"),
            "{found}"
        );
        let key = &KEY.as_bytes()["AGE-SECRET-KEY-1".len()..];
        let found = found.to_uppercase();
        let mut windows = key.windows(6).map(String::from_utf8_lossy);
        assert!(windows.all(|window| !found.contains(&*window)), "{found}");
    }
}

/// What is wrong with a place is reported, even if a later one has a key.
#[cfg(unix)]
#[track_caller]
fn assert_not_skipped(credentials: &Path) {
    let found = discover(&[
        ("CREDENTIALS_DIRECTORY", text(credentials)),
        ("MY_APP_SECRETS_KEY", KEY),
    ]);
    assert!(
        found.contains("error: failed to read the key file"),
        "{found}"
    );
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_nowhere_exists() {
    let folder = credentials("dangling", None);
    let link = folder.join("my-app-secrets-key");
    std::os::unix::fs::symlink("/nowhere/key", link).expect("a link");
    assert_not_skipped(&folder);
}

#[test]
#[cfg(unix)]
fn a_place_that_cannot_be_looked_at_is_not_skipped() {
    let endless = Path::new(env!("CARGO_TARGET_TMPDIR")).join("endless");
    let _ = fs::remove_file(&endless);
    std::os::unix::fs::symlink(&endless, &endless).expect("a link to itself");
    assert_not_skipped(&endless);
}

#[test]
#[cfg(unix)]
fn a_key_that_is_not_unicode_is_not_skipped() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let output = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", "discover::case", "--nocapture"])
        .env_remove("CREDENTIALS_DIRECTORY")
        .env(CASE, "1")
        .env("MY_APP_SECRETS_KEY", OsStr::from_bytes(b"\xff\xfe"))
        .output()
        .expect("the process starts");
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        found.contains("`MY_APP_SECRETS_KEY`: a key is text in UTF-8"),
        "{found}"
    );
}

#[test]
fn the_error_lists_what_was_tried() {
    let found = discover(&[]);
    assert!(
        found.contains(
            "error: no key for the secrets; provide one of: the file that the variable \
             `MY_APP_SECRETS_KEY_FILE` names; the program that the variable \
             `MY_APP_SECRETS_KEY_COMMAND` names; `my-app-secrets-key` in `$CREDENTIALS_DIRECTORY`, which \
             is not set; `/run/secrets/my-app-secrets-key`; the variable `MY_APP_SECRETS_KEY`"
        ),
        "{found}"
    );
}

#[test]
#[cfg(unix)]
fn a_key_file_that_others_can_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt;
    let folder = credentials("rights", Some(KEY));
    let key = folder.join("my-app-secrets-key");
    for (mode, warned) in [(0o600, false), (0o640, true), (0o604, true)] {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).expect("rights");
        let found = discover(&[("MY_APP_SECRETS_KEY_FILE", text(&key))]);
        assert_eq!(
            found.contains("warning: others can read"),
            warned,
            "{mode:o}: {found}"
        );
        // systemd guards the folder, and shows a list of rights as rights of the group.
        let found = discover(&[("CREDENTIALS_DIRECTORY", text(&folder))]);
        assert!(!found.contains("warning"), "{found}");
    }
}
