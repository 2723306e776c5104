//! Cargo in a package.

use std::{
    env,
    path::Path,
    process::{Command, Output},
};

use crate::project::{Project, Target};

/// What cargo did.
pub struct Run {
    /// Whether it succeeded.
    pub success: bool,
    /// What it, or the program, wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error. The way out of a problem of ours, which has a line of its own there, stands behind
    /// the problem, as `Display` has it.
    pub stderr: String,
    script: String,
}

impl Project {
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
            .env("CARGO_TARGET_DIR", self.target())
            .env("CARGO_NET_OFFLINE", "true")
            // Nobody debugs these programs, and it is half of what a build takes.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env(
                "CARGO_INCREMENTAL",
                // What is incremental is for tests of it to see; for all others it is a third of what they write.
                match self.target {
                    Target::Own(_) => "1",
                    Target::Shared(_) => "0",
                },
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

    fn script(&self) -> String {
        format!("build/{}-", self.name)
    }
}

impl Run {
    fn new(output: &Output, script: String) -> Self {
        Self {
            success: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: with_help(&String::from_utf8_lossy(&output.stderr)),
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

/// Puts each way out behind what is wrong, as one sentence.
fn with_help(stderr: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in stderr.split('\n') {
        let message = line
            .strip_prefix("error: ")
            .and_then(|line| line.split_once(": "));
        let help = message.and_then(|(_, message)| message.strip_prefix("help: "));
        match (help, out.last_mut()) {
            (Some(help), Some(what)) => {
                let divider = if help.starts_with("did you mean ") {
                    ", "
                } else {
                    "; "
                };
                what.push_str(divider);
                what.push_str(help);
            }
            _ => out.push(line.to_owned()),
        }
    }
    out.join("\n")
}
