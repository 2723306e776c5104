//! The header: a line with the version, stanzas, and a code that authenticates them.

use alloc::{vec, vec::Vec};
use core::str;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{
    base64,
    kdf::{self, FileKey},
    malformed::Malformed,
};

const VERSION: &[u8] = b"age-encryption.org/v1";
/// The type of a stanza that wraps the key with a passphrase.
pub(super) const PASSPHRASE: &str = "scrypt";

/// The longest line of a body, in characters, and the bytes that it is.
const COLUMNS: usize = 64;
const LINE: usize = 48;

/// Limits of this reader: each stanza may cost a key agreement before anything is authenticated. With
/// so many stanzas of the longest native type, a header is shorter than that.
const MAX_STANZAS: usize = 1_024;
const MAX_LENGTH: usize = 2 * 1024 * 1024;

/// A stanza of the header of an age file: the key of the file, wrapped for one recipient.
pub struct Stanza<'a> {
    /// The type and the arguments, divided by single spaces.
    arguments: &'a str,
    body: Vec<u8>,
}

impl<'a> Stanza<'a> {
    /// The type, such as `X25519`.
    #[must_use]
    pub fn kind(&self) -> &'a str {
        self.arguments.split(' ').next().unwrap_or_default()
    }

    /// What follows the type.
    pub fn arguments(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.arguments.split(' ').skip(1)
    }

    /// The bytes below.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The one argument, which must be so many bytes in base64.
    pub(super) fn argument<const N: usize>(&self) -> Result<[u8; N], Malformed> {
        let mut arguments = self.arguments();
        match (arguments.next(), arguments.next()) {
            (Some(argument), None) => base64::array(argument.as_bytes()),
            _ => Err(Malformed),
        }
    }
}

/// A parsed header.
pub(super) struct Header<'a> {
    pub(super) stanzas: Vec<Stanza<'a>>,
    /// What the code authenticates.
    authenticated: &'a [u8],
    code: [u8; 32],
}

impl<'a> Header<'a> {
    /// Parses the header of a file, and returns what follows it.
    pub(super) fn parse(file: &'a [u8]) -> Result<(Self, &'a [u8]), Malformed> {
        let header = &file[..file.len().min(MAX_LENGTH)];
        let mut lines = Lines { rest: header };
        if lines.next()? != VERSION {
            return Err(Malformed);
        }
        let mut stanzas = Vec::new();
        let code = loop {
            let line = lines.next()?;
            if let Some(arguments) = line.strip_prefix(b"-> ") {
                if stanzas.len() == MAX_STANZAS {
                    return Err(Malformed);
                }
                stanzas.push(Stanza {
                    arguments: check_arguments(arguments)?,
                    body: lines.body()?,
                });
            } else {
                break line.strip_prefix(b"--- ").ok_or(Malformed)?;
            }
        };
        let is_allowed = match stanzas.len() {
            0 => false,
            1 => true,
            // The specification: a passphrase is the only recipient.
            _ => stanzas.iter().all(|stanza| stanza.kind() != PASSPHRASE),
        };
        if !is_allowed {
            return Err(Malformed);
        }
        let end = header.len() - lines.rest.len();
        let header = Self {
            stanzas,
            authenticated: &header[..end - code.len() - "\n".len() - " ".len()],
            code: base64::array(code)?,
        };
        Ok((header, &file[end..]))
    }

    /// Checks that whoever wrote the header had the key of the file.
    pub(super) fn verify(&self, key: &FileKey) -> Result<(), Malformed> {
        let key = kdf::derive(&key.0[..], &[], b"header");
        let mut mac = Hmac::<Sha256>::new_from_slice(&*key).map_err(|_| Malformed)?;
        mac.update(self.authenticated);
        // In constant time.
        mac.verify_slice(&self.code).map_err(|_| Malformed)
    }
}

/// The type and the arguments: visible characters, divided by single spaces.
fn check_arguments(line: &[u8]) -> Result<&str, Malformed> {
    let mut arguments = line.split(|byte| *byte == b' ');
    if !arguments.all(|text| !text.is_empty() && text.iter().all(u8::is_ascii_graphic)) {
        return Err(Malformed);
    }
    str::from_utf8(line).map_err(|_| Malformed)
}

/// The lines that are not parsed yet.
struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Lines<'a> {
    /// The next line, without its end.
    fn next(&mut self) -> Result<&'a [u8], Malformed> {
        let length = self.rest.iter().position(|byte| *byte == b'\n');
        let (line, rest) = self.rest.split_at(length.ok_or(Malformed)?);
        self.rest = &rest[1..];
        Ok(line)
    }

    /// The body of a stanza: full lines, and then one that is shorter, and may be empty.
    fn body(&mut self) -> Result<Vec<u8>, Malformed> {
        let mut lines = Lines { rest: self.rest };
        let mut full = 0;
        let last = loop {
            let line = lines.next()?;
            if line.len() < COLUMNS {
                break line;
            } else if line.len() > COLUMNS {
                return Err(Malformed);
            }
            full += 1;
        };
        // Of the right size at once.
        let mut body = vec![0; full * LINE + base64::decoded_length(last)?];
        for bytes in body.chunks_mut(LINE) {
            base64::into(self.next()?, bytes)?;
        }
        // The last line, which may be empty, is shorter than the others.
        self.rest = lines.rest;
        Ok(body)
    }
}
