//! The stock `age`, or `rage` in its place.

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use crate::{cargo, lock::lock, run, target, tell};

/// The release of `rage` that is built where there is no `age`.
const RAGE: &str = "=0.12.1";

struct Tools {
    age: PathBuf,
    keygen: PathBuf,
}

/// The tool `age`.
#[must_use]
pub fn age() -> &'static Path {
    &tools().age
}

/// The tool `age-keygen`.
#[must_use]
pub fn age_keygen() -> &'static Path {
    &tools().keygen
}

/// The program with this name: one of the two above, or whatever else is in `PATH`.
#[must_use]
pub fn age_tool(name: &str) -> &Path {
    match name {
        "age" => age(),
        "age-keygen" => age_keygen(),
        other => Path::new(other),
    }
}

fn tools() -> &'static Tools {
    static TOOLS: OnceLock<Tools> = OnceLock::new();
    TOOLS.get_or_init(|| {
        let age = search("age").zip(search("age-keygen"));
        let (age, keygen) = age.unwrap_or_else(install);
        Tools { age, keygen }
    })
}

/// Searches `PATH`.
fn search(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let paths = env::split_paths(&path).map(|folder| folder.join(name));
    paths
        .filter(|path| path.is_absolute())
        .find(|path| path.is_file())
}

/// Builds `rage` into the target folder.
fn install() -> (PathBuf, PathBuf) {
    let _lock = lock("rage.lock");
    let root = target().join("tools");
    let programs = ["rage", "rage-keygen"].map(|name| root.join("bin").join(name));
    if !programs.iter().all(|program| program.is_file()) {
        tell("there is no `age`: building `rage` in its place, once; this takes some minutes");
        let build = root.join("build");
        let mut command = cargo(&["install", "rage", "--version", RAGE, "--locked", "--quiet"]);
        command.args(["--debug", "--force"]);
        command
            .arg("--root")
            .arg(&root)
            .arg("--target-dir")
            .arg(&build);
        // Built for these tests, and for nobody to debug.
        command.envs([("CARGO_PROFILE_DEV_DEBUG", "0"), ("CARGO_INCREMENTAL", "0")]);
        run(command, "install `age`, or make `cargo install rage` work");
        fs::remove_dir_all(build).expect("what was built is removed");
        tell("`rage` is built");
    }
    programs.into()
}
