//! Real packages in temporary folders, built by real cargo.
//!
//! All packages share one target folder, so that the dependencies are compiled once. The environment
//! of a build is made here, whole: the home directory is an empty one of the test's own.

// These are tools of tests: they panic where something is wrong, and some are called for that alone.
#![allow(clippy::missing_panics_doc, clippy::must_use_candidate)]

pub use secrets_scanner::Scanner;
pub use secrets_test_tools::{
    Cipher, Repository, SshKey, SshKind, Terminal, age_tool, fetch_crates, leave_terminal,
    workspace,
};

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// A package in a temporary folder, and the home directory its builds see.
pub struct Project {
    directory: TempDir,
    name: String,
    metadata: String,
    embed_features: String,
    build_features: String,
    instead: Option<String>,
    edition: &'static str,
    target: PathBuf,
    variables: BTreeMap<String, String>,
}

/// What cargo did.
pub struct Run {
    /// Whether it succeeded.
    pub success: bool,
    /// What it, or the program, wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
    script: String,
}

impl Project {
    /// A package with a build script that calls `secrets_build::embed()` and an empty program that
    /// includes the module. The name has to be one that no other test has.
    ///
    /// # Panics
    ///
    /// Panics if the folder cannot be written.
    #[must_use]
    pub fn new(name: &str) -> Self {
        fetch_crates();
        let directory = TempDir::with_prefix(format!("{name}-")).expect("a temporary folder");
        fs::create_dir_all(directory.path().join("home")).expect("a home directory");
        let project = Self {
            directory,
            name: name.to_owned(),
            metadata: String::new(),
            embed_features: String::new(),
            build_features: String::new(),
            instead: None,
            edition: "2024",
            target: shared_target(),
            variables: BTreeMap::new(),
        };
        project.write_manifest();
        let lock = fs::read(workspace().join("Cargo.lock")).expect("the lock file");
        fs::write(project.path("Cargo.lock"), lock).expect("the lock file is written");
        project.build_rs("fn main() { secrets_build::embed(); }");
        project.main("");
        project
    }

    /// Writes `src/main.rs`: the module `secrets`, and a `main` with this body.
    pub fn main(&self, body: &str) -> &Self {
        let module = "mod secrets { secrets_embed::include_secrets!(); }";
        self.write(
            "src/main.rs",
            format!("{module}\nfn main() {{\n{body}\n}}\n"),
        )
    }

    /// Writes `build.rs`.
    pub fn build_rs(&self, text: &str) -> &Self {
        self.write("build.rs", text)
    }

    /// Writes a file of the package; folders are made as needed.
    ///
    /// # Panics
    ///
    /// Panics if it cannot be written.
    pub fn write(&self, path: &str, contents: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        fs::write(&path, contents).expect("a file is written");
        self
    }

    /// Writes a file of the home directory.
    pub fn write_home(&self, path: &str, contents: impl AsRef<[u8]>) -> &Self {
        self.write(&format!("../home/{path}"), contents)
    }

    /// Sets `[package.metadata.secrets]`, and whatever sections follow.
    pub fn metadata(&mut self, text: &str) -> &mut Self {
        text.clone_into(&mut self.metadata);
        self.write_manifest();
        self
    }

    /// Sets the features of `secrets-embed`, comma-separated.
    pub fn features(&mut self, features: &str) -> &mut Self {
        features.clone_into(&mut self.embed_features);
        self.write_manifest();
        self
    }

    /// Sets the features of `secrets-build`, comma-separated.
    pub fn build_features(&mut self, features: &str) -> &mut Self {
        features.clone_into(&mut self.build_features);
        self.write_manifest();
        self
    }

    /// Takes our crates and the build script away, for a package to compare with: it has these
    /// dependencies instead, a line each as in `Cargo.toml`, and this `src/main.rs`.
    ///
    /// # Panics
    ///
    /// Panics if there is no build script.
    pub fn without_ours(&mut self, dependencies: &str, main: &str) -> &mut Self {
        self.instead = Some(dependencies.to_owned());
        self.write_manifest();
        self.write("src/main.rs", main);
        fs::remove_file(self.path("build.rs")).expect("a build script to remove");
        self
    }

    /// Sets the edition of the package; 2024 if not set.
    pub fn edition(&mut self, edition: &'static str) -> &mut Self {
        self.edition = edition;
        self.write_manifest();
        self
    }

    /// Sets an environment variable for every run from here on.
    pub fn set(&mut self, variable: &str, value: &str) -> &mut Self {
        self.variables.insert(variable.to_owned(), value.to_owned());
        self
    }

    /// Takes an environment variable away again.
    pub fn unset(&mut self, variable: &str) -> &mut Self {
        self.variables.remove(variable);
        self
    }

    /// Builds in a target folder of its own, for tests that look at all of it.
    pub fn own_target(&mut self) -> &mut Self {
        self.target = self.directory.path().join("target");
        self
    }

    /// The target folder.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// A path in the package.
    #[must_use]
    pub fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join("package").join(path)
    }

    /// A path in the home directory.
    #[must_use]
    pub fn home(&self, path: &str) -> PathBuf {
        self.directory.path().join("home").join(path)
    }

    /// The program in the debug profile.
    #[must_use]
    pub fn binary(&self) -> PathBuf {
        self.target.join("debug").join(&self.name)
    }

    /// A copy of that program, which stays when this project is dropped.
    ///
    /// # Panics
    ///
    /// Panics if it was not built.
    #[must_use]
    pub fn kept_binary(&self) -> PathBuf {
        let folder = self.target.join("kept");
        fs::create_dir_all(&folder).expect("a folder");
        let kept = folder.join(&self.name);
        // Whole at once: another process may run it.
        let copy = folder.join(format!("{}.{}", self.name, std::process::id()));
        fs::copy(self.binary(), &copy).expect("a copy");
        fs::rename(copy, &kept).expect("a name");
        kept
    }

    /// The `OUT_DIR` of the latest run of the build script.
    ///
    /// # Panics
    ///
    /// Panics if the script never ran.
    #[must_use]
    pub fn out_dir(&self) -> PathBuf {
        let build = self.target.join("debug/build");
        let folders = fs::read_dir(build)
            .expect("the folder of build scripts")
            .flatten();
        // Behind the name stands a hash, not the rest of a longer name.
        let is_ours = |folder: &str| {
            let rest = folder.strip_prefix(&self.name);
            let hash = rest.and_then(|rest| rest.strip_prefix('-'));
            hash.is_some_and(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
        };
        let ours = folders
            .filter(|folder| is_ours(&folder.file_name().to_string_lossy()))
            .map(|folder| folder.path().join("out"))
            .filter(|out| out.is_dir());
        let time = |path: &PathBuf| {
            let invoked = path.with_file_name("invoked.timestamp");
            fs::metadata(invoked)
                .and_then(|metadata| metadata.modified())
                .ok()
        };
        ours.max_by_key(time).expect("the build script ran")
    }

    /// A cargo command in the package, in the environment of this project.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .args(arguments)
            .current_dir(self.path(""))
            .env_clear();
        for kept in [
            "PATH",
            "RUSTUP_HOME",
            "RUSTUP_TOOLCHAIN",
            "CARGO_HOME",
            "TMPDIR",
            "LANG",
        ] {
            command.envs(env::var_os(kept).map(|value| (kept, value)));
        }
        if env::var_os("CARGO_HOME").is_none() {
            command.envs(
                env::var_os("HOME").map(|home| ("CARGO_HOME", Path::new(&home).join(".cargo"))),
            );
        }
        if env::var_os("RUSTUP_HOME").is_none() {
            command.envs(
                env::var_os("HOME").map(|home| ("RUSTUP_HOME", Path::new(&home).join(".rustup"))),
            );
        }
        command
            .env("HOME", self.home(""))
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_NET_OFFLINE", "true")
            // Nobody debugs these programs, and it is half of what a build takes.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env(
                "CARGO_INCREMENTAL",
                if self.owns_target() { "1" } else { "0" },
            )
            .env("CARGO_TERM_COLOR", "never")
            .envs(&self.variables);
        command
    }

    /// Runs cargo.
    ///
    /// # Panics
    ///
    /// Panics if cargo cannot be started.
    #[must_use]
    pub fn cargo(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().expect("cargo starts");
        Run::new(&output, self.script())
    }

    /// Runs `cargo build -v`, which tells what was fresh.
    #[must_use]
    pub fn build(&self) -> Run {
        self.cargo(&["build", "-v"])
    }

    /// Builds, and panics with cargo's words if that fails.
    #[track_caller]
    pub fn build_ok(&self) -> Run {
        let run = self.build();
        assert!(run.success, "cargo build failed:\n{}", run.stderr);
        run
    }

    /// Builds, which has to fail, and returns what cargo said.
    #[track_caller]
    #[must_use]
    pub fn build_err(&self) -> String {
        let run = self.cargo(&["build"]);
        assert!(
            !run.success,
            "cargo build succeeded, and should not:\n{}",
            run.stderr
        );
        run.stderr
    }

    /// Builds and runs the program, and returns what it printed.
    #[track_caller]
    #[must_use]
    pub fn run_ok(&self) -> String {
        let run = self.cargo(&["run", "-q"]);
        assert!(
            run.success,
            "cargo run failed:\n{}{}",
            run.stdout, run.stderr
        );
        run.stdout
    }

    /// Whether nothing else is in the target folder. What is incremental there is for tests to see;
    /// for all others it is a third of what they write.
    fn owns_target(&self) -> bool {
        self.target != shared_target()
    }

    fn script(&self) -> String {
        format!("build/{}-", self.name)
    }

    fn write_manifest(&self) {
        let root = workspace();
        let root = root.display();
        let ours = format!(
            "secrets-embed = {{ path = \"{root}/secrets-embed\", features = [{}] }}\n\n\
             [build-dependencies]\n\
             secrets-build = {{ path = \"{root}/secrets-build\", features = [{}] }}",
            quoted(&self.embed_features),
            quoted(&self.build_features),
        );
        let features = format!("{},{}", self.embed_features, self.build_features);
        let has_scrypt = features.split(',').any(|feature| SCRYPT.contains(&feature));
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"{}\"\n\n\
             [dependencies]\n{}\n\n[workspace]\nresolver = \"3\"\n{}\n{}",
            self.name,
            self.edition,
            self.instead.as_ref().unwrap_or(&ours),
            self.metadata,
            if has_scrypt { FAST } else { "" },
        );
        self.write("Cargo.toml", manifest);
    }
}

impl Drop for Project {
    /// Removes what the shared target folder has of this package alone, of which the tests together
    /// would leave gigabytes.
    fn drop(&mut self) {
        if self.owns_target() {
            return;
        }
        let names = [self.name.clone(), self.name.replace('-', "_")];
        for profile in ["debug", "release"] {
            for folder in ["", "build", "deps", "incremental", ".fingerprint"] {
                let folder = self.target.join(profile).join(folder);
                for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                    if is_of_package(&entry.file_name().to_string_lossy(), &names) {
                        let path = entry.path();
                        let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
                    }
                }
            }
        }
    }
}

/// Whether a file or folder in a target folder has one of these names, with a hash or without.
fn is_of_package(entry: &str, names: &[String]) -> bool {
    let entry = entry.split('.').next().unwrap_or_default();
    let entry = entry.strip_prefix("lib").unwrap_or(entry);
    names.iter().any(|name| {
        let rest = entry.strip_prefix(name.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(is_hash))
    })
}

/// Whether this is a hash of cargo's, and not the rest of a longer name.
fn is_hash(text: &str) -> bool {
    text.len() > 11
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

impl Run {
    fn new(output: &Output, script: String) -> Self {
        Self {
            success: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            script,
        }
    }

    /// Whether the build script of the package ran, in a run with `-v`.
    #[must_use]
    pub fn ran_script(&self) -> bool {
        self.stderr.lines().any(|line| {
            line.trim_start().starts_with("Running `")
                && line.contains(&self.script)
                && line.contains("/build-script-build`")
        })
    }
}

/// The features that bring `scrypt`.
const SCRYPT: [&str; 4] = ["age", "ssh", "plugin", "prompt"];

/// What passphrases take, unoptimised, is most of a minute.
const FAST: &str = "\n[profile.dev.package.scrypt]\nopt-level = 3\n\n\
                    [profile.dev.package.salsa20]\nopt-level = 3\n";

/// Names with a comma between them, each in quotes.
fn quoted(names: &str) -> String {
    let names = names.split(',').filter(|name| !name.is_empty());
    let quoted: Vec<_> = names.map(|name| format!("\"{name}\"")).collect();
    quoted.join(", ")
}

/// The target folder of all packages, inside that of the workspace.
fn shared_target() -> PathBuf {
    secrets_test_tools::target().join("tests")
}
