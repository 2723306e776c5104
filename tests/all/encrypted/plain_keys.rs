//! Encrypted modules in which some keys stay plain constants.

use std::fs;

use secrets_tests::{
    Project,
    age::{Key, keygen, run, tool},
};

use crate::sealed::{self, FILE};

const KEYS: &str = "\"public.*\" = { plain = true }\nwhole = { plain = true }\n\
     \"whole.inner.secret\" = { plain = false }\n\
     \"table.port\" = { plain = true }\n\"deep.inner.shown\" = { plain = true }\n\
     name = { plain = true }\nplain = { plain = true }\nprofiles = { plain = true }\n\
     secrets = { plain = true }\nglobal = { plain = true }\nservers = { plain = true }\n\"a.b\" = { plain = true }\n\
     maybe = { plain = true, optional = true, type = \"string\" }\n\
     also = { plain = true, optional = true, type = \"u16\" }\n";

/// Values that are plain are `plain-...`, the others `hidden-...`, each in its first or second form.
const SECRETS: &str = r#"
    name = "plain-name-XXXX"
    plain = "plain-plain-XXXX"
    profiles = "plain-profiles-XXXX"
    secrets = "plain-secrets-XXXX"
    global = "plain-global-XXXX"
    key = "hidden-key-XXXX"
    stub = "hidden-stub-XXXX"
    maybe = "plain-maybe-XXXX"
    empty = {}
    a = { b = "plain-ab-XXXX", c = "hidden-ac-XXXX" }
    [public]
    endpoint = "plain-endpoint-XXXX"
    [whole.inner]
    text = "plain-inner-XXXX"
    list = ["plain-list-XXXX"]
    secret = "hidden-whole-XXXX"
    [table]
    host = "hidden-host-XXXX"
    port = 5432
    [deep]
    text = "hidden-deep-XXXX"
    [deep.inner]
    shown = "plain-shown-XXXX"
    hidden = "hidden-inner-XXXX"
    [[servers]]
    host = "plain-server-XXXX"
"#;

const MAIN: &str = r#"
    use secrets_embed::{ExposeSecret, Identity};
    const ENDPOINT: &str = secrets::PUBLIC.fields().endpoint;
    assert_eq!(ENDPOINT, secrets::plain::SECRETS["public"]["endpoint"]);
    let plain = secrets::plain::SECRETS;
    assert_eq!(format!("{plain:?}").matches("[REDACTED]").count(), 14);
    let shown: [&str; 11] = [
        secrets::NAME, secrets::PLAIN, secrets::PROFILES_, secrets::SECRETS_, secrets::GLOBAL, secrets::A.b,
        secrets::WHOLE.inner.text, secrets::WHOLE.inner.list[0], secrets::DEEP.inner.shown,
        secrets::SERVERS[0].host, secrets::MAYBE.unwrap(),
    ];
    let port: i64 = secrets::TABLE.port;
    let also: Option<u16> = secrets::ALSO;
    assert!(also.is_none() && plain["table"]["port"] == 5432 && plain.get("key").is_none());
    println!("{ENDPOINT} {} {port}", shown.join(" "));

    let path = std::env::args().nth(1).unwrap();
    let all = secrets::Secrets::decrypt(&Identity::from_file(path).unwrap()).unwrap();
    let hidden = [&all.key, &all.stub, &all.a.c, &all.table.host, &all.deep.text, &all.deep.inner.hidden, &all.whole.inner.secret];
    let hidden: Vec<&str> = hidden.into_iter().map(|text| text.expose_secret()).collect();
    println!("{}", hidden.join(" "));
    let keys: Vec<&str> = all.iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["key", "stub", "empty", "a", "whole", "table", "deep"]);
    for gone in ["name", "public", "servers", "maybe", "also"] {
        assert!(all.get(gone).is_none(), "{gone}");
    }
    assert!(all["whole"]["inner"].get("text").is_none());
    assert!(all["table"].get("port").is_none() && all["deep"]["inner"].get("shown").is_none());
    let (_, _): (&secrets::Deep, &secrets::plain::Deep) = (&all.deep, secrets::DEEP);
"#;

fn settings(key: &Key, more: &str) -> String {
    format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\n{more}\n\
         [package.metadata.secrets.keys]\n{KEYS}",
        key.recipient
    )
}

/// The values of `SECRETS` that start so.
fn values(text: &str, start: &str) -> Vec<String> {
    let parts = text.split('"').filter(|part| part.starts_with(start));
    parts.map(str::to_owned).collect()
}

/// The files, of one or below a folder, that hold any of these texts.
fn holding(path: &std::path::Path, texts: &[String]) -> Vec<String> {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder").flatten();
        return entries
            .flat_map(|entry| holding(&entry.path(), texts))
            .collect();
    }
    let contents = fs::read(path).unwrap_or_default();
    let has = |text: &String| {
        contents
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    let found = texts.iter().any(has).then(|| path.display().to_string());
    found.into_iter().collect()
}

/// The same of what a part of the target folder has of the package `mixed`.
fn holding_of_package(part: &std::path::Path, texts: &[String]) -> Vec<String> {
    let entries = fs::read_dir(part).expect("a folder").flatten();
    let ours = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("mixed-"));
    ours.flat_map(|entry| holding(&entry.path(), texts))
        .collect()
}

#[test]
fn no_key_is_in_both_parts() {
    let mut project = Project::new("mixed");
    project.features("encrypted,datetime").all_build_features();
    // It looks at that state too.
    project.set("CARGO_INCREMENTAL", "1");
    let key = keygen(&project);
    project.metadata(&settings(&key, ""));
    project.main(MAIN);
    let text = SECRETS.replace("XXXX", "Qm7wZ");
    let (shown, hidden) = (values(&text, "plain-"), values(&text, "hidden-"));
    assert_eq!((shown.len(), hidden.len()), (12, 7));
    project.write(".secrets/secrets.toml", &text);
    let printed = run(&project, &key);
    for value in shown.iter().chain(&hidden) {
        assert!(printed.contains(value), "{value}: {printed}");
    }

    let check = |project: &Project| {
        let out = project.out_dir();
        let (identity, file) = (project.path(&key.path), out.join("secrets.age"));
        let paths = [identity.to_str().unwrap(), file.to_str().unwrap()];
        let payload = tool("age", &["-d", "-i", paths[0], paths[1]]);
        let payload = String::from_utf8_lossy(&payload).into_owned();
        let plain = fs::read_to_string(out.join("secrets_plain_values.rs")).unwrap();
        for (values, is_in, is_not_in) in [(&shown, &plain, &payload), (&hidden, &payload, &plain)]
        {
            for value in values {
                assert!(is_in.contains(value), "{value} is lost");
                assert!(!is_not_in.contains(value), "{value} is in both");
            }
        }
        let files = [out.join("secrets_plain_values.rs").display().to_string()];
        assert_eq!(holding(&out, &shown), files);
        // What cargo and the compiler keep of the package.
        let kept = |values: &[String]| {
            let parts = [".fingerprint", "build", "deps", "incremental"];
            let found = parts
                .map(|part| holding_of_package(&project.target().join("debug").join(part), values));
            found.concat()
        };
        assert_eq!(kept(&hidden), [""; 0]);
        assert!(kept(&shown).len() > 1, "{:?}", kept(&shown));
        let binary = fs::read(project.binary()).unwrap();
        let has = |text: &String| {
            binary
                .windows(text.len())
                .any(|part| part == text.as_bytes())
        };
        assert!(shown.iter().all(has) && !hidden.iter().any(has));
    };
    check(&project);

    // The same of a sealed file.
    sealed::seal(&project);
    let file = fs::read_to_string(project.path(FILE)).unwrap();
    assert!(shown.iter().all(|value| file.contains(value)), "{file}");
    assert!(!hidden.iter().any(|value| file.contains(value)), "{file}");
    fs::remove_dir_all(project.path(".secrets")).unwrap();
    project.metadata(&settings(&key, &format!("sealed = \"{FILE}\"")));
    project.build_features("");
    assert_eq!(run(&project, &key), printed);
    check(&project);
}

#[test]
fn all_keys_or_none_or_one_table_may_be_plain() {
    let mut project = Project::new("mixed-parts");
    project.features("encrypted,datetime").all_build_features();
    let key = keygen(&project);
    project.write(
        ".secrets/secrets.toml",
        "[a]\nb = 1\nc = 2\n[x]\ny = { z = 3, w = \"4\" }\n",
    );
    let set = |project: &mut Project, keys: &str| {
        project.metadata(&format!(
            "[package.metadata.secrets]\nrecipients = [\"{}\"]\n[package.metadata.secrets.keys]\n{keys}\n",
            key.recipient
        ));
    };
    let main = |body: &str| {
        format!(
            "let path = std::env::args().nth(1).unwrap();\n\
             let identity = secrets_embed::Identity::from_file(path).unwrap();\n\
             let all = secrets::Secrets::decrypt(&identity).unwrap();\n{body}"
        )
    };
    for (keys, body) in [
        (
            "\"*\" = { plain = true }",
            "print!(\"{} {} {}\", all.len(), secrets::A.c, secrets::X.y.z);",
        ),
        (
            "\"a.*\" = { plain = true }",
            "print!(\"{} {} {}\", all.len(), secrets::A.c, all.x.y.z);",
        ),
        (
            "a = { plain = true }",
            "print!(\"{} {} {}\", all.len(), secrets::A.c, all.x.y.z);",
        ),
        // Constants and types of one letter have one name.
        (
            "\"a.b\" = { plain = true }\n\"x.y.w\" = { plain = true }",
            "print!(\"{} {} {}\", all.len(), all.a.c, all.x.y.z); let (_, _): (&secrets::A, &secrets::plain::A) = (&all.a, secrets::A);",
        ),
        (
            "\"a.b\" = { plain = false }",
            "print!(\"{} {} {}\", all.len(), all.a.c, all.x.y.z);",
        ),
    ] {
        set(&mut project, keys);
        project.main(&main(body));
        let encrypted = if keys.starts_with("\"*\"") {
            0
        } else if body.contains("secrets::A.c") {
            1
        } else {
            2
        };
        assert_eq!(run(&project, &key), format!("{encrypted} 2 3"), "{keys}");
        let has_plain = project.out_dir().join("secrets_plain.rs").exists();
        assert_eq!(has_plain, !keys.contains("false"), "{keys}");
    }
    // In a plain module the mark says nothing.
    project.metadata("[package.metadata.secrets.keys]\na = { plain = true }\n");
    project.main("print!(\"{} {}\", secrets::A.c, secrets::X.y.z);");
    assert_eq!(project.run_ok(), "2 3");
    assert!(!project.out_dir().join("secrets.age").exists());
    assert!(!project.out_dir().join("secrets_plain.rs").exists());

    set(&mut project, "\"a.[]\" = { plain = true }\n");
    let error = project.build_err();
    assert!(
        error.contains("the entry `a.[]` of `keys`: the pattern "),
        "{error}"
    );
    set(&mut project, "\"a[]\" = { plain = true }\n");
    let error = project.build_err();
    let message = "the entry `a[]` of `keys`: only a whole array can be `plain`";
    assert!(error.contains(message), "{error}");
    set(
        &mut project,
        "a = { plain = true }\n\"*\" = { plain = false }\n",
    );
    let error = project.build_err();
    assert!(
        error.contains("both fit `a` and contradict each other in `plain`"),
        "{error}"
    );
}

#[test]
fn no_lint_has_anything_to_say() {
    let mut project = Project::new("mixed-lints");
    project.features("encrypted,datetime").all_build_features();
    let key = keygen(&project);
    project.metadata(&settings(&key, ""));
    project.write(".secrets/secrets.toml", SECRETS);
    project.write(
        "src/main.rs",
        r#"
            //! A program.
            #![deny(warnings, missing_docs, unsafe_code, unreachable_pub, clippy::all, clippy::pedantic)]
            extern crate core;
            extern crate secrets_embed;
            /// The secrets.
            pub mod secrets { include!(concat!(env!("OUT_DIR"), "/secrets.rs")); }
            mod hidden { include!(concat!(env!("OUT_DIR"), "/secrets.rs")); }
            fn main() {
                let _ = hidden::IS_STUB;
            }
        "#,
    );
    for edition in ["2015", "2024"] {
        project.edition(edition);
        let run = project.cargo(&["clippy"]);
        assert!(
            run.success && !run.stderr.contains("warning"),
            "{edition}:\n{}",
            run.stderr
        );
    }
    project.set("RUSTDOCFLAGS", "-D warnings");
    let run = project.cargo(&["doc", "--no-deps"]);
    assert!(run.success, "{}", run.stderr);
}
