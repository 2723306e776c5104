//! What the root of an encrypted module has: one ciphertext, one for each profile, or none.

use alloc::borrow::ToOwned;
use core::fmt;

use crate::{
    encrypted::{
        decrypt::{self, Ciphertext, Encrypted, binding_of, decode},
        error::Error,
        identity::Identity,
    },
    table::Table,
};

/// The root of a module with one ciphertext. The compiler shows this name where `decrypt` is not there.
pub trait HasCiphertext: Encrypted {
    /// The age file; empty in a stub.
    const CIPHERTEXT: &'static [u8];
    /// The recipients whose identities decrypt it.
    const RECIPIENTS: &'static [&'static str];
    /// The profile whose secrets these are, if there was one.
    const PROFILE: Option<&'static str>;
}

/// The root of a module with several profiles.
pub trait HasProfiles: Encrypted {
    /// Each of them has the same shape.
    const PROFILES: &'static [Profile];
}

/// The root of a stub, which was built from a template and not from secrets.
pub trait IsStub: Encrypted {
    /// The values of the template, as they would be encrypted.
    const PAYLOAD: &'static [u8];
}

/// One of the profiles of an encrypted module; `PROFILES` of the module lists them.
#[derive(Clone, Copy)]
pub struct Profile {
    /// The name, for `decrypt_profile`.
    pub name: &'static str,
    /// The age file; empty in a program that was built without the secrets of this profile.
    pub ciphertext: &'static [u8],
    /// The recipients whose identities decrypt it; none if it is encrypted to a passphrase.
    pub recipients: &'static [&'static str],
}

/// Prints the name and the recipients.
impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile")
            .field("name", &self.name)
            .field("recipients", &self.recipients)
            .finish_non_exhaustive()
    }
}

impl<T: HasCiphertext> Table<T> {
    /// Decrypts the secrets of this module.
    ///
    /// Each value is copied once, into memory of its own that is wiped when it is dropped; the
    /// decrypted payload is wiped before this returns. For a global, see `init` and `get` of the
    /// generated module.
    ///
    /// # Errors
    ///
    /// [`Error::WrongIdentity`] and [`Error::PassphraseMismatch`] if the identity does not fit,
    /// [`Error::ExcessiveWork`] for a passphrase that would take too long, [`Error::Corrupt`],
    /// [`Error::UnknownFormat`], [`Error::OtherVersion`], [`Error::OtherProgram`],
    /// [`Error::OtherProfile`], [`Error::OtherShape`] and [`Error::OtherPlainKeys`] if the ciphertext is not
    /// the one this program was built with, and [`Error::Stub`] if it was built without secrets.
    pub fn decrypt(identity: &Identity) -> Result<Self, Error> {
        let ciphertext = Ciphertext {
            bytes: T::CIPHERTEXT,
            recipients: T::RECIPIENTS,
        };
        decrypt_embedded(identity, ciphertext, T::PROFILE)
    }

    /// Decrypts another ciphertext than the one in the program, binary or armored. It must be of the same package,
    /// profile and shape, and sealed beside the same plain keys. For programs that keep a newer one beside
    /// them, and for tests.
    ///
    /// # Errors
    ///
    /// As [`decrypt`](Self::decrypt), but for [`Error::Stub`].
    pub fn decrypt_from(identity: &Identity, ciphertext: &[u8]) -> Result<Self, Error> {
        decrypt::decrypt(identity, from_elsewhere(ciphertext), T::PROFILE)
    }
}

impl<T: HasProfiles> Table<T> {
    /// Decrypts the secrets of one of the profiles of this module.
    ///
    /// As with a module of one profile, values are wiped when they are dropped, and the decrypted
    /// payload before this returns.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownProfile`] if there is none of this name, [`Error::Stub`] if the program was built
    /// without the secrets of this profile, and those of `decrypt` of a module of one profile.
    pub fn decrypt_profile(name: &str, identity: &Identity) -> Result<Self, Error> {
        let profile = profile::<T>(name)?;
        let ciphertext = Ciphertext {
            bytes: profile.ciphertext,
            recipients: profile.recipients,
        };
        decrypt_embedded(identity, ciphertext, Some(profile.name))
    }

    /// Decrypts another ciphertext of a profile than the one in the program, binary or armored. It must be of
    /// the same package, profile and shape, and sealed beside the same plain keys.
    ///
    /// # Errors
    ///
    /// As [`decrypt_profile`](Self::decrypt_profile), but for [`Error::Stub`].
    pub fn decrypt_profile_from(
        name: &str,
        identity: &Identity,
        ciphertext: &[u8],
    ) -> Result<Self, Error> {
        decrypt::decrypt(
            identity,
            from_elsewhere(ciphertext),
            Some(profile::<T>(name)?.name),
        )
    }
}

/// A ciphertext that came after the program was built; its recipients are not known.
fn from_elsewhere(ciphertext: &[u8]) -> Ciphertext<'_> {
    Ciphertext {
        bytes: ciphertext,
        recipients: &[],
    }
}

fn profile<T: HasProfiles>(name: &str) -> Result<&'static Profile, Error> {
    let profile = T::PROFILES.iter().find(|profile| profile.name == name);
    profile.ok_or_else(|| Error::UnknownProfile {
        name: name.to_owned(),
        known: T::PROFILES.iter().map(|profile| profile.name).collect(),
    })
}

impl<T: IsStub> Table<T> {
    /// The values of the template that this program was built from; no key is needed. Only a stub has
    /// this: code that uses it does not compile in a program that was built with its secrets.
    ///
    /// # Errors
    ///
    /// [`Error::Corrupt`] and those of another payload than the one this program was built with.
    pub fn stub() -> Result<Self, Error> {
        // One payload is for all profiles.
        decode(T::PAYLOAD, &binding_of::<T>(None))
    }
}

/// Decrypts what the program was built with.
fn decrypt_embedded<T: Encrypted>(
    identity: &Identity,
    ciphertext: Ciphertext<'_>,
    profile: Option<&'static str>,
) -> Result<Table<T>, Error> {
    if ciphertext.bytes.is_empty() {
        return Err(Error::Stub);
    }
    decrypt::decrypt(identity, ciphertext, profile)
}
