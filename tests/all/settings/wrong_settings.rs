//! Mistakes in settings: each reported with its place and the way out.

use secrets_tests::{Folder, MANIFEST};

/// The line of `Cargo.toml` on which the settings of a `Folder` begin.
const LINE: usize = 9;

#[test]
fn wrong_settings_are_reported_with_place_and_way_out() {
    let known = "known are `files`, `merge`, `profile`, `env-prefix`, `compat`, `recipients`, \
                 `identity`, `template`, `keys`, `sealed`, `profiles`, `known-profiles`, `always`";
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
            "unknown key in `files[0]`: `xyz`; known are `path`, `optional`, `except`".to_owned(),
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
fn all_wrong_settings_are_reported_at_once() {
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
            "Setting: CODE: the module name `a/b` is not a file name of letters, digits, `_` and `-`; choose another one",
        ],
    );
}

#[test]
fn settings_that_cannot_work_are_reported() {
    let mut folder = Folder::new("");
    folder.secrets("a = 1");
    let prefix = "expected the start of a variable's name: letters, digits and `_`";
    let cases = [
        (
            ["--profile", "a/b"],
            "the profile `a/b` cannot be part of a file name; choose another name".to_owned(),
        ),
        (
            ["--profile", "a\nb"],
            "the profile `***` cannot be part of a file name; choose another name".to_owned(),
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
            ["--env-prefix", "MYAPP__"],
            "`env-prefix` ends in `_`, and `__` follows it by itself; write it without the `_` at its end"
                .to_owned(),
        ),
        (
            ["--module", ""],
            "the module name `` is not a file name of letters, digits, `_` and `-`; choose another one".to_owned(),
        ),
        (
            ["--module", "a.rs"],
            "the module name `a.rs` is not a file name of letters, digits, `_` and `-`; choose another one".to_owned(),
        ),
    ];
    for (arguments, message) in cases {
        folder.fails(&arguments, &[&format!("Setting: CODE: {message}")]);
    }
    folder.fails(
        &["--compat", "streamlit", "--merge", "deep"],
        &["Setting: CODE: `compat = \"streamlit\"` merges as Streamlit does, which is not `merge = \"deep\"`; remove one of the two"],
    );
    folder.fails(
        &["--file", ""],
        &["Setting: CODE: a source has an empty path; name a file or a directory"],
    );
    let profile = std::os::unix::ffi::OsStringExt::from_vec(vec![0xff]);
    let profile: std::ffi::OsString = profile;
    folder.set("SECRETS_PROFILE", profile);
    folder.fails(
        &[],
        &["Setting: the variable `SECRETS_PROFILE` is not UTF-8; set it to the name of a profile"],
    );
}

#[test]
fn a_package_without_a_manifest_is_reported() {
    let mut folder = Folder::new("");
    folder.folder("empty");
    folder.package("empty");
    folder.fails(
        &[],
        &["Setting: `TMP/empty/Cargo.toml` does not exist; call this from a build script, or set the directory of a \
           package with `Config::package` or the variable `CARGO_MANIFEST_DIR`"],
    );
}

#[test]
fn what_is_missing_is_reported_with_what_is_of_a_wrong_type() {
    let folder = Folder::new(
        "files = [\"secrets.toml\"]\ntemplate = \"template.toml\"\nkeys.b = { type = \"u16\" }",
    );
    folder
        .write("package/template.toml", "a = 1\nb = 2\nc = 3\n")
        .secrets("b = 65536\nc = \"x\"\n");
    folder.fails(
        &[],
        &[
            "Rule: secrets.toml:1:1: `b` is not of type `u16`, expected an integer from 0 to 65535",
            "Shape: `a` is missing: the template has it at template.toml:1:1, and \
             `secrets.toml` has not; add it, or make it optional in `keys`",
            "Shape: `c` is a string at secrets.toml:2:1, but an integer that fits `i64` in \
             the template at template.toml:3:1; change one of the two",
        ],
    );
}

/// Settings that are good by themselves, and do not go together.
#[test]
fn settings_that_contradict_each_other_have_a_place() {
    let cases = [
        (
            "profile = \"a/b\"",
            "9:11",
            "the profile `a/b` cannot be part of a file name; choose another name",
        ),
        (
            "profiles = [\"a\", \"b/c\"]\nrecipients = []",
            "9:18",
            "the profile `b/c` cannot be part of a file name; choose another name",
        ),
        (
            "profiles = [\"a\", \"a\"]\nrecipients = []",
            "9:18",
            "`profiles` names `a` twice; remove one",
        ),
        ("profiles = []", "9:12", "`profiles` is empty"),
        (
            "profiles = [\"a\"]",
            "9:12",
            "`profiles` embeds one ciphertext for each profile",
        ),
        (
            "profile.b.recipients = []\nprofiles = [\"a\"]",
            "9:9",
            "`profile.b` has recipients",
        ),
        (
            "profile.b.recipients = []",
            "9:9",
            "`profile.b` has recipients",
        ),
        ("env-prefix = \"A B\"", "9:14", "`env-prefix` is `A B`"),
        (
            "compat = \"streamlit\"\nmerge = \"deep\"",
            "10:9",
            "`compat = \"streamlit\"` merges as",
        ),
        (
            "files = [\"a.toml\", \"\"]",
            "9:20",
            "a source has an empty path",
        ),
    ];
    for (settings, place, message) in cases {
        let folder = Folder::new(settings);
        let problems = folder.load(&[]).expect_err(settings);
        let expected = format!("Setting: Cargo.toml:{place}: {message}");
        assert!(
            problems.contains(&expected),
            "{expected}\nis not in\n{problems}"
        );
    }
    // A setting of the workspace has its place there, and one of the package takes that with it.
    let mut folder = Folder::new("");
    let workspace = "[workspace]\nmembers = [\"m\"]\n[workspace.metadata.secrets]\n\
                     env-prefix = \"A B\"\nprofiles = [\"a/b\"]\nrecipients = []\n";
    folder.write("Cargo.toml", workspace).write("m/lib.rs", "");
    let member = format!("{MANIFEST}[package.metadata.secrets]\nprofiles = [\"c/d\"]\n");
    folder.write("m/Cargo.toml", member);
    folder.package("m");
    folder.fails(
        &[],
        &[
            "Setting: Cargo.toml:8:13: the profile `c/d` cannot be part of a file name; choose another name",
            "Setting: TMP/Cargo.toml:4:14: `env-prefix` is `A B`, expected the start of a variable's name: \
             letters, digits and `_`",
        ],
    );
    let mut folder = Folder::new("");
    folder.set("SECRETS_PROFILE", "a/b");
    folder.fails(
        &[],
        &["Setting: the variable `SECRETS_PROFILE`: the profile `a/b` cannot be part of a file name; choose another name"],
    );
}
