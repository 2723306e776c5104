//! What a build depends on.

use std::{env, path::PathBuf};

use super::Run;
use crate::{layer, recipient::RecipientSetting, source};

/// What a build depends on.
#[derive(Default)]
pub(crate) struct Watched {
    pub(crate) package: PathBuf,
    pub(crate) workspace: PathBuf,
    pub(crate) manifests: Vec<PathBuf>,
    /// The name of the package.
    pub(crate) name: String,
    /// The template, the sealed file, and files of recipients.
    pub(crate) public: Vec<PathBuf>,
    /// Files of a passphrase and of an identity.
    pub(crate) private: Vec<PathBuf>,
    /// Whether a variable holds a passphrase, which cargo must not be told.
    pub(crate) secret_variable: bool,
    pub(crate) sources: source::Sources,
    pub(crate) overrides: layer::environment::Overrides,
}

impl Run {
    /// Watches for an identity that may come where there was none. A variable without a value has none
    /// that cargo could keep.
    pub(super) fn watched_identity(&mut self) {
        let variable = layer::KEY_VARIABLE;
        if env::var_os(variable).is_none_or(|value| value.is_empty()) {
            self.watched.overrides.unset.insert(variable.to_owned());
        }
        let absent = self.settings.identity.clone().filter(|path| !path.exists());
        self.watched.sources.absent.extend(absent);
    }

    /// Watches what the recipients and the identity are read from.
    pub(super) fn watched_keys(&mut self) {
        let (settings, watched) = (&self.settings, &mut self.watched);
        watched.private.extend(settings.private());
        for recipient in settings.all_recipients() {
            match recipient {
                RecipientSetting::File(path) => watched.public.push(path.clone()),
                RecipientSetting::PassphraseVariable(_) => watched.secret_variable = true,
                RecipientSetting::Text { .. } | RecipientSetting::PassphraseFile(_) => {}
            }
        }
    }
}
