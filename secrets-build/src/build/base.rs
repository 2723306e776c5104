//! What a module is made from.

use crate::{
    schema::entry::Needs,
    secrets::Mode,
    settings::{list::Settings, resolve::Resolved},
};

/// What the caller of the build wants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The secrets of the sources.
    Load,
    /// What is to be embedded: the sealed file, if one is set.
    Embed,
}

/// What a module is made from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    Sources,
    SealedFile,
    /// Sources that `SECRETS_FILES` names in place of the sealed file.
    SourcesNotSealed,
}

impl Base {
    /// The list of `SECRETS_FILES` wins over the sealed file.
    pub(super) fn new(resolved: &Resolved, purpose: Purpose) -> Self {
        let is_sealed = purpose == Purpose::Embed && resolved.settings.sealed.is_some();
        match (is_sealed, &resolved.files_override) {
            (false, _) => Self::Sources,
            (true, None) => Self::SealedFile,
            (true, Some(_)) => Self::SourcesNotSealed,
        }
    }

    /// What the table of keys is needed for.
    pub(super) fn needs(self) -> Needs {
        match self {
            Self::SealedFile => Needs::Names,
            Self::Sources | Self::SourcesNotSealed => Needs::Values,
        }
    }

    /// What stands in place of a sealed file is encrypted as that is.
    pub(super) fn mode(self, settings: &Settings) -> Mode {
        if settings.is_encrypted() || self != Self::Sources {
            Mode::Encrypted
        } else {
            Mode::Plain
        }
    }
}
