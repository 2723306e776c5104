//! Files: read whole, as bytes or as text, and what other tools make of them.

pub(crate) mod encoding;
pub(crate) mod foreign;
pub(crate) mod read;
pub(crate) mod trail;
pub(crate) mod write;
