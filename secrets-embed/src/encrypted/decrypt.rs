//! From ciphertext to tables.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::encrypted::error::Error;
use crate::encrypted::identity::Identity;
use crate::encrypted::payload::decode::Decode;
use crate::encrypted::payload::reader::{Frame, Reader};
use crate::encrypted::stack::{ClearedStack, Wiped};
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
    fn decode(reader: &mut Reader<'_>, path: &'static Path) -> Self;
}

/// Reads a table. Not inlined, as a struct may have a thousand of them.
#[inline(never)]
pub fn decode_table<T: Payload>(reader: &mut Reader<'_>, path: &'static Path) -> Table<T> {
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
    /// What distinguishes this shape from others: a hash of names and types.
    const FINGERPRINT: [u8; 32];
    /// What distinguishes the keys that stay plain, and their values, from others: a hash of both; zeros if there
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
pub(crate) struct Binding {
    package: &'static str,
    profile: Option<&'static str>,
    fingerprint: [u8; 32],
    plain: [u8; 32],
}

impl Binding {
    /// That of a module, and of one of its profiles if it has any.
    pub(crate) fn new<T: Encrypted>(profile: Option<&'static str>) -> Self {
        Self {
            package: T::PACKAGE,
            profile,
            fingerprint: T::FINGERPRINT,
            plain: T::PLAIN,
        }
    }

    /// Reads what a payload was made for, which has to be this.
    fn check(&self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let package = *reader.string() == *self.package;
        let profile = bool::decode(reader).then(|| reader.string());
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

/// What is decrypted, and its recipients as far as they are known.
#[derive(Clone, Copy)]
pub(crate) struct File<'a> {
    pub(crate) ciphertext: &'a [u8],
    pub(crate) recipients: &'a [&'static str],
}

pub(crate) fn decrypt_from<T: Encrypted>(
    identity: &Identity,
    file: File<'_>,
    profile: Option<&'static str>,
) -> Result<Table<T>, Error> {
    // When this returns: to do it before would move the secrets, which may be large, once more.
    let _cleared = ClearedStack::new();
    let payload = open(identity, file)?;
    decode(&payload, &Binding::new::<T>(profile))
}

/// Decrypts a payload. What that leaves on the stack is below this call.
#[inline(never)]
fn open(identity: &Identity, file: File<'_>) -> Result<Wiped, Error> {
    identity.open(file.ciphertext, file.recipients)
}

/// Reads and checks what stands before the values of a payload.
fn read<'a>(payload: &'a [u8], binding: &Binding) -> Result<Reader<'a>, Error> {
    let mut frame = Frame(payload);
    let is_payload = frame.starts_with(MAGIC);
    match frame.number().filter(|_| is_payload) {
        Some(VERSION) => {}
        Some(sealed) => {
            return Err(Error::OtherVersion {
                wanted: VERSION,
                sealed,
            });
        }
        None => return Err(Error::UnknownFormat),
    }
    let mut reader = frame.reader().ok_or(Error::Corrupt)?;
    binding.check(&mut reader)?;
    Ok(reader)
}

/// Reads all values of a payload. What that leaves on the stack is below this call.
#[inline(never)]
pub(crate) fn decode<T: Encrypted>(payload: &[u8], binding: &Binding) -> Result<Table<T>, Error> {
    let mut reader = read(payload, binding)?;
    let secrets = decode_table(&mut reader, T::PATHS);
    if reader.ended_well() {
        Ok(secrets)
    } else {
        Err(Error::Corrupt)
    }
}
