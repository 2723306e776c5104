//! Errors about variables name them, and show nothing of what they hold.

use secrets_tests::Project;

use super::errors::{filled, scanner};

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
