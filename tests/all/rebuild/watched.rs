//! What is watched, and what lies beside it and is not.
#![cfg(unix)]

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use super::{age, changed, changed_for_good, move_file_in, move_in, project, symlink, unchanged};

#[test]
fn variables_without_bearing_run_nothing() {
    let mut project = project("rebuild-bearing");
    project.metadata("[package.metadata.secrets]\nfiles = [\"secrets.toml\"]");
    project.write("secrets.toml", "key = \"a\"");
    changed("first build", &project, "key=a");
    let elsewhere = project.home("elsewhere").display().to_string();
    for variable in [
        "HOME",
        "USERPROFILE",
        "XDG_CONFIG_HOME",
        "APPDATA",
        "SECRETS_AGE_KEY_FILE",
        "SECRETS_AGE_KEY",
        "DOCS_RS",
    ] {
        project.set(variable, &elsewhere);
        unchanged(variable, &project);
        project.unset(variable);
        unchanged(variable, &project);
    }
    // The home directory has a bearing once a path is below it.
    project.metadata("[package.metadata.secrets]\nfiles = [\"~/mine.toml\"]");
    project.write_home("mine.toml", "key = \"home\"");
    project.write_home("elsewhere/mine.toml", "key = \"elsewhere\"");
    changed("a source in the home directory", &project, "key=home");
    project.set("HOME", &elsewhere);
    changed("`HOME` was changed", &project, "key=elsewhere");
    project.set("XDG_CONFIG_HOME", &elsewhere);
    unchanged("`XDG_CONFIG_HOME` was set", &project);
}

#[test]
fn what_an_editor_puts_beside_a_source_is_not_watched() {
    for (name, folder) in [
        ("rebuild-editor", ".secrets"),
        ("rebuild-editor-kept", "kept"),
    ] {
        let mut project = project(name);
        project.metadata(&format!(
            "[package.metadata.secrets]\nfiles = [\"{folder}/secrets.toml\"]"
        ));
        let path = |file: &str| format!("{folder}/{file}");
        let secrets = path("secrets.toml");
        project.write(&secrets, "key = \"a\"");
        changed("first build", &project, "key=a");
        // In a folder of nothing but secrets a new entry is seen, once.
        let swap = path(".secrets.toml.swp");
        project.write(&swap, "typed");
        symlink("me@host.1", project.path(&path(".#secrets.toml"))).unwrap();
        project.write(&path("notes.txt"), "a note");
        changed("an editor was opened", &project, "key=a");

        project.write(&swap, "typed more");
        project.write(&path("notes.txt"), "more");
        unchanged("text was typed", &project);
        project.write(&path("4913"), "");
        fs::remove_file(project.path(&path("4913"))).unwrap();
        unchanged("the editor tried the folder", &project);
        project.write(&secrets, "key = \"b\"");
        changed("the file was saved", &project, "key=b");
        project.write("../elsewhere/file", "key = \"c\"");
        fs::rename(project.path("../elsewhere/file"), project.path(&secrets)).unwrap();
        changed("the file was saved by a rename", &project, "key=c");

        for left in [".secrets.toml.swp", ".#secrets.toml", "notes.txt"] {
            fs::remove_file(project.path(&path(left))).unwrap();
        }
        unchanged("the editor was closed", &project);
        project.write(&secrets, "key = \"d\"");
        changed("the file was written", &project, "key=d");
        let older = project.path(&secrets);
        move_file_in(&project, &older, "key = \"older\"");
        changed("an older file replaced it", &project, "key=older");
    }
}

#[test]
fn a_package_without_folders_is_not_watched() {
    let mut project = project("rebuild-flat");
    project.metadata(
        "[package.metadata.secrets]\nfiles = [\"secrets.toml\"]\ntemplate = \"secrets.example.toml\"\n\
         [[bin]]\nname = \"rebuild-flat\"\npath = \"main.rs\"\n",
    );
    let main = fs::read_to_string(project.path("src/main.rs")).unwrap();
    fs::remove_dir_all(project.path("src")).unwrap();
    project.write("main.rs", &main);
    project.write("secrets.toml", "key = \"a\"");
    project.write("secrets.example.toml", "key = \"\"");
    changed("first build", &project, "key=a");
    project.write("main.rs", format!("{main}\n// More."));
    project.write("notes.txt", "a note");
    unchanged("the program was edited", &project);
    project.write("secrets.toml", "key = \"b\"");
    changed("the source was written", &project, "key=b");
    project.write("secrets.example.toml", "# Words.\nkey = \"\"");
    changed("the template was written", &project, "key=b");
}

/// Makes a link and renames it over the one that is there.
fn swap(target: &str, link: &Path) {
    let temporary = link.with_file_name("..temporary");
    symlink(target, &temporary).unwrap();
    fs::rename(temporary, link).unwrap();
}

#[test]
fn each_link_of_a_chain_is_watched() {
    let mut project = project("rebuild-chain");
    for file in ["one", "two", "three"] {
        project.write(&format!("../kept/{file}.toml"), format!("key = \"{file}\""));
    }
    age(&project.path("../kept"));
    fs::create_dir(project.path(".secrets")).unwrap();
    fs::create_dir(project.path("../links")).unwrap();
    let middle = project.path("../links/current.toml");
    symlink("../kept/one.toml", &middle).unwrap();
    let first = project.path(".secrets/secrets.toml");
    symlink("../../links/current.toml", &first).unwrap();
    changed("first build", &project, "key=one");
    swap("../kept/two.toml", &middle);
    changed("the middle was swapped", &project, "key=two");
    swap("../../kept/three.toml", &first);
    changed("the first was swapped", &project, "key=three");

    // A link to a directory, on the way.
    project.metadata("[package.metadata.secrets]\nfiles = [\"current/secrets.toml\"]");
    for release in ["one", "two"] {
        let file = format!("releases/{release}/secrets.toml");
        project.write(&file, format!("key = \"release {release}\""));
    }
    age(&project.path("releases"));
    symlink("releases/one", project.path("current")).unwrap();
    changed("a directory on the way", &project, "key=release one");
    swap("releases/two", &project.path("current"));
    changed("it was swapped", &project, "key=release two");
}

#[test]
fn a_link_out_of_a_secret_directory_is_watched() {
    let mut project = project("rebuild-link-out");
    project.metadata("[package.metadata.secrets]\nfiles = [\"mounted\"]");
    project.write("../kept/password", "one");
    project.write("mounted/user", "me");
    fs::create_dir(project.path("mounted/db")).unwrap();
    symlink(
        "../../../kept/password",
        project.path("mounted/db/password"),
    )
    .unwrap();
    project.main(r#"print!("{}", secrets::DB.password);"#);
    changed("first build", &project, "one");
    let target = project.path("../kept/password");
    move_file_in(&project, &target, "two");
    changed("an older file replaced its target", &project, "two");
    fs::remove_file(&target).unwrap();
    assert!(project.build_err().contains("is a link to nothing"));
    move_file_in(&project, &target, "three");
    changed("it came back", &project, "three");
}

#[test]
fn a_source_of_the_future_is_reported() {
    let project = project("rebuild-future");
    project.write(".secrets/secrets.toml", "key = \"a\"");
    changed("first build", &project, "key=a");
    let file = fs::File::open(project.path(".secrets/secrets.toml")).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(86_400))
        .unwrap();
    changed_for_good("it is of tomorrow", &project, "key=a");
    let run = project.build_ok();
    let warnings: Vec<_> = run
        .stderr
        .lines()
        .filter(|line| line.starts_with("warning:") && line.contains("future"))
        .collect();
    let warning = "warning: rebuild-future@0.1.0: `.secrets/secrets.toml` is dated in the future, so that each \
                   build until then builds this package anew; `touch` what it names, or set the clock";
    assert_eq!(warnings, [warning]);
    file.set_modified(SystemTime::now()).unwrap();
    changed("it was touched", &project, "key=a");
    assert!(!project.build_ok().stderr.contains("in the future"));
}

#[test]
fn the_script_runs_in_every_build_if_asked() {
    let mut project = project("rebuild-always");
    project.write("../elsewhere/secrets.toml", "key = \"a\"");
    move_in(&project, "", &project.path(".secrets"));
    project.metadata("[package.metadata.secrets]\nalways = true");
    changed_for_good("first build", &project, "key=a");
    let file = project.path(".secrets/secrets.toml");
    fs::write(&file, "key = \"b\"").unwrap();
    age(&project.path(".secrets"));
    changed_for_good("it was overwritten, older", &project, "key=b");
    project.metadata("[package.metadata.secrets]\nalways = 1");
    let problem = "`package.metadata.secrets.always` is an integer, expected";
    assert!(project.build_err().contains(problem));
    project.metadata("");
    changed("no more", &project, "key=b");
    project.build_rs("fn main() { secrets_build::Config::new().always(true).embed(); }");
    changed_for_good("by code", &project, "key=b");
    changed_for_good("by code, again", &project, "key=b");
}
