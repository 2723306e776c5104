//! Encrypted modules: ciphertext in the binary, values only after decryption with a provided key.

mod decrypt;
mod deep_owned;
mod error;
mod global;
mod identity;
mod leaves;
mod owned;
mod payload;
mod roots;
mod short;
mod shown;
mod stack;
mod wipe;

pub use decrypt::{Encrypted, Path, Payload, decode_table};
pub use deep_owned::DeepOwned;
pub use error::Error;
pub use global::Global;
pub use identity::Identity;
#[cfg(feature = "std")]
pub use identity::warning::{Warning, set_warning_hook};
pub use leaves::Wipe;
pub use owned::Owned;
pub use payload::{
    decode::{Decode, decode_array, decode_option},
    reader::Reader,
};
pub use roots::{HasCiphertext, HasProfiles, IsStub, Profile};
pub(crate) use stack::Wiped;
