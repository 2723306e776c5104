//! Profiles that no source has an overlay for.

use secrets_tests::{Folder, MANIFEST, Project};

#[test]
fn a_profile_nobody_has_is_reported_with_the_near_one() {
    let mut folder = Folder::new("template = \".secrets/secrets.example.toml\"");
    folder
        .write("package/.secrets/secrets.toml", "key = 1")
        .write("package/.secrets/secrets.example.toml", "key = 0")
        .write("package/.secrets/secrets.staging.toml", "key = 2")
        .write("package/.secrets/secrets.dev.toml.age", "")
        .write("package/.secrets/secrets.note", "")
        .write("home/.config/secrets/secrets.production.toml", "key = 3");
    let start = "Source: no source has an overlay for the profile";
    let there = "there are some for `production`, `staging`";
    let create = |profile: &str| {
        format!(
            "create `.secrets/secrets.{profile}.toml`, which may be empty, or list the profile in `known-profiles`"
        )
    };
    let near = format!("did you mean `staging`? otherwise {}", create("stagin"));
    folder.fails(
        &["--profile", "stagin"],
        &[&format!("{start} `stagin`, {there}, {near}")],
    );
    folder.set("SECRETS_PROFILE", "qqq");
    let far = format!("{start} `qqq`, {there}; {}", create("qqq"));
    folder.fails(&["--profile", "staging"], &[&far]);
    // A profile that a source has, even if only one of them; and none.
    folder.set("SECRETS_PROFILE", "production");
    let global = "TMP/home/.config/secrets/secrets.production.toml:1:1";
    let listed = format!("key: integer, from .secrets/secrets.toml:1:1, over {global}");
    folder.lists(&[], &[&listed]);
    folder.set("SECRETS_PROFILE", "");
    let plain = ["key: integer, from .secrets/secrets.toml:1:1"];
    folder.lists(&["--profile", "stagin"], &plain);

    // The ways out: an empty overlay, or a setting.
    folder.set("SECRETS_PROFILE", "qqq");
    folder.write("package/.secrets/secrets.qqq.toml", "");
    folder.lists(&[], &plain);
    folder.set("SECRETS_PROFILE", "dev");
    let reported = folder.load(&[]).unwrap_err();
    let form =
        "; one that is encrypted belongs to `secrets.toml.age`, which is not in the list; create ";
    assert!(reported.contains(form), "{reported}");
    folder.settings("known-profiles = [\"dev\", \"qa\"]");
    folder.lists(&[], &plain);
    folder.set("SECRETS_PROFILE", "qaa");
    let listed = folder.load(&[]).unwrap_err();
    assert!(
        listed.contains("did you mean `qa`? otherwise create"),
        "{listed}"
    );

    // In the list of a build.
    folder.set("SECRETS_FILES", "TMP/package/.secrets/secrets.dev.toml.age");
    folder.set("SECRETS_PROFILE", "x");
    folder.settings("");
    let message = "no overlay has no others";
    let reported = folder.load(&[]).unwrap_err();
    assert!(
        reported.contains(
            "for the profile `x`, and there is no overlay of any other; create `.secrets/secrets.dev.x.toml.age`"
        ),
        "{message}: {reported}"
    );
}

#[test]
fn a_source_without_overlays_needs_a_listed_profile() {
    let folder = Folder::new("files = [\"mounted\"]\nprofile = \"dev\"");
    folder.write("package/mounted/key", "x");
    folder.fails(
        &[],
        &["Source: no source has an overlay for the profile `dev`, and there is no overlay of any other; list the profile in \
           `known-profiles`"],
    );
    folder.settings("files = [\"mounted\"]\nprofile = \"dev\"\nknown-profiles = [\"dev\"]");
    folder.lists(&[], &["key: string, from mounted/key"]);
    folder.settings("known-profiles = [\"a/b\"]");
    folder.fails(
        &[],
        &["Setting: Cargo.toml:9:19: the profile `a/b` cannot be part of a file name; choose another name"],
    );
}

#[test]
fn one_variable_is_for_all_packages_of_a_workspace() {
    let mut folder = Folder::new("");
    let list = "[workspace]\nmembers = [\"one\", \"two\"]\n[workspace.metadata.secrets]\nknown-profiles = [\"dev\"]\n";
    folder.write("Cargo.toml", list);
    for member in ["one", "two"] {
        folder.write(
            format!("{member}/Cargo.toml"),
            MANIFEST.replace("app", member),
        );
        folder.write(format!("{member}/lib.rs"), "");
        folder.write(format!("{member}/.secrets/secrets.toml"), "key = 1");
    }
    folder.write("one/.secrets/secrets.dev.toml", "key = 2");
    folder.set("SECRETS_PROFILE", "dev");
    let one = "key: integer, from .secrets/secrets.dev.toml:1:1, over .secrets/secrets.toml:1:1";
    folder.package("one").lists(&[], &[one]);
    let two = "key: integer, from .secrets/secrets.toml:1:1";
    folder.package("two").lists(&[], &[two]);
    folder.set("SECRETS_PROFILE", "devel");
    for member in ["one", "two"] {
        let reported = folder.package(member).load(&[]).unwrap_err();
        assert!(reported.contains("did you mean `dev`?"), "{reported}");
    }
}

#[test]
fn an_overlay_that_comes_is_built() {
    let mut project = Project::new("overlays");
    project
        .build_rs("fn main() { secrets_build::Config::new().known_profiles([\"dev\"]).embed(); }");
    project.main("print!(\"{}\", secrets::KEY);");
    project.write(".secrets/secrets.toml", "key = 1");
    project.set("SECRETS_PROFILE", "dev");
    let run = project.build_ok();
    assert!(!run.stderr.contains("no source"), "{}", run.stderr);
    assert_eq!(project.run_ok(), "1");
    project.write(".secrets/secrets.dev.toml", "key = 2");
    assert_eq!(project.run_ok(), "2");
    project.set("SECRETS_PROFILE", "dve");
    let reported = project.build_err();
    assert!(
        reported.contains("error: overlays@0.1.0: no source has an overlay"),
        "{reported}"
    );
}

#[test]
fn an_overlay_that_is_a_directory_is_the_only_problem() {
    let folder = Folder::new("");
    folder
        .write("package/.secrets/secrets.toml", "a = 1")
        .folder("package/.secrets/secrets.staging.toml");
    folder.fails(
        &["--profile", "staging"],
        &["Source: `.secrets/secrets.staging.toml` is a directory, expected a TOML file"],
    );
}
