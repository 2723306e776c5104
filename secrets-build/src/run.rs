//! The run from settings to merged secrets.

use std::{env, ffi::OsString, path::PathBuf};

use crate::{
    config::{Compat, Config, Merge},
    error::{Error, ErrorKind, Problem, Problems},
    layer, manifest, merge, publish,
    recipient::{RecipientSetting, key_path, may_be_private},
    secrets::Secrets,
    settings::{self, FileSetting, Settings},
    source::{self, Search},
    tree::Table,
};

/// What a build depends on.
#[derive(Default)]
pub(crate) struct Watched {
    pub(crate) package: PathBuf,
    pub(crate) workspace: PathBuf,
    pub(crate) manifests: Vec<PathBuf>,
    /// The name of the package.
    pub(crate) name: String,
    /// Files of recipients.
    pub(crate) recipients: Vec<PathBuf>,
    /// Files of a passphrase and of an identity.
    pub(crate) private: Vec<PathBuf>,
    /// Whether a variable holds a passphrase, which cargo must not be told.
    pub(crate) secret_variable: bool,
    pub(crate) sources: source::Sources,
    pub(crate) overrides: layer::environment::Overrides,
}

/// Loads the secrets, and tells what was looked at even if that failed.
pub(crate) fn run(config: &Config) -> (Result<Secrets, Error>, Watched) {
    let mut watched = Watched::default();
    let mut problems = Problems::default();
    let (settings, named) = resolve(config, &mut watched, &mut problems);
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
    watched.keys(
        settings.recipients.iter().flatten(),
        settings.identity.as_ref(),
    );
    #[cfg(feature = "age")]
    let encryption = settings.recipients.and_then(|recipients| {
        crate::encrypt::Encryption::new(&recipients, &watched.name, &mut problems)
    });
    #[cfg(not(feature = "age"))]
    if settings.recipients.is_some() {
        problems.push(Problem::new(
            ErrorKind::Recipient,
            "`recipients` asks for an encrypted module; give `secrets-build` the feature `age`, as in \
             secrets-build = { version = \"0.1\", features = [\"age\"] }",
        ));
    }
    let sources = source::find(&search, &mut problems);
    publish::check(&search, &watched.private, &mut problems);
    watched.sources = sources.clone();

    let mut secrets = Secrets::default();
    #[cfg(feature = "age")]
    {
        secrets.encryption = encryption.map(std::sync::Arc::new);
    }
    if !sources.any && problems.is_empty() && set("DOCS_RS") {
        secrets.docs_rs = true;
        return (Ok(secrets), watched);
    }
    if !sources.any && sources.missing.is_empty() && problems.is_empty() {
        problems.push(source::nothing_found(&search, &sources));
    }
    problems.extend(sources.missing);

    let merge = match settings.compat {
        Some(Compat::Streamlit) => Merge::Shallow,
        None => settings.merge.unwrap_or_default(),
    };
    let keys = layer::Keys::new(settings.identity);
    let mut tree = Table::default();
    for found in &sources.found {
        if let Some(layer) = layer::read(found, settings.compat, &keys, &mut problems) {
            merge::merge(&mut tree, layer, merge, settings.compat, &mut problems);
        }
    }
    // Without all layers a variable may seem to fit no key.
    if let (Some(prefix), true) = (&settings.env_prefix, problems.is_empty()) {
        let mut variables: Vec<(OsString, OsString)> = env::vars_os().collect();
        variables.sort();
        watched.overrides = layer::environment::apply(&mut tree, prefix, &variables, &mut problems);
    }
    secrets.tree = tree;
    secrets.profile_unused = settings.profile.filter(|_| sources.profile_unused);
    (problems.or(secrets), watched)
}

/// Code over `Cargo.toml`; and the list of the variable `SECRETS_FILES`, which replaces theirs.
fn resolve(
    config: &Config,
    watched: &mut Watched,
    problems: &mut Problems,
) -> (Settings, Option<Vec<FileSetting>>) {
    let package = config
        .package
        .clone()
        .or_else(|| env::var_os("CARGO_MANIFEST_DIR").map(Into::into));
    let package = package.unwrap_or_else(|| PathBuf::from("."));
    watched.package = std::path::absolute(&package).unwrap_or(package);
    let manifests = manifest::read(&watched.package, problems);
    watched.workspace = manifests.workspace;
    watched.manifests = manifests.files;
    watched.name = manifests.name;

    let base = &watched.package;
    let files = |list: &[(PathBuf, bool)]| {
        list.iter()
            .map(|(path, optional)| FileSetting::new(base, path, *optional))
            .collect()
    };
    let identity = config.settings.identity.as_ref();
    if identity.is_some_and(|path| may_be_private(&path.to_string_lossy())) {
        problems.push(Problem::new(
            ErrorKind::Setting,
            settings::IDENTITY_IS_NO_PATH,
        ));
    }
    let recipients = |list: &Vec<RecipientSetting>| {
        list.iter()
            .map(|recipient| recipient.clone().at(base))
            .collect()
    };
    let from_code = Settings {
        files: config.files.as_deref().map(files),
        recipients: config.settings.recipients.as_ref().map(recipients),
        identity: identity.map(|path| key_path(base, path)),
        ..config.settings.clone()
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
    settings::check(&settings, &config.module, problems);
    (settings, named)
}

/// Whether a variable is set to something.
fn set(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| !value.is_empty())
}

impl Watched {
    /// What the recipients and the identity are read from.
    fn keys<'a>(
        &mut self,
        recipients: impl Iterator<Item = &'a RecipientSetting>,
        identity: Option<&PathBuf>,
    ) {
        self.private.extend(identity.cloned());
        for recipient in recipients {
            match recipient {
                RecipientSetting::Text { .. } => {}
                RecipientSetting::File(path) => self.recipients.push(path.clone()),
                RecipientSetting::PassphraseFile(path) => self.private.push(path.clone()),
                RecipientSetting::PassphraseVariable(_) => self.secret_variable = true,
            }
        }
    }
}
