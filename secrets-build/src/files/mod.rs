//! Files: read whole, written whole, and what other tools make of them.
//!
//! In come paths, out go bytes and texts. Nothing here knows what a file is for. `read` refuses what is not a file,
//! `encoding` tells texts from other bytes, `foreign` knows the marks of other tools, `write` puts a file in its
//! place in one step, and `trail` follows links.

pub(crate) mod encoding;
pub(crate) mod foreign;
pub(crate) mod read;
pub(crate) mod trail;
pub(crate) mod write;
