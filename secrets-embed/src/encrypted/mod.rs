//! Encrypted modules: ciphertext in the binary, values only after decryption with a provided key.

mod clear;
#[cfg(feature = "std")]
mod command;
mod decode;
mod decrypt;
mod deep;
#[cfg(feature = "std")]
mod discover;
mod error;
#[cfg(feature = "std")]
mod files;
mod global;
mod identity;
mod key;
mod keyfile;
mod leaf;
mod owned;
mod reader;
mod roots;
mod scalars;
mod short;
mod shown;
#[cfg(feature = "age")]
mod stock;
#[cfg(feature = "std")]
mod warning;

pub(crate) use clear::Wiped;
pub use decode::{Decode, decode_array, decode_option};
pub use decrypt::{Encrypted, Path, Payload, decode_table};
pub use deep::DeepOwned;
pub use error::Error;
pub use global::Global;
pub use identity::Identity;
pub use leaf::Wipe;
pub use owned::Owned;
pub use reader::Reader;
pub use roots::{HasCiphertext, HasProfiles, IsStub, Profile};
#[cfg(feature = "std")]
pub use warning::{Warning, set_warning_hook};
