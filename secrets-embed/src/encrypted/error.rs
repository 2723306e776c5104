//! What can go wrong between a key and the values.

use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;
#[cfg(feature = "std")]
use std::path::PathBuf;

use super::{
    short::{List, short},
    shown,
};
use crate::age_file::Malformed;

/// What a custom identity fails with.
pub(super) type Failure = Box<dyn core::error::Error + Send + Sync>;

/// Why a module could not be decrypted, or a key not be had.
///
/// No variant holds a value or a part of a key. `Display` says what to do, and `Debug` the same, for a
/// `main` that returns this.
#[non_exhaustive]
pub enum Error {
    /// The identity fits none of the recipients, or the passphrase is wrong.
    WrongIdentity {
        /// The recipients that the module was built for, as they are written; none if that is not known, as
        /// of a ciphertext from elsewhere.
        recipients: Vec<String>,
        /// The recipients that the identity has, in a short form; none for a passphrase.
        identity: Vec<String>,
    },
    /// The module is encrypted to a passphrase and the identity has none, or the reverse.
    PassphraseMismatch {
        /// Whether the module wants a passphrase.
        wanted: bool,
    },
    /// The ciphertext is truncated, or not what the build wrote.
    Corrupt,
    /// What is encrypted is no payload of `secrets-build`.
    UnknownFormat,
    /// The payload has another version than the one that this version of the crate reads.
    OtherVersion {
        /// The version that is read.
        wanted: u64,
        /// The version of the payload.
        sealed: u64,
    },
    /// The payload was made for another package.
    OtherProgram,
    /// The payload was made for another profile.
    OtherProfile {
        /// The profile that was asked for, or that the module was built for.
        wanted: Option<&'static str>,
        /// The profile of the payload.
        sealed: Option<String>,
    },
    /// The payload has other keys or types than the module.
    OtherShape,
    /// The plain keys of the module, or their values, are not those that the payload was made beside.
    OtherPlainKeys,
    /// The program was built without its secrets, or without those of the profile.
    Stub,
    /// The module has no such profile.
    UnknownProfile {
        /// What was asked for.
        name: String,
        /// The profiles of the module.
        known: Vec<&'static str>,
    },
    /// A passphrase would take more work than is allowed.
    ExcessiveWork {
        /// The work factor of the ciphertext, as a power of two.
        required: u8,
        /// The highest one that is allowed.
        allowed: u8,
    },
    /// No key was found in any of these places.
    NoKey {
        /// What was tried, in order.
        tried: Vec<String>,
    },
    /// A key file could not be read. Where the path may be the key itself, typed in its place, it is
    /// [`NoKeyFile`](Self::NoKeyFile) instead.
    #[cfg(feature = "std")]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        error: std::io::Error,
    },
    /// What was given as the path of a key file is no path, or leads nowhere. It may be the key itself, so
    /// that nothing holds it.
    NoKeyFile {
        /// The variable it is from, if it is from one.
        variable: Option<String>,
    },
    /// What was given as a key is none.
    InvalidKey {
        /// Where it came from: a path, or the name of a variable.
        place: String,
        /// The line, from 1, where there are lines.
        line: Option<usize>,
        /// What is wrong with it, and the way out.
        reason: &'static str,
    },
    /// A plugin for the identity failed or is not installed.
    Plugin,
    /// A program that should print a key did not.
    Command {
        /// The program, without its arguments.
        program: String,
        /// What went wrong.
        reason: String,
    },
    /// The function of a custom identity failed.
    Custom(Box<dyn core::error::Error + Send + Sync>),
    /// The terminal gave no passphrase.
    #[cfg(feature = "std")]
    Prompt(std::io::Error),
    /// `init` was called a second time.
    AlreadyInitialized,
}

impl Error {
    /// That an identity does not fit, before anything of it or of the recipients is known.
    pub(super) fn wrong_identity() -> Self {
        Self::WrongIdentity {
            recipients: Vec::new(),
            identity: Vec::new(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongIdentity {
                recipients,
                identity,
            } => wrong_identity(f, recipients, identity),
            Self::PassphraseMismatch { wanted: true } => f.write_str(
                "the secrets are encrypted to a passphrase; provide that instead of a key",
            ),
            Self::PassphraseMismatch { wanted: false } => f.write_str(
                "the secrets are encrypted to a key; provide that instead of a passphrase",
            ),
            Self::Corrupt => {
                f.write_str("the encrypted secrets are damaged; install the program again")
            }
            Self::UnknownFormat => f.write_str(
                "the encrypted secrets are not those of a program; build the program again",
            ),
            Self::OtherVersion { wanted, sealed } => write!(
                f,
                "the encrypted secrets have version {sealed} of their format, and this program reads \
                 version {wanted}; build it with one version of secrets-build and secrets-embed",
            ),
            Self::OtherProgram => f.write_str(
                "the encrypted secrets are of another package; build this program again",
            ),
            Self::OtherProfile { wanted, sealed } => write!(
                f,
                "the encrypted secrets are those of {}, and not of {}; seal them again, and build the \
                 program again",
                Profile(sealed.as_deref()),
                Profile(*wanted)
            ),
            Self::OtherPlainKeys => f.write_str(
                "the plain keys of this program, or their values, are not those that were sealed with \
                 the encrypted secrets; restore them, or seal the secrets again",
            ),
            Self::OtherShape => f.write_str(
                "the encrypted secrets have other keys or types than the program; build it again",
            ),
            Self::Stub => f.write_str(
                "this program was built without these secrets, as a stub; build it again where they are",
            ),
            Self::UnknownProfile { name, known } if known.is_empty() => write!(
                f,
                "no profile `{}` in this program, which has none; build it with profiles",
                shown::name(name)
            ),
            Self::UnknownProfile { name, known } => write!(
                f,
                "no profile `{}` in this program; use one of: `{}`; or build the program with it",
                shown::name(name),
                known.join("`, `")
            ),
            Self::ExcessiveWork { required, allowed } => write!(
                f,
                "the passphrase has a work factor of 2^{required}, and at most 2^{allowed} is allowed; \
                 build the program with a lower one"
            ),
            Self::NoKey { tried } => {
                write!(
                    f,
                    "no key for the secrets; provide one of: {}",
                    tried.join(", ")
                )
            }
            #[cfg(feature = "std")]
            Self::KeyFile { path, error } => {
                write!(
                    f,
                    "failed to read the key file `{}`: {error}",
                    shown::escaped(path)
                )
            }
            Self::NoKeyFile { variable } => no_key_file(f, variable.as_deref()),
            Self::InvalidKey {
                place,
                line,
                reason,
            } => match line {
                Some(line) => write!(f, "{place}, line {line}: {reason}"),
                None => write!(f, "{place}: {reason}"),
            },
            Self::Plugin => f.write_str(
                "the plugin of the identity failed; is it installed and its device there?",
            ),
            Self::Command { program, reason } => {
                write!(f, "the program `{program}` gave no key: {reason}")
            }
            Self::Custom(error) => write!(f, "the custom identity failed: {error}"),
            #[cfg(feature = "std")]
            Self::Prompt(error) => {
                write!(f, "no passphrase could be read from the terminal: {error}")
            }
            Self::AlreadyInitialized => {
                f.write_str("the secrets were initialized before; call `init` once")
            }
        }
    }
}

fn wrong_identity(
    f: &mut fmt::Formatter<'_>,
    recipients: &[String],
    identity: &[String],
) -> fmt::Result {
    if identity.is_empty() {
        return f.write_str(
            "the passphrase is wrong; provide the right one, or build the program for this one",
        );
    }
    let identity = List(identity);
    if recipients.is_empty() {
        return write!(
            f,
            "the identity is that of {identity}, and the encrypted secrets are for others; provide the \
             right one, or encrypt them for this one"
        );
    }
    let recipients: Vec<_> = recipients.iter().map(|text| short(text)).collect();
    write!(
        f,
        "the secrets are encrypted for {}, and the identity is that of {identity}; provide the right one, \
         or build the program for this one",
        List(&recipients)
    )
}

/// A profile, or that there is none.
struct Profile<'a>(Option<&'a str>);

impl fmt::Display for Profile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => write!(f, "the profile `{}`", name.escape_debug()),
            None => f.write_str("no profile"),
        }
    }
}

fn no_key_file(f: &mut fmt::Formatter<'_>, variable: Option<&str>) -> fmt::Result {
    match variable {
        Some(variable) => write!(f, "the variable `{variable}`")?,
        None => f.write_str("the path of the key file")?,
    }
    f.write_str(
        " leads to no file, and is not shown, as it may be the key itself; it has to be the path of a file \
         with the key",
    )?;
    match variable.and_then(|name| name.strip_suffix("_FILE")) {
        Some(other) => write!(f, ", and the key itself belongs in `{other}`"),
        None => Ok(()),
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Custom(error) => Some(&**error),
            #[cfg(feature = "std")]
            Self::KeyFile { error, .. } | Self::Prompt(error) => Some(error),
            _ => None,
        }
    }
}

impl From<Malformed> for Error {
    fn from(Malformed: Malformed) -> Self {
        Self::Corrupt
    }
}
