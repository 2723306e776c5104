//! What can go wrong between a key and the values.

mod text;

use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;
#[cfg(feature = "std")]
use std::path::PathBuf;

use crate::age_file::Malformed;

/// What a custom identity fails with.
pub(crate) type CustomError = Box<dyn core::error::Error + Send + Sync>;

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
        /// The recipients that the identity has, in a short form; none for a passphrase and for an
        /// [`Identity::from_fn`](crate::Identity::from_fn).
        identity: Vec<String>,
        /// Whether a passphrase was tried.
        passphrase: bool,
    },
    /// The module is encrypted to a passphrase and the identity has none, or the reverse.
    PassphraseMismatch {
        /// Whether the module wants a passphrase.
        wanted: bool,
    },
    /// The ciphertext is truncated, or not what the build wrote.
    Corrupt,
    /// What is encrypted is not a payload of `secrets-build`.
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
    /// What was given as the path of a key file is not a path, or leads nowhere. It may be the key itself, so
    /// that nothing holds it.
    NoKeyFile {
        /// The variable it is from, if it is from one.
        variable: Option<String>,
    },
    /// What was given as a key is none.
    InvalidKey {
        /// Where it came from: a path, or the name of a variable.
        origin: String,
        /// The line, from 1, where there are lines.
        line: Option<usize>,
        /// What is wrong with it, and the way out.
        reason: &'static str,
    },
    /// A plugin for the identity failed or is not installed.
    Plugin,
    /// A program that should print a key did not.
    Command {
        /// The program, without its arguments; `***` if it may be the key itself.
        program: String,
        /// What went wrong.
        reason: String,
    },
    /// The function of a custom identity failed.
    Custom(CustomError),
    /// The terminal gave no passphrase.
    #[cfg(feature = "std")]
    Prompt(std::io::Error),
    /// `init` was called again after it succeeded.
    AlreadyInitialized,
}

impl Error {
    /// That an identity does not fit, before anything of it or of the recipients is known.
    pub(crate) fn wrong_identity() -> Self {
        Self::WrongIdentity {
            recipients: Vec::new(),
            identity: Vec::new(),
            passphrase: false,
        }
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
