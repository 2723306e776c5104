//! What a user of a plain module sees.

use secrets_tests::Project;

#[test]
fn all_notations_hold() {
    let project = Project::new("face-notations");
    project.write(
        ".secrets/secrets.toml",
        r#"
            OpenAI_key = "your OpenAI key"
            whitelist = ["sally", "bob", "joe"]
            [database]
            user = "your username"
            password = "your password"
        "#,
    );
    project.main(
        r#"
            assert!(secrets::OPEN_AI_KEY == "your OpenAI key");
            assert!(secrets::DATABASE.password == "your password");
            assert!(secrets::SECRETS.database.password == "your password");
            assert!(secrets::SECRETS.whitelist.contains(&"sally"));
            assert!(secrets::SECRETS["OpenAI_key"] == "your OpenAI key");
            assert!(secrets::SECRETS["database"]["user"] == "your username");
            assert!(secrets::SECRETS.get("database").is_some());
            assert!(secrets::SECRETS.get("databas").is_none());
            assert!(secrets::SECRETS["whitelist"][1] == "bob");
            print!("held");
        "#,
    );
    assert_eq!(project.run_ok(), "held");
}

#[test]
fn nothing_runs_when_nothing_changed() {
    let project = Project::new("face-fresh");
    project.write(".secrets/secrets.toml", "key = \"a value\"");
    assert!(project.build_ok().ran_script());
    assert!(!project.build_ok().ran_script());
    project.write(".secrets/secrets.toml", "key = \"another value\"");
    assert!(project.build_ok().ran_script());
    assert!(!project.build_ok().ran_script());
}
