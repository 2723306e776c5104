//! Recipients as they are set, before they are parsed.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem},
    origin::Origin,
    settings::named::{FileRole, NamedFile},
    shown::{self, private::may_be_private},
};

/// To whom values are encrypted.
#[derive(Clone)]
pub(crate) enum RecipientSetting {
    /// A recipient, and where it was set.
    #[cfg_attr(not(feature = "age"), allow(dead_code))]
    Text {
        text: String,
        origin: Origin,
    },
    File(NamedFile),
    PassphraseFile(NamedFile),
    PassphraseVariable {
        name: String,
        /// The setting that names it.
        setting: String,
        origin: Origin,
    },
}

impl RecipientSetting {
    /// A recipient if it looks like one, the path of a file of recipients otherwise. What may be a
    /// private key is never taken for a path, which messages show.
    pub(crate) fn new(text: &str, setting: &str, origin: Origin) -> Self {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        // `age1...` is copied from an example: a recipient that is not whole, and no path.
        let is_age = lower.starts_with("age1")
            && !text.trim_end_matches(['.', '…']).contains(['.', '/', '\\']);
        let of_ssh = ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"];
        let is_ssh =
            of_ssh.iter().any(|kind| lower.starts_with(kind)) && text.contains(char::is_whitespace);
        if is_age || is_ssh || may_be_private(text) {
            let text = text.to_owned();
            Self::Text { text, origin }
        } else {
            let role = FileRole::Recipients;
            Self::File(NamedFile::from_setting(role, text.into(), setting, origin))
        }
    }

    /// The passphrase in a file that the setting `setting` names.
    pub(crate) fn passphrase_file(path: PathBuf, setting: &str, origin: Origin) -> Self {
        let role = FileRole::Passphrase;
        Self::PassphraseFile(NamedFile::from_setting(role, path, setting, origin))
    }

    /// The same with an absolute path. A secret in the place of a path, or of the name of a variable, is a problem.
    pub(crate) fn resolve(self, base: &Path) -> Result<Self, Problem> {
        match self {
            Self::File(file) => file.resolve(base).map(Self::File),
            Self::PassphraseFile(file) => file.resolve(base).map(Self::PassphraseFile),
            Self::PassphraseVariable {
                name,
                setting,
                origin,
            } if !shown::can_be_variable(&name) => {
                let message = format!(
                    "`{setting}` wants the name of a variable, of letters, digits and `_`, and what it holds may be \
                     the passphrase itself; set a variable to that, and name the variable"
                );
                Err(Problem::at(ErrorKind::Setting, &origin, message))
            }
            other => Ok(other),
        }
    }
}

/// Shows no text: it may be an identity that was put in the wrong place.
impl fmt::Debug for RecipientSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { origin, .. } => f.debug_tuple("Text").field(origin).finish(),
            Self::File(_) => f.write_str("File"),
            Self::PassphraseFile(_) => f.write_str("PassphraseFile"),
            Self::PassphraseVariable { .. } => f.write_str("PassphraseVariable"),
        }
    }
}

/// What is set for one of several profiles.
#[derive(Clone, Debug)]
pub(crate) struct ProfileSetting {
    pub(crate) name: String,
    pub(crate) recipients: Vec<RecipientSetting>,
}
