//! Whom the secrets are encrypted to.

use crate::{
    build::{Base, Run},
    error::{ErrorKind, Problem},
    secrets::Secrets,
};

impl Run {
    /// The encryption of each part, unless it is not needed.
    #[cfg(feature = "age")]
    pub(super) fn encryption(&mut self, secrets: &mut Secrets) {
        if !secrets.is_encrypted {
            return;
        }
        if self.base == Base::SourcesNotSealed && !self.settings.is_encrypted() {
            self.problems.push(Problem::new(
                ErrorKind::Recipient,
                "`SECRETS_FILES` replaces the sealed file, and there are no `recipients` to encrypt its \
                 sources to; set some, or unset the variable",
            ));
            return;
        }
        for part in &mut secrets.parts {
            let recipients = match &part.profile {
                Some(profile) if secrets.has_profiles => self.settings.recipients_of(profile),
                _ => self.settings.recipients.as_deref().unwrap_or_default(),
            };
            let encryption =
                crate::crypto::encrypt::Encryption::new(recipients, &mut self.problems);
            part.encryption = encryption.map(std::sync::Arc::new);
        }
    }

    #[cfg(not(feature = "age"))]
    pub(super) fn encryption(&mut self, secrets: &mut Secrets) {
        if secrets.is_encrypted {
            let message = match self.base {
                Base::SourcesNotSealed => {
                    "`SECRETS_FILES` replaces the sealed file by sources, which are to be encrypted; unset \
                     the variable, or give `secrets-build` the feature `age`, as in \
                     secrets-build = { version = \"0.1\", features = [\"age\"] }"
                }
                Base::Sources | Base::SealedFile => {
                    "`recipients` asks for an encrypted module; give `secrets-build` the feature `age`, as in \
                     secrets-build = { version = \"0.1\", features = [\"age\"] }"
                }
            };
            self.problems
                .push(Problem::new(ErrorKind::Recipient, message));
        }
    }
}
