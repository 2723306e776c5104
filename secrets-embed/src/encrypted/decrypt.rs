//! From ciphertext to tables.

use std::{fmt, io::Read};

use secrecy::{ExposeSecret, SecretString};

use super::{
    clear::{ClearedStack, clear_stack},
    error::Error,
    identity::Identity,
    reader::{Reader, Source},
};
use crate::{
    node::View,
    table::{Shape, Table},
    value::Value,
};

/// The first bytes of every payload.
const MAGIC: &[u8] = b"secrets\0";
/// The version of what follows.
const VERSION: u64 = 1;

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

    /// Decrypts another ciphertext than the one in the program; it has to be of the same package and
    /// shape. For programs that keep a newer one beside them, and for tests.
    ///
    /// # Errors
    ///
    /// As `decrypt`, but for [`Error::Stub`].
    pub fn decrypt_from(identity: &Identity, ciphertext: &[u8]) -> Result<Self, Error> {
        decrypt_from(identity, ciphertext)
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

pub(super) fn decrypt_from<T: Encrypted>(
    identity: &Identity,
    ciphertext: &[u8],
) -> Result<Table<T>, Error> {
    let reader = open(identity, ciphertext, T::PACKAGE, T::FINGERPRINT);
    clear_stack();
    let mut reader = reader?;
    // When this returns: to do it before would move the secrets, which may be large, once more.
    let _cleared = ClearedStack;
    decode(&mut reader)
}

/// Decrypts a payload. What that leaves on the stack is below this call.
#[inline(never)]
fn open(
    identity: &Identity,
    ciphertext: &[u8],
    package: &str,
    fingerprint: [u8; 32],
) -> Result<Reader, Error> {
    let mut stream = identity.open(ciphertext)?;
    // The payload is shorter than the file it is in.
    read(&mut stream, ciphertext.len(), package, fingerprint)
}

/// Reads and checks a payload of at most so many bytes.
pub(super) fn read(
    stream: &mut dyn Read,
    at_most: usize,
    package: &str,
    fingerprint: [u8; 32],
) -> Result<Reader, Error> {
    let mut source = Source::new(stream, at_most);
    if !source.starts_with(MAGIC) || !source.starts_with(&VERSION.to_le_bytes()) {
        return Err(if source.is_broken() {
            Error::Corrupt
        } else {
            Error::UnknownFormat
        });
    }
    let mut reader = Reader::new(&mut source).ok_or(Error::Corrupt)?;
    if !source.ends_in_zeros() {
        return Err(Error::Corrupt);
    }
    let same_program = *reader.string() == *package;
    let same_shape = reader.take(fingerprint.len()) == fingerprint;
    if reader.has_failed() {
        Err(Error::Corrupt)
    } else if !same_program {
        Err(Error::OtherProgram)
    } else if !same_shape {
        Err(Error::OtherShape)
    } else {
        Ok(reader)
    }
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
