//! The one shape that all profiles have, and settings that do not fit them.

use secrets_tests::{Folder, age::keygen_in};

use crate::sealed::{self, FILE};

/// Two profiles that are loaded and not encrypted: they are to be read from a sealed file, which is
/// never read here, so that nobody asks for recipients.
fn set(folder: &Folder, settings: &str) {
    folder.settings(&format!(
        "sealed = \"{FILE}\"\nfiles = [\"secrets.toml\"]\n\
         profiles = [\"staging\", \"production\"]\n{settings}"
    ));
}

#[test]
fn profiles_have_one_shape() {
    let folder = Folder::new("");
    set(&folder, "");
    folder.secrets("a = 1\n");
    folder.write("package/secrets.staging.toml", "b = \"x\"\n");
    folder.write("package/secrets.production.toml", "b = \"y\"\n");
    folder.lists(
        &[],
        &[
            "[staging]",
            "a: integer, from secrets.toml:1:1",
            "b: string, from secrets.staging.toml:1:1",
            "[production]",
            "a: integer, from secrets.toml:1:1",
            "b: string, from secrets.production.toml:1:1",
        ],
    );
    // And no plain module is made of them.
    folder.fails(
        &["--values"],
        &["Recipient: there are no recipients to encrypt to; set `recipients`"],
    );
    let missing = |path: &str, place: &str, sources: &str| {
        format!(
            "Shape: `{path}` is missing: another profile has it at {place}, and {sources} have \
             not; add it, or make it optional in `keys`"
        )
    };
    let production = "`secrets.toml`, `secrets.production.toml`";
    let staging = "`secrets.toml`, `secrets.staging.toml`";
    folder.write("package/secrets.production.toml", "");
    folder.fails(
        &[],
        &[&missing("b", "secrets.staging.toml:1:1", production)],
    );
    folder.write("package/secrets.production.toml", "b = \"y\"\n[c]\nd = 1\n");
    folder.fails(
        &[],
        &[&missing("c", "secrets.production.toml:2:2", staging)],
    );
    folder.write("package/secrets.production.toml", "b = 1\n");
    folder.fails(
        &[],
        &[
            "Shape: `b` is an integer at secrets.production.toml:1:1, but a string in another \
           profile at secrets.staging.toml:1:1; change one of the two",
        ],
    );
    // Nothing of a value is reported, and an optional key may be anywhere.
    folder.write("package/secrets.production.toml", "");
    set(
        &folder,
        "[package.metadata.secrets.keys]\nb = { optional = true }\n",
    );
    assert!(folder.load(&[]).is_ok());
    // One of them by itself has no other to agree with.
    set(&folder, "");
    folder.lists(
        &["--profile", "production"],
        &["[production]", "a: integer, from secrets.toml:1:1"],
    );
}

#[test]
fn plain_keys_are_the_same_in_all_profiles() {
    let folder = Folder::new("");
    let key = keygen_in(&folder.path("package"));
    let set = |keys: &str| {
        folder.settings(&format!(
            "files = [\"secrets.toml\"]\nprofiles = [\"staging\", \"production\"]\n\
             recipients = [\"{}\"]\n[package.metadata.secrets.keys]\n{keys}\n",
            key.recipient
        ));
    };
    let seal = || {
        sealed::try_seal(
            &folder.path("package"),
            &[],
            "sources",
            &folder.path("out.toml"),
        )
    };
    let both = |staging: &str, production: &str| {
        folder.secrets("key = 1\n");
        folder.write("package/secrets.staging.toml", staging);
        folder.write("package/secrets.production.toml", production);
    };
    set("\"a.*\" = { plain = true }");
    both("a.b = 1\nkey = 2\n", "a.b = 1\n");
    assert_eq!(seal(), Ok(()));
    both("a.b = 1\n", "a.b = 2\n");
    assert_eq!(
        seal().unwrap_err(),
        "`a.b` is plain, so it is one constant, but the profiles differ: for `staging` it is at \
         secrets.staging.toml:1:3, for `production` it is at secrets.production.toml:1:3; give it one \
         value, or remove `plain`"
    );
    set("a = { plain = true }\n\"a.c\" = { optional = true }");
    both("a = { b = 1, c = 1 }\n", "a.b = 1\n");
    assert_eq!(
        seal().unwrap_err(),
        "`a.c` is plain, so it is one constant, but the profiles differ: for `staging` it is at \
         secrets.staging.toml:1:14, for `production` it is absent; give it one value, or remove `plain`"
    );
}

#[test]
fn settings_that_do_not_fit_profiles() {
    let folder = Folder::new("");
    folder.write("package/.secrets/secrets.toml", "key = 1\n");
    let table = "[package.metadata.secrets.profile.stagin]\nrecipients = [\"age1\"]\n";
    for (settings, expected) in [
        (
            "profiles = []\nrecipients = [\"age1\"]\n".to_owned(),
            "Setting: Cargo.toml:9:12: `profiles` is empty; name one, or remove the setting",
        ),
        (
            "profiles = [\"a\", \"b\", \"a\"]\nrecipients = [\"age1\"]\n".to_owned(),
            "Setting: Cargo.toml:9:23: `profiles` names `a` twice; remove one",
        ),
        (
            "profiles = [\"a/b\"]\nrecipients = [\"age1\"]\n".to_owned(),
            "Setting: Cargo.toml:9:13: the profile `a/b` cannot be part of a file name; choose another name",
        ),
        (
            "profiles = [\"Staging\", \"b\", \"staging\"]\nrecipients = [\"age1\"]\n".to_owned(),
            "Setting: Cargo.toml:9:12: the profiles `Staging` and `staging` differ in case alone, and are one name of a \
             file on some systems; rename one",
        ),
        (
            "known-profiles = [\"c\", \"C\"]\n".to_owned(),
            "Setting: Cargo.toml:9:18: the profiles `C` and `c` differ in case alone, and are one name of a file on some \
             systems; rename one",
        ),
        (
            "known-profiles = [\"one\"]\nprofile = \"One\"\n".to_owned(),
            "Setting: Cargo.toml:10:11: the profiles `One` and `one` differ in case alone, and are one name of a file on \
             some systems; rename one",
        ),
        (
            "profiles = [\"a\"]\n".to_owned(),
            "Setting: Cargo.toml:9:12: `profiles` embeds one ciphertext for each profile, and there are no `recipients`; set \
             some, or use `profile`",
        ),
        (
            format!("profiles = [\"staging\"]\n{table}"),
            "Setting: Cargo.toml:10:35: `profile.stagin` has recipients, but `profiles` does not list it, did you mean \
             `staging`?",
        ),
        (
            table.to_owned(),
            "Setting: Cargo.toml:9:35: `profile.stagin` has recipients, but `profiles` does not list it; set profiles = \
             [\"stagin\"]",
        ),
        (
            format!(
                "profiles = [\"stagin\"]\n{}",
                table.replace("recipients", "recipient")
            ),
            "Setting: Cargo.toml:11:1: unknown key in `profile.stagin`: \
             `recipient`, did you mean `recipients`?",
        ),
        (
            "profiles = \"staging\"\n".to_owned(),
            "Setting: Cargo.toml:9:12: `package.metadata.secrets.profiles` is a string, expected an array \
             of strings",
        ),
    ] {
        folder.settings(&settings);
        let reported = folder.load(&[]).unwrap_err();
        assert!(
            reported.lines().any(|line| line == expected),
            "{expected}\n---\n{reported}"
        );
    }
    folder.settings("profiles = [\"a\", \"b\"]\nrecipients = [\"age1\"]\n");
    folder.fails(
        &["--profile", "c"],
        &["Setting: CODE: the profile `c` is none of those in `profiles`: `a`, `b`; add it there, or name one of these"],
    );
}
