//! Decryption by way of the public API, with a module written by hand.
#![cfg(feature = "age")]

mod discover;
mod keys;
mod leaves;
mod module;
mod payload;
mod roots;
mod scalars;
mod tampering;
