//! Settings: which sources make up the secrets, and how settings fall back to each other.

mod in_code;
mod wrong_settings;

use secrets_tests::{Folder, MANIFEST};

const KEY: &str = "key = \"a\"";

/// The default list, with every source there.
fn defaults() -> Folder {
    let mut folder = Folder::new("");
    folder.write("Cargo.toml", "[workspace]\nmembers = [\"member\"]\n");
    folder
        .write("member/Cargo.toml", MANIFEST)
        .write("member/lib.rs", "");
    folder.write("home/.config/secrets/secrets.toml", "global = 1\nall = 1");
    folder.write(".secrets/secrets.toml", "workspace = 1\nall = 2");
    folder.write("member/.secrets/secrets.toml", "package = 1\nall = 3");
    folder.package("member");
    folder
}

#[test]
fn the_default_list_is_global_workspace_package() {
    let mut folder = defaults();
    let global = "TMP/home/.config/secrets/secrets.toml";
    folder.lists(
        &[],
        &[
            &format!("global: integer, from {global}:1:1"),
            &format!("all: integer, from .secrets/secrets.toml:2:1, over TMP/.secrets/secrets.toml:2:1, over {global}:2:1"),
            "workspace: integer, from TMP/.secrets/secrets.toml:1:1",
            "package: integer, from .secrets/secrets.toml:1:1",
        ],
    );

    folder.write("xdg/secrets/secrets.toml", "xdg = 1");
    folder.set("XDG_CONFIG_HOME", "TMP/xdg");
    let listing = folder.load(&[]).unwrap();
    assert!(
        listing.contains("xdg: integer, from TMP/xdg/secrets/secrets.toml:1:1\n"),
        "{listing}"
    );
    assert!(!listing.contains(".config"), "{listing}");

    // The XDG specification: a relative path is ignored, and so is an empty one.
    for ignored in ["xdg", ""] {
        folder.set("XDG_CONFIG_HOME", ignored);
        let listing = folder.load(&[]).unwrap();
        assert!(listing.contains("global: integer"), "{listing}");
    }
}

#[test]
fn a_package_that_is_its_own_workspace_is_read_once() {
    let mut folder = Folder::new("");
    folder.write("package/.secrets/secrets.toml", KEY);
    folder.lists(&[], &["key: string, from .secrets/secrets.toml:1:1"]);
    folder.link("package", "link");
    folder.package("link");
    folder.lists(&[], &["key: string, from .secrets/secrets.toml:1:1"]);
}

#[test]
fn each_default_source_has_an_overlay() {
    let mut folder = defaults();
    folder.write("home/.config/secrets/secrets.staging.toml", "all = 4");
    folder.write(".secrets/secrets.staging.toml", "all = 5");
    folder.write(
        "member/.secrets/secrets.staging.toml",
        "all = 6\nstaging = true",
    );
    folder.write(
        "member/.secrets/secrets.production.toml",
        "production = true",
    );
    let listing = folder.load(&["--profile", "staging"]).unwrap();
    let global = "TMP/home/.config/secrets/secrets";
    let all = format!(
        "all: integer, from .secrets/secrets.staging.toml:1:1, over .secrets/secrets.toml:2:1, \
         over TMP/.secrets/secrets.staging.toml:1:1, over TMP/.secrets/secrets.toml:2:1, \
         over {global}.staging.toml:1:1, over {global}.toml:2:1\n"
    );
    assert!(listing.contains(&all), "{listing}");
    assert!(!listing.contains("production"), "{listing}");

    // The variable wins over code; an empty one is no profile.
    folder.set("SECRETS_PROFILE", "production");
    let listing = folder.load(&["--profile", "staging"]).unwrap();
    assert!(
        listing.contains("production: boolean") && !listing.contains("staging"),
        "{listing}"
    );
    folder.set("SECRETS_PROFILE", "");
    let listing = folder.load(&["--profile", "staging"]).unwrap();
    assert!(
        !listing.contains("production") && !listing.contains("staging"),
        "{listing}"
    );
}

#[test]
fn an_overlay_needs_no_base() {
    let folder = Folder::new("profile = \"local\"");
    folder.write("package/.secrets/secrets.local.toml", KEY);
    folder.lists(&[], &["key: string, from .secrets/secrets.local.toml:1:1"]);
}

#[test]
fn listed_files_replace_the_default_list() {
    let folder = Folder::new(
        "profile = \"dev\"\n\
         files = [\"a.toml\", { path = \"../b.toml\" }, { path = \"~/c.toml\", optional = true }, \
         { path = \"...\", optional = true }, { path = \"absent\", optional = true }, \"mounted\"]",
    );
    folder.write("package/.secrets/secrets.toml", "unused = 1");
    folder.write("package/a.toml", "k = 1");
    folder.write("package/a.dev.toml", "k = 2");
    folder.write("b.toml", "k = 3");
    folder.write("home/c.toml", "k = 4");
    folder.write("package/mounted/file", "x");
    folder.lists(
        &[],
        &[
            "k: integer, from TMP/home/c.toml:1:1, over ../b.toml:1:1, over a.dev.toml:1:1, over a.toml:1:1",
            "file: string, from mounted/file",
        ],
    );
}

#[test]
fn code_wins_over_cargo_toml() {
    let folder = Folder::new(
        "files = [\"a.toml\"]\nmerge = \"shallow\"\nprofile = \"one\"\nknown-profiles = [\"one\"]\nenv-prefix = \"ONE\"",
    );
    folder.write("package/a.toml", "a = 1");
    folder.write("package/b.toml", "t.b = 1");
    folder.write("package/b.two.toml", "t.two = 1");
    folder.lists(
        &[
            "--file",
            "b.toml",
            "--optional-file",
            "absent.toml",
            "--profile",
            "two",
            "--merge",
            "deep",
        ],
        &[
            "t.b: integer, from b.toml:1:3",
            "t.two: integer, from b.two.toml:1:3",
        ],
    );
    folder.lists(&[], &["a: integer, from a.toml:1:1"]);
    folder.lists(
        &["--file", "b.toml", "--profile", "two"],
        &["t.two: integer, from b.two.toml:1:3"],
    );
    let absolute = folder.path("package/a.toml");
    folder.lists(
        &["--file", absolute.to_str().unwrap(), "--file", "b.toml"],
        &[
            "a: integer, from a.toml:1:1",
            "t.b: integer, from b.toml:1:3",
        ],
    );
}

#[test]
fn the_variable_replaces_the_list_for_one_build() {
    let mut folder = Folder::new("files = [\"absent.toml\"]");
    folder
        .write("package/a.toml", "a = 1")
        .write("home/b.toml", "b = 1")
        .write("c/d", "x");
    folder.set("SECRETS_FILES", "a.toml:~/b.toml::TMP/c");
    let expected = [
        "a: integer, from a.toml:1:1",
        "b: integer, from TMP/home/b.toml:1:1",
        "d: string, from TMP/c/d",
    ];
    folder.lists(&[], &expected);
    folder.lists(&["--file", "absent.toml"], &expected);
    folder.set("SECRETS_FILES", "");
    folder.fails(
        &[],
        &[
            "Source: the source `absent.toml` does not exist; create it, or mark it optional: \
           { path = \"...\", optional = true }",
        ],
    );
    folder.set("SECRETS_FILES", "a.toml:TMP/gone.toml:aa.toml");
    folder.fails(
        &[],
        &[
            "Source: the source `TMP/gone.toml` in `SECRETS_FILES` does not exist; create it, or leave it out",
            "Source: the source `aa.toml` in `SECRETS_FILES` does not exist, did you mean `a.toml`?",
        ],
    );
}

#[test]
fn settings_fall_back_to_the_workspace_one_by_one() {
    let workspace = "[workspace]\nmembers = [\"crates/*\"]\n\
        [workspace.metadata.secrets]\nfiles = [\"shared.toml\"]\nprofile = \"dev\"\nmerge = \"shallow\"\nenv-prefix = \"APP\"\n";
    // A virtual workspace, and one with a package of its own in the root.
    for root in [
        String::new(),
        format!("{MANIFEST}\n").replace("app", "root"),
    ] {
        let mut folder = Folder::new("");
        folder
            .write("Cargo.toml", root + workspace)
            .write("lib.rs", "");
        folder
            .write("shared.toml", "t.a = 1")
            .write("shared.dev.toml", "t.b = 2");
        folder.set("APP__T__B", "3");
        for (member, settings) in [
            (
                "one",
                "[package.metadata.secrets]\nfiles = [\"../../shared.toml\", \"own.toml\"]\nmerge = \"deep\"",
            ),
            ("two", ""),
            (
                "three",
                "[package.metadata.secrets]\nprofile = \"other\"\nknown-profiles = [\"other\"]\nenv-prefix = \"OTHER\"",
            ),
        ] {
            let manifest = MANIFEST.replace("app", member) + settings;
            folder.write(format!("crates/{member}/Cargo.toml"), manifest);
            folder.write(format!("crates/{member}/lib.rs"), "");
        }
        folder.write("crates/one/own.toml", "t.c = 3");

        folder.package("crates/one").lists(
            &[],
            &[
                "t.a: integer, from ../../shared.toml:1:3",
                "t.b: integer, from the variable `APP__T__B`, over ../../shared.dev.toml:1:3",
                "t.c: integer, from own.toml:1:3",
            ],
        );
        folder.package("crates/two").lists(
            &[],
            &["t.b: integer, from the variable `APP__T__B`, over TMP/shared.dev.toml:1:3"],
        );
        folder
            .package("crates/three")
            .lists(&[], &["t.a: integer, from TMP/shared.toml:1:3"]);
    }
}

#[test]
fn a_nested_package_outside_of_the_workspace_does_not_fall_back() {
    let mut folder = Folder::new("");
    folder.write(
        "Cargo.toml",
        "[workspace]\nexclude = [\"nested\"]\n[workspace.metadata.secrets]\nprofle = 1\n",
    );
    folder
        .write("nested/Cargo.toml", MANIFEST)
        .write("nested/lib.rs", "");
    folder.write(".secrets/secrets.toml", "outer = 1");
    folder.write("nested/.secrets/secrets.toml", KEY);
    folder.package("nested");
    folder.lists(&[], &["key: string, from .secrets/secrets.toml:1:1"]);
}
