//! A secret that was typed where a path, a name or a type belongs is not shown.

use secrets_tests::Folder;

use super::{Scanner, marker};

/// Secrets as people type them in the wrong place, with `V` for a value.
const TYPED: &[&str] = &[
    "V",
    "AGE-SECRET-KEY-1V",
    "age-secret-key-1V",
    "# created: today\n# public key: age1V\nAGE-SECRET-KEY-1V\n",
    "-----BEGIN OPENSSH PRIVATE KEY-----\nV\n-----END OPENSSH PRIVATE KEY-----\n",
    "token = \"V\"",
    "token='V'",
    "[table]\nkey = \"V\"\n",
    "{\"key\": \"V\"}",
    "postgres://user:V@host/app",
    "it is \"V\" W",
    "V/W",
    "V+W/V==",
    "/nowhere/V",
    "./V",
    "~/V",
    "nowhere/V.toml",
    "V.toml",
];

/// Settings that hold what was typed at `T`, and the words that tell which one is meant.
const SETTINGS: &[(&str, &str)] = &[
    ("files = [T]", "Cargo.toml:9:10"),
    ("files = [{ path = T }]", "Cargo.toml:9:10"),
    ("files = [{ path = T, optional = true }]", ""),
    ("template = T", "template"),
    ("identity = T", ""),
    ("recipients = [T]", ""),
    ("recipients = [{ passphrase-file = T }]", ""),
    ("recipients = [{ passphrase-env = T }]", ""),
    ("sealed = T", ""),
    ("env-prefix = T", ""),
    ("profile = T", ""),
    ("profiles = [T, T]", "profiles"),
    ("profile.a = { T = 1 }", "`profile.a`"),
    ("profile.T = { recipients = [] }", "profiles"),
    ("merge = T", "`merge`"),
    ("compat = T", "`compat`"),
    ("T = 1", "unknown setting"),
    ("files = [{ T = 1 }]", "`files[0]`"),
    ("keys = { a = { type = T } }", "is not a type"),
    ("keys = { a = { T = 1 } }", "key in `keys`"),
    (
        "keys = { a = { T = { b = 1 } } }",
        "is not a setting of a key",
    ),
    ("keys = { T = { type = \"u8\" } }", "of `keys`"),
    ("keys = { T = 1 }", "keys."),
    ("keys = { a = { min = T } }", "keys"),
    ("keys = { a = { pattern = T } }", ""),
];

/// A text with values for `V` and `W`, and what finds them.
fn filled(text: &str) -> String {
    let [v, w] = [0, 1].map(marker);
    text.replace("age1V", "age1")
        .replace('V', &v)
        .replace('W', &w)
}

pub(super) fn scanner() -> Scanner {
    super::scanner([0, 1].map(marker))
}

/// A string as TOML writes it.
fn quoted(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    format!("\"{escaped}\"")
}

#[test]
fn what_was_typed_for_a_setting_is_not_shown() {
    let (scanner, folder) = (scanner(), Folder::new(""));
    folder.write("package/.secrets/secrets.toml", "a = 1\n");
    for typed in TYPED {
        let typed = quoted(&filled(typed));
        assert!(scanner.find(typed.as_bytes()).is_some());
        for (setting, expected) in SETTINGS {
            folder.settings(&setting.replace('T', &typed));
            let reported = folder.load(&[]).unwrap_or_else(|problems| problems);
            assert!(
                reported.contains(expected),
                "{setting}, {typed}: {reported}"
            );
            scanner.assert_clean(&format!("{setting} for {typed}"), reported);
        }
    }
}

#[test]
fn what_was_typed_in_a_variable_or_in_code_is_not_shown() {
    let scanner = scanner();
    for typed in TYPED {
        let typed = filled(typed);
        for variable in ["SECRETS_FILES", "SECRETS_PROFILE", "SECRETS_STUB"] {
            let mut folder = Folder::new("");
            folder.write("package/.secrets/secrets.toml", "a = 1\n");
            folder.set(variable, &typed);
            let reported = folder.load(&[]).unwrap_or_else(|problems| problems);
            scanner.assert_clean(&format!("{variable} = {typed}"), &reported);
            assert!(
                reported.contains(variable) || variable == "SECRETS_PROFILE",
                "{variable} = {typed}: {reported}"
            );
        }
        let folder = Folder::new("");
        folder.write("package/.secrets/secrets.toml", "a = 1\n");
        for setting in [
            "--file",
            "--optional-file",
            "--profile",
            "--env-prefix",
            "--module",
        ] {
            let reported = folder
                .load(&[setting, &typed])
                .unwrap_or_else(|problems| problems);
            scanner.assert_clean(&format!("{setting} {typed}"), reported);
        }
        for set in IN_CODE {
            let mut config = secrets_build::Config::new();
            config.package(folder.path("package"));
            config.profiles(["one"]).known_profiles(["one"]);
            set(&mut config, &typed);
            // What is a good name or recipient is no mistake; nothing may be shown of it all the same.
            let reported = match config.load() {
                Ok(secrets) => secrets.to_string(),
                Err(error) => format!("{error}\n{error:?}"),
            };
            scanner.assert_clean(&typed, reported);
        }
    }
}

type Set = for<'a> fn(&'a mut secrets_build::Config, &str) -> &'a mut secrets_build::Config;

/// What takes a path, a recipient, or the name of a variable, for all profiles and for one.
const IN_CODE: [Set; 6] = [
    |config, typed| config.recipient(typed),
    |config, typed| config.passphrase_file(typed),
    |config, typed| config.passphrase_variable(typed),
    |config, typed| config.profile_recipient("one", typed),
    |config, typed| config.profile_passphrase_file("one", typed),
    |config, typed| config.profile_passphrase_variable("one", typed),
];

/// What cannot be distinguished from the name of a file is not surely a path either.
#[test]
fn a_passphrase_of_words_is_not_shown_for_a_path() {
    let scanner = super::scanner(["purple-horse-battery", "staple1887"]);
    let folder = Folder::new("");
    folder.write("package/.secrets/secrets.toml", "a = 1\n");
    for typed in [
        "purple-horse-battery",
        "staple1887",
        "purple-horse-battery/staple1887",
    ] {
        for setting in [
            "files = [\"T\"]",
            "files = [{ path = \"T\", optional = true }]",
            "template = \"T\"",
            "recipients = [\"T\"]",
            "recipients = [{ passphrase-file = \"T\" }]",
        ] {
            folder.settings(&setting.replace('T', typed));
            let reported = folder.load(&[]).expect_err("there is no such file");
            scanner.assert_clean(setting, reported);
        }
    }
}

#[test]
fn texts_of_an_enum_and_long_paths_are_not_shown() {
    let scanner = scanner();
    let v = marker(0);
    let folder = Folder::new(&format!("keys.a = {{ type = \"enum:debug|{v}\" }}"));
    folder.write("package/.secrets/secrets.toml", "a = \"x\"\n");
    folder.fails(
        &[],
        &["Rule: .secrets/secrets.toml:1:1: `a` is not of type `enum:debug|***`, expected one of `debug`, `***`"],
    );
    // Just below and above what the system takes for a path.
    for times in [120, 240] {
        let path = format!("{v}/").repeat(times) + "a.toml";
        for setting in [
            "files = [\"T\"]",
            "template = \"T\"",
            "recipients = [\"T\"]",
        ] {
            folder.settings(&setting.replace('T', &path));
            let reported = folder.load(&[]).expect_err("there is no such file");
            scanner.assert_clean(setting, reported);
        }
    }
    // The overlay that could be made.
    folder.settings(&format!("files = [\"{v}.toml\"]\nprofile = \"staging\""));
    folder.write(format!("package/{v}.toml"), "a = 1\n");
    let reported = folder.load(&[]).expect_err("there is no such overlay");
    assert!(reported.contains("the profile `staging`"), "{reported}");
    scanner.assert_clean("a profile", reported);
}

#[test]
fn a_path_that_is_misspelt_is_shown() {
    let folder = Folder::new("files = [\"conf/secret.toml\", \"../secrets.txt\", \"~/x.toml\"]");
    folder.folder("package/conf");
    let reported = folder.load(&[]).expect_err("there is no such file");
    for path in [
        "`conf/secret.toml`",
        "`../secrets.txt`",
        "`TMP/home/x.toml`",
    ] {
        assert!(reported.contains(path), "{path}: {reported}");
    }
    // Where a folder is missing, the name of the file is all that is sure.
    folder.settings("files = [\"mistyped/secrets.toml\"]");
    let reported = folder.load(&[]).expect_err("there is no such file");
    let expected = "Cargo.toml:9:10: the source `.../secrets.toml` does not exist";
    assert!(reported.contains(expected), "{reported}");
}

/// Names that are parts of names of files and variables.
#[test]
fn a_key_in_the_place_of_a_name_is_refused() {
    let key = "AGE-SECRET-KEY-1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    let folder = Folder::new("");
    folder.secrets("a = 1\n");
    for setting in [
        "module",
        "profile",
        "env-prefix",
        "profiles",
        "known-profiles",
    ] {
        let folder = match setting {
            "module" => &folder,
            "profiles" | "known-profiles" => {
                folder.settings(&format!("{setting} = [\"{key}\"]"));
                &folder
            }
            _ => {
                folder.settings(&format!("{setting} = \"{key}\""));
                &folder
            }
        };
        let arguments = ["--file", "secrets.toml", "--module", key];
        let count = if setting == "module" { 4 } else { 2 };
        let problems = folder.load(&arguments[..count]).expect_err(setting);
        let expected =
            format!("`{setting}` holds a private key, expected a name, which anybody may see");
        assert!(problems.contains(&expected), "{problems}");
        assert!(!problems.contains("QQPZRY"), "{problems}");
    }
}

#[test]
fn debug_of_what_is_set_in_code_shows_nothing() {
    let marker = marker(5);
    let key = secrets_build::Key::new()
        .ty(&marker)
        .name(&marker)
        .pattern(&marker)
        .min(987_654);
    let mut config = secrets_build::Config::new();
    config.file(&marker).key(&marker, key.clone());
    for text in [format!("{key:?}"), format!("{config:?}")] {
        assert!(
            !text.contains(&marker[..6]) && !text.contains("987"),
            "{text}"
        );
    }
}
