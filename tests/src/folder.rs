//! A package that is loaded without cargo's build: a folder with sources, and the environment.

use std::{
    collections::BTreeMap,
    env,
    ffi::OsString,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

/// The manifest of a package without settings.
pub const MANIFEST: &str = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n";

/// A temporary folder with `package/` and `home/`.
pub struct Folder {
    directory: TempDir,
    package: String,
    variables: BTreeMap<OsString, OsString>,
}

impl Folder {
    /// A package that is its own workspace, with these settings in `[package.metadata.secrets]`.
    pub fn new(settings: &str) -> Self {
        let directory = TempDir::new().expect("a temporary folder");
        let folder = Self {
            directory,
            package: "package".to_owned(),
            variables: BTreeMap::new(),
        };
        folder.settings(settings);
        folder.write("package/lib.rs", "");
        fs::create_dir(folder.path("home")).expect("a home directory");
        folder
    }

    /// Replaces the settings of that package.
    pub fn settings(&self, settings: &str) -> &Self {
        let section = "[package.metadata.secrets]";
        let text = format!("{MANIFEST}[workspace]\n{section}\n{settings}\n");
        self.write("package/Cargo.toml", text)
    }

    /// Loads another package of the folder from here on.
    pub fn package(&mut self, path: &str) -> &mut Self {
        path.clone_into(&mut self.package);
        self
    }

    /// The path of something in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    /// Writes a file; folders are made as needed.
    pub fn write(&self, path: impl AsRef<Path>, contents: impl AsRef<[u8]>) -> &Self {
        let path = self.directory.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder is made");
        fs::write(path, contents).expect("a file is written");
        self
    }

    /// Writes `package/secrets.toml`.
    pub fn secrets(&self, text: &str) -> &Self {
        self.write("package/secrets.toml", text)
    }

    /// Makes a folder.
    pub fn folder(&self, path: &str) -> &Self {
        fs::create_dir_all(self.path(path)).expect("a folder is made");
        self
    }

    /// Makes a link, in place of one that is there.
    pub fn link(&self, target: &str, path: &str) -> &Self {
        let path = self.path(path);
        let _ = fs::remove_file(&path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder is made");
        symlink(target, path).expect("a link is made");
        self
    }

    /// Sets a variable; `TMP` in it is the path of the folder.
    pub fn set(&mut self, variable: &str, value: impl Into<OsString>) -> &mut Self {
        let value = value.into();
        let value = match value.to_str() {
            Some(text) => text
                .replace("TMP", &self.path("").display().to_string())
                .replace("//", "/")
                .into(),
            None => value,
        };
        self.set_os(variable.into(), value)
    }

    /// Sets a variable of any name.
    pub fn set_os(&mut self, variable: OsString, value: impl Into<OsString>) -> &mut Self {
        self.variables.insert(variable, value.into());
        self
    }

    /// Loads with further settings from code, and returns what `load` printed, with `TMP` for the
    /// path of the folder.
    pub fn load(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new(program("load"));
        command.arg(self.path(&self.package)).args(arguments);
        // Where it runs must not matter.
        command.current_dir("/").env_clear();
        for kept in [
            "PATH",
            "CARGO",
            "CARGO_HOME",
            "RUSTUP_HOME",
            "RUSTUP_TOOLCHAIN",
        ] {
            command.envs(env::var_os(kept).map(|value| (kept, value)));
        }
        command.env("HOME", self.path("home")).envs(&self.variables);
        let output = command.output().expect("the program starts");
        let text = String::from_utf8_lossy(&output.stdout)
            .replace(&self.directory.path().display().to_string(), "TMP");
        let text = without_lines(&text);
        let reported = String::from_utf8_lossy(&output.stderr);
        assert!(reported.is_empty(), "it panicked or printed:\n{reported}");
        if output.status.success() {
            Ok(text)
        } else {
            Err(text)
        }
    }

    /// The listing, which must be this.
    #[track_caller]
    pub fn lists(&self, arguments: &[&str], expected: &[&str]) {
        let listing = self
            .load(arguments)
            .unwrap_or_else(|problems| panic!("it failed:\n{problems}"));
        assert_eq!(listing.lines().collect::<Vec<_>>(), expected);
    }

    /// The problems, which must be these.
    #[track_caller]
    pub fn fails(&self, arguments: &[&str], expected: &[&str]) {
        let Err(problems) = self.load(arguments) else {
            panic!("it did not fail, which it should with {expected:?}");
        };
        assert_eq!(problems.lines().collect::<Vec<_>>(), expected);
    }

    /// The files of the module, and their contents.
    #[track_caller]
    pub fn generate(&self) -> BTreeMap<String, Vec<u8>> {
        let folder = self.path("generated");
        fs::create_dir_all(&folder).expect("a folder is made");
        let folder = folder.to_str().expect("UTF-8");
        self.load(&["--generate", folder])
            .unwrap_or_else(|problems| panic!("it failed:\n{problems}"));
        let files = fs::read_dir(folder).expect("the folder").flatten();
        let files = files.map(|file| {
            let name = file.file_name().into_string().expect("UTF-8");
            (name, fs::read(file.path()).expect("a file"))
        });
        files.collect()
    }

    /// Every constant with its type and value.
    #[track_caller]
    pub fn values(&self, arguments: &[&str]) -> String {
        let arguments = [arguments, &["--values"]].concat();
        self.load(&arguments)
            .unwrap_or_else(|problems| panic!("it failed:\n{problems}"))
    }
}

/// A program of this package, which cargo has built beside the tests.
pub fn program(name: &str) -> PathBuf {
    let tests = env::current_exe().expect("the path of this program");
    let folder = tests.ancestors().nth(2).expect("a target folder");
    folder.join(name).with_extension(env::consts::EXE_EXTENSION)
}

/// Puts `CODE` in the place of lines and columns of the program `load`, which move.
fn without_lines(text: &str) -> String {
    const CODE: &str = "tests/src/bin/load.rs:";
    let mut parts = text.split(CODE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
        out.push_str("CODE:");
        out.push_str(rest);
    }
    out
}
