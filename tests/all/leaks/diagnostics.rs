//! The compiler and clippy print source; none of what they print holds a value.

use secrets_tests::Project;

use super::{Scanner, marker};

const NUMBER: &str = "731337429113";

fn project(name: &str) -> (Project, Scanner) {
    let mut project = Project::new(name);
    project.features("datetime");
    let [text, more, deep] = [0, 1, 2].map(marker);
    project.write(
        ".secrets/secrets.toml",
        format!(
            "text = \"{text}\"\ninteger = {NUMBER}\nbig = 17313374291137731337\nfloat = 7.31337429113\n\
             pi = 3.14159265358979\nboolean = true\ndate = 2031-11-17\n\
             at = 2031-11-17T12:34:56.789123-07:39\nlist = [\"{more}\", \"\"]\n\
             numbers = [{NUMBER}, 1]\nmixed = [\"{more}\", {NUMBER}, [\"{deep}\"]]\nempty = []\n\
             [table]\nkey = \"{deep}\"\nnumber = {NUMBER}\n[table.inner]\nkey = \"{text}\"\ndate = 2031-11-17\n\
             [[tables]]\nkey = \"{more}\"\n[[tables]]\nother = \"{deep}\"\n"
        ),
    );
    let numbers = [
        NUMBER,
        "17313374291137731337",
        "7.31337429113",
        "3.14159265358979",
        "789123",
    ];
    let values = [text, more, deep]
        .into_iter()
        .chain(numbers.map(str::to_owned));
    (project, super::scanner(values))
}

/// Writes the program and runs cargo on it; what cargo says must hold this, and no value.
#[track_caller]
fn said(project: &Project, scanner: &Scanner, cargo: &str, program: &str, expected: &str) {
    project.write("src/main.rs", program);
    let run = project.cargo(&[cargo]);
    assert!(run.stderr.contains(expected), "{program}\n{}", run.stderr);
    scanner.assert_clean(program, run.stdout + &run.stderr);
}

const MODULE: &str = "mod secrets { secrets_embed::include_secrets!(); }\n";

#[test]
fn errors_in_a_program_show_no_value() {
    let (project, scanner) = project("leaks-rustc");
    for (body, expected) in [
        (
            "let _: () = TEXT; let _: () = INTEGER; let _: () = BIG; let _: () = FLOAT;
             let _: () = BOOLEAN; let _: () = DATE; let _: () = AT; let _: () = LIST;
             let _: () = NUMBERS; let _: () = MIXED; let _: () = EMPTY; let _: () = TABLE;
             let _: () = TABLES; let _: () = SECRETS; let _: () = SECRETS.table.inner.key;",
            "E0308",
        ),
        (
            "let TEXT = 1; let LIST = 1; let TABLE = 1; let INTEGER = \"\";",
            "E0308",
        ),
        ("match \"\" { TEXT => {} }", "E0004"),
        ("let TEXT = \"\";", "E0005"),
        ("match TABLE { TABLE => {} }", "error"),
        ("match MIXED { MIXED => {} }", "E0004"),
        ("match LIST { LIST => {} }", "E0004"),
        ("match FLOAT { FLOAT => {} }", "E0004"),
        (
            "TEXT = \"\"; TABLE.key = \"\"; SECRETS.text = \"\";",
            "E0070",
        ),
        (
            "TABLE.keys; SECRETS.txt; TEXT.missing; LIST.missing(); TABLE[\"key\"].missing();",
            "E0609",
        ),
        ("TXT; INTEGERS; TABEL; secrets::TXT;", "E0425"),
        (
            "let _: String = TEXT; let _ = TEXT + TEXT; let _: i32 = INTEGER; takes(LIST);",
            "E0308",
        ),
        (
            "const A: () = assert!(TEXT.len() == 1); const B: () = assert!(LIST.is_empty());",
            "E0080",
        ),
        (
            "let _: [u8; 3] = *TEXT.as_bytes().first_chunk().unwrap() as u8;",
            "error",
        ),
        (
            "std::thread::spawn(|| TABLE).join().unwrap() + 1; *SECRETS; *TABLE;",
            "E0369",
        ),
        (
            "#[derive(Debug)] struct A(secrets::tables::Table); SECRETS.clone().x;",
            "E0277",
        ),
    ] {
        let program =
            format!("{MODULE}use secrets::*;\nfn takes(_: u8) {{}}\nfn main() {{ {body} }}");
        said(&project, &scanner, "check", &program, expected);
    }
    for include in [
        "fn main() { secrets_embed::include_secrets!(); }",
        "fn main() { let _ = secrets_embed::include_secrets!(); }",
        "fn main() { mod secrets { secrets_embed::include_secrets!(); } }",
        "struct S; impl S { secrets_embed::include_secrets!(); } fn main() {}",
        "mod a { secrets_embed::include_secrets!(); secrets_embed::include_secrets!(); } fn main() {}",
        "#![forbid(warnings)] mod a { secrets_embed::include_secrets!(); } fn main() {}",
        "mod a { #![forbid(unused, clippy::all)] secrets_embed::include_secrets!(); } fn main() {}",
        "mod a { include!(concat!(env!(\"OUT_DIR\"), \"/secrets_values.rs\")); } fn main() {}",
        "fn main() { println!(include_str!(concat!(env!(\"OUT_DIR\"), \"/secrets.rs\"))); }",
    ] {
        said(&project, &scanner, "check", include, "");
    }
}

#[test]
fn lints_show_no_value() {
    let (project, scanner) = project("leaks-lints");
    let rustc = "warnings, missing_docs, unreachable_pub, unused, nonstandard_style, future_incompatible, \
        let_underscore, keyword_idents, rust_2018_idioms, rust_2021_compatibility, \
        rust_2024_compatibility, missing_copy_implementations, missing_debug_implementations, \
        non_ascii_idents, redundant_lifetimes, single_use_lifetimes, trivial_casts, \
        trivial_numeric_casts, unit_bindings, unnameable_types, unused_qualifications, unused_results, \
        variant_size_differences, absolute_paths_not_starting_with_crate, unsafe_code";
    let clippy =
        "clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction, clippy::cargo";
    let body = "
        let _a = TEXT.to_string(); let _b = INTEGER as u8; let _c = FLOAT as f32 == 1.0;
        let _d = BIG as i64; let _e = LIST.iter().next(); let _f = TABLE; let unused = TEXT;
        if BOOLEAN == true {} if TEXT == \"\" {} if LIST.len() == 0 {} TEXT; INTEGER; LIST;
        match TEXT { TEXT => {} _ => {} } match TEXT { TEXT => {} TEXT => {} _ => {} }
        let INTEGER_ = INTEGER; let _g = &TEXT.clone(); let _h = format!(\"{}\", TEXT);
        let _i = TEXT.len() > 1_000; let _j = INTEGER & 1 == 0; let _k = TABLES[0].key.unwrap();
        let _l = SECRETS[\"text\"].as_str().unwrap(); println!(\"{}\", TEXT); dbg!(INTEGER);";
    let tail = format!("use secrets::*;\nfn main() {{ {body} }}");
    for level in ["warn", "deny"] {
        let program = format!("#![{level}({rustc})]\n{MODULE}{tail}");
        said(&project, &scanner, "check", &program, "unused");
        let program = format!("#![{level}({rustc}, {clippy})]\n{MODULE}{tail}");
        said(&project, &scanner, "clippy", &program, "clippy::");
    }
}

/// The generated code names things that are not there.
#[test]
fn errors_in_the_generated_code_show_no_value() {
    let (mut project, scanner) = project("leaks-broken");
    let include = "mod secrets { include!(concat!(env!(\"OUT_DIR\"), \"/secrets.rs\")); }\n";
    project.features("");
    said(
        &project,
        &scanner,
        "check",
        MODULE,
        "the feature `datetime`",
    );

    let manifest = std::fs::read_to_string(project.path("Cargo.toml")).expect("the manifest");
    let without = manifest
        .lines()
        .filter(|line| !line.starts_with("secrets-embed = "));
    project.write("Cargo.toml", without.collect::<Vec<_>>().join("\n"));
    said(&project, &scanner, "check", include, "`secrets_embed`");

    project.features("datetime");
    for shadow in [
        "mod secrets_embed {}",
        "mod secrets_embed { pub struct Table<T>(T); pub mod toml_datetime {} }",
        "#![no_core] fn main() {}",
        "#![no_std]",
        "macro_rules! include { () => {}; }",
        "mod core {}",
    ] {
        let program = format!("{shadow}\n{include}fn main() {{}}");
        said(&project, &scanner, "check", &program, "");
        project.edition("2015");
        said(&project, &scanner, "check", &program, "");
        project.edition("2024");
    }
}
