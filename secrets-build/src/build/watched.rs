//! What a build depends on.

use std::path::PathBuf;

use crate::{
    build::Run,
    error::{ErrorKind, Problem},
    read::{overrides, source},
    settings::{recipient::RecipientSetting, variables},
};

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
    /// The names of the variables that were read.
    pub(crate) variables: variables::NamesRead,
    /// Whether the build script is to run in every build.
    pub(crate) always: bool,
    /// Whether a variable holds a passphrase, which cargo must not be told.
    pub(crate) secret_variable: bool,
    pub(crate) sources: source::Sources,
    pub(crate) overrides: overrides::Overrides,
}

impl Run {
    /// Refuses an identity in the variable that is to hold the path of one, even where there is nothing to
    /// decrypt: the next build may have something, and would tell cargo what the variable holds.
    pub(super) fn check_key_file(&mut self) {
        self.problems.extend(variables::misplaced_key());
    }

    /// Refuses to run plugins that write what they are told, the key of the module, to the output, which
    /// cargo keeps. Cargo need not know of the variable: it changes nothing that is embedded.
    pub(super) fn check_plugin_output(&mut self) {
        if cfg!(feature = "plugin")
            && std::env::var_os("AGEDEBUG").is_some_and(|value| !value.is_empty())
        {
            let message = "the variable `AGEDEBUG` has age write keys to the output, which cargo keeps below \
                           `target/`; unset it";
            self.problems
                .push(Problem::new(ErrorKind::Recipient, message));
        }
    }

    /// Watches for an identity that may come where there was none.
    pub(super) fn watch_identity(&mut self) {
        variables::read(variables::AGE_KEY_FILE);
        variables::read_secret(variables::AGE_KEY);
        let identity = self.settings.identity.iter().map(|file| file.path.clone());
        let absent = identity.filter(|path| !path.exists());
        self.watched.sources.absent.extend(absent);
    }

    /// Watches what the recipients and the identity are read from.
    pub(super) fn watched_keys(&mut self) {
        let (settings, watched) = (&self.settings, &mut self.watched);
        watched.private.extend(settings.private());
        for recipient in settings.all_recipients() {
            match recipient {
                RecipientSetting::File(file) => watched.public.push(file.path.clone()),
                RecipientSetting::PassphraseVariable { .. } => watched.secret_variable = true,
                RecipientSetting::Text { .. } | RecipientSetting::PassphraseFile(_) => {}
            }
        }
    }
}
