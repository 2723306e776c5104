//! What the tests need besides a Rust toolchain, made when it is first used: the crates that builds
//! without a network need, the tool `age`, SSH keys, a terminal, and a git repository.
//!
//! Nothing is written outside of the target folder and cargo's own home.

// These are tools of tests: they panic where something is wrong.
#![allow(clippy::missing_panics_doc)]

mod age;
mod crates;
mod git;
mod lock;
mod ssh;
mod terminal;

pub use age::{age, age_keygen, age_tool};
pub use crates::fetch_crates;
pub use git::Repository;
pub use lock::{lock, try_lock};
pub use ssh::{Cipher, SshKey, SshKind};
pub use terminal::{Terminal, leave_terminal};

use std::{
    env,
    io::{self, Write},
    path::{Path, PathBuf},
    process::Command,
};

/// The folder of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR"));
    tools.ancestors().nth(2).unwrap_or(tools).to_owned()
}

/// The target folder of the workspace.
#[must_use]
pub fn target() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    workspace().join(target)
}

/// Cargo, outside of the packages of the tests.
fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(workspace());
    // What cargo says of this test is not meant for another build.
    for (variable, _) in env::vars_os() {
        if variable.to_string_lossy().starts_with("CARGO_PKG_") {
            command.env_remove(variable);
        }
    }
    command
}

/// Tells who waits why it takes so long; test runners keep what tests print with `println!`.
fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Runs cargo, and panics with its words if that fails.
#[track_caller]
fn run(mut command: Command, remedy: &str) {
    let output = command.output().expect("cargo starts");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{command:?} failed; {remedy}:\n{error}"
    );
}
