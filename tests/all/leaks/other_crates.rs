//! A generated module and the crate it needs: under another name, by way of another crate, and without a
//! feature. Whatever is missing is one error of ours, and the compiler has nothing to print.

use std::fs;

use secrets_tests::{Project, age::RECIPIENT};

use super::{Scanner, marker};

/// A package of dates and a text, and what finds either.
fn project(name: &str) -> (Project, Scanner) {
    let project = Project::new(name);
    let text = marker(0);
    let contents = format!(
        "text = \"{text}\"\nat = 2031-11-17T12:34:56.789123Z\nlocal = 2031-11-17T12:34:56.789123\n\
         date = 2031-11-17\ntime = 12:34:56.789123\nlist = [2031-11-17]\n[table]\nat = 12:34:56.789123\n"
    );
    project.write(".secrets/secrets.toml", contents);
    project.main(BODY);
    (project, super::scanner([&*text, "789123"]))
}

const BODY: &str = "println!(\"{} {}\", secrets::TEXT.len(), secrets::DATE);";

/// Replaces a part of the manifest.
fn edit_manifest(project: &Project, from: &str, to: &str) {
    let manifest = fs::read_to_string(project.path("Cargo.toml")).expect("the manifest");
    assert!(manifest.contains(from), "{manifest}");
    project.write("Cargo.toml", manifest.replace(from, to));
}

/// The errors of a build that has to fail, without the last line of cargo.
#[track_caller]
fn errors(project: &Project, scanner: &Scanner) -> Vec<String> {
    let run = project.cargo(&["build"]);
    assert!(!run.success, "{}", run.stderr);
    scanner.assert_clean("cargo's output", &run.stderr);
    let errors = run.stderr.lines().filter(|line| line.starts_with("error"));
    let errors = errors.filter(|line| !line.contains("could not compile"));
    errors.map(str::to_owned).collect()
}

#[test]
fn without_a_feature_there_is_one_error() {
    let (mut project, scanner) = project("leaks-features");
    let only = |project: &Project, expected: &str| {
        let errors = errors(project, &scanner);
        assert!(
            matches!(&*errors, [error] if error.contains(expected)),
            "{errors:#?}"
        );
    };
    only(&project, "the feature `datetime`");
    project.features("datetime");
    project.build_ok();

    let settings = format!("[package.metadata.secrets]\nrecipients = [\"{RECIPIENT}\"]\n");
    project.all_build_features().features("");
    project.metadata(&settings);
    project.main("let _ = secrets::Secrets::decrypt; let _ = secrets::CIPHERTEXT;");
    only(&project, "the feature `encrypted`");
    project.features("datetime");
    only(&project, "the feature `encrypted`");
    project.features("encrypted");
    only(&project, "the feature `datetime`");
    // The date is in the part that stays plain alone.
    project.write(".secrets/secrets.toml", "a = 1\ndate = 2031-11-17\n");
    project.metadata(&format!("{settings}keys.date = {{ plain = true }}\n"));
    only(&project, "the feature `datetime`");
    project.features("encrypted,datetime");
    for (call, feature) in [
        ("passphrase(String::new())", "age"),
        ("from_encrypted_file(\"a\", String::new())", "age"),
        ("prompt(\"Passphrase: \")", "prompt"),
    ] {
        project.main(&format!("let _ = secrets_embed::Identity::{call};"));
        only(&project, &format!("the feature `{feature}`"));
    }
    project.main("let _ = secrets::Secrets::decrypt; println!(\"{}\", secrets::DATE);");
    project.build_ok();
}

#[test]
fn the_crate_may_have_another_name() {
    let (mut project, scanner) = project("leaks-renamed");
    project.features("datetime");
    for edition in ["2018", "2021", "2024"] {
        project.edition(edition);
        edit_manifest(
            &project,
            "secrets-embed = {",
            "other = { package = \"secrets-embed\",",
        );
        let program = |include: &str| {
            let text = format!("mod secrets {{ {include} }}\nfn main() {{ {BODY} }}\n");
            project.write("src/main.rs", text);
        };
        program("other::include_secrets!();");
        let run = project.build_ok();
        assert!(!run.stderr.contains("warning"), "{}", run.stderr);
        program("other::include_secrets!(\"secrets\");");
        project.build_ok();
        let written = "include!(concat!(env!(\"OUT_DIR\"), \"/secrets.rs\"));";
        program(&format!("use other as secrets_embed; {written}"));
        project.build_ok();
        // What is generated says how, in the line that the compiler prints.
        program(written);
        let run = project.cargo(&["build"]);
        assert!(!run.success && run.stderr.contains("use `include_secrets!`"));
        scanner.assert_clean("cargo's output", run.stderr);
    }
}

#[test]
fn another_crate_may_re_export_it() {
    let (mut project, _) = project("leaks-re-exported");
    let text = format!(
        "[package]\nname = \"leaks-own\"\nedition = \"2024\"\n[dependencies]\n\
         secrets-embed = {{ path = \"{}/secrets-embed\", features = [\"datetime\"] }}\n",
        secrets_tests::workspace().display()
    );
    project.write("own/Cargo.toml", text);
    project.write("own/src/lib.rs", "pub use secrets_embed as embedding;\n");
    for edition in ["2018", "2024"] {
        project.edition(edition);
        edit_manifest(
            &project,
            "secrets-embed = {",
            "leaks-own = { path = \"own\" }\n#",
        );
        project.write(
            "src/main.rs",
            format!("mod secrets {{ leaks_own::embedding::include_secrets!(); }}\nfn main() {{ {BODY} }}\n"),
        );
        let run = project.build_ok();
        assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    }
}

/// Names that are in scope already do no harm.
#[test]
fn the_name_may_be_in_scope() {
    let (mut project, _) = project("leaks-in-scope");
    project.features("datetime");
    let include = "secrets_embed::include_secrets!();";
    for (edition, program) in [
        (
            "2015",
            format!(
                "extern crate core; extern crate secrets_embed; mod secrets {{ {include} }}\nfn main() {{ {BODY} }}"
            ),
        ),
        (
            "2015",
            format!("extern crate core; extern crate secrets_embed; {include}\nfn main() {{}}"),
        ),
        (
            "2018",
            format!("extern crate secrets_embed; {include}\nfn main() {{}}"),
        ),
        (
            "2024",
            format!("mod secrets {{ use secrets_embed; {include} }}\nfn main() {{ {BODY} }}"),
        ),
        (
            "2024",
            format!(
                "mod secrets {{ use secrets_embed as __other; use secrets_embed::*; {include} }}\nfn main() {{ {BODY} }}"
            ),
        ),
    ] {
        project.edition(edition);
        project.write("src/main.rs", &program);
        let run = project.build();
        assert!(run.success, "{edition}: {program}\n{}", run.stderr);
    }
}
