//! What stands for the room in a build without the feature `age`.

use std::path::Path;

use crate::{
    crypto::{ciphertext::Ciphertext, mistaken},
    error::{ErrorKind, Problem, Problems},
    files::read,
    model::wipe::Bytes,
    settings::{named::NamedFile, recipient::RecipientSetting},
    shown,
};

/// No identities.
pub(crate) struct Identities;

impl Identities {
    pub(crate) fn new(_: Option<NamedFile>, _: &Path) -> Self {
        Self
    }

    #[allow(clippy::unused_self)] // A method where there are identities.
    pub(crate) fn is_set(&self) -> bool {
        false
    }

    /// The problem of an encrypted file.
    #[allow(clippy::unused_self)]
    pub(crate) fn decrypt(&self, path: &Path, shown: &Path) -> Result<Bytes, Problem> {
        let file = read::read(path).ok();
        if let Some(what) = file.and_then(|file| mistaken::source(&file)) {
            let message = format!("{} {what}", shown::existing(shown));
            return Err(Problem::new(ErrorKind::Identity, message));
        }
        let message = format!(
            "`{}` is encrypted; give `secrets-build` the feature `age`, as in \
             secrets-build = {{ version = \"0.1\", features = [\"age\"] }}",
            shown::escaped_path(shown)
        );
        Err(Problem::new(ErrorKind::Source, message))
    }
}

/// There is none.
pub(crate) enum Encryption {}

impl Encryption {
    /// The problem of recipients.
    pub(crate) fn new(_: &[RecipientSetting], problems: &mut Problems) -> Option<Self> {
        problems.push(Problem::new(
            ErrorKind::Recipient,
            "`recipients` asks for an encrypted module; give `secrets-build` the feature `age`, as in \
             secrets-build = { version = \"0.1\", features = [\"age\"] }",
        ));
        None
    }

    pub(crate) fn encrypt(&self, _: &[u8]) -> Result<Ciphertext, Problem> {
        match *self {}
    }
}
