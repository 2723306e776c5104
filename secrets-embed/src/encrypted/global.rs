//! One place for decrypted secrets, for programs that want a global.

use alloc::boxed::Box;

use once_cell::race::OnceBox;

use crate::{
    encrypted::{
        decrypt::Encrypted,
        error::Error,
        identity::Identity,
        roots::{HasCiphertext, HasProfiles},
        stack::ClearedStack,
    },
    table::Table,
};

/// Secrets that are decrypted once. They live as long as the process, and are not wiped at its end.
pub struct Global<T: 'static>(OnceBox<Table<T>>);

impl<T: Encrypted> Global<T> {
    /// Nothing decrypted yet.
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self(OnceBox::new())
    }

    /// The decrypted secrets.
    ///
    /// # Panics
    ///
    /// Panics before `init` succeeded.
    #[track_caller]
    pub fn get(&'static self) -> &'static Table<T> {
        match self.0.get() {
            Some(secrets) => secrets,
            None => panic!("the secrets are not decrypted yet; call `init` first"),
        }
    }

    /// Stores what `decrypt` yields, unless something is stored. Boxed at once: secrets may be large, and each move
    /// copies them. Not inlined, so that what this leaves on the stack is below those that call it, which
    /// overwrite it.
    #[inline(never)]
    fn set(
        &'static self,
        decrypt: impl FnOnce() -> Result<Box<Table<T>>, Error>,
    ) -> Result<&'static Table<T>, Error> {
        if self.0.get().is_some() {
            return Err(Error::AlreadyInitialized);
        }
        let secrets = decrypt()?;
        // Two threads may get here; the first one wins.
        self.0.set(secrets).map_err(|_| Error::AlreadyInitialized)?;
        self.0.get().ok_or(Error::AlreadyInitialized)
    }
}

impl<T: HasCiphertext> Global<T> {
    /// Decrypts the secrets. After a failure it may be called again.
    ///
    /// # Errors
    ///
    /// [`Error::AlreadyInitialized`] if it succeeded before, and those of `Table::decrypt`.
    #[inline(never)]
    pub fn init(&'static self, identity: &Identity) -> Result<&'static Table<T>, Error> {
        let _cleared = ClearedStack::new();
        self.set(|| Table::decrypt(identity).map(Box::new))
    }
}

impl<T: HasProfiles> Global<T> {
    /// Decrypts the secrets of a profile. After a failure it may be called again.
    ///
    /// # Errors
    ///
    /// [`Error::AlreadyInitialized`] if it succeeded before, with whatever profile, and those of
    /// `Table::decrypt_profile`.
    #[inline(never)]
    pub fn init_profile(
        &'static self,
        name: &str,
        identity: &Identity,
    ) -> Result<&'static Table<T>, Error> {
        let _cleared = ClearedStack::new();
        self.set(|| Table::decrypt_profile(name, identity).map(Box::new))
    }
}
