//! Settings in code.

pub(crate) mod encryption;
pub(crate) mod sources;

use std::{fmt, panic::Location, path::PathBuf};

use crate::{
    origin::Origin,
    settings::{
        key::{Key, KeySetting},
        list::Settings,
        named::{FileRole, NamedFile},
    },
};

/// Where the secrets come from and how they are embedded.
///
/// It starts from the settings in `Cargo.toml`, `[package.metadata.secrets]` over
/// `[workspace.metadata.secrets]`; what is set here replaces them, setting by setting. The variables
/// `SECRETS_FILES` and `SECRETS_PROFILE` win over both. Most build scripts need only
/// [`embed`](crate::embed).
///
/// The examples of the methods read this file, `secrets.toml`:
///
/// ```toml
/// log = "info"
///
/// [database]
/// user = "app"
/// password = "made up"
/// port = 5432
/// ```
///
/// and call [`load`](Self::load), where a build script calls [`embed`](Self::embed).
///
/// ```no_run
/// secrets_build::Config::new()
///     .file("../shared/secrets.toml")      // low to high precedence
///     .optional_file("local.toml")
///     .file("/run/secrets/app")            // an existing directory: Kubernetes style
///     .env_prefix("MYAPP")
///     .embed();
/// ```
#[derive(Clone)]
pub struct Config {
    pub(crate) package: Option<PathBuf>,
    /// Paths are as they were typed.
    pub(crate) settings: Settings,
    pub(crate) module: String,
}

/// Shows no setting: a secret may have been set in the place of a path.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").finish_non_exhaustive()
    }
}

/// A file that a setter of that name was given.
#[track_caller]
fn named_file(role: FileRole, path: impl Into<PathBuf>, setting: &str) -> NamedFile {
    NamedFile::from_setting(role, path.into(), setting, Origin::code(Location::caller()))
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}

impl Config {
    /// Starts from the settings in `Cargo.toml`. Nothing is read yet.
    ///
    /// A build script that sets nothing in code calls [`embed`](crate::embed) instead. A setting that was set in
    /// `Cargo.toml` in a wrong way is an error of [`embed`](Self::embed) and [`load`](Self::load), like all others.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .load()?;
    /// println!("{secrets}"); // keys, types and origins, and no value
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self {
            package: None,
            settings: Settings::default(),
            module: "secrets".to_owned(),
        }
    }

    /// Remembers where a setter was called, for errors.
    #[track_caller]
    pub(crate) fn remember_origin(&mut self, setting: impl Into<String>) -> &mut Self {
        let origin = Origin::code(Location::caller());
        self.settings.origins.set(setting, origin);
        self
    }

    /// Sets the path of the template: a committed TOML file with all keys and harmless values. It fixes
    /// names and types, its comments become documentation, and stubs are made from it.
    ///
    /// Call it as soon as a second person builds the program: it is what a fresh checkout and CI build from. A key that it
    /// has and the secrets do not, or the reverse, is an error, and so is a value of another type.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .template("secrets.example.toml")
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn template(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.settings.template = Some(named_file(FileRole::Template, path, "template"));
        self.remember_origin("template")
    }

    /// Sets the path of the sealed file, which [`embed`](Self::embed) embeds instead of reading any
    /// source. [`Secrets::seal`](crate::Secrets::seal) writes it.
    ///
    /// It is for builds on machines that may not have the values: those of CI, say. A file that is absent or was edited is
    /// an error, and so is one of another package or profile, or with other keys or types than the template.
    ///
    /// ```
    /// # #[cfg(feature = "age")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// # let folder = std::env::temp_dir().join("secrets-build-sealed-example");
    /// # std::fs::create_dir_all(&folder).expect("a folder");
    /// # let path = folder.join("secrets.sealed.toml");
    /// let mut config = secrets_build::Config::new();
    /// config
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .recipient("recipients.txt");
    /// config.load()?.seal(&path)?; // where the secrets are
    /// let secrets = config.sealed(&path).load_sealed()?; // where they are not
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "age"))]
    /// # fn main() {}
    /// ```
    #[track_caller]
    pub fn sealed(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.settings.sealed = Some(named_file(FileRole::SealedFile, path, "sealed"));
        self.remember_origin("sealed")
    }

    /// Adds a rule for a key, or for all keys that a pattern fits. The first call replaces the
    /// table in `Cargo.toml`.
    ///
    /// The pattern is dotted, as TOML writes keys; `*` stands for any text within a key, and `[]` for
    /// the elements of an array, as in `servers[].port`.
    ///
    /// A value that breaks a rule is an error, and so is a pattern that fits no key. As soon as there is an entry, a
    /// package without a template takes from shared sources, such as the global file, only the keys that an entry fits.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database.port", Key::new().ty("u16").min(1024))
    ///     .key("database.pass*", Key::new().non_empty())
    ///     .load()?;
    /// assert!(secrets.to_string().contains("database.port: u16"));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn key(&mut self, pattern: impl Into<String>, key: Key) -> &mut Self {
        let setting = KeySetting {
            pattern: pattern.into(),
            origin: Origin::code(Location::caller()),
            key,
        };
        self.settings.keys.get_or_insert_default().push(setting);
        self
    }

    /// Sets whether the build script runs in every build, for sources whose time stamps cannot be trusted.
    ///
    /// It costs a run of the script, and with it a build of the package, each time.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .always(true) // a volume whose time stamps do not change
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn always(&mut self, always: bool) -> &mut Self {
        self.settings.always = Some(always);
        self.remember_origin("always")
    }

    /// Sets the name of the file in `OUT_DIR`, without `.rs`; `secrets` if not set.
    ///
    /// A build script that embeds more than one set of secrets gives each a name of its own.
    ///
    /// A name that is not that of a file, or ends as the files of other modules do (`_values`, `_doc`, `_plain`), is an error.
    ///
    /// ```
    /// # let out = std::env::temp_dir().join("secrets-build-module-example");
    /// # std::fs::create_dir_all(&out).expect("a folder");
    /// # // SAFETY: there is one thread.
    /// # unsafe { std::env::set_var("OUT_DIR", &out) };
    /// secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .embed(); // `include_secrets!()` in the program
    /// secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("local.toml")
    ///     .module("local") // `include_secrets!("local")`
    ///     .embed();
    /// # assert!(out.join("secrets.rs").is_file() && out.join("local.rs").is_file());
    /// ```
    #[track_caller]
    pub fn module(&mut self, module: impl Into<String>) -> &mut Self {
        self.module = module.into();
        self.remember_origin("module")
    }

    /// Sets the directory of the package's `Cargo.toml`, for use outside of a build script; the
    /// variable `CARGO_MANIFEST_DIR`, or else the current directory, if not set.
    ///
    /// A directory without a `Cargo.toml` is an error.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    ///     .package("tests/app")
    ///     .file("secrets.toml") // of that package
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn package(&mut self, directory: impl Into<PathBuf>) -> &mut Self {
        self.package = Some(directory.into());
        self
    }
}
