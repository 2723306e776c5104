//! Encryption: a payload to an age file.

use std::{env, io::Write, str};

use age::{Encryptor, scrypt};
use secrecy::{SecretString, zeroize::Zeroizing};

use crate::{
    crypto::{
        ciphertext::Ciphertext,
        recipients::{self, Recipients},
    },
    error::{ErrorKind, Problem, Problems},
    files::encoding,
    origin::Origin,
    settings::{named::NamedFile, recipient::RecipientSetting},
    shown,
};

/// The work factor of a passphrase, 2^16: about a fifth of a second and 64 MiB where the program
/// decrypts, some seconds in an unoptimised build script. Never left to age, which measures the machine
/// it runs on and would take another one in every build.
const WORK_FACTOR: u8 = 16;

/// To whom a module is encrypted.
pub(crate) enum Encryption {
    Recipients(Recipients),
    Passphrase(SecretString),
}

impl Encryption {
    /// What the configured recipients come to. Nothing at all, a passphrase among recipients, and what
    /// does not parse are problems.
    pub(crate) fn new(settings: &[RecipientSetting], problems: &mut Problems) -> Option<Self> {
        let mut passphrases = settings.iter().filter_map(PassphraseSource::new);
        let wrong = match (settings.len(), passphrases.next()) {
            (0, _) => "`recipients` is empty; name one, or remove the setting",
            (1, Some(source)) => return problems.keep(source.read()).map(Self::Passphrase),
            (_, Some(_)) => "a passphrase must be the only recipient; remove it, or the others",
            (_, None) => return Some(Self::Recipients(recipients::parse(settings, problems))),
        };
        problems.push(Problem::new(ErrorKind::Recipient, wrong));
        None
    }

    /// Encrypts a payload. The outcome differs each time.
    pub(crate) fn encrypt(&self, payload: &[u8]) -> Result<Ciphertext, Problem> {
        Ok(Ciphertext {
            bytes: self.age_file(payload)?,
            recipients: self.written().to_vec(),
        })
    }

    /// The recipients as they are written; none for a passphrase.
    fn written(&self) -> &[String] {
        match self {
            Self::Recipients(recipients) => &recipients.written,
            Self::Passphrase(_) => &[],
        }
    }

    fn age_file(&self, payload: &[u8]) -> Result<Vec<u8>, Problem> {
        let failed = |reason: &dyn std::fmt::Display| {
            Problem::new(ErrorKind::Recipient, format!("failed to encrypt: {reason}"))
        };
        let passphrase;
        let encryptor = match self {
            Self::Recipients(recipients) => Encryptor::with_recipients(recipients.iter()),
            Self::Passphrase(text) => {
                let mut recipient = scrypt::Recipient::new(text.clone());
                recipient.set_work_factor(WORK_FACTOR);
                passphrase = recipient;
                Encryptor::with_recipients(std::iter::once(&passphrase as &dyn age::Recipient))
            }
        }
        .map_err(|error| failed(&reason(error)))?;

        let mut ciphertext = Vec::new();
        let written = encryptor
            .wrap_output(&mut ciphertext)
            .and_then(|mut writer| {
                writer.write_all(payload)?;
                writer.finish()
            });
        written.map_err(|error| failed(&error))?;
        Ok(ciphertext)
    }
}

/// Where a passphrase is.
enum PassphraseSource<'a> {
    File(&'a NamedFile),
    Variable {
        name: &'a str,
        setting: &'a str,
        origin: &'a Origin,
    },
}

impl<'a> PassphraseSource<'a> {
    /// The source that a recipient names, if it is a passphrase.
    fn new(recipient: &'a RecipientSetting) -> Option<Self> {
        match recipient {
            RecipientSetting::PassphraseFile(file) => Some(Self::File(file)),
            RecipientSetting::PassphraseVariable {
                name,
                setting,
                origin,
            } => Some(Self::Variable {
                name,
                setting,
                origin,
            }),
            RecipientSetting::Text { .. } | RecipientSetting::File(_) => None,
        }
    }

    /// The text of the passphrase.
    fn read(&self) -> Result<SecretString, Problem> {
        match self {
            Self::File(file) => read_file(file),
            Self::Variable {
                name,
                setting,
                origin,
            } => {
                let value = env::var_os(name).unwrap_or_default().into_encoded_bytes();
                parse_variable(&Zeroizing::new(value)).map_err(|reason| {
                    let message = format!(
                        "`{setting}` names the variable {}, which {reason}",
                        shown::variable(name)
                    );
                    Problem::at(ErrorKind::Recipient, origin, message)
                })
            }
        }
    }
}

/// The passphrase in a file; one trailing newline is cut off.
fn read_file(file: &NamedFile) -> Result<SecretString, Problem> {
    let bytes = Zeroizing::new(file.read()?);
    let problem = |what: &str| {
        let path = shown::existing(&file.path);
        Problem::new(ErrorKind::Recipient, format!("the file {path} {what}"))
    };
    let text = encoding::text(&bytes).map_err(|reason| problem(reason.described()))?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.is_empty() {
        return Err(problem("holds no passphrase; write one into it"));
    }
    if text.contains(['\n', '\r']) {
        return Err(problem(
            "has more than one line, and a passphrase is one; remove the others",
        ));
    }
    Ok(SecretString::from(text))
}

/// The passphrase in a variable, or what is wrong with its value.
fn parse_variable(value: &[u8]) -> Result<SecretString, &'static str> {
    match str::from_utf8(value) {
        Ok("") => Err("is not set or empty; set it to the passphrase"),
        Ok(text) => Ok(SecretString::from(text)),
        Err(_) => Err("is not UTF-8, which a passphrase must be; set it to another one"),
    }
}

/// Why nothing could be encrypted, in words of our own: those of age have marks in them that turn text around,
/// and those of a plugin may be anything.
fn reason(error: age::EncryptError) -> String {
    match error {
        age::EncryptError::Io(error) if cfg!(feature = "plugin") => {
            format!("a plugin died, or could not be spoken to: {}", error.kind())
        }
        age::EncryptError::Io(error) => error.kind().to_string(),
        #[cfg(feature = "plugin")]
        age::EncryptError::PluginResolve(_) => "a plugin is not in `PATH`; install it".to_owned(),
        #[cfg(feature = "plugin")]
        age::EncryptError::Plugin(_) => {
            "a plugin refused a recipient; is it for this plugin, and its device there?".to_owned()
        }
        age::EncryptError::EncryptedIdentities(_) => {
            "an identity is encrypted; decrypt it first".to_owned()
        }
        _ => "these recipients cannot be combined; name others".to_owned(),
    }
}
