//! From ciphertext to tables.

use crate::{
    encrypted::{
        error::Error,
        identity::Identity,
        payload::{
            binding::{Binding, read},
            table::{Payload, TablePath, decode_table},
        },
        stack::ClearedStack,
    },
    table::Table,
    wiped::Wiped,
};

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
    const PATHS: &'static TablePath;
}

/// What the payload of a module must be made for, and of one of its profiles if it has any.
pub(crate) fn binding_of<T: Encrypted>(profile: Option<&'static str>) -> Binding {
    Binding {
        package: T::PACKAGE,
        profile,
        fingerprint: T::FINGERPRINT,
        plain: T::PLAIN,
    }
}

/// What is decrypted, and its recipients as far as they are known.
#[derive(Clone, Copy)]
pub(crate) struct Ciphertext<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) recipients: &'a [&'static str],
}

/// Decrypts a ciphertext and reads its values. What that leaves on the stack is overwritten.
pub(crate) fn decrypt<T: Encrypted>(
    identity: &Identity,
    ciphertext: Ciphertext<'_>,
    profile: Option<&'static str>,
) -> Result<Table<T>, Error> {
    // When this returns: to do it before would move the secrets, which may be large, once more.
    let _cleared = ClearedStack::new();
    let payload = decrypt_payload(identity, ciphertext)?;
    decode(&payload, &binding_of::<T>(profile))
}

/// Decrypts a ciphertext. What that leaves on the stack is below this call.
#[inline(never)]
fn decrypt_payload(identity: &Identity, ciphertext: Ciphertext<'_>) -> Result<Wiped, Error> {
    identity.open(ciphertext.bytes, ciphertext.recipients)
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
