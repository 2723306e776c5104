//! Decryption by way of the public API, with a module written by hand.
#![cfg(feature = "age")]

#[cfg(feature = "datetime")]
mod datetime;
mod discover;
mod features;
mod keys;
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
