//! Settings that change, in manifests, in the build script and in the environment.

use std::{env, fs};

use secrets_tests::Project;

use super::{changed, project, unchanged};

fn with_files(name: &str) -> Project {
    let project = project(name);
    for file in ["one", "two", "two.staging", "two.live"] {
        let contents = format!("{0} = \"{0}\"", file.replace('.', "-"));
        project.write(&format!("{file}.toml"), contents);
    }
    project
}

#[test]
fn a_setting_of_the_package_changes() {
    let mut project = with_files("rebuild-settings");
    let package = |settings: &str| format!("[package.metadata.secrets]\n{settings}\n");
    project.metadata(&package("files = [\"one.toml\"]"));
    changed("first build", &project, "one=one");
    project.metadata(&package("files = [\"one.toml\", \"two.toml\"]"));
    changed("a source was added", &project, "one=one two=two");
    project.metadata(&package("files = [\"two.toml\"]\nprofile = \"staging\""));
    changed(
        "a profile was set",
        &project,
        "two=two two-staging=two-staging",
    );
    project.metadata("[workspace.metadata.secrets]\nfiles = [\"one.toml\"]");
    changed("the setting moved to the workspace", &project, "one=one");
    project.metadata("[workspace.metadata.secrets]\nfiles = [\"two.toml\"]");
    changed("and was changed there", &project, "two=two");
}

#[test]
fn a_setting_of_the_workspace_above_changes() {
    let project = with_files("rebuild-workspace");
    let manifest = fs::read_to_string(project.path("Cargo.toml")).unwrap();
    project.write("Cargo.toml", manifest.replace("[workspace]", ""));
    fs::copy(project.path("Cargo.lock"), project.path("../Cargo.lock")).unwrap();
    let root = |metadata: &str| {
        let head = "[workspace]\nmembers = [\"package\"]\nresolver = \"3\"\n";
        project.write("../Cargo.toml", format!("{head}{metadata}"));
    };
    root("");
    project.write("../.secrets/secrets.toml", "key = \"workspace\"");
    changed("first build", &project, "key=workspace");
    project.write(".secrets/secrets.toml", "key = \"package\"");
    changed("the file of the package appeared", &project, "key=package");
    project.write("../.secrets/secrets.toml", "a = \"workspace\"");
    let printed = "a=workspace key=package";
    changed("the file of the workspace was written", &project, printed);
    root("[workspace.metadata.secrets]\nfiles = [\"package/one.toml\"]");
    changed("a setting appeared", &project, "one=one");
    root("[workspace.metadata.secrets]\nfiles = [\"package/two.toml\"]");
    changed("the setting was changed", &project, "two=two");
}

#[test]
fn the_build_script_changes() {
    let project = with_files("rebuild-script");
    project.build_rs("fn main() { secrets_build::Config::new().file(\"one.toml\").embed(); }");
    changed("first build", &project, "one=one");
    project.build_rs("fn main() { secrets_build::Config::new().file(\"two.toml\").embed(); }");
    changed("the script was written", &project, "two=two");
}

#[test]
fn a_variable_that_is_a_setting_changes() {
    let mut project = with_files("rebuild-variables");
    project.metadata("[package.metadata.secrets]\nfiles = [\"two.toml\"]");
    changed("first build", &project, "two=two");
    project.set("SECRETS_PROFILE", "staging");
    let staging = "two=two two-staging=two-staging";
    changed("the profile was set", &project, staging);
    project.set("SECRETS_PROFILE", "live");
    changed(
        "the profile was changed",
        &project,
        "two=two two-live=two-live",
    );
    project.unset("SECRETS_PROFILE");
    changed("the profile was unset", &project, "two=two");

    project.set("SECRETS_FILES", "one.toml");
    changed("the list was set", &project, "one=one");
    let both = env::join_paths(["one.toml", "two.toml"]).unwrap();
    project.set("SECRETS_FILES", both.to_str().unwrap());
    changed("the list was changed", &project, "one=one two=two");
    project.unset("SECRETS_FILES");
    changed("the list was unset", &project, "two=two");
}

#[test]
fn the_home_directory_changes() {
    let mut project = project("rebuild-home");
    project.write_home("one/.config/secrets/secrets.toml", "key = \"one\"");
    project.write_home("two/.config/secrets/secrets.toml", "key = \"two\"");
    for (home, printed) in [("one", "key=one"), ("two", "key=two")] {
        let path = project.home(home);
        project.set("HOME", path.to_str().unwrap());
        changed(home, &project, printed);
    }
}

#[test]
fn two_modules_are_tracked_each() {
    let project = project("rebuild-modules");
    project.build_rs(
        r#"
            use secrets_build::Config;
            fn main() {
                Config::new().file("one.toml").optional_file("late.toml").embed();
                Config::new().module("other").optional_file("two.toml").file("one.toml").embed();
            }
        "#,
    );
    project.write(
        "src/main.rs",
        r#"
            mod secrets { secrets_embed::include_secrets!(); }
            mod other { secrets_embed::include_secrets!("other"); }
            fn main() { print!("{} {}", secrets::KEY, other::SECRETS.len()); }
        "#,
    );
    project.write("one.toml", "key = \"one\"");
    changed("first build", &project, "one 1");
    project.write("late.toml", "key = \"late\"");
    changed("a source of the first appeared", &project, "late 1");
    project.write("two.toml", "more = 1");
    changed("a source of the second appeared", &project, "late 2");
    unchanged("nothing changed", &project);
}
