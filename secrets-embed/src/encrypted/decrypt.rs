//! From ciphertext to tables.

use std::{borrow::Cow, fmt, io::Read};

use age::armor::ArmoredReader;
use secrecy::{ExposeSecret, SecretString};

use super::{
    clear::ClearedStack,
    decode::decode_option,
    error::Error,
    identity::Identity,
    reader::{Reader, Source},
};
use crate::{
    node::View,
    table::{Shape, Table},
    value::Value,
};

/// The first bytes of every payload. The same as in `secrets-build`, `payload/mod.rs`, as is the version.
const MAGIC: &[u8] = b"secrets\0";
/// The version of what follows. It is raised with every change of it, in `secrets-build` and
/// `ENCRYPTED.md` too.
const VERSION: u64 = 2;

/// The paths of the tables in a module, in the order in which their tables are decoded.
pub struct Path {
    /// The dotted path of a table.
    pub path: &'static str,
    /// The paths of the tables in it.
    pub inner: &'static [Path],
}

impl Path {
    /// The path of a table in this one.
    #[must_use]
    pub fn at(&'static self, index: usize) -> &'static Self {
        self.inner.get(index).unwrap_or(self)
    }
}

/// A table of an encrypted module, which can be read from its payload.
pub trait Payload: Shape + Sized {
    /// Reads the fields in their order.
    fn decode(reader: &mut Reader, path: &'static Path) -> Self;
}

/// Reads a table. Not inlined, as a struct may have a thousand of them.
#[inline(never)]
pub fn decode_table<T: Payload>(reader: &mut Reader, path: &'static Path) -> Table<T> {
    // Every element of an array takes a byte at least; one without keys has nothing else to show.
    if T::KEYS.is_empty() && reader.take(1) != [0] {
        reader.fail();
    }
    Table {
        __fields: T::decode(reader, path),
        __path: path.path,
    }
}

/// The root of an encrypted module.
pub trait Encrypted: Payload {
    /// The name of the package that the module was built for.
    const PACKAGE: &'static str;
    /// What tells this shape from others: a hash of names and types.
    const FINGERPRINT: [u8; 32];
    /// What tells the keys that stay plain, and their values, from others: a hash of both; zeros if there
    /// are none.
    const PLAIN: [u8; 32];
    /// The paths of all tables.
    const PATHS: &'static Path;
}

impl<T: Encrypted> Table<T> {
    /// The strings, choices, integers and floats of the root with their names, as text, for the environment of a
    /// process. The text is wiped when it is dropped; what the process is given is not.
    #[must_use]
    pub fn env_vars(&self) -> Vec<(&'static str, SecretString)> {
        let fits = |name: &str| !name.is_empty() && !name.contains(['=', '\0']);
        let pairs = self.iter().filter(|(name, _)| fits(name));
        pairs
            .filter_map(|(name, value)| Some((name, text(value)?)))
            .collect()
    }
}

/// A string, choice, integer or float as text; as Python writes it, whose Streamlit has the like.
fn text(value: &Value) -> Option<SecretString> {
    match value.view() {
        View::SecretString(string) => {
            Some(string.clone()).filter(|string| !string.expose_secret().contains('\0'))
        }
        View::Choice(name) => Some(name.into()).filter(|_| !name.contains('\0')),
        View::I64(integer) => Some(integer.to_string().into()),
        View::U64(integer) => Some(integer.to_string().into()),
        View::I128(integer) => Some(integer.to_string().into()),
        View::U128(integer) => Some(integer.to_string().into()),
        View::F64(float) => Some(python_float(float).into()),
        View::F32(float) => Some(python_float(float).into()),
        _ => None,
    }
}

/// As Rust's `Debug`, which is the shortest text of its type, but for an exponent with a sign and two
/// digits.
fn python_float(float: impl fmt::Debug) -> String {
    let text = format!("{float:?}").to_lowercase();
    let Some((digits, exponent)) = text.split_once('e') else {
        return text;
    };
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    match exponent.strip_prefix('-') {
        Some(exponent) => format!("{digits}e-{exponent:0>2}"),
        None => format!("{digits}e+{exponent:0>2}"),
    }
}

/// What a payload has to be made for.
#[derive(Clone, Copy)]
pub(super) struct Binding {
    package: &'static str,
    profile: Option<&'static str>,
    fingerprint: [u8; 32],
    plain: [u8; 32],
}

impl Binding {
    /// That of a module, and of one of its profiles if it has any.
    pub(super) fn new<T: Encrypted>(profile: Option<&'static str>) -> Self {
        Self {
            package: T::PACKAGE,
            profile,
            fingerprint: T::FINGERPRINT,
            plain: T::PLAIN,
        }
    }

    /// Reads what a payload was made for, which has to be this.
    fn check(&self, reader: &mut Reader) -> Result<(), Error> {
        let package = *reader.string() == *self.package;
        let profile = decode_option(reader, Reader::string);
        let fingerprint = reader.take(self.fingerprint.len()) == self.fingerprint;
        let plain = reader.take(self.plain.len()) == self.plain;
        if reader.has_failed() {
            Err(Error::Corrupt)
        } else if !package {
            Err(Error::OtherProgram)
        } else if profile.as_deref() != self.profile {
            Err(Error::OtherProfile {
                wanted: self.profile,
                sealed: profile.map(String::from),
            })
        } else if !fingerprint {
            Err(Error::OtherShape)
        } else if !plain {
            Err(Error::OtherPlainKeys)
        } else {
            Ok(())
        }
    }
}

/// What is decrypted, and whom it is for as far as that is known.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) ciphertext: &'a [u8],
    pub(super) recipients: &'a [&'static str],
}

pub(super) fn decrypt_from<T: Encrypted>(
    identity: &Identity,
    file: File<'_>,
    profile: Option<&'static str>,
) -> Result<Table<T>, Error> {
    // When this returns: to do it before would move the secrets, which may be large, once more.
    let _cleared = ClearedStack::new();
    let mut reader = open(identity, file, &Binding::new::<T>(profile))?;
    decode(&mut reader)
}

/// Decrypts a payload. What that leaves on the stack is below this call.
#[inline(never)]
fn open(identity: &Identity, file: File<'_>, binding: &Binding) -> Result<Reader, Error> {
    let binary = unarmored(file.ciphertext)?;
    let mut stream = identity.open(&binary, file.recipients)?;
    // The payload is shorter than the file it is in.
    read(&mut stream, binary.len(), binding)
}

/// An age file without its armor, if it has one, as a sealed file and `age -a` have it.
fn unarmored(file: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    if !file.trim_ascii_start().starts_with(b"-----BEGIN AGE ENC") {
        return Ok(Cow::Borrowed(file));
    }
    let mut binary = Vec::with_capacity(file.len());
    let read = ArmoredReader::new(file.trim_ascii_start()).read_to_end(&mut binary);
    read.map_err(|_| Error::Corrupt)?;
    Ok(Cow::Owned(binary))
}

/// Reads and checks a payload of at most so many bytes.
pub(super) fn read(
    stream: &mut dyn Read,
    at_most: usize,
    binding: &Binding,
) -> Result<Reader, Error> {
    let mut source = Source::new(stream, at_most);
    let is_payload = source.starts_with(MAGIC);
    let version = source.number().filter(|_| is_payload);
    match version {
        Some(VERSION) => {}
        _ if source.is_broken() => return Err(Error::Corrupt),
        Some(sealed) => {
            return Err(Error::OtherVersion {
                wanted: VERSION,
                sealed,
            });
        }
        None => return Err(Error::UnknownFormat),
    }
    let mut reader = Reader::new(&mut source).ok_or(Error::Corrupt)?;
    if !source.ends_in_zeros() {
        return Err(Error::Corrupt);
    }
    binding.check(&mut reader)?;
    Ok(reader)
}

/// Reads all values. What that leaves on the stack is below this call.
#[inline(never)]
pub(super) fn decode<T: Encrypted>(reader: &mut Reader) -> Result<Table<T>, Error> {
    let secrets = decode_table(reader, T::PATHS);
    if reader.ended_well() {
        Ok(secrets)
    } else {
        Err(Error::Corrupt)
    }
}
