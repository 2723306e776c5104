//! Files, directories and variables: found, read and merged. Here: what is no source, and sources in a real build.

mod bytes;
mod directories;
mod encrypted_files;
mod entries;
mod forms;
mod merging;
mod missing;
mod other_tools;
mod overlays;
mod override_names;
mod overrides;
mod shared;
mod streamlit;
mod syntax;
mod variables_alone;

use std::{os::unix::net::UnixListener, process::Command};

use secrets_tests::{Folder, MANIFEST, Project};

#[test]
fn a_source_that_is_no_source_is_reported() {
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
            "Source: the source `{path}` does not exist; create it, or add it with `Config::optional_file`"
        )
    };
    // What surely is a path is shown, and else where it was set.
    let hidden = |shown: &str| {
        let message = missing("PATH").replace("`PATH`", shown);
        message.replace("Source: ", "Source: CODE: ")
    };
    let cases = [
        ("secret.toml", "Source: the source `secret.toml` does not exist, did you mean `secrets.toml`?".to_owned()),
        ("nowhere/a.toml", hidden("`.../a.toml`")),
        ("~/x.toml", missing("TMP/home/x.toml")),
        ("plain/a.toml", hidden("`.../a.toml`")),
        ("nowhere", hidden("`***` (not shown, as it may be the secret itself)")),
        ("plain", "Source: `plain` is neither a directory nor a `.toml` file; give it a name that ends in `.toml`, or, if the whole file is one secret, name its folder `.`, of which each file is one".to_owned()),
        ("socket", "Source: `socket` is neither a file nor a directory; remove it".to_owned()),
        ("pipe.toml", "Source: `pipe.toml` is neither a file nor a directory; remove it".to_owned()),
        ("directory.toml", "Source: `directory.toml` is a directory, expected a TOML file".to_owned()),
        ("dangling.toml", "Source: `dangling.toml` is a link to nothing; remove it, or restore its target".to_owned()),
        ("loop.toml", "Source: failed to read `loop.toml`: Too many levels of symbolic links (os error 40)".to_owned()),
        ("latin.toml", "Syntax: latin.toml:2:6: not UTF-8, which TOML must be; save the file as UTF-8".to_owned()),
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
    // Two look the same, and are reported once.
    assert_eq!(problems.lines().count(), cases.len() - 1);
    for (_, message) in &cases {
        assert!(
            problems.contains(message),
            "{message} is not in:\n{problems}"
        );
    }
}

#[test]
fn a_file_without_rights_is_reported() {
    let folder = Folder::new("");
    folder.secrets("a = 1").write("package/mounted/file", "x");
    for path in ["package/secrets.toml", "package/mounted/file"] {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o000);
        std::fs::set_permissions(folder.path(path), mode).unwrap();
    }
    if std::fs::read(folder.path("package/secrets.toml")).is_ok() {
        return; // The superuser reads everything.
    }
    folder.fails(
        &["--file", "secrets.toml", "--file", "mounted"],
        &[
            "Source: failed to read `secrets.toml`: Permission denied (os error 13); give the user who runs the build the right to read it",
            "Source: failed to read `mounted/file`: Permission denied (os error 13); give the user who runs the build the right to read it",
        ],
    );
}

#[test]
fn settings_reach_a_real_build() {
    let mut project = Project::new("settings-build");
    project.build_rs(
        "fn main() { secrets_build::Config::new().file(\"a.toml\").optional_file(\"b.toml\")\
         .profile(\"dev\").known_profiles([\"dev\"]).env_prefix(\"APP\").module(\"mine\").embed(); }",
    );
    project.write("src/main.rs", "mod secrets { include!(concat!(env!(\"OUT_DIR\"), \"/mine.rs\")); }\nfn main() { print!(\"{} {}\", secrets::K, secrets::T.port); }");
    project
        .write("a.toml", "k = 'a'\nt.port = 1")
        .write("a.test.toml", "k = 'test'");
    let run = project.build_ok();
    assert!(!run.stderr.contains("overlay"), "{}", run.stderr);
    assert_eq!(project.run_ok(), "a 1");
    project
        .set("SECRETS_PROFILE", "test")
        .set("APP__T__PORT", "8080");
    let run = project.build_ok();
    assert!(!run.stderr.contains("overlay"), "{}", run.stderr);
    assert_eq!(project.run_ok(), "test 8080");
    project.write("elsewhere.toml", "k = 'e'\nt.port = 2");
    project
        .set("SECRETS_FILES", "elsewhere.toml")
        .set("SECRETS_PROFILE", "");
    assert_eq!(project.run_ok(), "e 8080");

    // All problems of one build.
    project
        .set("SECRETS_FILES", "elsewhere.toml:gone.toml")
        .set("APP__T__PORT", "x");
    project.write("elsewhere.toml", "k = ");
    let reported = project.build_err();
    for problem in [
        "error: settings-build@0.1.0: the source `gone.toml` in `SECRETS_FILES` does not exist",
        "elsewhere.toml:1:",
    ] {
        assert!(
            reported.contains(problem),
            "{problem} is not in:\n{reported}"
        );
    }
    project.write("elsewhere.toml", "k = 'e'\nt.port = 2");
    project.set("SECRETS_FILES", "elsewhere.toml");
    let reported = project.build_err();
    let problem = "the variable `APP__T__PORT` does not hold an integer that fits `i64`, which the key `t.port` is at elsewhere.toml:2:3; set it to one, or unset it";
    assert!(reported.contains(problem), "{reported}");
}

#[test]
fn a_workspace_that_cargo_cannot_tell_is_not_passed_over() {
    let mut folder = Folder::new("");
    folder
        .write("Cargo.toml", "[workspace]\nmembers = [\"m\"]\n")
        .write("m/Cargo.toml", MANIFEST)
        .write("m/lib.rs", "")
        .write("m/.secrets/secrets.toml", "a = 1")
        .write("package/.secrets/secrets.toml", "a = 1");
    folder
        .package("m")
        .lists(&[], &["a: integer, from .secrets/secrets.toml:1:1"]);
    for cargo in ["TMP/no-cargo", "false"] {
        folder.set("CARGO", cargo);
        folder.package("m").fails(
            &[],
            &[
                "Setting: cargo does not tell the workspace of this package, and `TMP/Cargo.toml` above has \
                 `[workspace]`, whose settings and secrets may hold here; set the variable `CARGO` to the \
                 path of cargo, or give the package a `[workspace]` of its own",
            ],
        );
        // That one is a workspace of its own.
        folder.package("package").load(&[]).unwrap();
    }
}

#[test]
fn a_key_in_place_of_its_path_is_an_error_without_encrypted_sources() {
    let mut folder = Folder::new("");
    folder.write("package/.secrets/secrets.toml", "a = 1");
    folder.set(
        "SECRETS_AGE_KEY_FILE",
        "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ",
    );
    folder.fails(
        &[],
        &[
            "Identity: the variable `SECRETS_AGE_KEY_FILE` holds an identity, expected the path of a file of \
             them; set `SECRETS_AGE_KEY` instead",
        ],
    );
}

#[test]
fn a_pipe_is_refused_wherever_a_file_is_named() {
    let folder = Folder::new("");
    folder.write("package/.secrets/secrets.toml", "a = 1\n");
    let pipe = |path: &str| {
        let made = Command::new("mkfifo").arg(folder.path(path)).status();
        assert!(made.unwrap().success());
    };
    pipe("package/pipe");
    let reason =
        "which cannot be read: it is neither a file nor a directory; write a file in its place";
    for (settings, place, setting, kind) in [
        ("template = \"pipe\"", "9:12", "template", "Shape"),
        (
            "recipients = [\"pipe\"]",
            "9:15",
            "recipients[0]",
            "Recipient",
        ),
        (
            "recipients = [{ passphrase-file = \"pipe\" }]",
            "9:15",
            "recipients[0].passphrase-file",
            "Recipient",
        ),
    ] {
        folder.settings(settings);
        let expected = format!("{kind}: Cargo.toml:{place}: `{setting}` names `pipe`, {reason}");
        folder.fails(&[], &[&expected]);
    }
    // Nobody writes to it: to read it would be to wait for ever.
    std::fs::remove_file(folder.path("package/Cargo.toml")).unwrap();
    pipe("package/Cargo.toml");
    let problems = folder.load(&[]).unwrap_err();
    assert!(
        problems.contains("it is neither a file nor a directory"),
        "{problems}"
    );
}
