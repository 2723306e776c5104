//! Settings in code.

pub(crate) mod encryption;

use std::{fmt, panic::Location, path::PathBuf};

use crate::{
    origin::Origin,
    settings::{
        Compat, Merge, Settings,
        key::{Key, KeySetting},
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
    pub(crate) files: Option<Vec<(PathBuf, bool)>>,
    /// What is left out of some of `files`, by position.
    pub(crate) except: Vec<(usize, Vec<String>)>,
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
    #[must_use]
    pub fn new() -> Self {
        Self {
            package: None,
            files: None,
            except: Vec::new(),
            settings: Settings::default(),
            module: "secrets".to_owned(),
        }
    }

    /// Adds a source, of higher precedence than those before it. It has to exist.
    ///
    /// The first call replaces the list in `Cargo.toml` and the default list. A path that ends in
    /// `.toml` is a TOML file, one in `.toml.age` such a file encrypted with age, and any other is a
    /// secret directory. It is relative to the package; a leading `~/` is the home directory. It is the
    /// package's own: a key of it that the template does not know is an error.
    #[track_caller]
    pub fn file(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.add_file(path.into(), false)
    }

    /// Adds a secret directory without some of its entries: names, in which `*` is any text. They are
    /// not looked at. Otherwise as [`file`](Self::file).
    ///
    /// ```no_run
    /// secrets_build::Config::new()
    ///     .directory("/run/secrets", ["kubernetes.io", "rhsm"])
    ///     .embed();
    /// ```
    #[track_caller]
    pub fn directory(
        &mut self,
        path: impl Into<PathBuf>,
        except: impl IntoIterator<Item = impl Into<String>>,
    ) -> &mut Self {
        self.file(path);
        let index = self.files.iter().flatten().count() - 1;
        let except = except.into_iter().map(Into::into).collect();
        self.except.push((index, except));
        self
    }

    /// Adds a source that may be absent; otherwise as [`file`](Self::file).
    #[track_caller]
    pub fn optional_file(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.add_file(path.into(), true)
    }

    #[track_caller]
    fn add_file(&mut self, path: PathBuf, optional: bool) -> &mut Self {
        let files = self.files.get_or_insert_default();
        files.push((path, optional));
        let name = format!("files[{}]", files.len() - 1);
        self.place(name)
    }

    /// Remembers where a setter was called, for errors.
    #[track_caller]
    fn place(&mut self, setting: impl Into<String>) -> &mut Self {
        let place = Origin::code(Location::caller());
        self.settings.places.set(setting, place);
        self
    }

    /// Sets the profile: `secrets.PROFILE.toml` is laid over each `secrets.toml`. It is an error if no source has
    /// such an overlay, unless [`known_profiles`](Self::known_profiles) lists the profile.
    #[track_caller]
    pub fn profile(&mut self, profile: impl Into<String>) -> &mut Self {
        self.settings.profile = Some(profile.into());
        self.place("profile")
    }

    /// Has several profiles embedded, a ciphertext each; see also
    /// [`profile_recipient`](Self::profile_recipient). The variable `SECRETS_PROFILE` picks one of them.
    /// Replaces the list in `Cargo.toml`.
    #[track_caller]
    pub fn profiles(&mut self, profiles: impl IntoIterator<Item = impl Into<String>>) -> &mut Self {
        self.settings.profiles = Some(profiles.into_iter().map(Into::into).collect());
        self.place("profiles")
    }

    /// Lists profiles that no source needs to have an overlay for. A profile that is neither listed nor
    /// has an overlay is an error, as its name may be misspelt. Replaces the list in `Cargo.toml`.
    #[track_caller]
    pub fn known_profiles(
        &mut self,
        profiles: impl IntoIterator<Item = impl Into<String>>,
    ) -> &mut Self {
        self.settings.known_profiles = Some(profiles.into_iter().map(Into::into).collect());
        self.place("known-profiles")
    }

    /// Sets the path of the template: a committed TOML file with all keys and harmless values. It fixes
    /// names and types, its comments become documentation, and stubs are made from it.
    #[track_caller]
    pub fn template(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.settings.template = Some(named_file(FileRole::Template, path, "template"));
        self.place("template")
    }

    /// Sets the path of the sealed file, which [`embed`](Self::embed) embeds instead of reading any
    /// source. [`Secrets::seal`](crate::Secrets::seal) writes it.
    #[track_caller]
    pub fn sealed(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.settings.sealed = Some(named_file(FileRole::SealedFile, path, "sealed"));
        self.place("sealed")
    }

    /// Says what holds for a key, or for all keys that a pattern fits. The first call replaces the
    /// table in `Cargo.toml`.
    ///
    /// The pattern is dotted, as TOML writes keys; `*` stands for any text within a key, and `[]` for
    /// the elements of an array, as in `servers[].port`.
    #[track_caller]
    pub fn key(&mut self, pattern: impl Into<String>, key: Key) -> &mut Self {
        let setting = KeySetting {
            pattern: pattern.into(),
            place: Origin::code(Location::caller()),
            key,
        };
        self.settings.keys.get_or_insert_default().push(setting);
        self
    }

    /// Sets the prefix of variables that override keys: `PREFIX__DATABASE__PASSWORD` overrides
    /// `database.password`.
    #[track_caller]
    pub fn env_prefix(&mut self, prefix: impl Into<String>) -> &mut Self {
        self.settings.env_prefix = Some(prefix.into());
        self.place("env-prefix")
    }

    /// Sets how a layer is laid over the lower ones; deep if not set.
    #[track_caller]
    pub fn merge(&mut self, merge: Merge) -> &mut Self {
        self.settings.merge = Some(merge);
        self.place("merge")
    }

    /// Follows the semantics of another tool exactly.
    #[track_caller]
    pub fn compat(&mut self, compat: Compat) -> &mut Self {
        self.settings.compat = Some(compat);
        self.place("compat")
    }

    /// Sets whether the build script runs in every build, for sources whose time stamps cannot be trusted.
    #[track_caller]
    pub fn always(&mut self, always: bool) -> &mut Self {
        self.settings.always = Some(always);
        self.place("always")
    }

    /// Sets the name of the file in `OUT_DIR`, without `.rs`; `secrets` if not set.
    ///
    /// A build script that embeds more than one set of secrets gives each a name of its own.
    #[track_caller]
    pub fn module(&mut self, module: impl Into<String>) -> &mut Self {
        self.module = module.into();
        self.place("module")
    }

    /// Sets the directory of the package's `Cargo.toml`, for use outside of a build script; the
    /// variable `CARGO_MANIFEST_DIR`, or else the current directory, if not set.
    pub fn package(&mut self, directory: impl Into<PathBuf>) -> &mut Self {
        self.package = Some(directory.into());
        self
    }
}
