//! Where a value may be in the target folder.

use std::{fs, path::Path};

use secrets_tests::{Project, Run};

use super::{Scanner, files, marker};

/// Whether this file is that of the values, or one that rustc made of it.
fn may_hold_values(target: &Path, file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let inside = file.strip_prefix(target.join("debug")).unwrap_or(file);
    let by_rustc = inside.starts_with("deps") || inside.starts_with("incremental");
    let linked = inside.components().count() == 1;
    name == "secrets_values.rs" || ((by_rustc || linked) && file.extension() != Some("d".as_ref()))
}

/// Whether this file is a compiled build script, which is large and older than any value.
fn is_script(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.replace('-', "_").starts_with("build_script_build")
}

/// Looks at all of the target folder; returns how many files hold a value and may.
#[track_caller]
fn look(what: &str, target: &Path, scanner: &Scanner) -> usize {
    let mut holding = 0;
    for file in files(target) {
        scanner.assert_clean(what, file.to_string_lossy().as_bytes());
        let contents = || fs::read(&file).expect("a file of the target folder");
        let inside = file.strip_prefix(target).unwrap_or(&file);
        let ours = ["leaks_target", "leaks-target", "secrets_values"]
            .iter()
            .any(|name| inside.to_string_lossy().contains(name));
        if may_hold_values(target, &file) {
            holding += usize::from(ours && scanner.find(&contents()).is_some());
        } else if !is_script(&file) {
            scanner.assert_clean(&format!("{what}: {}", file.display()), contents());
        }
    }
    holding
}

#[track_caller]
fn clean(what: &str, scanner: &Scanner, run: Run) {
    scanner.assert_clean(what, run.stdout + &run.stderr);
}

#[test]
fn values_are_in_their_file_and_in_what_rustc_makes_of_it() {
    let values: Vec<String> = (0..7).map(marker).collect();
    let scanner = super::scanner(&values);
    let mut project = Project::new("leaks-target");
    project.own_target();
    project.metadata("[package.metadata.secrets]\nenv-prefix = \"TARGET\"");
    let file = format!(
        "key = \"{}\"\nlist = [\"{}\"]\n[table]\nkey = \"{}\"\n",
        values[0], values[1], values[2]
    );
    project.write(".secrets/secrets.toml", &file);
    project.main("print!(\"{}\", secrets::KEY);");

    clean("first build", &scanner, project.build_ok());
    let target = project.target().to_owned();
    assert!(look("after the first build", &target, &scanner) >= 2);

    project.set("TARGET__KEY", &values[3]);
    project.set("TARGET__TABLE__KEY", &values[4]);
    let arguments = ["build", "-vv", "--message-format", "json"];
    clean(
        "a build with variables",
        &scanner,
        project.cargo(&arguments),
    );
    clean("another", &scanner, project.cargo(&["build", "-vv"]));
    assert!(look("after a build with variables", &target, &scanner) >= 2);

    for (name, value, fails) in [
        ("TARGET__LIST", &values[5], true),
        ("TARGET__MISSING", &values[6], true),
        ("TARGET__table__key", &values[5], true),
    ] {
        project.set(name, value);
        let run = project.cargo(&arguments);
        assert_eq!(run.success, !fails, "{name}");
        clean(name, &scanner, run);
        look(&format!("after a build with {name}"), &target, &scanner);
        project.unset(name);
    }
    project.unset("TARGET__KEY").unset("TARGET__TABLE__KEY");
    clean(
        "without variables",
        &scanner,
        project.cargo(&["build", "-v"]),
    );
    project.set("TARGET__KEY", &values[3]);
    clean("with one again", &scanner, project.cargo(&["build", "-v"]));
    look("after all builds", &target, &scanner);

    clean("check", &scanner, project.cargo(&["check", "-vv"]));
    document(&project, &scanner);
    let library = "pub mod secrets { secrets_embed::include_secrets!(); }\npub use secrets::*;\n";
    fs::remove_file(project.path("src/main.rs")).expect("the program is removed");
    project.write("src/lib.rs", library);
    clean("the library", &scanner, project.build_ok());
    document(&project, &scanner);
    look("at last", &target, &scanner);
}

/// Documents the package; the pages tell keys and hold no value.
fn document(project: &Project, scanner: &Scanner) {
    for private in [&[][..], &["--document-private-items"]] {
        let arguments = [&["doc", "--no-deps"], private].concat();
        let run = project.cargo(&arguments);
        assert!(run.success, "{}", run.stderr);
        clean("cargo doc", scanner, run);
        let pages = files(&project.target().join("doc/leaks_target"));
        let text = |page| fs::read_to_string(page).unwrap_or_default();
        assert!(pages.iter().any(|page| text(page).contains("SECRETS")) || private.is_empty());
        for page in files(&project.target().join("doc")) {
            scanner.assert_clean(
                &page.display().to_string(),
                fs::read(&page).expect("a page"),
            );
        }
    }
}

#[test]
fn the_documentation_of_another_crate_shows_no_value() {
    let text = marker(0);
    let values = [
        &text,
        "731337429113",
        "731_337_429_113",
        "7.31337429113",
        "913742",
        "913_742",
        "7.753125",
        "\u{1f50f}",
        "U0001F50F",
    ];
    let scanner = super::scanner(values);
    let mut project = Project::new("leaks-inner");
    project.metadata(
        "[package.metadata.secrets.keys]\nsmall = { type = \"u32\" }\nwide = { type = \"i128\" }\n\
         half = { type = \"f32\" }\nletter = { type = \"char\" }\n\
         maybe = { type = \"u64\", optional = true }\n",
    );
    let contents = format!(
        "text = \"{text}\"\ninteger = {0}\nbig = 17{0}000000\nfloat = {1}\nboolean = true\n\
         list = [\"{text}\"]\nnumbers = [{0}]\nmixed = [{0}, \"{text}\"]\n\
         small = {2}\nwide = 17{2}\nhalf = {3}\nletter = \"{4}\"\nmaybe = {0}\n[table]\nkey = {0}\n",
        values[1], values[3], values[4], values[6], values[7]
    );
    project.write(".secrets/secrets.toml", contents);
    fs::remove_file(project.path("src/main.rs")).expect("the program is removed");
    project.write(
        "src/lib.rs",
        "pub mod secrets { secrets_embed::include_secrets!(); }\n",
    );
    project.write(
        "../outer/Cargo.toml",
        "[package]\nname = \"leaks-outer\"\nedition = \"2024\"\n[workspace]\n\
         [dependencies]\nleaks-inner = { path = \"../package\" }\n",
    );
    let inline = "#[doc(inline)]\npub use leaks_inner::secrets";
    project.write("../outer/src/lib.rs", format!("{inline};\n{inline}::*;\n"));
    fs::copy(
        project.path("Cargo.lock"),
        project.path("../outer/Cargo.lock"),
    )
    .expect("a copy");
    let run = project.cargo(&["doc", "--no-deps", "--manifest-path", "../outer/Cargo.toml"]);
    assert!(run.success, "{}", run.stderr);
    let pages = files(&project.target().join("doc/leaks_outer"));
    assert!(
        pages
            .iter()
            .any(|page| page.ends_with("secrets/constant.TEXT.html"))
    );
    for page in pages {
        scanner.assert_clean(
            &page.display().to_string(),
            fs::read(&page).expect("a page"),
        );
    }
}
