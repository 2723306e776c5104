//! Encrypted modules: ciphertext in the binary, values only after decryption with a provided key.
//!
//! `identity` has the keys that a host provides, and opens an age file with them; `payload` reads what is then
//! plain; `decrypt` is both in a row, and `roots` and `global` are what a program calls. `owned`, `deep_owned` and
//! `leaves` are what it gets, `env_vars` the same as text; `wipe` and `stack` overwrite what was left behind. `error`
//! says what went wrong, with `shown` and `short` for what it may show.

pub(crate) mod decrypt;
pub(crate) mod deep_owned;
pub(crate) mod env_vars;
pub(crate) mod error;
pub(crate) mod global;
pub(crate) mod identity;
pub(crate) mod leaves;
pub(crate) mod owned;
pub(crate) mod payload;
pub(crate) mod roots;
pub(crate) mod short;
pub(crate) mod shown;
pub(crate) mod stack;
pub(crate) mod wipe;
