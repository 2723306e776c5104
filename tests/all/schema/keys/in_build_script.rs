//! The table of keys in a build script.

use secrets_tests::Project;

#[test]
fn code_says_the_same_and_replaces_the_table() {
    let project = Project::new("keys-code");
    let mut project = project;
    project.metadata("[package.metadata.secrets.keys]\nport = { type = \"u64\" }\nnone = {}\n");
    project.write(
        ".secrets/secrets.toml",
        "port = 8080\nwait = '5s'\nname = 'x'\n",
    );
    let entries = r#"
        Config::new()
            .key("port", Key::new().ty("u16").min(1024).max(u16::MAX))
            .key("wait", Key::new().ty("duration").min(Duration::from_secs(1)).max(Duration::from_secs(9)))
            .key("name", Key::new().min_length(1).max_length(3).non_empty())
            .key("*.dsn", Key::new())
            .key("sentry.dsn", Key::new().ty("string").optional())
            .key("ratio", Key::new().ty("f32").min(0.5).optional())
            .embed();
    "#;
    let script = |entries: &str| {
        format!(
            "use secrets_build::{{Config, Key}};\nuse std::time::Duration;\nfn main() {{\n{entries}\n}}\n"
        )
    };
    project.build_rs(&script(entries));
    project.main(
        "let port: u16 = secrets::PORT;\nlet dsn: Option<&str> = secrets::SENTRY.dsn;\n\
         assert_eq!((port, dsn, secrets::WAIT.as_secs(), secrets::RATIO), (8080, None, 5, None));\n\
         print!(\"held\");",
    );
    assert_eq!(project.run_ok(), "held");

    project.write(
        ".secrets/secrets.toml",
        "port = 80\nwait = '10s'\nname = ''\nratio = 0.25\n",
    );
    let error = project.build_err();
    for (place, what, line) in [
        ("1:1", "`port` is below the `min` of 1024", 6),
        ("2:1", "`wait` is above the `max` of 9s", 7),
        ("3:1", "`name` is shorter than the `min-length` of 1", 8),
        ("3:1", "`name` is empty, against the `non-empty`", 8),
        ("4:1", "`ratio` is below the `min` of 0.5", 11),
    ] {
        let expected = format!(
            "keys-code@0.1.0: .secrets/secrets.toml:{place}: {what} that `keys` sets at build.rs:{line}:14"
        );
        assert!(error.contains(&expected), "{expected}\nis not in\n{error}");
    }
    project.build_rs(&script("Config::new().key(\"nam\", Key::new()).embed();"));
    let error = project.build_err();
    let expected = "build.rs:4:15: the entry `nam` of `keys` fits no key, did you mean `name`, which is at \
                    .secrets/secrets.toml:3:1?";
    assert!(error.contains(expected), "{error}");
}
