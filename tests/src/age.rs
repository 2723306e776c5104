//! Keys and files of the stock tool `age`, and packages that it decrypts.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
    sync::atomic::{AtomicUsize, Ordering},
};

use secrets_test_tools::age_tool;

use crate::Project;

/// An identity, and its recipient.
pub const KEY: &str = "AGE-SECRET-KEY-1AFN0F7R9EENS0L5E7FUHGPC7S3YZGV6XX2PTTVYH0GDHJCLC3JCQWF45NZ";
/// The recipient of [`KEY`].
pub const RECIPIENT: &str = "age14tdwmytxxedjck9p309kya6ve5c4wyvavxjdfzpvs8jjgkcx05uq27ljhz";

/// A package with the feature `encrypted` whose program decrypts with the identity file it is given and
/// prints the value of `key`.
pub fn project(name: &str) -> Project {
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
pub struct Key {
    /// The identity file, relative to the package.
    pub path: String,
    /// The recipient.
    pub recipient: String,
}

impl Key {
    /// The identity in a file, whose recipient is not needed.
    pub fn of_file(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            recipient: String::new(),
        }
    }
}

/// Makes a key with `age-keygen`.
pub fn keygen(project: &Project) -> Key {
    keygen_in(&project.path(""))
}

/// Makes a key in a folder.
pub fn keygen_in(folder: &Path) -> Key {
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
pub fn tool(name: &str, arguments: &[&str]) -> Vec<u8> {
    let output = tool_output(name, arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`{name}` failed:\n{error}");
    output.stdout
}

/// The same, whatever comes of it.
#[track_caller]
pub fn tool_output(name: &str, arguments: &[&str]) -> Output {
    let output = Command::new(age_tool(name)).args(arguments).output();
    output.unwrap_or_else(|error| panic!("`{name}` does not start: {error}"))
}

/// Builds, and runs the program with an identity file.
#[track_caller]
pub fn run(project: &Project, key: &Key) -> String {
    let run = project.cargo(&["run", "-q", "--", &key.path]);
    assert!(run.success, "{}", run.stderr);
    run.stdout
}

/// Decrypts the module of the latest build with the stock tool.
#[track_caller]
pub fn open(project: &Project, key: &Key) -> Output {
    let identity = project.path(&key.path);
    let file = project.out_dir().join("secrets.age");
    let paths = [identity.to_str(), file.to_str()].map(|path| path.expect("UTF-8"));
    tool_output("age", &["-d", "-i", paths[0], paths[1]])
}

/// Encrypts a text with the stock tool into a file of the package.
#[track_caller]
pub fn seal(project: &Project, options: &[&str], text: impl AsRef<[u8]>, path: &str) {
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
