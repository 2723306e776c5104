//! Modules that are made from the template, where there are no secrets.

mod docs_rs;
mod encrypted_stubs;

use std::{
    fs::{self, File, FileTimes},
    path::Path,
    time::{Duration, SystemTime},
};

use secrets_tests::{
    Folder, Project, Run,
    age::{keygen, seal, tool},
};

const TEMPLATE: &str = "# Where to listen.\nport = 80\n[database]\npassword = \"example\"\n";
const SECRETS: &str = "port = 443\n[database]\npassword = \"real\"\n";
const SETTINGS: &str = "[package.metadata.secrets]\ntemplate = \"template.toml\"\n";
const MAIN: &str =
    "print!(\"{} {} {}\", secrets::IS_STUB, secrets::PORT, secrets::DATABASE.password);";
const WARNING: &str = "no secrets were found; this build is a stub made from `template.toml`";
const MISSED: &str =
    "; to build a stub from the template instead, set the variable `SECRETS_STUB=1`";

/// A package with a template and no secrets.
fn project(name: &str) -> Project {
    let mut project = Project::new(name);
    project.metadata(SETTINGS);
    project.write("template.toml", TEMPLATE);
    project.main(MAIN);
    project
}

/// Has all times of a file or a folder be long past.
fn age(path: &Path) {
    let old =
        FileTimes::new().set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000));
    File::open(path)
        .and_then(|file| file.set_times(old))
        .unwrap();
}

#[track_caller]
fn builds(project: &Project, prints: &str, is_stub: bool) {
    let run = project.cargo(&["run"]);
    assert!(run.success, "{}", run.stderr);
    assert_eq!(run.stdout, prints);
    assert_eq!(warns(&run), is_stub, "{}", run.stderr);
    let again = project.build_ok();
    assert!(!again.ran_script(), "it ran for nothing:\n{}", again.stderr);
}

fn warns(run: &Run) -> bool {
    run.stderr.contains(&format!("@0.1.0: {WARNING}\n"))
}

#[test]
fn a_stub_is_asked_for_and_gone_when_there_are_secrets() {
    let mut project = project("stub");
    let (stub, real) = ("true 80 example", "false 443 real");
    let missed = |project: &Project| {
        let error = project.build_err();
        assert!(
            error.contains("no secrets found, looked at ") && error.contains(MISSED),
            "{error}"
        );
    };
    missed(&project);
    project.set("SECRETS_STUB", "1");
    builds(&project, stub, true);
    for not_set in ["", "0"] {
        project.set("SECRETS_STUB", not_set);
        missed(&project);
    }
    project.set("SECRETS_STUB", "no");
    let error = project.build_err();
    assert!(
        error.contains("the variable `SECRETS_STUB` is neither `1`, which allows a stub, nor `0`"),
        "{error}"
    );
    project.unset("SECRETS_STUB");
    missed(&project);
    project.set("DOCS_RS", "1");
    builds(&project, stub, true);
    project.unset("DOCS_RS");
    project.set("SECRETS_STUB", "1");
    builds(&project, stub, true);

    // The secrets come with old times, and go again.
    for _ in 0..2 {
        project.write("../elsewhere/secrets.toml", SECRETS);
        age(&project.path("../elsewhere/secrets.toml"));
        age(&project.path("../elsewhere"));
        fs::rename(project.path("../elsewhere"), project.path(".secrets")).unwrap();
        builds(&project, real, false);
        fs::remove_dir_all(project.path(".secrets")).unwrap();
        builds(&project, stub, true);
    }
    project.write(".secrets/secrets.toml", SECRETS);
    builds(&project, real, false);
    let module = fs::read(project.out_dir().join("secrets.rs")).unwrap();
    project.unset("SECRETS_STUB");
    builds(&project, real, false);
    assert_eq!(
        fs::read(project.out_dir().join("secrets.rs")).unwrap(),
        module
    );
    fs::remove_dir_all(project.path(".secrets")).unwrap();
    missed(&project);
}

#[test]
fn a_program_may_refuse_to_be_a_stub() {
    let mut project = project("stub-refused");
    let refuse = "const { assert!(!secrets::IS_STUB, \"this needs its secrets\") };";
    project.main(&format!("{refuse}\n{MAIN}"));
    project.set("SECRETS_STUB", "1");
    let error = project.build_err();
    assert!(error.contains("this needs its secrets"), "{error}");
    project.write(".secrets/secrets.toml", SECRETS);
    assert_eq!(project.run_ok(), "false 443 real");
}

#[test]
fn nothing_else_than_missing_secrets_is_a_stub() {
    let mut folder =
        Folder::new("template = \"template.toml\"\nfiles = [\"secrets.toml\", \"more.toml\"]");
    folder.write("package/template.toml", TEMPLATE);
    let missing = |name: &str| {
        format!(
            "Source: the source `{name}.toml` does not exist; create it, or mark it optional: \
             {{ path = \"...\", optional = true }}{MISSED}"
        )
    };
    folder.fails(&[], &[&missing("secrets"), &missing("more")]);
    folder.set("SECRETS_STUB", "1");
    // The control.
    let stub = [
        "port: integer, from template.toml:2:1",
        "database.password: string, from template.toml:4:1",
    ];
    folder.lists(&[], &stub);
    folder.secrets(SECRETS);
    folder.fails(&[], &[&missing("more")]);
    folder.write("package/more.toml", "");
    folder.lists(
        &[],
        &[
            "port: integer, from secrets.toml:1:1",
            "database.password: string, from secrets.toml:3:1",
        ],
    );
    folder.secrets("port = 443\n");
    let reported = folder.load(&[]).unwrap_err();
    let problem = "Shape: `database` is missing: the template has it at template.toml:3:2, and \
                   `secrets.toml`, `more.toml` ";
    assert!(reported.starts_with(problem), "{reported}");
    for (text, problem) in [
        ("port = \n", "Syntax: secrets.toml:1:8: "),
        (
            "port = \"a\"\n[database]\npassword = \"\"\n",
            "Shape: `port` is a string at secrets.toml:1:1",
        ),
    ] {
        folder.secrets(text);
        let reported = folder.load(&[]).unwrap_err();
        assert!(reported.starts_with(problem), "{reported}");
    }
    // What is named for this build is wanted, and missed.
    folder.set("SECRETS_FILES", "secret.toml");
    folder.fails(
        &[],
        &["Source: the source `secret.toml` in `SECRETS_FILES` does not exist, did you mean `secrets.toml`?"],
    );
    folder.set("SECRETS_FILES", "");
    folder.link("nowhere", "package/secrets.toml");
    folder.link("nowhere", "package/more.toml");
    let reported = folder.load(&[]).unwrap_err();
    assert!(
        reported.contains("`secrets.toml` is a link to nothing"),
        "{reported}"
    );
    folder.settings("files = [\"none.toml\"]");
    folder.fails(
        &[],
        &["Setting: `SECRETS_STUB` asks for a stub, and there are neither secrets nor a template to make it from; set \
           `template` to a file with all keys and harmless values"],
    );
    folder.settings("files = [\"none.toml\"]\ntemplate = \"none.toml\"");
    let reported = folder.load(&[]).unwrap_err();
    assert!(
        reported.starts_with(
            "Shape: Cargo.toml:10:12: `template` names `none.toml`, which does not exist; "
        ),
        "{reported}"
    );
}
