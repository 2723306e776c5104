//! Whom the secrets are encrypted to.

use std::sync::Arc;

use crate::{
    build::base::Base,
    crypto::{self, Encryption},
    error::{ErrorKind, Problem, Problems},
    secrets::{Profile, ProfileCount},
    settings::list::Settings,
};

/// Gives each profile of an encrypted module its encryption.
pub(super) fn add(
    settings: &Settings,
    base: Base,
    profiles: &mut [Profile],
    problems: &mut Problems,
) {
    if base == Base::SourcesNotSealed {
        if let Some(message) = not_sealed(settings) {
            problems.push(Problem::new(ErrorKind::Recipient, message));
            return;
        }
    }
    for profile in profiles {
        let recipients = match (&profile.name, ProfileCount::of(settings)) {
            (Some(name), ProfileCount::Several) => settings.recipients_of(name),
            _ => settings.recipients.as_deref().unwrap_or_default(),
        };
        profile.encryption = Encryption::new(recipients, problems).map(Arc::new);
    }
}

/// What is missing to encrypt sources in place of the sealed file.
fn not_sealed(settings: &Settings) -> Option<&'static str> {
    if !crypto::IS_ENABLED {
        Some(
            "`SECRETS_FILES` replaces the sealed file by sources, which are to be encrypted; unset \
             the variable, or give `secrets-build` the feature `age`, as in \
             secrets-build = { version = \"0.1\", features = [\"age\"] }",
        )
    } else if !settings.is_encrypted() {
        Some(
            "`SECRETS_FILES` replaces the sealed file, and there are no `recipients` to encrypt its \
             sources to; set some, or unset the variable",
        )
    } else {
        None
    }
}
