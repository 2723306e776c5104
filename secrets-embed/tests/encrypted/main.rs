//! Decryption by way of the public API, with a module written by hand.
#![cfg(all(feature = "encrypted", feature = "std"))]
// Passphrases take the feature `age`, and the text of some errors is that of a feature that is off.
#![cfg_attr(
    not(all(feature = "age", not(feature = "post-quantum"))),
    allow(unused_imports, dead_code)
)]

mod bindings;
mod custom;
#[cfg(feature = "datetime")]
mod datetime;
#[cfg(feature = "std")]
mod discover;
mod elsewhere;
#[cfg(feature = "age")]
mod encrypted_key_files;
mod features;
mod globals;
mod key_command;
mod key_texts;
mod leaves;
mod module;
mod payload;
#[cfg(all(feature = "plugin", unix))]
mod plugin;
mod roots;
mod scalars;
#[cfg(feature = "ssh")]
mod ssh;
mod tampering;
mod tools;
