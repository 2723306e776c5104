//! A package in a temporary folder.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use secrets_test_tools::{fetch_crates, workspace};
use tempfile::TempDir;

use crate::lanes::{self, Lane};

/// Where a package is built.
pub(crate) enum Target {
    Shared(Arc<Lane>),
    /// In a folder of its own.
    Own(PathBuf),
}

/// A package in a temporary folder, and the home directory its builds see.
pub struct Project {
    pub(crate) directory: TempDir,
    pub(crate) name: String,
    metadata: String,
    embed_features: String,
    build_features: String,
    instead: Option<String>,
    edition: &'static str,
    pub(crate) target: Target,
    pub(crate) variables: BTreeMap<String, String>,
}

impl Project {
    /// A package with a build script that calls `secrets_build::embed()` and an empty program that
    /// includes the module. The name must be one that no other test has.
    ///
    /// # Panics
    ///
    /// Panics if the folder cannot be written.
    #[must_use]
    pub fn new(name: &str) -> Self {
        fetch_crates();
        Self::in_lane(name, Lane::take())
    }

    pub(crate) fn in_lane(name: &str, lane: Arc<Lane>) -> Self {
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
            target: Target::Shared(lane),
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

    /// Gives `secrets-build` all its features. Tests that need one have all, so that they share one build of what is
    /// behind them, which is most of what there is to compile.
    pub fn all_build_features(&mut self) -> &mut Self {
        self.build_features(ALL_BUILD_FEATURES)
    }

    /// Gives `secrets-embed` all its features but `post-quantum`, for the same reason.
    pub fn all_features(&mut self) -> &mut Self {
        self.features(ALL_FEATURES)
    }

    /// Sets the features of `secrets-build`, comma-separated. For tests of a feature that is not there; see
    /// [`all_build_features`](Self::all_build_features).
    pub fn build_features(&mut self, features: &str) -> &mut Self {
        features.clone_into(&mut self.build_features);
        self.write_manifest();
        self
    }

    /// The line of `Cargo.toml` for `secrets-build`.
    #[must_use]
    pub fn build_dependency(&self) -> String {
        format!(
            "secrets-build = {{ path = \"{}/secrets-build\", features = [{}] }}",
            workspace().display(),
            quoted(&self.build_features),
        )
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

    /// Has the program and its dependencies optimised as `--release` does it. What runs in the build is as it was,
    /// and need not be compiled again.
    pub fn optimise(&mut self) -> &mut Self {
        for (setting, value) in OPTIMISED {
            self.set(&format!("CARGO_PROFILE_DEV_{setting}"), value);
        }
        self
    }

    /// Takes that back.
    pub fn unoptimise(&mut self) -> &mut Self {
        for (setting, _) in OPTIMISED {
            self.unset(&format!("CARGO_PROFILE_DEV_{setting}"));
        }
        self
    }

    /// Builds in a target folder of its own, for tests that look at all of it. Dependencies without features are in it
    /// already.
    pub fn own_target(&mut self) -> &mut Self {
        let target = self.directory.path().join("target");
        lanes::copy_plain(&target);
        self.target = Target::Own(target);
        self
    }

    /// The target folder.
    #[must_use]
    pub fn target(&self) -> &Path {
        match &self.target {
            Target::Shared(lane) => lane.folder(),
            Target::Own(folder) => folder,
        }
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
        self.target().join("debug").join(&self.name)
    }

    /// A copy of that program, which stays when this project is dropped.
    ///
    /// # Panics
    ///
    /// Panics if it was not built.
    #[must_use]
    pub fn kept_binary(&self) -> PathBuf {
        let folder = self.target().join("kept");
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
        let build = self.target().join("debug/build");
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

    fn write_manifest(&self) {
        let ours = format!(
            "secrets-embed = {{ path = \"{}/secrets-embed\", features = [{}] }}\n\n\
             [build-dependencies]\n{}",
            workspace().display(),
            quoted(&self.embed_features),
            self.build_dependency(),
        );
        let features = format!("{},{}", self.embed_features, self.build_features);
        // One build of the dependencies for all editions.
        let resolver = match self.edition {
            "2024" => "",
            _ => "resolver = \"3\"",
        };
        let has_scrypt = features.split(',').any(|feature| SCRYPT.contains(&feature));
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"{}\"\n\n\
             [dependencies]\n{}\n\n[workspace]\n{}\n{}\n{}",
            self.name,
            self.edition,
            self.instead.as_ref().unwrap_or(&ours),
            resolver,
            self.metadata,
            if has_scrypt { FAST } else { "" },
        );
        self.write("Cargo.toml", manifest);
    }
}

/// See [`Project::all_build_features`].
pub(crate) const ALL_BUILD_FEATURES: &str = "ssh,plugin,url,pattern";

/// See [`Project::all_features`].
pub(crate) const ALL_FEATURES: &str = "ssh,plugin,prompt,datetime";

/// What the profile `release` sets, for the program alone: the last two are what the scripts of a build have anyway.
const OPTIMISED: [(&str, &str); 5] = [
    ("OPT_LEVEL", "3"),
    ("DEBUG_ASSERTIONS", "false"),
    ("OVERFLOW_CHECKS", "false"),
    ("BUILD_OVERRIDE_DEBUG_ASSERTIONS", "true"),
    ("BUILD_OVERRIDE_OVERFLOW_CHECKS", "true"),
];

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
