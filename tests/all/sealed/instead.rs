//! Sources that `SECRETS_FILES` names in place of a sealed file, and keys whose rules need features.

use std::fs;

use secrets_tests::{
    Project,
    age::{Key, project, run},
    workspace,
};

use super::{FILE, seal};

/// The key of an example, so that no tool has to make one.
fn key_of_example(project: &Project) -> Key {
    let example = workspace().join("examples/sealed");
    fs::copy(example.join("key.txt"), project.path("key.txt")).unwrap();
    let recipients = fs::read_to_string(example.join("recipients.txt")).unwrap();
    Key {
        path: "key.txt".to_owned(),
        recipient: recipients.lines().last().unwrap().to_owned(),
    }
}

#[test]
fn the_sources_of_the_variable_win_and_are_encrypted() {
    let mut project = project("sealed-instead");
    let key = key_of_example(&project);
    let settings = |recipients: &str| {
        format!(
            "[package.metadata.secrets]\n{recipients}sealed = \"{FILE}\"\n\
             [package.metadata.secrets.keys]\nkey = {{ pattern = \"[a-z ]+\" }}\n\
             site = {{ type = \"url\", optional = true }}\n\
             note = {{ pattern = \"[a-z]+\", optional = true, type = \"string\" }}\n"
        )
    };
    let recipients = format!("recipients = [\"{}\"]\n", key.recipient);
    project.metadata(&settings(&recipients));
    project.write(
        ".secrets/secrets.toml",
        "key = \"sealed\"\nsite = \"https://a\"\n",
    );
    seal(&project);

    // The rules of keys need no feature where nothing is checked.
    project.build_features("");
    let built = project.build_ok();
    assert!(!built.stderr.contains("warning"), "{}", built.stderr);
    assert_eq!(run(&project, &key), "sealed");

    project.write("mine/own.toml", "key = \"mine\"\n");
    project.set("SECRETS_FILES", "mine/own.toml");
    let reported = project.build_err();
    for problem in [
        "`SECRETS_FILES` replaces the sealed file by sources, which are to be encrypted; unset the variable, \
         or give `secrets-build` the feature `age`",
        "the entry `key` of `keys`: `pattern` needs a feature",
        "the entry `site` of `keys`: the type `url` needs a feature",
        "the entry `note` of `keys`: `pattern` needs a feature",
    ] {
        assert!(
            reported.contains(problem),
            "{problem} is not in:\n{reported}"
        );
    }
    assert_eq!(
        reported.matches("\nerror: sealed-instead@").count(),
        4,
        "{reported}"
    );

    project.all_build_features();
    assert_eq!(run(&project, &key), "mine");
    assert!(!project.build_ok().ran_script());
    project.write("mine/own.toml", "key = \"changed\"\n");
    assert_eq!(run(&project, &key), "changed");
    project.write("mine/own.toml", "key = \"NOT\"\n");
    let reported = project.build_err();
    assert!(
        reported.contains("mine/own.toml:1:1: `key` does not match the `pattern`"),
        "{reported}"
    );
    project.write("mine/own.toml", "key = \"changed\"\n");
    project.metadata(&settings(""));
    let reported = project.build_err();
    let problem = "`SECRETS_FILES` replaces the sealed file, and there are no `recipients` to encrypt its sources \
                   to; set some, or unset the variable";
    assert!(reported.contains(problem), "{reported}");
    // Set to nothing it is as if it were not set.
    project.set("SECRETS_FILES", "");
    assert_eq!(run(&project, &key), "sealed");
}
