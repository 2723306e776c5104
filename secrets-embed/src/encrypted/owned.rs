//! Tables that belong to the code that decrypted them: they can be copied, and taken apart.

use core::ops::Deref;

use crate::{
    encrypted::{
        decrypt::Encrypted,
        payload::{
            reader::Reader,
            table::{Payload, TablePath},
        },
        roots::{HasCiphertext, HasProfiles, IsStub, Profile},
        wipe::Wipe,
    },
    node::Value,
    table::{Shape, Table},
};

/// The fields of a table of an encrypted module, which are overwritten when it is dropped. It dereferences
/// to the struct of the generated module.
#[derive(Clone)]
pub struct Owned<F: Wipe>(F);

impl<F: Wipe> Drop for Owned<F> {
    fn drop(&mut self) {
        self.0.wipe();
    }
}

impl<F: Wipe> Deref for Owned<F> {
    type Target = F;

    fn deref(&self) -> &F {
        &self.0
    }
}

impl<F: Wipe + Clone> Table<Owned<F>> {
    /// Takes the table apart: its fields by value, to move a key into a client, say.
    ///
    /// Strings and bytes are wiped when they are dropped, as before, and so are the tables in it; numbers
    /// and all else that is no more than its value are yours from here on, and are not. What this table had
    /// is wiped before this returns.
    ///
    /// ```ignore
    /// let secrets::tables::Database { user, password, .. } = secrets.database.clone().into_fields();
    /// let client = Client::new(user, password);
    /// ```
    #[must_use]
    pub fn into_fields(self) -> F {
        // A copy: fields cannot be moved out of what is wiped when it is dropped.
        self.__fields.0.clone()
    }
}

impl<F: Wipe + Shape> Shape for Owned<F> {
    const NAME: &'static str = F::NAME;
    const KEYS: &'static [&'static str] = F::KEYS;
    const FIELDS: &'static [&'static str] = F::FIELDS;

    fn field(&self, index: usize) -> Option<&Value> {
        self.0.field(index)
    }
}

impl<F: Wipe + Payload> Payload for Owned<F> {
    fn decode(reader: &mut Reader<'_>, path: &'static TablePath) -> Self {
        Self(F::decode(reader, path))
    }
}

impl<F: Wipe + Encrypted> Encrypted for Owned<F> {
    const PACKAGE: &'static str = F::PACKAGE;
    const FINGERPRINT: [u8; 32] = F::FINGERPRINT;
    const PLAIN: [u8; 32] = F::PLAIN;
    const PATHS: &'static TablePath = F::PATHS;
}

impl<F: Wipe + HasCiphertext> HasCiphertext for Owned<F> {
    const CIPHERTEXT: &'static [u8] = F::CIPHERTEXT;
    const RECIPIENTS: &'static [&'static str] = F::RECIPIENTS;
    const PROFILE: Option<&'static str> = F::PROFILE;
}

impl<F: Wipe + HasProfiles> HasProfiles for Owned<F> {
    const PROFILES: &'static [Profile] = F::PROFILES;
}

impl<F: Wipe + IsStub> IsStub for Owned<F> {
    const PAYLOAD: &'static [u8] = F::PAYLOAD;
}
