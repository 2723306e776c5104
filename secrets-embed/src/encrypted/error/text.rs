//! Errors in words.

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::encrypted::{
    error::Error,
    short::{List, short},
    shown,
};

const WANTS_PASSPHRASE: &str =
    "the secrets are encrypted to a passphrase; provide that instead of a key";
const WANTS_KEY: &str = "the secrets are encrypted to a key; provide that instead of a passphrase";
const CORRUPT: &str = "the encrypted secrets are damaged, or are not an age file; restore the file, or install the \
                       program again";
const UNKNOWN_FORMAT: &str =
    "the encrypted secrets are not those of a program; build the program again";
const OTHER_PROGRAM: &str =
    "the encrypted secrets are of another package; build this program again";
const OTHER_PLAIN_KEYS: &str = "the plain keys of this program, or their values, are not those that were sealed \
                                with the encrypted secrets; restore them, or seal the secrets again";
const OTHER_SHAPE: &str =
    "the encrypted secrets have other keys or types than the program; build it again";
const STUB: &str =
    "this program was built without these secrets, as a stub; build it again where they are";
const PLUGIN: &str =
    "the plugin of the identity failed; install it, and connect its device if it has one";
const ALREADY_INITIALIZED: &str = "the secrets were initialized before; call `init` once";

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongIdentity {
                recipients,
                identity,
                passphrase,
            } => wrong_identity(f, recipients, identity, *passphrase),
            Self::PassphraseMismatch { wanted: true } => f.write_str(WANTS_PASSPHRASE),
            Self::PassphraseMismatch { wanted: false } => f.write_str(WANTS_KEY),
            Self::Corrupt => f.write_str(CORRUPT),
            Self::UnknownFormat => f.write_str(UNKNOWN_FORMAT),
            Self::OtherVersion { wanted, sealed } => other_version(f, *wanted, *sealed),
            Self::OtherProgram => f.write_str(OTHER_PROGRAM),
            Self::OtherProfile { wanted, sealed } => other_profile(f, *wanted, sealed.as_deref()),
            Self::OtherPlainKeys => f.write_str(OTHER_PLAIN_KEYS),
            Self::OtherShape => f.write_str(OTHER_SHAPE),
            Self::Stub => f.write_str(STUB),
            Self::UnknownProfile { name, known } => unknown_profile(f, name, known),
            Self::ExcessiveWork { required, allowed } => excessive_work(f, *required, *allowed),
            Self::NoKey { tried } => {
                let tried = tried.join("; ");
                write!(f, "no key for the secrets; provide one of: {tried}")
            }
            #[cfg(feature = "std")]
            Self::KeyFile { path, error } => key_file(f, path, error),
            Self::NoKeyFile { variable } => no_key_file(f, variable.as_deref()),
            Self::InvalidKey {
                origin,
                line,
                reason,
            } => match line {
                Some(line) => write!(f, "{origin}, line {line}: {reason}"),
                None => write!(f, "{origin}: {reason}"),
            },
            Self::Plugin => f.write_str(PLUGIN),
            Self::Command { program, reason } => command(f, program, reason),
            Self::Custom(error) => write!(
                f,
                "the custom identity failed: {error}; mend what it reports, or provide another identity"
            ),
            #[cfg(feature = "std")]
            Self::Prompt(error) => write!(
                f,
                "no passphrase could be read from the terminal: {error}; run the program on a terminal, or \
                 provide the passphrase in another way"
            ),
            Self::AlreadyInitialized => f.write_str(ALREADY_INITIALIZED),
        }
    }
}

fn wrong_identity(
    f: &mut fmt::Formatter<'_>,
    recipients: &[String],
    identity: &[String],
    passphrase: bool,
) -> fmt::Result {
    if passphrase {
        return f.write_str(
            "the passphrase is wrong; provide the right one, or build the program for this one",
        );
    }
    let recipients: Vec<_> = recipients.iter().map(|text| short(text)).collect();
    let encrypted = List(&recipients);
    if identity.is_empty() {
        f.write_str("the custom identity has no key for the encrypted secrets")?;
        if !recipients.is_empty() {
            write!(f, ", which are for {encrypted}")?;
        }
        return f.write_str("; provide another identity, or encrypt them for this one");
    }
    let identity = List(identity);
    if recipients.is_empty() {
        return write!(
            f,
            "the identity is that of {identity}, and the encrypted secrets are for others; provide the \
             right one, or encrypt them for this one"
        );
    }
    write!(
        f,
        "the secrets are encrypted for {encrypted}, and the identity is that of {identity}; provide the \
         right one, or build the program for this one"
    )
}

fn other_version(f: &mut fmt::Formatter<'_>, wanted: u64, sealed: u64) -> fmt::Result {
    write!(
        f,
        "the encrypted secrets have version {sealed} of their format, and this program reads version \
         {wanted}; build it with one version of secrets-build and secrets-embed"
    )
}

fn other_profile(
    f: &mut fmt::Formatter<'_>,
    wanted: Option<&str>,
    sealed: Option<&str>,
) -> fmt::Result {
    write!(
        f,
        "the encrypted secrets are those of {}, and not of {}; seal them again, and build the program again",
        Profile(sealed),
        Profile(wanted)
    )
}

fn unknown_profile(f: &mut fmt::Formatter<'_>, name: &str, profiles: &[&str]) -> fmt::Result {
    let name = shown::name(name);
    if profiles.is_empty() {
        return write!(
            f,
            "no profile `{name}` in this program, which has none; build it with profiles"
        );
    }
    write!(
        f,
        "no profile `{name}` in this program; use one of: `{}`; or build the program with it",
        profiles.join("`, `")
    )
}

fn excessive_work(f: &mut fmt::Formatter<'_>, required: u8, allowed: u8) -> fmt::Result {
    write!(
        f,
        "the passphrase has a work factor of 2^{required}, and at most 2^{allowed} is allowed; build the \
         program with a lower one"
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

#[cfg(feature = "std")]
fn key_file(
    f: &mut fmt::Formatter<'_>,
    path: &std::path::Path,
    error: &std::io::Error,
) -> fmt::Result {
    use std::io::ErrorKind;
    let way_out = match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "create it, or correct the path",
        ErrorKind::PermissionDenied => "let the user that runs the program read it",
        ErrorKind::InvalidData => "provide a file with nothing but keys",
        _ => "provide a file that can be read",
    };
    let path = shown::escaped(path);
    write!(
        f,
        "failed to read the key file `{path}`: {error}; {way_out}"
    )
}

fn no_key_file(f: &mut fmt::Formatter<'_>, variable: Option<&str>) -> fmt::Result {
    match variable {
        Some(variable) => write!(f, "the variable `{variable}`")?,
        None => f.write_str("the path of the key file")?,
    }
    f.write_str(
        " leads to no file, and is not shown, as it may be the key itself; it must be the path of a file \
         with the key",
    )?;
    match variable.and_then(|name| name.strip_suffix("_FILE")) {
        Some(other) => write!(f, ", and the key itself belongs in `{other}`"),
        None => Ok(()),
    }
}

fn command(f: &mut fmt::Formatter<'_>, program: &str, reason: &str) -> fmt::Result {
    write!(f, "the program `{program}`")?;
    if program == shown::HIDDEN {
        f.write_str(" (not shown, as it may be the key itself)")?;
    }
    write!(f, " gave no key: {reason}")
}
