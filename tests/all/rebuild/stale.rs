//! Files of an earlier build that must not be taken for those of this one.

use std::{fs, path::Path, process::Command};

use secrets_tests::Project;

use super::{changed, project};

/// The names in `OUT_DIR`, sorted, but for those that start with a dot.
fn names(out_dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(out_dir).unwrap().flatten();
    let names = entries.map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}

fn script(project: &Project, main: &str) {
    project.build_rs(&format!("use secrets_build::Config;\n{main}"));
}

#[test]
fn a_module_of_another_name_is_no_more() {
    let project = project("rebuild-stale-name");
    project.write(".secrets/secrets.toml", "key = \"a\"");
    changed("first build", &project, "key=a");
    // A file of the build script's own, whatever its ending, is none of ours.
    let own = project.out_dir().join("own.age");
    fs::write(&own, "").unwrap();
    script(
        &project,
        "fn main() { Config::new().module(\"mail\").embed(); Config::new().module(\"web\").embed(); }",
    );
    let error = project.build_err();
    assert!(error.contains("secrets.rs"), "{error}");
    assert!(own.is_file());
    fs::remove_file(own).unwrap();
    let both = [
        "mail-absent",
        "mail.rs",
        "mail_doc.rs",
        "mail_values.rs",
        "web-absent",
        "web.rs",
        "web_doc.rs",
        "web_values.rs",
    ];
    assert_eq!(names(&project.out_dir()), both);
    // And one of two is no more.
    script(
        &project,
        "fn main() { Config::new().module(\"web\").embed(); }",
    );
    let _ = project.build_err();
    assert_eq!(names(&project.out_dir()), both[4..]);
}

#[test]
fn files_of_the_build_script_are_its_own_whatever_they_are_called() {
    let project = project("rebuild-stale-foreign");
    project.write(".secrets/secrets.toml", "key = \"a\"");
    let own = [
        "secrets.own.age",
        "secrets_plain.rs",
        "secrets.stub",
        "secrets_more.rs.tmp",
    ];
    let writes = own.map(|name| format!("std::fs::write(out.join({name:?}), \"mine\").unwrap();"));
    let out = "let out = std::path::PathBuf::from(std::env::var_os(\"OUT_DIR\").unwrap());";
    script(
        &project,
        &format!(
            "fn main() {{ {out} {} Config::new().embed(); }}",
            writes.concat()
        ),
    );
    changed("first build", &project, "key=a");
    // Neither at a failure, nor in a later build.
    project.write(".secrets/secrets.toml", "key =");
    let _ = project.build_err();
    project.write(".secrets/secrets.toml", "key = \"b\"");
    changed("it was mended", &project, "key=b");
    for name in own {
        let text = fs::read_to_string(project.out_dir().join(name)).unwrap();
        assert_eq!(text, "mine", "{name}");
    }
}

#[test]
fn a_failed_build_leaves_nothing_and_tells_who_asks() {
    let project = project("rebuild-stale-failed");
    script(
        &project,
        "fn main() -> std::process::ExitCode {\n\
             Config::new().module(\"other\").file(\"other.toml\").embed();\n\
             Config::new().embed()\n}",
    );
    project.write("other.toml", "key = 1");
    project.write(".secrets/secrets.toml", "key = \"a\"");
    changed("first build", &project, "key=a");
    let out_dir = project.out_dir();
    let module = |name: &str| {
        let parts = ["-absent", ".rs", "_doc.rs", "_values.rs"];
        parts.map(|part| format!("{name}{part}")).to_vec()
    };
    assert_eq!(
        names(&out_dir),
        [module("other"), module("secrets")].concat()
    );

    // As something else than cargo runs it.
    let run = || {
        let scripts = fs::read_dir(project.target().join("debug/build")).unwrap();
        let scripts = scripts.flatten().map(|entry| entry.path());
        let ours = scripts.filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("rebuild-stale-failed-") && path.join("build-script-build").is_file()
        });
        let script = ours.map(|path| path.join("build-script-build")).next();
        let output = Command::new(script.unwrap())
            .env("OUT_DIR", &out_dir)
            .env("CARGO_MANIFEST_DIR", project.path(""))
            .env("HOME", project.home(""))
            .current_dir(project.path(""))
            .output()
            .unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        (output.status.success(), stdout)
    };
    let (success, stdout) = run();
    assert!(success && !stdout.contains("cargo::error="), "{stdout}");
    // The first of two fails, and the code of the last one tells.
    project.write("other.toml", "key =");
    let (success, stdout) = run();
    assert!(
        !success && stdout.contains("cargo::error=other.toml:1:"),
        "{stdout}"
    );
    assert_eq!(names(&out_dir)[1..], module("secrets"));
    project.write(".secrets/secrets.toml", "key =");
    assert!(!run().0);
    assert_eq!(names(&out_dir), ["other-absent", "secrets-absent"]);
    project.write("other.toml", "key = 1");
    project.write(".secrets/secrets.toml", "key = \"b\"");
    changed("it was mended", &project, "key=b");
}
