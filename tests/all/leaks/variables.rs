//! Errors about variables name them, and show nothing of what they hold.

use std::fs;

use secrets_tests::Project;

use super::{
    errors::{filled, scanner},
    files, marker,
};

#[test]
fn a_variable_that_does_not_fit_is_not_shown() {
    let mut project = Project::new("leaks-variables");
    project.metadata("[package.metadata.secrets]\nenv-prefix = \"LEAKY\"");
    let types = "text = \"\"\ninteger = 1\nfloat = 1.0\nboolean = true\ndate = 2031-11-17\n\
                 list = [1]\nmixed = [1, \"\"]\n[table]\nkey = 1\n";
    project.write(".secrets/secrets.toml", types);
    let scanner = scanner();
    for (name, value) in [
        ("INTEGER", "V"),
        ("INTEGER", "\"V\""),
        ("INTEGER", "731337429113731337429113731337429113"),
        ("FLOAT", "V"),
        ("FLOAT", "7.31337429113e9999"),
        ("BOOLEAN", "V"),
        ("DATE", "2031-13-41T99:99:99Z"),
        ("LIST", "[V"),
        ("LIST", "[\"V\"]"),
        ("MIXED", "['V', 'W']"),
        ("TABLE", "V"),
        ("TABLE__KEYS", "V"),
        ("TEXTS", "V"),
        ("TEXT__V", "W"),
    ] {
        let variable = format!("LEAKY__{name}");
        project.set(&variable, &filled(value));
        let run = project.cargo(&["build", "-vv"]);
        assert!(!run.success, "{name} = {value}");
        let output = run.stdout + &run.stderr;
        assert!(
            output.contains(&format!("`{variable}`")),
            "{name}:\n{output}"
        );
        scanner.assert_clean(&format!("{name} = {value}"), output);
        project.unset(&variable);
    }
}

/// What cargo keeps of a package, but for what it compiled.
fn records(project: &Project, package: &str) -> Vec<u8> {
    let kept = ["debug/build", "debug/.fingerprint"].map(|kept| project.target().join(kept));
    let folders = kept
        .iter()
        .flat_map(|kept| fs::read_dir(kept).unwrap().flatten());
    let ours = folders
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().contains(package));
    let files = ours.flat_map(|path| files(&path)).filter(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        // The script itself; what cargo keeps of its run has a longer name.
        !name.starts_with("build-script-build") && !name.starts_with("build_script_build")
    });
    files.flat_map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn words_in_place_of_a_path_are_recorded_by_no_build() {
    let mut project = Project::new("leaks-words");
    project.metadata("[package.metadata.secrets]\ntemplate = \"template.toml\"\n");
    project.write("template.toml", "key = 1\n");
    project.set("SECRETS_STUB", "1");
    let words = "purple-horse-battery";
    let scanner = super::scanner([words]);
    for variable in ["SECRETS_FILES", "SECRETS_AGE_KEY_FILE"] {
        project.set(variable, words);
        for _ in 0..2 {
            let run = project.cargo(&["build", "-vv"]);
            // A list that leads nowhere is no stub; a key that nothing needs is.
            assert_eq!(
                run.success,
                variable == "SECRETS_AGE_KEY_FILE",
                "{}",
                run.stderr
            );
            // Cargo does not know of it, and so runs the script each time.
            assert!(!run.success || run.ran_script(), "{}", run.stderr);
            scanner.assert_clean(variable, run.stdout + &run.stderr);
            scanner.assert_clean(variable, records(&project, "leaks-words-"));
        }
        project.unset(variable);
    }
    // One that leads somewhere is not a secret, and cargo knows it.
    project.write(words, "");
    project.set("SECRETS_AGE_KEY_FILE", words);
    project.build_ok();
    assert!(scanner.find(&records(&project, "leaks-words-")).is_some());
    assert!(!project.build_ok().ran_script());
}

#[test]
fn a_key_in_place_of_its_path_is_an_error_that_cargo_does_not_record() {
    let mut project = Project::new("leaks-key-path");
    project.write(".secrets/secrets.toml", "key = 1");
    let records = |project: &Project| records(project, "leaks-key-path-");
    let key = format!("AGE-SECRET-KEY-1{}", marker(0).to_ascii_uppercase());
    let scanner = super::scanner([&key["AGE-SECRET-KEY-1".len()..]]);
    for value in [key.clone(), format!("# created: now\n{key}\n")] {
        project.set("SECRETS_AGE_KEY_FILE", &value);
        let run = project.cargo(&["build", "-vv"]);
        let problem = "the variable `SECRETS_AGE_KEY_FILE` holds an identity, expected the path";
        assert!(
            !run.success && run.stderr.contains(problem),
            "{}",
            run.stderr
        );
        scanner.assert_clean("the output", run.stdout + &run.stderr);
        scanner.assert_clean("the records", records(&project));
    }
    project.unset("SECRETS_AGE_KEY_FILE");
    // Cargo does record a variable that it watches.
    project.set(
        "SECRETS_FILES",
        &format!(".secrets/../.secrets/{}", "secrets.toml"),
    );
    project.build_ok();
    let recorded = super::scanner([".secrets/../.secrets/secrets.toml"]);
    assert!(recorded.find(&records(&project)).is_some());
}
