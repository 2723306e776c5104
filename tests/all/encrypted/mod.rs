//! Encrypted modules and encrypted sources, with keys and files of the stock `age` tool.

mod bytes;
mod copies;
mod discover;
mod docs;
mod interop;
mod lean;
pub(crate) mod memory;
mod mistaken;
mod module;
mod numbers;
mod passphrase;
mod rebuild;
mod recipients;
mod sources;
mod stack;
mod tampering;
mod target;
mod terminal;
mod values;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
    sync::atomic::{AtomicUsize, Ordering},
};

use secrets_tests::{Project, age_tool};

/// A package with the feature `encrypted` whose program decrypts with the identity file it is given and
/// prints the value of `key`.
pub(crate) fn project(name: &str) -> Project {
    let mut project = Project::new(name);
    project.all_build_features().features("encrypted,datetime");
    project.write(".secrets/secrets.toml", "key = \"the value\"\n");
    project.main(
        r#"
            use secrets_embed::ExposeSecret;
            let path = std::env::args().nth(1).expect("the path of an identity file");
            let identity = secrets_embed::Identity::from_file(path).unwrap();
            let secrets = secrets::Secrets::decrypt(&identity).unwrap();
            print!("{}", secrets.key.expose_secret());
        "#,
    );
    project
}

/// A pair of keys.
pub(crate) struct Key {
    /// The identity file, relative to the package.
    pub(crate) path: String,
    pub(crate) recipient: String,
}

impl Key {
    fn of_file(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            recipient: String::new(),
        }
    }
}

/// Makes a key with `age-keygen`.
pub(crate) fn keygen(project: &Project) -> Key {
    keygen_in(&project.path(""))
}

/// Makes a key in a folder.
pub(crate) fn keygen_in(folder: &Path) -> Key {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let path = format!("identity-{}.txt", COUNT.fetch_add(1, Ordering::Relaxed));
    let file = folder.join(&path);
    tool("age-keygen", &["-o", file.to_str().expect("UTF-8")]);
    let recipient = tool("age-keygen", &["-y", file.to_str().expect("UTF-8")]);
    let recipient = String::from_utf8(recipient).expect("UTF-8");
    Key {
        path,
        recipient: recipient.trim().to_owned(),
    }
}

/// Runs a program, or `age`, or `age-keygen`, and returns what it printed.
#[track_caller]
pub(crate) fn tool(name: &str, arguments: &[&str]) -> Vec<u8> {
    let output = tool_output(name, arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`{name}` failed:\n{error}");
    output.stdout
}

#[track_caller]
pub(crate) fn tool_output(name: &str, arguments: &[&str]) -> Output {
    let output = Command::new(age_tool(name)).args(arguments).output();
    output.unwrap_or_else(|error| panic!("`{name}` does not start: {error}"))
}

/// Builds, and runs the program with an identity file.
#[track_caller]
pub(crate) fn run(project: &Project, key: &Key) -> String {
    let run = project.cargo(&["run", "-q", "--", &key.path]);
    assert!(run.success, "{}", run.stderr);
    run.stdout
}

/// Decrypts the module of the latest build with the stock tool.
#[track_caller]
fn open(project: &Project, key: &Key) -> Output {
    let identity = project.path(&key.path);
    let file = project.out_dir().join("secrets.age");
    let paths = [identity.to_str(), file.to_str()].map(|path| path.expect("UTF-8"));
    tool_output("age", &["-d", "-i", paths[0], paths[1]])
}

/// Encrypts a text with the stock tool into a file of the package.
#[track_caller]
pub(crate) fn seal(project: &Project, options: &[&str], text: impl AsRef<[u8]>, path: &str) {
    project.write("../plain", text);
    let (from, to) = (project.path("../plain"), project.path(path));
    fs::create_dir_all(to.parent().expect("a file has a folder")).expect("a folder");
    let paths = [
        "-o",
        to.to_str().expect("UTF-8"),
        from.to_str().expect("UTF-8"),
    ];
    tool("age", &[options, &paths].concat());
    fs::remove_file(from).expect("the plain text is removed");
}
