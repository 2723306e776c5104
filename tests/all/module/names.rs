//! What keys are called in Rust, and that the module compiles wherever it is included.

use std::fmt::Write;

use secrets_tests::Project;

/// Keywords of all editions, strict, reserved and weak, with `Self` and the like.
const KEYWORDS: &str = "abstract as async await become box break const continue crate do dyn else enum \
    extern false final fn for gen if impl in let loop macro macro_rules match mod move mut override \
    priv pub raw ref return safe static struct super trait true try type typeof union unsafe unsized \
    use virtual where while yield";

/// Names of the generated module, of `secrets-embed`, and of the prelude.
const OURS: &str = "secrets is_stub ciphertext recipients values tables get contains_key len is_empty \
    iter index deref as_value field field_0 name keys env_vars __fields __path \
    secrets_embed core std option some none vec string str i64 u64 f64 bool u8 copied slice value \
    view node shape deep table elements decrypt clone debug";

/// Keys that are no identifiers, and the fields they become.
const MENDED: &[(&str, &str)] = &[
    ("self", "self_"),
    ("2fa", "_2fa"),
    ("42", "_42"),
    ("with spaces", "with_spaces"),
    ("tls.crt", "tls_crt"),
    ("kebab-case", "kebab_case"),
    ("camelCase", "camel_case"),
    ("HTTPServer", "http_server"),
    ("SHOUTING", "shouting"),
    ("  padded  ", "padded"),
    ("_leading", "leading"),
    ("emoji 🔑 inside", "emoji_inside"),
    ("🔑", "u1f511"),
    ("🔑🔒", "u1f511_u1f512"),
    ("--", "u2d_u2d"),
    ("_", "u5f"),
    ("", "empty"),
    ("größe", "größe"),
    ("ключ", "ключ"),
    ("表", "表"),
    ("\"quoted\"", "quoted"),
    ("new\nline", "new_line"),
    ("back`tick", "back_tick"),
    ("nul\0", "nul"),
    ("bidi\u{202e}", "bidi"),
    ("*/ // /* {}", "u2a_u2f_u20_u2f_u2f_u20_u2f_u2a_u20_u7b_u7d"),
    ("]] [x](y) <a>", "x_y_a"),
];

/// A file with every name at the root, in a table, as a table and as a table in an array.
fn file() -> String {
    let mut keys: Vec<String> = KEYWORDS
        .split_whitespace()
        .chain(OURS.split_whitespace())
        .map(str::to_owned)
        .collect();
    keys.extend(MENDED.iter().map(|(key, _)| (*key).to_owned()));
    let quoted = |key: &str| {
        let escaped: String = key
            .chars()
            .map(|c| format!("\\U{:08X}", u32::from(c)))
            .collect();
        format!("\"{escaped}\"")
    };
    let mut out = String::new();
    for key in &keys {
        let _ = writeln!(out, "{} = 1", quoted(key));
    }
    out.push_str("[nested]\n");
    for key in &keys {
        let _ = writeln!(out, "{} = 'a string'", quoted(key));
    }
    for key in &keys {
        let _ = writeln!(out, "[inner.{0}]\n{0} = {{ {0} = [1.5] }}", quoted(key));
    }
    for key in &keys {
        let _ = writeln!(out, "[[list.{0}]]\n{0} = true\n[[list.{0}]]\n", quoted(key));
    }
    out
}

fn doubled(edition: &'static str, lints: &str) -> Project {
    let mut project = Project::new(&format!("names-edition-{edition}"));
    project.edition(edition);
    project.write(".secrets/secrets.toml", file());
    // In edition 2015 a crate is named in the root before it can be used, `core` too.
    let extern_crates = match edition {
        "2015" => "extern crate core; extern crate secrets_embed;",
        _ => "",
    };
    let library = format!(
        "//! A library that shows its secrets.\n{lints}\n{extern_crates}\n\
         /// The secrets.\npub mod secrets {{ secrets_embed::include_secrets!(); }}\n\
         /// The same.\npub mod direct {{ include!(concat!(env!(\"OUT_DIR\"), \"/secrets.rs\")); }}\n"
    );
    let program = format!(
        "//! A program that uses two of them.\n{lints}\n{extern_crates}\n\
         mod secrets {{ secrets_embed::include_secrets!(); }}\n\
         fn main() {{\n\
             let _ = (secrets::NESTED.r#type, secrets::SECRETS.r#async);\n\
         }}\n"
    );
    project.write("src/lib.rs", library);
    project.write("src/main.rs", program);
    project
}

#[test]
fn no_edition_has_a_warning() {
    let lints = "#![deny(warnings, missing_docs, unsafe_code, missing_debug_implementations,
        missing_copy_implementations, unreachable_pub, unused_qualifications, rust_2018_idioms,
        trivial_casts, unused_results, elided_lifetimes_in_paths, single_use_lifetimes,
        explicit_outlives_requirements, future_incompatible, keyword_idents, let_underscore_drop)]";
    for edition in ["2015", "2018", "2021", "2024"] {
        let project = doubled(edition, lints);
        let run = project.cargo(&["check"]);
        assert!(run.success, "edition {edition}:\n{}", run.stderr);
        assert!(!run.stderr.contains("warning"), "{edition}: {}", run.stderr);
    }
}

#[test]
fn clippy_has_nothing_to_say() {
    let project = doubled("2024", "");
    let run = project.cargo(&[
        "clippy",
        "--",
        "-Dwarnings",
        "-Wclippy::pedantic",
        "-Wclippy::nursery",
    ]);
    assert!(run.success, "{}", run.stderr);
}

#[test]
fn every_key_has_its_name() {
    let project = Project::new("names-all");
    project.write(".secrets/secrets.toml", file());
    let mut body = String::from("use secrets::SECRETS;\n");
    for (key, field) in MENDED {
        let _ = writeln!(
            body,
            "assert!(SECRETS.{field} == 1 && SECRETS[{key:?}] == 1);\n\
             assert!(SECRETS.nested.{field} == SECRETS[\"nested\"][{key:?}]);\n\
             assert!(SECRETS.inner.{field}.{field}.{field} == [1.5]);\n\
             assert!(SECRETS[\"inner\"][{key:?}][{key:?}][{key:?}][0] == 1.5);\n\
             assert!(SECRETS.list.{field}[0].{field} == Some(true));\n\
             assert!(SECRETS.list.{field}[1].{field}.is_none());\n"
        );
    }
    for key in KEYWORDS.split_whitespace() {
        let field = match key {
            "super" | "crate" => format!("{key}_"),
            _ => format!("r#{key}"),
        };
        let constant = key.to_uppercase();
        let _ = writeln!(
            body,
            "assert!(SECRETS.{field} == 1 && secrets::{constant} == 1 && SECRETS[{key:?}] == 1);"
        );
    }
    body.push_str(
        r#"
            assert!(secrets::SECRETS_ == 1 && secrets::IS_STUB_ == 1 && !secrets::IS_STUB);
            assert!(secrets::CIPHERTEXT_ == 1 && secrets::RECIPIENTS_ == 1);
            assert!(SECRETS.get == 1 && SECRETS.get("get").is_some());
            assert!(SECRETS.len == 1 && SECRETS.len() == SECRETS.iter().count());
            assert!(SECRETS.env_vars == 1 && SECRETS.env_vars().count() > 0);
            assert!(SECRETS.path == 1 && SECRETS.fields == 1 && SECRETS["__path"] == 1);
            let _: (&secrets::Secrets, &secrets::Nested) = (SECRETS, SECRETS.nested);
            let _: &secrets::InnerSelf = SECRETS.inner.self_;
            print!("held");
        "#,
    );
    project.main(&body);
    assert_eq!(project.run_ok(), "held");
}

#[test]
fn two_modules_in_a_library_without_std() {
    let mut project = Project::new("names-two-modules");
    project.edition("2021");
    project.build_rs(
        r#"
            fn main() {
                secrets_build::Config::new().file("one.toml").embed();
                secrets_build::Config::new().file("two.toml").module("other").embed();
            }
        "#,
    );
    project.write("one.toml", "key = 'one'\n[table]\nx = 1\n");
    project.write("two.toml", "key = 'two'\n[table]\nx = 2\n");
    project.write(
        "src/lib.rs",
        r#"
            #![no_std]
            #![deny(warnings)]
            pub mod secrets { secrets_embed::include_secrets!(); }
            pub mod other { secrets_embed::include_secrets!("other"); }
            pub const BOTH: [&str; 2] = [secrets::KEY, other::SECRETS.fields().key];
        "#,
    );
    project.write(
        "src/main.rs",
        r#"
            fn main() {
                assert_eq!(names_two_modules::BOTH, ["one", "two"]);
                assert_eq!(names_two_modules::other::TABLE.x, 2);
                print!("held");
            }
        "#,
    );
    assert_eq!(project.run_ok(), "held");
}
