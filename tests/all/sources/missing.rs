//! Sources that are not there, and what is proposed in their place.

use secrets_tests::{Folder, MANIFEST};

#[test]
fn nothing_found_lists_every_place() {
    let mut folder = Folder::new("");
    folder.fails(
        &[],
        &[
            "Source: no secrets found, looked at `TMP/home/.config/secrets/secrets.toml`, \
           `.secrets/secrets.toml`; create one of them",
        ],
    );
    folder.fails(
        &[
            "--profile",
            "dev",
            "--optional-file",
            "a.toml",
            "--optional-file",
            "d",
        ],
        &["Source: no secrets found, looked at `a.toml`, `a.dev.toml`, `d`; create one of them"],
    );
    folder
        .write("Cargo.toml", "[workspace]\nmembers = [\"m\"]\n")
        .write("m/lib.rs", "");
    folder.write("m/Cargo.toml", MANIFEST);
    folder.package("m");
    folder.fails(
        &["--profile", "dev"],
        &[
            "Source: no secrets found, looked at `TMP/home/.config/secrets/secrets.toml`, \
           `TMP/home/.config/secrets/secrets.dev.toml`, `TMP/.secrets/secrets.toml`, \
           `TMP/.secrets/secrets.dev.toml`, `.secrets/secrets.toml`, `.secrets/secrets.dev.toml`; \
           create one of them",
        ],
    );
    let folder = Folder::new("files = []");
    folder.fails(
        &[],
        &["Source: the list of sources is empty; name one in `files`"],
    );
}

#[test]
fn near_names_are_reported_and_none_that_is_near_by_its_ending() {
    let nothing = |near: &str| {
        format!(
            "Source: no secrets found, looked at `TMP/home/.config/secrets/secrets.toml`, \
             `.secrets/secrets.toml`; {near}"
        )
    };
    for (file, near) in [
        (
            "package/.secrets/secret.toml",
            "did you mean `.secrets/secret.toml`?",
        ),
        (
            "package/.secrets/secrets.toml.txt",
            "did you mean `.secrets/secrets.toml.txt`?",
        ),
        (
            "package/.secrets/Secrets.TOML",
            "did you mean `.secrets/Secrets.TOML`?",
        ),
        (
            "package/.secret/secrets.toml",
            "did you mean `.secret/secrets.toml`?",
        ),
        (
            "package/secrets/secrets.toml",
            "did you mean `secrets/secrets.toml`?",
        ),
        (
            "home/.config/secrets/secret.toml",
            "did you mean `TMP/home/.config/secrets/secret.toml`?",
        ),
        (
            "package/.streamlit/secrets.toml",
            "`.streamlit/secrets.toml` is read with `compat = \"streamlit\"`",
        ),
        (
            "package/secrets.toml",
            "`secrets.toml` is in the wrong place, move it to `.secrets/` or name it in `files`",
        ),
        ("package/.secrets/notes.toml", "create one of them"),
    ] {
        let folder = Folder::new("");
        folder.write(file, "a = 1");
        folder.fails(&[], &[&nothing(near)]);
    }
    // `Cargo.toml` is nobody's mistake, and an ending alone is not near.
    for (missing, other) in [("config.toml", "clippy.toml"), ("cargos.toml", "a.toml")] {
        let folder = Folder::new("");
        folder.write(format!("package/{other}"), "a = 1");
        let problem = format!(
            "Source: the source `{missing}` does not exist; create it, or add it with \
             `Config::optional_file`"
        );
        folder.fails(&["--file", missing], &[&problem]);
    }
}

#[test]
fn in_a_checkout_of_cargo_the_message_says_how_to_name_sources() {
    let mut folder = Folder::new("");
    let package = "cargo/git/checkouts/app-0123/abc";
    folder
        .write(
            format!("{package}/Cargo.toml"),
            format!("{MANIFEST}[workspace]\n"),
        )
        .write(format!("{package}/lib.rs"), "");
    folder.package(package);
    let way_out = "; this is a checkout that cargo made, name the sources in `SECRETS_FILES` by absolute paths";
    folder.fails(
        &[],
        &[&format!(
            "Source: no secrets found, looked at `TMP/home/.config/secrets/secrets.toml`, \
             `.secrets/secrets.toml`{way_out}"
        )],
    );
    folder.fails(
        &["--file", "gone.toml"],
        &[&format!(
            "Source: the source `gone.toml` does not exist{way_out}"
        )],
    );
}

/// As a home that others may not enter: nobody can look into a link to itself, not even root.
#[test]
fn a_home_that_cannot_be_read_has_no_global_file() {
    for (compat, path) in [
        ("", "package/.secrets/secrets.toml"),
        ("compat = \"streamlit\"", "package/.streamlit/secrets.toml"),
    ] {
        let mut folder = Folder::new(compat);
        folder.write(path, "a = 1").link("itself", "itself");
        folder.set("HOME", "TMP/itself");
        let place = path.trim_start_matches("package/");
        folder.lists(&[], &[&format!("a: integer, from {place}:1:1")]);
        // What was named is an error.
        let problems = folder.load(&["--file", "~/secrets.toml"]).unwrap_err();
        assert!(
            problems.starts_with("Source: failed to read `TMP/itself/secrets.toml`: "),
            "{problems}"
        );
    }
}

#[test]
fn such_a_home_is_warned_of() {
    let mut project = secrets_tests::Project::new("sources-home");
    project.write(".secrets/secrets.toml", "a = 1\n");
    std::os::unix::fs::symlink("itself", project.path("../itself")).unwrap();
    let home = project.path("../itself");
    project.set("XDG_CONFIG_HOME", home.to_str().unwrap());
    let run = project.build_ok();
    let warning = "secrets/secrets.toml` is taken to be absent, as it cannot be looked at: ";
    assert!(run.stderr.contains(warning), "{}", run.stderr);
}
