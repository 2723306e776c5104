//! The one room that knows the crate `age`.

pub(crate) mod ciphertext;
#[cfg(feature = "age")]
pub(crate) mod encrypt;
#[cfg_attr(not(feature = "age"), path = "off.rs")]
pub(crate) mod identities;
mod mistaken;
#[cfg(feature = "age")]
mod recipients;
