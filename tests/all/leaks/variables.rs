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

#[test]
fn a_key_in_place_of_its_path_is_an_error_that_cargo_does_not_record() {
    let mut project = Project::new("leaks-key-path");
    project.write(".secrets/secrets.toml", "key = 1");
    // What cargo keeps of the package, but for what it compiled.
    let records = |project: &Project| -> Vec<u8> {
        let kept = ["debug/build", "debug/.fingerprint"].map(|kept| project.target().join(kept));
        let folders = kept
            .iter()
            .flat_map(|kept| fs::read_dir(kept).unwrap().flatten());
        let ours = folders
            .map(|entry| entry.path())
            .filter(|path| path.to_string_lossy().contains("leaks-key-path-"));
        let files = ours.flat_map(|path| files(&path)).filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            !name.contains("build-script-build") && !name.contains("build_script_build")
        });
        files.flat_map(|path| fs::read(path).unwrap()).collect()
    };
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
    // Cargo does record a variable that it is told.
    project.set(
        "SECRETS_FILES",
        &format!(".secrets/../.secrets/{}", "secrets.toml"),
    );
    project.build_ok();
    let recorded = super::scanner([".secrets/../.secrets/secrets.toml"]);
    assert!(recorded.find(&records(&project)).is_some());
}
