//! With a template the face of the module is that of the template, and follows it.

use secrets_tests::Project;

const METADATA: &str = "[package.metadata.secrets]\ntemplate = 'template.toml'\nenv-prefix = 'APP'\n\
    [package.metadata.secrets.keys]\nextra = { optional = true }\n";

fn module(project: &Project) -> String {
    std::fs::read_to_string(project.out_dir().join("secrets.rs")).unwrap()
}

#[test]
fn the_face_is_the_same_in_every_profile_and_on_every_machine() {
    let mut project = Project::new("template-face");
    project.metadata(METADATA);
    project.write(
        "template.toml",
        "big = 18446744073709551615\nlist = ['x']\nextra = 1\n[[server]]\nhost = 'x'\n[db]\nport = 1\nuser = 'x'\n",
    );
    project.write(
        ".secrets/secrets.toml",
        "big = 1\nlist = []\nserver = []\ndb = { user = 'a', port = 1 }\n",
    );
    project.write(
        ".secrets/secrets.other.toml",
        "db.port = 2\nextra = 5\n[[server]]\nhost = 'y'\n[[server]]\nhost = 'z'\n",
    );
    project.main(
        "let big: u64 = secrets::BIG;\nlet extra: Option<i64> = secrets::EXTRA;\n\
         let list: &[&str] = secrets::LIST;\nlet hosts = secrets::SERVER.iter().map(|of| of.host);\n\
         print!(\"{big} {extra:?} {list:?} {:?} {}\", hosts.collect::<Vec<_>>(), secrets::DB.port);",
    );
    assert_eq!(project.run_ok(), "1 None [] [] 1");
    let face = module(&project);
    project.set("SECRETS_PROFILE", "other");
    assert_eq!(project.run_ok(), "1 Some(5) [] [\"y\", \"z\"] 2");
    assert_eq!(module(&project), face);
    project.unset("SECRETS_PROFILE");
    project.write(
        ".secrets/secrets.toml",
        "big = 2\nlist = ['a']\nserver = []\n",
    );
    project
        .set("APP__DB__PORT", "7")
        .set("APP__DB__USER", "x")
        .set("APP__EXTRA", "6");
    assert_eq!(project.run_ok(), "2 Some(6) [\"a\"] [] 7");
    assert_eq!(module(&project), face);
}

#[test]
fn a_change_of_the_template_is_in_the_next_build() {
    let mut project = Project::new("template-rebuild");
    project.metadata("[package.metadata.secrets]\ntemplate = 'template.toml'\n");
    project.write("template.toml", "# One.\nkey = 'x'\n");
    project.write(".secrets/secrets.toml", "key = 'v4lue'\n");
    assert!(project.build_ok().ran_script());
    assert!(!project.build_ok().ran_script());
    assert!(module(&project).contains("One."));
    project.write("template.toml", "# Two.\nkey = 'x'\n");
    assert!(project.build_ok().ran_script());
    assert!(module(&project).contains("Two.") && !module(&project).contains("One."));
    assert!(!project.build_ok().ran_script());

    project.write("template.toml", "key = 1\nother = 1\n");
    let error = project.build_err();
    for expected in [
        "error: template-rebuild@0.1.0: `key` is a string at .secrets/secrets.toml:1:1, but an integer that \
         fits `i64` in the template at template.toml:1:1; change one of the two",
        "error: template-rebuild@0.1.0: `other` is missing: the template has it at template.toml:2:1, and \
         `.secrets/secrets.toml` has not; add it, or make it optional in `keys`",
    ] {
        assert!(error.contains(expected), "{expected}\nis not in\n{error}");
    }
    assert!(!error.contains("v4lue"), "{error}");
    std::fs::remove_file(project.path("template.toml")).unwrap();
    let error = project.build_err();
    let expected = "`template` names `template.toml`, which does not exist; write a file with all keys and \
                    harmless values there, or correct the path";
    assert!(error.contains(expected), "{error}");
    project.write("template.toml", "key = 'x'\n");
    project.build_ok();
    assert!(!project.build_ok().ran_script());
}
