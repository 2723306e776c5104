//! Recipients as they are set, before they are parsed.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem},
    origin::Origin,
    read::source::home_dir,
    settings::named::{FileRole, NamedFile},
    shown,
};

/// To whom values are encrypted.
#[derive(Clone)]
pub(crate) enum RecipientSetting {
    /// A recipient, and where it was set.
    #[cfg_attr(not(feature = "age"), allow(dead_code))]
    Text {
        text: String,
        place: Origin,
    },
    File(NamedFile),
    PassphraseFile(NamedFile),
    PassphraseVariable {
        name: String,
        /// The setting that names it.
        setting: String,
        place: Origin,
    },
}

impl RecipientSetting {
    /// A recipient if it looks like one, the path of a file of recipients otherwise. What may be a
    /// private key is never taken for a path, which messages show.
    pub(crate) fn new(text: &str, setting: &str, place: Origin) -> Self {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        // Dots stand for the rest of it in examples.
        let is_age = lower.starts_with("age1")
            && !text.trim_end_matches(['.', '…']).contains(['.', '/', '\\']);
        let of_ssh = ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"];
        let is_ssh =
            of_ssh.iter().any(|kind| lower.starts_with(kind)) && text.contains(char::is_whitespace);
        if is_age || is_ssh || may_be_private(text) {
            let text = text.to_owned();
            Self::Text { text, place }
        } else {
            let role = FileRole::Recipients;
            Self::File(NamedFile::from_setting(role, text.into(), setting, place))
        }
    }

    /// The passphrase in a file that the setting `setting` names.
    pub(crate) fn passphrase_file(path: PathBuf, setting: &str, place: Origin) -> Self {
        let role = FileRole::Passphrase;
        Self::PassphraseFile(NamedFile::from_setting(role, path, setting, place))
    }

    /// The same with an absolute path. A secret in the place of a path, or of the name of a variable, is a problem.
    pub(crate) fn resolve(self, base: &Path) -> Result<Self, Problem> {
        match self {
            Self::File(file) => file.resolve(base).map(Self::File),
            Self::PassphraseFile(file) => file.resolve(base).map(Self::PassphraseFile),
            Self::PassphraseVariable {
                name,
                setting,
                place,
            } if !shown::can_be_variable(&name) => {
                let message = format!(
                    "`{setting}` wants the name of a variable, of letters, digits and `_`, and what it holds may be \
                     the passphrase itself; set a variable to that, and name the variable"
                );
                Err(Problem::at(ErrorKind::Setting, &place, message))
            }
            other => Ok(other),
        }
    }
}

/// Shows no text: it may be an identity that was put in the wrong place.
impl fmt::Debug for RecipientSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { place, .. } => f.debug_tuple("Text").field(place).finish(),
            Self::File(_) => f.write_str("File"),
            Self::PassphraseFile(_) => f.write_str("PassphraseFile"),
            Self::PassphraseVariable { .. } => f.write_str("PassphraseVariable"),
        }
    }
}

/// The path of a file with keys; a leading `~/` is the home directory.
pub(crate) fn key_path(base: &Path, path: &Path) -> PathBuf {
    let below_home = path.strip_prefix("~").ok();
    let expanded = below_home.and_then(|rest| Some(home_dir()?.join(rest)));
    expanded.unwrap_or_else(|| base.join(path))
}

/// Whether a text may be the private half of a key, or hold one, and so must not be shown.
pub(crate) fn may_be_private(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    let of_key = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let is_long = |rest: &str| rest.chars().take_while(of_key).count() > 20;
    let holds = |start: &&str| text.split(*start).skip(1).any(is_long);
    text.starts_with("AGE-SECRET-KEY-")
        || text.contains("PRIVATE KEY-----")
        || ["SECRET-KEY-", "AGE-PLUGIN-"].iter().any(holds)
}
