//! Files that change, appear and disappear.

use std::fs;

use super::{age, changed, move_file_in, move_in, project, unchanged};

#[test]
fn the_package_file_changes_in_every_way() {
    let project = project("rebuild-package");
    let global = project.home(".config/secrets/secrets.toml");
    let package = project.path(".secrets/secrets.toml");
    project.write_home(".config/secrets/secrets.toml", "key = \"global\"");
    changed("first build", &project, "key=global");

    project.write("../elsewhere/folder/secrets.toml", "key = \"package\"");
    move_in(&project, "folder", &project.path(".secrets"));
    changed("the folder was moved in", &project, "key=package");

    fs::write(&package, "key = \"written\"").unwrap();
    changed("the file was written", &project, "key=written");

    let now = std::time::SystemTime::now();
    let file = fs::File::open(&package).unwrap();
    file.set_modified(now).unwrap();
    changed("the file was touched", &project, "key=written");

    move_file_in(&project, &package, "key = \"older\"");
    changed("an older file replaced it", &project, "key=older");

    fs::remove_file(&package).unwrap();
    changed("the file was removed", &project, "key=global");

    move_file_in(&project, &package, "key = \"moved\"");
    changed("the file was moved in", &project, "key=moved");

    fs::remove_dir_all(project.path(".secrets")).unwrap();
    changed("the folder was removed", &project, "key=global");

    move_file_in(&project, &global, "key = \"older global\"");
    changed("an older global file", &project, "key=older global");
}

#[test]
fn a_global_folder_appears() {
    let mut project = project("rebuild-global");
    project.write(".secrets/secrets.toml", "a = \"package\"");
    changed("first build", &project, "a=package");

    let contents = "a = \"hidden\"\nb = \"global\"";
    project.write("../elsewhere/config/secrets/secrets.toml", contents);
    move_in(&project, "config", &project.home(".config"));
    changed("`~/.config` was moved in", &project, "a=package b=global");

    fs::remove_dir_all(project.home(".config/secrets")).unwrap();
    changed("the folder was removed", &project, "a=package");

    project.write_home("xdg/secrets/secrets.toml", "b = \"xdg\"");
    unchanged("another folder", &project);
    let xdg = project.home("xdg");
    project.set("XDG_CONFIG_HOME", xdg.to_str().unwrap());
    changed("`XDG_CONFIG_HOME` was set", &project, "b=xdg a=package");
    let other = project.home("other");
    project.set("XDG_CONFIG_HOME", other.to_str().unwrap());
    changed("`XDG_CONFIG_HOME` was changed", &project, "a=package");
    project.write_home("other/secrets/secrets.toml", "b = \"other\"");
    changed("and a file appeared", &project, "b=other a=package");
    project.unset("XDG_CONFIG_HOME");
    changed("`XDG_CONFIG_HOME` was unset", &project, "a=package");
}

#[test]
fn an_optional_source_appears() {
    let mut project = project("rebuild-optional");
    project.metadata(
        r#"
            [package.metadata.secrets]
            files = [
                "base.toml",
                { path = "local.toml", optional = true },
                { path = "deep/er/mounted", optional = true },
            ]
        "#,
    );
    project.write("base.toml", "key = \"base\"");
    changed("first build", &project, "key=base");
    project.write("notes.txt", "of the package, and no source");
    unchanged("another file appeared beside it", &project);

    project.write("base.toml", "key = \"written\"");
    changed("the file was written", &project, "key=written");

    let local = project.path("local.toml");
    move_file_in(&project, &local, "key = \"local\"");
    changed("a file in the root was moved in", &project, "key=local");
    fs::write(&local, "key = \"local 2\"").unwrap();
    changed("it was written", &project, "key=local 2");

    project.write("../elsewhere/er/mounted/key", "mounted");
    move_in(&project, "", &project.path("deep"));
    changed("a directory was moved in", &project, "key=mounted");

    fs::remove_file(local).unwrap();
    changed("the file was removed", &project, "key=mounted");
    fs::remove_dir_all(project.path("deep")).unwrap();
    changed("the directory was removed", &project, "key=written");
}

#[test]
fn an_overlay_appears() {
    let mut project = project("rebuild-overlay");
    project.set("SECRETS_PROFILE", "staging");
    project.metadata("[package.metadata.secrets]\nknown-profiles = [\"staging\"]");
    project.write(".secrets/secrets.toml", "key = \"base\"");
    changed("first build", &project, "key=base");

    let overlay = project.path(".secrets/secrets.staging.toml");
    move_file_in(&project, &overlay, "key = \"staging\"");
    changed("the overlay was moved in", &project, "key=staging");
    fs::write(&overlay, "key = \"staging 2\"").unwrap();
    changed("it was written", &project, "key=staging 2");
    project.write(".secrets/secrets.toml", "key = \"base 2\"");
    changed("below it was written", &project, "key=staging 2");
    fs::remove_file(overlay).unwrap();
    changed("it was removed", &project, "key=base 2");

    project.write_home(
        ".config/secrets/secrets.staging.toml",
        "global = \"staging\"",
    );
    let printed = "global=staging key=base 2";
    changed("a global overlay appeared", &project, printed);
}

#[test]
fn a_folder_of_other_things_is_not_watched() {
    let project = project("rebuild-other");
    project.write(".secrets/secrets.toml", "key = \"a\"");
    project.write(".secrets/notes/one.txt", "one");
    changed("first build", &project, "key=a");
    project.write(".secrets/notes/two.txt", "two");
    unchanged("a note was added", &project);
    project.write(".secrets/secrets.toml", "key = \"b\"");
    changed("the file was written", &project, "key=b");
}

#[test]
fn a_failed_build_is_done_again() {
    let project = project("rebuild-failed");
    let package = project.path(".secrets/secrets.toml");
    assert!(project.build_err().contains("no secrets found"));
    assert!(project.build_err().contains("no secrets found"));

    move_file_in_new(&project, "key = \"a\"");
    changed("the file was moved in", &project, "key=a");

    project.write(".secrets/secrets.toml", "key =");
    assert!(project.build_err().contains("secrets.toml:1:"));
    assert!(project.build_err().contains("secrets.toml:1:"));
    move_file_in(&project, &package, "key = \"a\"");
    changed("it was put back, older", &project, "key=a");

    project.write(".secrets/secrets.toml", "key =");
    assert!(project.build_err().contains("secrets.toml:1:"));
    fs::write(&package, "key = \"b\"").unwrap();
    age(&package);
    changed("it was mended in place, older", &project, "key=b");
}

fn move_file_in_new(project: &secrets_tests::Project, contents: &str) {
    fs::create_dir(project.path(".secrets")).unwrap();
    move_file_in(project, &project.path(".secrets/secrets.toml"), contents);
}
