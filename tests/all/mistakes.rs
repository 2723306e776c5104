//! Mistakes in settings and lists of sources: each told with its place and the way out.

use std::{os::unix::net::UnixListener, process::Command};

use crate::folder::{Folder, MANIFEST};

/// The line of `Cargo.toml` on which the settings of a `Folder` begin.
const LINE: usize = 9;

#[test]
fn wrong_settings_are_told_with_place_and_way_out() {
    let known = "known are `files`, `merge`, `profile`, `env-prefix`, `compat`";
    let path = "a path or `{ path = \"...\", optional = true }`";
    let cases = [
        (
            "fils = []",
            1,
            "unknown setting `fils`, did you mean `files`?".to_owned(),
        ),
        (
            "env_prefix = \"A\"",
            1,
            "unknown setting `env_prefix`, did you mean `env-prefix`?".to_owned(),
        ),
        ("xyz = 1", 1, format!("unknown setting `xyz`; {known}")),
        (
            "files = \"a.toml\"",
            9,
            "`package.metadata.secrets.files` is a string, expected an array of paths".to_owned(),
        ),
        (
            "files = {}",
            9,
            "`package.metadata.secrets.files` is a table, expected an array of paths".to_owned(),
        ),
        (
            "files = [1]",
            10,
            format!("`package.metadata.secrets.files[0]` is an integer, expected {path}"),
        ),
        (
            "files = [[]]",
            10,
            format!("`package.metadata.secrets.files[0]` is an array, expected {path}"),
        ),
        (
            "files = [{}]",
            10,
            format!("`package.metadata.secrets.files[0]` is a table, expected {path}"),
        ),
        (
            "files = [{ path = 1 }]",
            19,
            "`package.metadata.secrets.files[0].path` is an integer, expected a string".to_owned(),
        ),
        (
            "files = [{ path = \"a\", optional = 1 }]",
            35,
            "`package.metadata.secrets.files[0].optional` is an integer, expected a boolean"
                .to_owned(),
        ),
        (
            "files = [{ path = \"a\", optionl = true }]",
            24,
            "unknown key in `files[0]`: `optionl`, did you mean `optional`?".to_owned(),
        ),
        (
            "files = [{ path = \"a\", xyz = true }]",
            24,
            "unknown key in `files[0]`: `xyz`; known are `path`, `optional`".to_owned(),
        ),
        (
            "merge = true",
            9,
            "`package.metadata.secrets.merge` is a boolean, expected a string".to_owned(),
        ),
        (
            "merge = \"dep\"",
            9,
            "`merge` is `\"dep\"`, which is not one of `\"deep\"`, `\"shallow\"`".to_owned(),
        ),
        (
            "profile = 1.5",
            11,
            "`package.metadata.secrets.profile` is a float, expected a string".to_owned(),
        ),
        (
            "profile = []",
            11,
            "`package.metadata.secrets.profile` is an array, expected a string".to_owned(),
        ),
        (
            "env-prefix = 2026-01-01",
            14,
            "`package.metadata.secrets.env-prefix` is a date-time, expected a string".to_owned(),
        ),
        (
            "compat = \"dotenv\"",
            10,
            "`compat` is `\"dotenv\"`, which is not one of `\"streamlit\"`".to_owned(),
        ),
        (
            "compat = 1",
            10,
            "`package.metadata.secrets.compat` is an integer, expected a string".to_owned(),
        ),
    ];
    for (settings, column, message) in cases {
        let folder = Folder::new(settings);
        folder.fails(
            &[],
            &[&format!("Setting: Cargo.toml:{LINE}:{column}: {message}")],
        );
    }
}

#[test]
fn all_wrong_settings_are_told_at_once() {
    let mut folder = Folder::new("");
    let workspace = "[workspace]\nmembers = [\"m\"]\n[workspace.metadata]\nsecrets = 1\n";
    folder.write("Cargo.toml", workspace).write("m/lib.rs", "");
    let member = format!("{MANIFEST}[package.metadata.secrets]\nmerg = 1\nprofile = 1\n");
    folder.write("m/Cargo.toml", member);
    folder.package("m");
    folder.fails(
        &["--module", "a/b"],
        &[
            "Setting: Cargo.toml:8:1: unknown setting `merg`, did you mean `merge`?",
            "Setting: Cargo.toml:9:11: `package.metadata.secrets.profile` is an integer, expected a string",
            "Setting: TMP/Cargo.toml:4:11: `workspace.metadata.secrets` is an integer, expected a table",
            "Setting: the module name `a/b` is no file name of letters, digits, `_` and `-`",
        ],
    );
}

#[test]
fn settings_that_cannot_work_are_told() {
    let mut folder = Folder::new("");
    folder.secrets("a = 1");
    let prefix = "expected the start of a variable's name: letters, digits and `_`";
    let cases = [
        (
            ["--profile", "a/b"],
            "the profile `a/b` is no part of a file name".to_owned(),
        ),
        (
            ["--profile", "a\nb"],
            "the profile `a\\nb` is no part of a file name".to_owned(),
        ),
        (
            ["--env-prefix", ""],
            format!("`env-prefix` is ``, {prefix}"),
        ),
        (
            ["--env-prefix", "1A"],
            format!("`env-prefix` is `1A`, {prefix}"),
        ),
        (
            ["--env-prefix", "MY-APP"],
            format!("`env-prefix` is `MY-APP`, {prefix}"),
        ),
        (
            ["--module", ""],
            "the module name `` is no file name of letters, digits, `_` and `-`".to_owned(),
        ),
        (
            ["--module", "a.rs"],
            "the module name `a.rs` is no file name of letters, digits, `_` and `-`".to_owned(),
        ),
    ];
    for (arguments, message) in cases {
        folder.fails(&arguments, &[&format!("Setting: {message}")]);
    }
    folder.fails(
        &["--compat", "streamlit", "--merge", "deep"],
        &["Setting: `compat = \"streamlit\"` merges as Streamlit does, which is not `merge = \"deep\"`; remove one of the two"],
    );
    folder.fails(
        &["--file", ""],
        &["Setting: a source has an empty path; name a file or a directory"],
    );
    let profile = std::os::unix::ffi::OsStringExt::from_vec(vec![0xff]);
    let profile: std::ffi::OsString = profile;
    folder.set("SECRETS_PROFILE", profile);
    folder.fails(
        &[],
        &["Setting: the variable `SECRETS_PROFILE` is not UTF-8"],
    );
}

#[test]
fn nothing_found_lists_every_place() {
    let mut folder = Folder::new("");
    folder.fails(
        &[],
        &[
            "Source: no secrets found; looked at `TMP/home/.config/secrets/secrets.toml`, \
           `.secrets/secrets.toml`; create one of them",
        ],
    );
    folder.fails(
        &[
            "--profile",
            "dev",
            "--optional-file",
            "a.toml",
            "--optional-file",
            "d",
        ],
        &["Source: no secrets found; looked at `a.toml`, `a.dev.toml`, `d`; create one of them"],
    );
    folder
        .write("Cargo.toml", "[workspace]\nmembers = [\"m\"]\n")
        .write("m/lib.rs", "");
    folder.write("m/Cargo.toml", MANIFEST);
    folder.package("m");
    folder.fails(
        &["--profile", "dev"],
        &[
            "Source: no secrets found; looked at `TMP/home/.config/secrets/secrets.toml`, \
           `TMP/home/.config/secrets/secrets.dev.toml`, `TMP/.secrets/secrets.toml`, \
           `TMP/.secrets/secrets.dev.toml`, `.secrets/secrets.toml`, `.secrets/secrets.dev.toml`; \
           create one of them",
        ],
    );
    let folder = Folder::new("files = []");
    folder.fails(
        &[],
        &["Source: the list of sources is empty; name one in `files`"],
    );
}

#[test]
fn a_source_that_is_no_source_is_told() {
    let folder = Folder::new("");
    folder.secrets("a = 1");
    folder
        .write("package/plain", "x")
        .folder("package/directory.toml");
    folder
        .link("loop.toml", "package/loop.toml")
        .link("gone", "package/dangling.toml");
    let _socket = UnixListener::bind(folder.path("package/socket")).unwrap();
    let pipe = Command::new("mkfifo")
        .arg(folder.path("package/pipe.toml"))
        .status();
    assert!(pipe.unwrap().success());
    folder.write("package/latin.toml", b"a = 1\nb = \"\xe4\"");

    let missing = |path: &str| {
        format!(
            "Source: the source `{path}` does not exist; create it, or mark it optional: {{ path = \"...\", optional = true }}"
        )
    };
    let cases = [
        ("secret.toml", "Source: the source `secret.toml` does not exist, did you mean `secrets.toml`?".to_owned()),
        ("nowhere/a.toml", missing("nowhere/a.toml")),
        ("~/x.toml", missing("TMP/home/x.toml")),
        ("plain/a.toml", missing("plain/a.toml")),
        ("nowhere", missing("nowhere")),
        ("plain", "Source: `plain` is neither a directory nor a `.toml` file; give it a name that ends in `.toml`".to_owned()),
        ("socket", "Source: `socket` is neither a file nor a directory; remove it".to_owned()),
        ("pipe.toml", "Source: `pipe.toml` is neither a file nor a directory; remove it".to_owned()),
        ("directory.toml", "Source: `directory.toml` is a directory, expected a TOML file".to_owned()),
        ("dangling.toml", "Source: `dangling.toml` is a link to nothing; remove it, or restore its target".to_owned()),
        ("loop.toml", "Source: failed to read `loop.toml`: Too many levels of symbolic links (os error 40)".to_owned()),
        ("latin.toml", "Syntax: latin.toml:2:6: not UTF-8, which TOML has to be; save the file as UTF-8".to_owned()),
    ];
    for (path, message) in &cases {
        folder.fails(&["--file", path], &[message]);
    }
    // All at once; problems of a list come before those of the text.
    let arguments: Vec<_> = cases
        .iter()
        .flat_map(|(path, _)| ["--file", *path])
        .collect();
    let problems = folder.load(&arguments).unwrap_err();
    assert_eq!(problems.lines().count(), cases.len());
    for (_, message) in &cases {
        assert!(
            problems.contains(message),
            "{message} is not in:\n{problems}"
        );
    }
}

#[test]
fn a_file_without_rights_is_told() {
    let folder = Folder::new("");
    folder.secrets("a = 1").write("package/mounted/file", "x");
    for path in ["package/secrets.toml", "package/mounted/file"] {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0);
        std::fs::set_permissions(folder.path(path), mode).unwrap();
    }
    if std::fs::read(folder.path("package/secrets.toml")).is_ok() {
        return; // The superuser reads everything.
    }
    folder.fails(
        &["--file", "secrets.toml", "--file", "mounted"],
        &[
            "Source: failed to read `secrets.toml`: Permission denied (os error 13)",
            "Source: failed to read `mounted/file`: Permission denied (os error 13)",
        ],
    );
}

#[test]
fn a_package_without_a_manifest_is_told() {
    let mut folder = Folder::new("");
    folder.folder("empty");
    folder.package("empty");
    folder.fails(
        &[],
        &["Setting: failed to read `TMP/empty/Cargo.toml`: No such file or directory (os error 2)"],
    );
}
