//! The one room that knows the crate `age`: identities that open sources, and recipients that values are
//! encrypted to.
//!
//! In come paths and settings, out go bytes. It knows neither what a source is nor what is in one. Without the
//! feature `age` one file, `off.rs`, stands for all that needs that crate.

pub(crate) mod ciphertext;
#[cfg(feature = "age")]
mod encrypt;
#[cfg(feature = "age")]
mod identities;
mod mistaken;
#[cfg(not(feature = "age"))]
mod off;
#[cfg(feature = "age")]
mod recipients;

#[cfg(not(feature = "age"))]
pub(crate) use off::{Encryption, Identities};
#[cfg(feature = "age")]
pub(crate) use {encrypt::Encryption, identities::Identities};

/// Whether this build can encrypt and decrypt.
pub(crate) const IS_ENABLED: bool = cfg!(feature = "age");
