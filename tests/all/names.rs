//! What keys are called in Rust, and that the module compiles wherever it is included.

use std::fmt::Write;

use secrets_tests::Project;

use crate::folder::Folder;

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
fn tables_whose_struct_names_meet() {
    let project = Project::new("names-structs");
    project.write(
        ".secrets/secrets.toml",
        "[a.b]\nx = 1\n[a_b]\ny = 1\n[AB]\nz = 1\n[a.b2]\nv = 1\n[ab]\nw = 1\n[a-b.c]\nu = 1\n\
         [secrets]\ns = 1\n[Self]\nt = 1\n",
    );
    let error = project.build_err();
    assert!(
        error.contains("`a_b`") && error.contains("`a-b`"),
        "{error}"
    );

    project.write(
        ".secrets/secrets.toml",
        "[a.b]\nx = 1\n[a_b]\ny = 1\n[AB]\nz = 1\n[a.b2]\nv = 1\n\
         [secrets]\ns = 1\n[self]\nt = 1\n[option]\no = 1\n[tables]\np = 1\n",
    );
    project.main(
        r#"
            use secrets::SECRETS;
            assert_eq!(SECRETS.a.b.x + SECRETS.a_b.y + SECRETS.ab.z + SECRETS.a.b2.v, 4);
            assert_eq!(SECRETS.secrets.s + SECRETS.self_.t + SECRETS.option.o + SECRETS.tables.p, 4);
            assert_eq!(secrets::SECRETS_.s, 1);
            print!("held");
        "#,
    );
    assert_eq!(project.run_ok(), "held");
}

#[test]
fn keys_that_meet_are_told_together() {
    let project = Project::new("names-collisions");
    project.write(
        ".secrets/secrets.toml",
        "api-key = 1\napi_key = 2\n[database]\nuser = 'unseen'\nUser = 'unseen'\n\
         [[servers]]\n'a b' = 1\n[[servers]]\n'a.b' = 1\n",
    );
    let error = project.build_err();
    let expected = [
        "the keys `api-key` at .secrets/secrets.toml:1:1 and `api_key` at .secrets/secrets.toml:2:1 \
         both become the field `api_key`; rename one of them",
        "the keys `database.user` at .secrets/secrets.toml:4:1 and `database.User` at \
         .secrets/secrets.toml:5:1 both become the field `user`; rename one of them",
        "the keys `servers[].\"a b\"` at .secrets/secrets.toml:7:1 and `servers[].\"a.b\"` at \
         .secrets/secrets.toml:9:1 both become the field `a_b`; rename one of them",
    ];
    for expected in expected {
        assert!(error.contains(expected), "{expected}\nis not in\n{error}");
    }
    assert!(!error.contains("unseen"), "{error}");

    // Constants can meet where fields do not.
    project.write(".secrets/secrets.toml", "'maße' = 1\nmasse = 2\n");
    let error = project.build_err();
    assert!(
        error.contains("both become the constant `MASSE`"),
        "{error}"
    );
    // One of them in a table is no matter, as only the root has constants.
    project.write(".secrets/secrets.toml", "[table]\n'maße' = 1\nmasse = 2\n");
    project.build_ok();
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

/// The compiler takes two spellings of a letter for one, and would show both lines of the file of values.
#[test]
fn two_spellings_of_one_letter_are_one_name() {
    for (first, second, name) in [
        ("\u{f900}", "\u{8c48}", "\u{8c48}"),
        ("caf\u{e9}", "cafe\u{301}", "caf\u{e9}"),
        (
            "\u{212b}ngstr\u{f6}m",
            "\u{c5}ngstr\u{f6}m",
            "\u{e5}ngstr\u{f6}m",
        ),
    ] {
        let folder = Folder::new("");
        let text = format!("\"{first}\" = \"a\"\n\"{second}\" = \"b\"\n");
        folder.write("package/.secrets/secrets.toml", &text);
        let problems = folder.load(&["--values"]).expect_err("it is one name");
        let expected = format!(
            "Name: the keys `\"{first}\"` at .secrets/secrets.toml:1:1 and `\"{second}\"` at \
             .secrets/secrets.toml:2:1 both become the field `{name}`; rename one of them"
        );
        assert!(problems.starts_with(&expected), "{problems}");
        assert_eq!(problems.lines().count(), 1, "{problems}");
        folder.write("package/.secrets/secrets.toml", format!("[t]\n{text}"));
        assert!(folder.load(&["--values"]).is_err());
    }
}

/// A key that Rust would escape is written as TOML does, and found by that.
#[test]
fn keys_of_any_characters_have_their_types() {
    for (key, written) in [
        ("\u{ad}key", "\\u00ADkey"),
        ("\u{301}key", "\u{301}key"),
        ("key\u{202e}", "key\\u202E"),
        ("a\tb", "a\\tb"),
        ("a\\b\"", "a\\\\b\\\""),
        ("\u{1f511}", "\u{1f511}"),
    ] {
        let escaped: String = key
            .chars()
            .map(|c| format!("\\U{:08X}", u32::from(c)))
            .collect();
        let folder = Folder::new("template = \"t.toml\"\nenv-prefix = \"APP\"");
        folder.write("package/t.toml", format!("\"{escaped}\" = 1\n"));
        folder.write("package/a.toml", format!("\"{escaped}\" = 2\n"));
        folder.write(format!("package/mounted/{key}"), "3");
        let files = ["--file", "a.toml", "--file", "mounted"];
        let listing = folder
            .load(&files)
            .unwrap_or_else(|problems| panic!("{key:?}: {problems}"));
        let expected = format!("\"{written}\": integer, from mounted/");
        assert!(listing.contains(&expected), "{expected}: {listing}");
        folder.write(format!("package/mounted/{key}"), "x");
        let problems = folder.load(&files).expect_err("it is no number");
        assert!(
            problems.contains(&format!("`\"{written}\"` is other text")),
            "{problems}"
        );
        let keys = format!("template = \"t.toml\"\nkeys.'\"{escaped}\"'.max = 2");
        folder
            .settings(&keys)
            .write(format!("package/mounted/{key}"), "3");
        let problems = folder.load(&files).expect_err("it is too large");
        let expected = format!("`\"{written}\"` is above the `max` of 2");
        assert!(problems.contains(&expected), "{expected}: {problems}");
    }
}
