//! What is encrypted, once it is decrypted.

pub(crate) mod decode;
pub(crate) mod reader;
