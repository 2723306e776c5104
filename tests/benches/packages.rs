//! The packages that are built.

use std::{
    fs,
    process::Stdio,
    time::{Duration, Instant},
};

use secrets_tests::Project;

/// What a package reads its secrets with.
#[derive(Clone, Copy)]
pub(crate) enum Tool {
    Ours,
    StaticToml,
    /// Nothing: the values are in the program.
    Hand,
}

/// A package that prints one value. It has a target folder of its own.
pub(crate) struct Package {
    tool: Tool,
    project: Project,
}

impl Package {
    /// A package without secrets.
    pub(crate) fn new(tool: Tool) -> Self {
        let mut project = Project::new(match tool {
            Tool::Ours => "bench-ours",
            Tool::StaticToml => "bench-them",
            Tool::Hand => "bench-hand",
        });
        project
            .own_target()
            .metadata("[profile.release]\nstrip = true");
        match tool {
            Tool::Ours => &mut project,
            Tool::StaticToml => project.without_ours("static-toml = \"1.3\"", ""),
            Tool::Hand => project.without_ours("", ""),
        };
        Self { tool, project }
    }

    /// Writes the secrets.
    pub(crate) fn secrets(&self, text: &str) -> &Self {
        self.project.write(".secrets/secrets.toml", text);
        self
    }

    /// Writes a program that prints what is at a path such as `table.key`. By hand, `value` is there.
    pub(crate) fn print(&self, path: &str, value: &str) -> &Self {
        let item = match self.tool {
            Tool::Ours => "mod secrets { secrets_embed::include_secrets!(); }".to_owned(),
            Tool::StaticToml => "static_toml::static_toml! { \
                 static SECRETS = include_toml!(\".secrets/secrets.toml\"); }"
                .to_owned(),
            Tool::Hand => format!("const VALUE: &str = {value:?};"),
        };
        let constant = match self.tool {
            Tool::Ours => format!("secrets::SECRETS.{path}"),
            Tool::StaticToml => format!("SECRETS.{path}"),
            Tool::Hand => "VALUE".to_owned(),
        };
        let program = format!("{item}\nfn main() {{ println!(\"{{}}\", {constant}); }}\n");
        self.project.write("src/main.rs", program);
        self
    }

    /// Builds, and tells how long that took.
    pub(crate) fn build(&self, arguments: &[&str]) -> Duration {
        let mut command = self.project.command(&["build", "-q"]);
        command.args(arguments).stdout(Stdio::null());
        let start = Instant::now();
        let status = command.status().expect("cargo starts");
        let time = start.elapsed();
        assert!(status.success(), "a build failed");
        time
    }

    /// Forgets all that was built.
    pub(crate) fn clean(&self) {
        fs::remove_dir_all(self.project.target()).expect("a target folder to remove");
    }

    /// The size of the release binary.
    pub(crate) fn release_size(&self) -> u64 {
        let name = self.project.binary();
        let name = name.file_name().expect("a binary has a name");
        let binary = self.project.target().join("release").join(name);
        fs::metadata(binary).expect("a release binary").len()
    }
}
