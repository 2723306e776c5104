//! A change is in the next build, and with no change no build script runs.

mod changed_files;
mod changed_settings;
mod changed_variables;
mod encryption;
#[cfg(unix)]
mod stale;
mod volumes;
mod watched;

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, SystemTime},
};

use secrets_tests::Project;

/// A package whose program prints its keys and strings, as in `a=1 b=2`.
fn project(name: &str) -> Project {
    let project = Project::new(name);
    project.main(
        r#"
            let words: Vec<_> = secrets::SECRETS
                .iter()
                .map(|(key, value)| format!("{key}={}", value.as_str().unwrap()))
                .collect();
            print!("{}", words.join(" "));
        "#,
    );
    project
}

/// The next build runs the script and the program prints this; the one after it runs nothing.
#[track_caller]
fn changed(what: &str, project: &Project, printed: &str) {
    changed_for_good(what, project, printed);
    unchanged(what, project);
}

/// The next build runs the script and the program prints this.
#[track_caller]
fn changed_for_good(what: &str, project: &Project, printed: &str) {
    let run = project.build_ok();
    assert!(run.ran_script(), "{what}: no build script ran");
    assert_eq!(print(project), printed, "{what}");
}

/// The next build runs no build script.
#[track_caller]
fn unchanged(what: &str, project: &Project) {
    let run = project.build_ok();
    assert!(
        !run.ran_script(),
        "{what}: a build script ran for nothing:\n{}",
        run.stderr
    );
}

fn print(project: &Project) -> String {
    let output = Command::new(project.binary())
        .output()
        .expect("the program starts");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Gives a file or a directory with all that is in it a time stamp of long ago.
fn age(path: &Path) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a directory").flatten() {
            age(&entry.path());
        }
    }
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::open(path)
        .and_then(|file| file.set_modified(old))
        .expect("a time stamp is set");
}

/// Moves something into the package that was made elsewhere, long ago.
fn move_in(project: &Project, from: &str, to: &Path) {
    let from = project.path("../elsewhere").join(from);
    age(&from);
    fs::rename(from, to).expect("it is moved");
}

/// Writes a file elsewhere and moves it in, with a time stamp of long ago.
fn move_file_in(project: &Project, to: &Path, contents: &str) {
    project.write("../elsewhere/file", contents);
    move_in(project, "file", to);
}

#[cfg(unix)]
use std::os::unix::fs::symlink;
