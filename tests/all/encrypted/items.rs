//! The generated module: key notation, `Debug`, lints and documentation.

use std::fs;

use secrets_tests::{
    Project,
    age::{Key, keygen, project, run},
};

const SECRETS: &str = r#"
    OpenAI_key = "your OpenAI key"
    whitelist = ["sally", "bob"]
    when = 1979-05-27
    mixed = [1, "two"]
    long = [1, "2", 3, "4", 5, "6", 7, "8", 9, "10", 11, "12", 13]
    [database]
    port = 5432
    password = "your password"
    [[server]]
    host = "one"
    [[server]]
    port = 80
"#;

/// A package with these secrets, encrypted to a key.
fn encrypted(name: &str) -> (Project, Key) {
    let mut project = project(name);
    project.features("encrypted,datetime");
    project.write(".secrets/secrets.toml", SECRETS);
    let key = keygen(&project);
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\n",
        key.recipient
    ));
    (project, key)
}

#[test]
fn key_notation_debug_and_a_global() {
    let (project, key) = encrypted("encrypted-module");
    project.main(
        r#"
            use secrets_embed::{Error, ExposeSecret, Identity};
            let identity = Identity::from_file(std::env::args().nth(1).unwrap()).unwrap();
            assert!(std::panic::catch_unwind(|| secrets::get()).is_err());
            let all: &'static secrets::Secrets = secrets::init(&identity).unwrap();
            assert!(matches!(secrets::init(&identity), Err(Error::AlreadyInitialized)));
            assert!(std::ptr::eq(all, secrets::get()));
            assert!(!secrets::IS_STUB && secrets::RECIPIENTS.len() == 1);
            assert!(secrets::CIPHERTEXT.starts_with(b"age-encryption.org/v1\n"));

            assert_eq!(all.open_ai_key.expose_secret(), "your OpenAI key");
            let by_key = &all["database"]["password"];
            assert_eq!(by_key.as_str(), None);
            assert_eq!(by_key.as_bytes(), None);
            assert_eq!(by_key.as_secret().unwrap().expose_secret(), "your password");
            assert!(*by_key == "your password" && "your password" == *by_key && *by_key != "x");
            assert!(all["whitelist"] == ["sally", "bob"] && all["long"].len() == 13);
            let database: &secrets::Database = &all.database;
            let debug = "Database { port: [REDACTED], password: [REDACTED] }";
            assert_eq!(format!("{database:?} {by_key:?} {:?}", &database["port"]),
                format!("{debug} [REDACTED] [REDACTED]"));
            let shown = format!("Secrets {{ open_ai_key: [REDACTED], whitelist: [REDACTED], \
                when: [REDACTED], mixed: [REDACTED], long: [REDACTED], database: {debug}, \
                server: [REDACTED] }} SecretBox<str>([REDACTED])");
            assert_eq!(format!("{all:?} {:?}", all.open_ai_key), shown);
        "#,
    );
    run(&project, &key);
}

#[test]
fn a_missing_key_panics_with_its_path() {
    let (project, key) = encrypted("encrypted-panics");
    project.main(
        r#"
            let arguments: Vec<String> = std::env::args().collect();
            let identity = secrets_embed::Identity::from_file(&arguments[1]).unwrap();
            let all = secrets::Secrets::decrypt(&identity).unwrap();
            let all: &secrets_embed::Value = all.as_value();
            let _ = match arguments[2].as_str() {
                "root" => &all["databas"],
                "table" => &all["database"]["pasword"],
                "array" => &all["whitelist"][7],
                "element" => &all["server"][1]["host"],
                _ => secrets::get().as_value(),
            };
        "#,
    );
    for (what, message) in [
        ("root", "`databas`"),
        ("table", "`database.pasword`"),
        ("array", "7"),
        ("element", "server"),
        (
            "get",
            "the secrets are not decrypted yet; call `init` first",
        ),
    ] {
        let run = project.cargo(&["run", "-q", "--", &key.path, what]);
        assert!(
            !run.success && run.stderr.contains(message),
            "{what}: {}",
            run.stderr
        );
        assert!(!run.stderr.contains("sally"), "{what}: {}", run.stderr);
    }
}

#[test]
fn the_same_inputs_give_the_same_module() {
    let (mut project, key) = encrypted("encrypted-same");
    let read = |project: &Project| fs::read(project.out_dir().join("secrets.rs")).unwrap();
    project.main("");
    project.build_ok();
    let first = read(&project);
    fs::remove_dir_all(project.out_dir()).unwrap();
    project.write(
        ".secrets/secrets.toml",
        SECRETS.replace("your", "any").replace("80", "8080"),
    );
    project.build_ok();
    assert_eq!(first, read(&project), "a value is in the module");
    project.write(
        ".secrets/secrets.toml",
        SECRETS.replace("port = 5432", "port = 0.5"),
    );
    project.build_ok();
    assert_ne!(first, read(&project), "a type is not in the module");
    let mut names: Vec<_> = fs::read_dir(project.out_dir())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            ".secrets-build",
            "secrets-absent",
            "secrets.age",
            "secrets.rs"
        ]
    );

    // Switching from one mode to the other leaves nothing of it.
    project.metadata("");
    project.build_ok();
    let values = project.out_dir().join("secrets_values.rs");
    assert!(values.exists() && !project.out_dir().join("secrets.age").exists());
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\n",
        key.recipient
    ));
    project.build_ok();
    assert!(!values.exists() && !project.out_dir().join("secrets_doc.rs").exists());
}

#[test]
fn no_warning_in_any_edition() {
    let (mut project, _) = encrypted("encrypted-lints");
    let program = r#"
        //! A program.
        #![deny(warnings, missing_docs, unsafe_code, unreachable_pub, clippy::all, clippy::pedantic)]
        #![deny(missing_debug_implementations, missing_copy_implementations, unused_qualifications)]
        extern crate core;
        extern crate secrets_embed;
        /// The secrets.
        pub mod secrets { include!(concat!(env!("OUT_DIR"), "/secrets.rs")); }
        mod hidden { include!(concat!(env!("OUT_DIR"), "/secrets.rs")); }
        fn main() {
            let _ = hidden::IS_STUB;
        }
    "#;
    project.write("src/main.rs", program);
    for edition in ["2015", "2018", "2021", "2024"] {
        project.edition(edition);
        let run = project.cargo(&["clippy"]);
        assert!(run.success, "{edition}:\n{}", run.stderr);
        assert!(
            !run.stderr.contains("warning"),
            "{edition}:\n{}",
            run.stderr
        );
    }
}

#[test]
fn the_documentation_has_no_warning() {
    let (mut project, _) = encrypted("encrypted-doc");
    fs::remove_file(project.path("src/main.rs")).unwrap();
    let library = "//! A library.\n/// The secrets.\npub mod secrets { secrets_embed::include_secrets!(); }\n";
    project.write("src/lib.rs", library);
    project.set("RUSTDOCFLAGS", "-D warnings");
    for private in [&[][..], &["--document-private-items"]] {
        let run = project.cargo(&[&["doc", "--no-deps"], private].concat());
        assert!(run.success, "{}", run.stderr);
    }
}

#[test]
fn plain_users_compile_no_crate_of_age() {
    let project = Project::new("encrypted-tree");
    let tree = |features: &str| {
        let manifest = secrets_tests::workspace().join("Cargo.toml");
        let manifest = manifest.to_str().unwrap();
        let arguments = [
            "tree",
            "--manifest-path",
            manifest,
            "-p",
            "secrets-build",
            "-e",
            "normal",
        ];
        let run = project.cargo(
            &[
                &arguments[..],
                &["--prefix", "none", "--features", features],
            ]
            .concat(),
        );
        assert!(run.success, "{}", run.stderr);
        run.stdout
    };
    let of_age = |line: &str| {
        let name = line.split(' ').next().unwrap_or_default();
        ["age", "age-core", "secrecy", "sha2", "zeroize"].contains(&name)
    };
    let plain = tree("");
    assert!(!plain.lines().any(of_age), "{plain}");
    assert!(tree("age").lines().any(of_age));
}
