//! Settings in code, and the run from settings to merged secrets.

use std::{env, ffi::OsString, path::PathBuf};

use crate::{
    error::{Error, ErrorKind, Problem, Problems},
    layer, manifest, merge, publish,
    secrets::Secrets,
    settings::{self, FileSetting, Settings},
    source::{self, Search},
    tree::Table,
};

/// How a layer is laid over the lower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Merge {
    /// Tables unite key by key.
    #[default]
    Deep,
    /// A key of the root is replaced whole.
    Shallow,
}

/// Another tool whose semantics are followed exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Compat {
    /// Streamlit's `st.secrets`.
    Streamlit,
}

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
#[derive(Clone, Debug)]
pub struct Config {
    package: Option<PathBuf>,
    files: Option<Vec<(PathBuf, bool)>>,
    settings: Settings,
    module: String,
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
            settings: Settings::default(),
            module: "secrets".to_owned(),
        }
    }

    /// Adds a source, of higher precedence than those before it. It has to exist.
    ///
    /// The first call replaces the list in `Cargo.toml` and the default list. A path that ends in
    /// `.toml` is a TOML file, any other is a secret directory. It is relative to the package; a
    /// leading `~/` is the home directory.
    pub fn file(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.files
            .get_or_insert_default()
            .push((path.into(), false));
        self
    }

    /// Adds a source that may be absent; otherwise as [`file`](Self::file).
    pub fn optional_file(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.files.get_or_insert_default().push((path.into(), true));
        self
    }

    /// Sets the profile: `secrets.PROFILE.toml` is laid over each `secrets.toml`.
    pub fn profile(&mut self, profile: impl Into<String>) -> &mut Self {
        self.settings.profile = Some(profile.into());
        self
    }

    /// Sets the prefix of variables that override keys: `PREFIX__DATABASE__PASSWORD` overrides
    /// `database.password`.
    pub fn env_prefix(&mut self, prefix: impl Into<String>) -> &mut Self {
        self.settings.env_prefix = Some(prefix.into());
        self
    }

    /// Sets how a layer is laid over the lower ones; deep if not set.
    pub fn merge(&mut self, merge: Merge) -> &mut Self {
        self.settings.merge = Some(merge);
        self
    }

    /// Follows the semantics of another tool exactly.
    pub fn compat(&mut self, compat: Compat) -> &mut Self {
        self.settings.compat = Some(compat);
        self
    }

    /// Sets the name of the file in `OUT_DIR`, without `.rs`; `secrets` if not set.
    ///
    /// A build script that embeds more than one set of secrets gives each a name of its own.
    pub fn module(&mut self, module: impl Into<String>) -> &mut Self {
        self.module = module.into();
        self
    }

    /// Sets the directory of the package's `Cargo.toml`, for use outside of a build script; the
    /// variable `CARGO_MANIFEST_DIR`, or else the current directory, if not set.
    pub fn package(&mut self, directory: impl Into<PathBuf>) -> &mut Self {
        self.package = Some(directory.into());
        self
    }

    /// Reads and merges the sources, and prints nothing.
    ///
    /// # Errors
    ///
    /// All problems with the settings; or else all with sources, their text, what they disagree
    /// about, and variables that fit no key.
    pub fn load(&self) -> Result<Secrets, Error> {
        self.run().0
    }

    /// Embeds the secrets: writes the module to `OUT_DIR`, and tells cargo what to watch.
    ///
    /// Every problem is reported to cargo, which then fails the build and shows it.
    pub fn embed(&self) {
        crate::cargo::embed(self);
    }

    pub(crate) fn module_name(&self) -> &str {
        &self.module
    }

    /// Loads, and tells what was looked at even if that failed.
    pub(crate) fn run(&self) -> (Result<Secrets, Error>, Watched) {
        let mut watched = Watched::default();
        let mut problems = Problems::default();
        let (settings, named) = self.resolve(&mut watched, &mut problems);
        if !problems.is_empty() {
            return (problems.or(()).map(|()| Secrets::default()), watched);
        }
        let search = Search {
            package: &watched.package.clone(),
            workspace: &watched.workspace.clone(),
            named,
            files: settings.files,
            profile: settings.profile.as_deref(),
            compat: settings.compat,
        };
        let sources = source::find(&search, &mut problems);
        publish::check(&search, &mut problems);
        watched.sources = sources.clone();

        if !sources.any && problems.is_empty() && set("DOCS_RS") {
            return (
                Ok(Secrets {
                    docs_rs: true,
                    ..Secrets::default()
                }),
                watched,
            );
        }
        if !sources.any && sources.missing.is_empty() && problems.is_empty() {
            problems.push(source::nothing_found(&search, &sources));
        }
        problems.extend(sources.missing);

        let merge = match settings.compat {
            Some(Compat::Streamlit) => Merge::Shallow,
            None => settings.merge.unwrap_or_default(),
        };
        let mut tree = Table::default();
        for found in &sources.found {
            if let Some(layer) = layer::read(found, settings.compat, &mut problems) {
                merge::merge(&mut tree, layer, merge, settings.compat, &mut problems);
            }
        }
        // Without all layers a variable may seem to fit no key.
        if let (Some(prefix), true) = (&settings.env_prefix, problems.is_empty()) {
            let mut variables: Vec<(OsString, OsString)> = env::vars_os().collect();
            variables.sort();
            watched.overrides =
                layer::environment::apply(&mut tree, prefix, &variables, &mut problems);
        }
        let profile_unused = settings.profile.filter(|_| sources.profile_unused);
        (
            problems.or(Secrets {
                tree,
                profile_unused,
                docs_rs: false,
            }),
            watched,
        )
    }

    /// Code over `Cargo.toml`; and the list of the variable `SECRETS_FILES`, which replaces theirs.
    fn resolve(
        &self,
        watched: &mut Watched,
        problems: &mut Problems,
    ) -> (Settings, Option<Vec<FileSetting>>) {
        let package = self
            .package
            .clone()
            .or_else(|| env::var_os("CARGO_MANIFEST_DIR").map(Into::into));
        let package = package.unwrap_or_else(|| PathBuf::from("."));
        watched.package = std::path::absolute(&package).unwrap_or(package);
        let manifests = manifest::read(&watched.package, problems);
        watched.workspace = manifests.workspace;
        watched.manifests = manifests.files;

        let base = &watched.package;
        let files = |list: &[(PathBuf, bool)]| {
            list.iter()
                .map(|(path, optional)| FileSetting::new(base, path, *optional))
                .collect()
        };
        let from_code = Settings {
            files: self.files.as_deref().map(files),
            ..self.settings.clone()
        };
        let mut settings = from_code.or(manifests.settings);
        let named = env::var_os("SECRETS_FILES").filter(|list| !list.is_empty());
        let named = named.map(|list| {
            env::split_paths(&list)
                .filter(|path| !path.as_os_str().is_empty())
                .map(|path| FileSetting::new(base, path, false))
                .collect()
        });
        match env::var("SECRETS_PROFILE") {
            Ok(profile) => settings.profile = Some(profile),
            Err(env::VarError::NotPresent) => {}
            Err(env::VarError::NotUnicode(_)) => {
                problems.push(Problem::new(
                    ErrorKind::Setting,
                    "the variable `SECRETS_PROFILE` is not UTF-8",
                ));
            }
        }
        settings.profile = settings.profile.filter(|profile| !profile.is_empty());
        settings::check(&settings, &self.module, problems);
        (settings, named)
    }
}

/// Whether a variable is set to something.
fn set(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// What a build depends on.
#[derive(Default)]
pub(crate) struct Watched {
    pub(crate) package: PathBuf,
    pub(crate) workspace: PathBuf,
    pub(crate) manifests: Vec<PathBuf>,
    pub(crate) sources: source::Sources,
    pub(crate) overrides: layer::environment::Overrides,
}
