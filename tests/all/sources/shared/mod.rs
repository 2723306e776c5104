//! Sources of several packages, beside a template or a table of keys that knows those of one.

mod shared_layers;

use std::fs;

use secrets_tests::{Folder, MANIFEST, Project, workspace};

const GLOBAL: &str = "home/.config/secrets/secrets.toml";
const TEMPLATE: &str = "token = \"x\"\n[database]\nport = 1\n[[servers]]\nhost = \"x\"\n";
/// What a user has for all of their projects.
const SHARED: &str = "openai = \"sk\"\ntoken = \"shared\"\n[database]\nport = 2\nuser = \"me\"\n[other.deep]\nlist = [1]\n\
                      [[servers]]\nhost = \"h\"\nnote = \"n\"\n";
const STUB: &str = "; to build a stub from the template instead, set the variable `SECRETS_STUB=1`";

#[test]
fn what_the_template_does_not_know_is_left_out_of_shared_sources_alone() {
    let mut folder = Folder::new("template = \"template.toml\"");
    folder
        .write("package/template.toml", TEMPLATE)
        .write(GLOBAL, SHARED);
    folder.write(
        "home/.config/secrets/secrets.dev.toml",
        "openai = \"dev\"\nmore = true\n",
    );
    folder.write("package/.secrets/secrets.toml", "token = \"own\"\n");
    let at = |line: &str| format!("TMP/{GLOBAL}:{line}");
    let kept = [
        format!(
            "token: string, from .secrets/secrets.toml:1:1, over {}",
            at("2:1")
        ),
        format!("database.port: integer, from {}", at("4:1")),
        format!("servers: array, from {}", at("8:3")),
    ];
    let unused = [
        format!("openai: string, unused, from {}", at("1:1")),
        format!("database.user: string, unused, from {}", at("5:1")),
        format!("other.deep.list: array, unused, from {}", at("7:1")),
        format!("\"servers[0]\".note: string, unused, from {}", at("10:1")).replace('"', ""),
    ];
    let lines = |unused: &[String]| kept.iter().chain(unused).cloned().collect::<Vec<_>>();
    let check = |folder: &Folder, arguments: &[&str], expected: &[String]| {
        let expected: Vec<_> = expected.iter().map(String::as_str).collect();
        folder.lists(arguments, &expected);
    };
    check(&folder, &[], &lines(&unused));
    // An overlay of a shared source is shared.
    let overlay = "TMP/home/.config/secrets/secrets.dev.toml";
    let first = format!(
        "openai: string, unused, from {overlay}:1:1, over {}",
        at("1:1")
    );
    let more = format!("more: boolean, unused, from {overlay}:2:1");
    let mut over = [vec![first], unused[1..].to_vec()].concat();
    over.push(more);
    check(&folder, &["--profile", "dev"], &lines(&over));
    // A key of the package's own is an error, with the near one.
    folder.write("package/.secrets/secrets.toml", "tokn = \"own\"\nqqq = 1\n");
    folder.fails(
        &[],
        &[
            "Shape: .secrets/secrets.toml:1:1: the template does not know `tokn`, did you mean `token`, \
             which it has at template.toml:1:1?",
            "Shape: .secrets/secrets.toml:2:1: the template does not know `qqq`; add it there, or remove it",
        ],
    );
    // So is one of a file that a variable names, wherever it is, or that the package lists.
    folder.set("SECRETS_FILES", format!("TMP/{GLOBAL}"));
    let reported = folder.load(&[]).unwrap_err();
    assert!(
        reported.contains("the template does not know `openai`"),
        "{reported}"
    );
    folder.set("SECRETS_FILES", "");
    let reported = folder
        .load(&["--file", "~/.config/secrets/secrets.toml"])
        .unwrap_err();
    assert!(
        reported.contains("the template does not know `openai`"),
        "{reported}"
    );
}

#[test]
fn without_a_template_the_table_of_keys_says_what_is_known() {
    let folder = Folder::new("");
    folder.write(GLOBAL, SHARED);
    folder.write("package/.secrets/secrets.toml", "own = 1\n");
    // Neither: all is embedded.
    let all = folder.load(&[]).unwrap();
    assert!(
        all.contains("openai: string, from ") && !all.contains("unused"),
        "{all}"
    );
    folder.settings(
        "[package.metadata.secrets.keys]\n\"tok*\" = { min-length = 1 }\nown = { type = \"u8\" }\n\
         \"servers[].host\" = { non-empty = true }\nother = { optional = true }\n",
    );
    let listing = folder.load(&[]).unwrap();
    let names: Vec<_> = listing
        .lines()
        .map(|line| line.split(", from").next().unwrap())
        .collect();
    let expected = [
        "token: string",
        "other.deep.list: array",
        "servers: array",
        "own: u8",
        "openai: string, unused",
        "database.port: integer, unused",
        "database.user: string, unused",
    ];
    assert_eq!(names, expected);
}

#[test]
fn what_a_workspace_names_is_shared() {
    let mut folder = Folder::new("");
    folder.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"m\"]\n[workspace.metadata.secrets]\nfiles = [\"all.toml\"]\ntemplate = \"t.toml\"\n",
    );
    folder
        .write("t.toml", "a = 1")
        .write("all.toml", "a = 2\nb = 3")
        .write("m/Cargo.toml", MANIFEST)
        .write("m/lib.rs", "");
    folder.package("m");
    let listed = [
        "a: integer, from TMP/all.toml:1:1",
        "b: integer, unused, from TMP/all.toml:2:1",
    ];
    folder.lists(&[], &listed);
    // Named by the package, it is the package's own.
    let own = format!("{MANIFEST}[package.metadata.secrets]\nfiles = [\"../all.toml\"]\n");
    folder.write("m/Cargo.toml", own);
    let reported = folder.load(&[]).unwrap_err();
    assert!(
        reported.contains("the template does not know `b`"),
        "{reported}"
    );
    // The default file of the workspace, and, of its root package, that package's own.
    folder
        .write("Cargo.toml", format!("{MANIFEST}[workspace]\nmembers = [\"m\"]\n[workspace.metadata.secrets]\ntemplate = \"t.toml\"\n"))
        .write("lib.rs", "")
        .write("m/Cargo.toml", MANIFEST.replace("app", "member"))
        .write(".secrets/secrets.toml", "a = 2\nb = 3");
    let listed = [
        "a: integer, from TMP/.secrets/secrets.toml:1:1",
        "b: integer, unused, from TMP/.secrets/secrets.toml:2:1",
    ];
    folder.lists(&[], &listed);
    folder.package("");
    let reported = folder.load(&[]).unwrap_err();
    assert!(
        reported.contains(".secrets/secrets.toml:2:1: the template does not know `b`"),
        "{reported}"
    );
}

#[test]
fn a_shared_source_alone_is_no_secret() {
    let mut folder = Folder::new("template = \"template.toml\"");
    folder.write(
        "package/template.toml",
        "token = \"x\"\n[database]\nport = 1\n",
    );
    folder.write(GLOBAL, "openai = \"sk\"\n");
    let shared = format!(
        "in `TMP/{GLOBAL}`; this package has none of its own, create `.secrets/secrets.toml`{STUB}"
    );
    let problem = format!("Source: no secrets found but those that packages share, {shared}");
    let reported = folder.load(&[]).unwrap_err();
    assert!(
        reported.contains(&problem) && reported.contains("`token` is missing"),
        "{reported}"
    );
    folder.set("SECRETS_STUB", "1");
    let stub = [
        "token: string, from template.toml:1:1",
        "database.port: integer, from template.toml:3:1",
    ];
    folder.lists(&[], &stub);
    // A profile that nobody has is not a reason for a stub either.
    folder.set("SECRETS_PROFILE", "stagin");
    let reported = folder.load(&[]).unwrap_err();
    let expected = "Source: no source has an overlay for the profile `stagin`";
    assert!(reported.starts_with(expected), "{reported}");
    folder.set("SECRETS_PROFILE", "");
    // A part of what is needed is no more.
    folder.write(GLOBAL, "openai = \"sk\"\n[database]\nport = 2\n");
    folder.lists(&[], &stub);
    folder.set("SECRETS_STUB", "");
    let reported = folder.load(&[]).unwrap_err();
    assert!(
        reported.contains(&problem) && !reported.contains("database"),
        "{reported}"
    );
    // All of it is.
    folder.set("SECRETS_STUB", "1");
    folder.write(GLOBAL, "token = \"t\"\n[database]\nport = 2\n");
    let at = |line: &str| format!("from TMP/{GLOBAL}:{line}");
    let real = [
        format!("token: string, {}", at("1:1")),
        format!("database.port: integer, {}", at("3:1")),
    ];
    folder.lists(&[], &real.each_ref().map(String::as_str));
    // A mistake in it is no stub, and neither is a source of the package's own that lacks a key.
    folder.write(GLOBAL, "token = \n");
    let reported = folder.load(&[]).unwrap_err();
    assert!(reported.starts_with("Syntax: "), "{reported}");
    folder.write(GLOBAL, "openai = \"sk\"\n");
    folder.write("package/.secrets/secrets.toml", "token = \"own\"\n");
    let reported = folder.load(&[]).unwrap_err();
    assert!(
        reported.starts_with("Shape: `database` is missing"),
        "{reported}"
    );
}
