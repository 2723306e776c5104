//! The sealed file: written by a program that calls `Secrets::seal`, and embedded by builds without
//! `age`.

mod damage;
mod equivalence;
mod exchanged;
mod file;
mod instead;
mod mismatches;
mod sealed_builds;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use secrets_build::Config;
use secrets_tests::{
    Folder, Project,
    age::{Key, keygen_in},
};

/// Seals the secrets of a package, as a tool of that package would.
const TOOL: &str = r#"
    fn main() -> std::process::ExitCode {
        let arguments: Vec<String> = std::env::args().collect();
        let mut config = secrets_build::Config::new();
        config.package(&arguments[1]);
        let loaded = match arguments[3].as_str() {
            "sources" => config.load(),
            _ => config.load_sealed(),
        };
        match loaded.and_then(|secrets| secrets.seal(&arguments[2])) {
            Ok(()) => std::process::ExitCode::SUCCESS,
            Err(error) => {
                print!("{error}");
                std::process::ExitCode::FAILURE
            }
        }
    }
"#;

/// Where a sealed file is.
pub(crate) const FILE: &str = "secrets.sealed.toml";

/// The program that seals, built once.
fn tool() -> &'static Path {
    static TOOL_PATH: OnceLock<PathBuf> = OnceLock::new();
    TOOL_PATH.get_or_init(|| {
        let mut project = Project::new("sealing-tool");
        project.all_build_features();
        let ours = project.build_dependency();
        project.without_ours(&ours, TOOL);
        project.build_ok();
        project.kept_binary()
    })
}

/// Seals the secrets of the package in a folder, with some variables set.
pub(crate) fn try_seal(
    folder: &Path,
    variables: &[(&str, &str)],
    what: &str,
    to: &Path,
) -> Result<(), String> {
    let mut command = Command::new(tool());
    command.arg(folder).arg(to).arg(what);
    command.env("HOME", folder.join("../home"));
    command.envs(variables.iter().copied());
    let output = command.output().expect("the program starts");
    let reported = String::from_utf8_lossy(&output.stderr);
    assert!(reported.is_empty(), "it panicked or printed:\n{reported}");
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// Seals the secrets of a package into the file that its settings name.
#[track_caller]
pub(crate) fn seal(project: &Project) {
    seal_in(&project.path(""));
}

#[track_caller]
fn seal_in(folder: &Path) {
    try_seal(folder, &[], "sources", &folder.join(FILE))
        .unwrap_or_else(|problems| panic!("it was not sealed:\n{problems}"));
}

/// A package without cargo's build whose secrets, of the name `app`, are sealed, and the key.
fn sealed(settings: &str, secrets: &str) -> (Folder, Key) {
    let folder = Folder::new("");
    let key = keygen_in(&folder.path("package"));
    set(&folder, &key, settings);
    folder.write("package/.secrets/secrets.toml", secrets);
    seal_in(&folder.path("package"));
    (folder, key)
}

/// Sets the recipient, the sealed file and more.
fn set(folder: &Folder, key: &Key, settings: &str) {
    folder.settings(&format!(
        "recipients = [\"{}\"]\nsealed = \"{FILE}\"\n{settings}",
        key.recipient
    ));
}

/// The text of the sealed file.
fn text(folder: &Folder) -> String {
    fs::read_to_string(folder.path("package").join(FILE)).expect("a sealed file")
}

/// What a build of the package would say of its sealed file; nothing if it is good. No `age` is in
/// this program.
fn problems(folder: &Folder) -> Option<String> {
    let loaded = Config::new().package(folder.path("package")).load_sealed();
    loaded.err().map(|error| {
        let problems: Vec<_> = error.problems().collect();
        for problem in &problems {
            let kind = format!("{:?}", problem.kind());
            assert!(["Sealed", "Setting"].contains(&&*kind), "{kind}: {problem}");
        }
        error.to_string()
    })
}
