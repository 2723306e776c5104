//! What a build depends on.

use std::path::PathBuf;

use crate::{
    read::{overrides::Overrides, source::Sources},
    settings::{
        list::Settings,
        names_read::{NamesRead, take_names_read},
        recipient::RecipientSetting,
        resolve::Resolved,
    },
};

/// What cargo has to watch, and what it must not be told.
#[derive(Default)]
pub(crate) struct Watched {
    pub(crate) package: PathBuf,
    pub(crate) manifests: Vec<PathBuf>,
    pub(crate) variables: NamesRead,
    pub(crate) inputs: Inputs,
    /// Whether the build script is to run in every build.
    pub(crate) always: bool,
}

/// What a run read beside the manifests, or would have read if it were there.
#[derive(Default)]
pub(crate) struct Inputs {
    pub(crate) sources: Sources,
    pub(crate) overrides: Overrides,
    /// The template, the sealed file, and files of recipients.
    pub(crate) public: Vec<PathBuf>,
    /// Files of a passphrase and of an identity.
    pub(crate) private: Vec<PathBuf>,
    /// Whether a variable holds a passphrase, which cargo must not be told.
    pub(crate) secret_variable: bool,
}

impl Watched {
    /// What a run with these settings depends on. To be called when it has read all variables that it reads.
    pub(crate) fn new(resolved: &Resolved, inputs: Inputs) -> Self {
        Self {
            package: resolved.package.clone(),
            manifests: resolved.manifests.clone(),
            variables: take_names_read(&resolved.package),
            inputs,
            always: resolved.settings.always.unwrap_or_default(),
        }
    }
}

impl Inputs {
    /// What recipients and the identity are read from.
    pub(crate) fn of_keys(settings: &Settings) -> Self {
        let mut inputs = Self {
            private: settings.private_files(),
            ..Self::default()
        };
        for recipient in settings.all_recipients() {
            match recipient {
                RecipientSetting::File(file) => inputs.public.push(file.path.clone()),
                RecipientSetting::PassphraseVariable { .. } => inputs.secret_variable = true,
                RecipientSetting::Text { .. } | RecipientSetting::PassphraseFile(_) => {}
            }
        }
        inputs
    }
}
