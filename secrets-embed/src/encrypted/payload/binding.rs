//! What stands before the values of a payload: its version, and what it was made for.

use alloc::string::String;

use crate::encrypted::{
    error::Error,
    payload::{
        decode::Decode,
        reader::{Frame, Reader},
    },
};

/// The first bytes of every payload. The same as in `secrets-build`, `write/payload/mod.rs`, as is the version.
const MAGIC: &[u8] = b"secrets\0";
/// The version of what follows. It is raised with every change of it, in `secrets-build` and
/// `ENCRYPTED.md` too.
const VERSION: u64 = 2;

/// What a payload must be made for.
#[derive(Clone, Copy)]
pub(crate) struct Binding {
    pub(crate) package: &'static str,
    pub(crate) profile: Option<&'static str>,
    pub(crate) fingerprint: [u8; 32],
    pub(crate) plain: [u8; 32],
}

impl Binding {
    /// Reads what a payload was made for, which must be this.
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

/// Reads and checks what stands before the values of a payload, and returns the reader of these.
pub(crate) fn read<'a>(payload: &'a [u8], binding: &Binding) -> Result<Reader<'a>, Error> {
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
