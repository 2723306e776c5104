//! Secrets that are variables and nothing else.

use secrets_tests::{Folder, Project};

const STUB: &str = "; to build a stub from the template instead, set the variable `SECRETS_STUB=1`";

#[test]
fn a_template_and_variables_are_enough() {
    let mut folder = Folder::new("template = \"template.toml\"\nenv-prefix = \"APP\"");
    folder.write(
        "package/template.toml",
        "token = \"x\"\n[database]\nport = 1\nhosts = [\"x\"]\n",
    );
    let places = "`TMP/home/.config/secrets/secrets.toml`, `.secrets/secrets.toml` and for variables `APP__...`";
    folder.fails(
        &[],
        &[&format!(
            "Source: no secrets found, looked at {places}; create one of them{STUB}"
        )],
    );
    folder.set("APP__TOKEN", "t");
    folder.set("APP__DATABASE__PORT", "0x10");
    // What is missing is reported, and a stub does not hide it.
    let missing = "Shape: `database.hosts` is missing: the template has it at template.toml:4:1, and the table at \
                   the variable `APP__DATABASE__PORT` has not; add it, or make it optional in `keys`";
    for stub in ["", "0", "1"] {
        folder.set("SECRETS_STUB", stub);
        folder.fails(&[], &[missing]);
    }
    folder.set("APP__DATABASE__HOSTS", "[\"a\", \"b\"]");
    for stub in ["", "1"] {
        folder.set("SECRETS_STUB", stub);
        folder.lists(
            &[],
            &[
                "token: string, from the variable `APP__TOKEN`",
                "database.port: integer, from the variable `APP__DATABASE__PORT`",
                "database.hosts: array, from the variable `APP__DATABASE__HOSTS`",
            ],
        );
    }
    folder.set("APP__TOKN", "t");
    folder.fails(
        &[],
        &["Variable: the variable `APP__TOKN` fits no key of the secrets, did you mean `APP__TOKEN`?"],
    );
}

#[test]
fn keys_with_types_and_variables_are_enough() {
    let mut folder = Folder::new(
        "files = []\nenv-prefix = \"APP\"\n[package.metadata.secrets.keys]\n\"database.port\" = { type = \"u16\" }\n\
         token = { type = \"string\", min-length = 3 }\nnote = { type = \"string\", optional = true }\n",
    );
    folder.fails(
        &[],
        &["Source: the list of sources is empty, and no variable `APP__...` is set; set some, or name a source in \
           `files`"],
    );
    folder.set("APP__DATABASE__PORT", "80");
    folder.set("APP__TOKEN", "ab");
    folder.fails(
        &[],
        &["Rule: the variable `APP__TOKEN`: `token` is shorter than the `min-length` of 3 that `keys` sets at Cargo.toml:13:1"],
    );
    folder.set("APP__TOKEN", "abc");
    folder.lists(
        &[],
        &[
            "database.port: u16, from the variable `APP__DATABASE__PORT`",
            "token: string, from the variable `APP__TOKEN`",
        ],
    );
}

#[test]
fn a_named_source_is_still_missing_and_no_stub_is_proposed() {
    let mut folder = Folder::new(
        "template = \"template.toml\"\nenv-prefix = \"APP\"\nfiles = [\"nowhere/gone.toml\"]",
    );
    folder.write("package/template.toml", "token = \"x\"\n");
    let missing = "Source: Cargo.toml:11:10: the source `.../gone.toml` does not exist; create it, or mark it optional: { path = \"...\", \
                   optional = true }";
    folder.fails(&[], &[&format!("{missing}{STUB}")]);
    folder.set("APP__TOKEN", "t");
    for stub in ["", "1"] {
        folder.set("SECRETS_STUB", stub);
        folder.fails(&[], &[missing]);
    }
}

#[test]
fn cargo_sees_variables_come() {
    let mut project = Project::new("variables");
    project.metadata(
        "[package.metadata.secrets]\ntemplate = \"template.toml\"\nenv-prefix = \"APPV\"\n",
    );
    project.write("template.toml", "token = \"stub\"\nport = 1\n");
    project.main("print!(\"{} {} {}\", secrets::IS_STUB, secrets::TOKEN, secrets::PORT);");
    project.set("SECRETS_STUB", "1");
    assert_eq!(project.run_ok(), "true stub 1");
    assert!(!project.build_ok().ran_script());
    project.set("APPV__TOKEN", "variable");
    let reported = project.build_err();
    assert!(
        reported.contains("`port` is missing") && reported.contains("and the environment has not"),
        "{reported}"
    );
    project.set("APPV__PORT", "2");
    assert_eq!(project.run_ok(), "false variable 2");
    project.unset("SECRETS_STUB");
    assert_eq!(project.run_ok(), "false variable 2");
    project.unset("APPV__TOKEN").unset("APPV__PORT");
    let reported = project.build_err();
    assert!(reported.contains("no secrets found"), "{reported}");

    // A sealed file that is not there is no reason to forget them.
    project.metadata(
        "[package.metadata.secrets]\ntemplate = \"template.toml\"\nenv-prefix = \"APPV\"\nsealed = \"s.toml\"\n",
    );
    project
        .set("SECRETS_STUB", "1")
        .set("APPV__TOKEN", "variable");
    let reported = project.build_err();
    let problem = "`SECRETS_STUB` asks for a stub, which would not have the value of the variable `APPV__TOKEN`; \
                   unset one of the two";
    assert!(reported.contains(problem), "{reported}");
}
