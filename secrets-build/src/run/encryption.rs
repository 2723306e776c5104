//! Whom the secrets are encrypted to.

use super::Run;
use crate::secrets::Secrets;

impl Run {
    /// The encryption of each part, unless it is not needed.
    #[cfg(feature = "age")]
    pub(super) fn encryption(&mut self, secrets: &mut Secrets) {
        if !secrets.is_encrypted {
            return;
        }
        for part in &mut secrets.parts {
            let recipients = match &part.profile {
                Some(profile) if secrets.has_profiles => self.settings.recipients_of(profile),
                _ => self.settings.recipients.as_deref().unwrap_or_default(),
            };
            let encryption = crate::encrypt::Encryption::new(recipients, &mut self.problems);
            part.encryption = encryption.map(std::sync::Arc::new);
        }
    }

    #[cfg(not(feature = "age"))]
    pub(super) fn encryption(&mut self, secrets: &mut Secrets) {
        if secrets.is_encrypted {
            self.problems.push(crate::error::Problem::new(
                crate::error::ErrorKind::Recipient,
                "`recipients` asks for an encrypted module; give `secrets-build` the feature `age`, as in \
                 secrets-build = { version = \"0.1\", features = [\"age\"] }",
            ));
        }
    }
}
