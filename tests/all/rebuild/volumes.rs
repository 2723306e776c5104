//! Mounted directories and links.
#![cfg(unix)]

use std::{fs, path::Path};

use super::{age, changed, move_in, project, symlink, unchanged};

/// Makes a link and renames it over the one that is there, as those do who swap in one step.
fn swap(target: &str, link: &Path) {
    let temporary = link.with_file_name("..data_tmp");
    symlink(target, &temporary).unwrap();
    fs::rename(temporary, link).unwrap();
}

#[test]
fn a_kubernetes_volume_is_swapped() {
    // The directory itself, and one level down, as below `/run/secrets`.
    for (name, volume) in [
        ("rebuild-volume", "mounted"),
        ("rebuild-level", "mounted/db"),
    ] {
        let mut project = project(name);
        project.metadata("[package.metadata.secrets]\nfiles = [\"mounted\"]");
        project.main(
            r#"
                let table = &secrets::SECRETS;
                let table = table.get("db").map_or_else(|| table.as_value(), |db| db);
                print!("{}", table["password"].as_str().unwrap());
            "#,
        );
        let path = |file: &str| project.path(&format!("{volume}/{file}"));
        let data = |number: u32, password: &str| {
            let file = format!("{volume}/..2026_{number}/password");
            project.write(&file, password);
        };
        data(1, "one");
        symlink("..2026_1", path("..data")).unwrap();
        symlink("..data/password", path("password")).unwrap();
        changed("first build", &project, "one");

        data(2, "two");
        swap("..2026_2", &path("..data"));
        fs::remove_dir_all(path("..2026_1")).unwrap();
        changed("it was swapped", &project, "two");

        data(3, "three");
        age(&path("..2026_3"));
        swap("..2026_3", &path("..data"));
        changed("it was swapped to older data", &project, "three");

        swap("..2026_2", &path("..data"));
        changed("it was swapped back", &project, "two");

        fs::remove_file(path("password")).unwrap();
        symlink("..2026_3/password", path("password")).unwrap();
        changed("a link in it was swapped", &project, "three");
    }
}

#[test]
fn a_file_in_a_volume_is_swapped() {
    let mut project = project("rebuild-volume-file");
    project.metadata("[package.metadata.secrets]\nfiles = [\"mounted/secrets.toml\"]");
    let path = |file: &str| project.path(&format!("mounted/{file}"));
    project.write("mounted/..2026_1/secrets.toml", "key = \"one\"");
    symlink("..2026_1", path("..data")).unwrap();
    symlink("..data/secrets.toml", path("secrets.toml")).unwrap();
    changed("first build", &project, "key=one");

    project.write("mounted/..2026_2/secrets.toml", "key = \"two\"");
    age(&path("..2026_2"));
    swap("..2026_2", &path("..data"));
    changed("it was swapped to older data", &project, "key=two");
    fs::remove_dir_all(path("..2026_1")).unwrap();
    changed("the old data was removed", &project, "key=two");
}

#[test]
fn a_mounted_directory_changes() {
    let mut project = project("rebuild-mounted");
    project.metadata("[package.metadata.secrets]\nfiles = [\"mounted\"]");
    project.write("mounted/key", "one");
    changed("first build", &project, "key=one");
    project.write("mounted/key", "two");
    changed("a file was written", &project, "key=two");
    project.write("../elsewhere/key", "three");
    move_in(&project, "key", &project.path("mounted/key"));
    changed("an older file replaced it", &project, "key=three");
    project.write("mounted/more", "more");
    changed("a file was added", &project, "key=three more=more");
    fs::remove_file(project.path("mounted/key")).unwrap();
    changed("a file was removed", &project, "more=more");
}

#[test]
fn a_linked_directory_is_swapped() {
    let mut project = project("rebuild-linked");
    project.metadata("[package.metadata.secrets]\nfiles = [\"current\"]");
    for release in ["one", "two"] {
        project.write(&format!("releases/{release}/key"), release);
    }
    symlink("releases/one", project.path("current")).unwrap();
    changed("first build", &project, "key=one");
    age(&project.path("releases"));
    swap("releases/two", &project.path("current"));
    changed("it was swapped", &project, "key=two");
}

#[test]
fn a_linked_file_changes_where_it_leads() {
    let project = project("rebuild-link");
    project.write("../kept/secrets.toml", "key = \"one\"");
    fs::create_dir(project.path(".secrets")).unwrap();
    let link = project.path(".secrets/secrets.toml");
    symlink("../../kept/secrets.toml", &link).unwrap();
    changed("first build", &project, "key=one");
    project.write("../elsewhere/file", "key = \"two\"");
    move_in(&project, "file", &project.path("../kept/secrets.toml"));
    changed("an older file replaced its target", &project, "key=two");

    project.write("../kept/other.toml", "key = \"three\"");
    changed("a neighbour of its target appeared", &project, "key=two");
    age(&project.path("../kept"));
    swap("../../kept/other.toml", &link);
    changed("it was swapped to an older file", &project, "key=three");
    unchanged("nothing changed", &project);
}
