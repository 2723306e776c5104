//! Embeds secrets in a program when it is compiled, from TOML files and mounted directories.
//!
//! It is for a program that ships as one file and still has to know passwords and keys. A build script calls
//! [`embed`], which finds the sources, merges them, and writes a module of typed constants and nested structs;
//! the program includes that module with `include_secrets!` of the crate [secrets-embed].
//!
//! ```sh
//! cargo add secrets-embed
//! cargo add --build secrets-build
//! mkdir .secrets && echo '/.secrets/' >> .gitignore
//! printf '[database]\nuser = "app"\nport = 5432\n' > .secrets/secrets.toml
//! ```
//!
//! ```no_run
//! // build.rs
//! fn main() {
//!     secrets_build::embed();
//! }
//! ```
//!
//! ```ignore
//! // src/main.rs
//! mod secrets { secrets_embed::include_secrets!(); }
//!
//! connect(secrets::DATABASE.user, secrets::DATABASE.port); // &'static str, i64
//! ```
//!
//! A change of a source is in the next build. A mistake in one fails the build, with its file, line and column and
//! the way out; no message shows a value. **The values are in the binary, where anyone who has it can read them**,
//! unless they are encrypted.
//!
//! # Where to go from here
//!
//! - **Settings** are in `[package.metadata.secrets]` of `Cargo.toml`; a [`Config`] sets the same in code, and each
//!   of its methods shows how.
//! - **Types and rules**: a [`Key`] fixes what a key must be, such as `u16`, a URL, or one of three texts. A
//!   [template](Config::template) fixes all keys, and lets the program build where there are no secrets.
//! - **Encryption**: with a [recipient](Config::recipient) only ciphertext is in the binary, and the host provides
//!   the identity at run time. A [sealed file](Config::sealed) moves the encryption out of the build.
//! - **Tools and tests**: [`Config::load`] yields the merged [`Secrets`] without a build, and [`Error::problems`]
//!   what is wrong with them, part by part.
//! - The README of the repository has everything in one place: precedence, every setting, and what is and is
//!   not protected.
//!
//! # Features
//!
//! None is on by default.
//!
//! - `age`: encrypted modules, sealed files and encrypted sources.
//! - `ssh`, `plugin`: `age`, and recipients and identities that are SSH keys or of age plugins.
//! - `url`, `pattern`: the type `url`, and rules that are regular expressions.
//!
//! [secrets-embed]: https://docs.rs/secrets-embed
// A page that shows a whole build script.
#![allow(clippy::needless_doctest_main)]

// The rooms, from the top. Each uses only those below it, which a test in `tests` holds.

/// The build step: the list of its phases, stubs, and what cargo is told.
mod build;

/// The sealed file: written, read, and compared with what the settings and the template want.
mod sealed;

/// Secrets as the files of a module: its structs, its Rust, its payload.
mod write;

/// The secrets of all profiles with their shape: what reading ends in and writing starts from.
mod secrets;

/// What each key must be: the table `keys`, the template, and whether a tree fits them.
mod schema;

/// Sources: found, read to trees, and laid over one another.
mod read;

/// The one room that knows the crate `age`.
mod crypto;

/// What was asked for: in code, in `Cargo.toml`, by variables.
mod settings;

/// The words of all others: values, types, paths and names.
mod model;

/// Files: read whole, written whole, and what other tools make of them.
mod files;

/// What is wrong.
mod error;

/// Where it came from.
mod origin;

/// What messages may show of what somebody typed.
mod shown;

pub use error::{Error, ErrorKind, Problem};
pub use origin::Origin;
pub use secrets::Secrets;
pub use settings::{
    Compat, Merge,
    config::Config,
    key::{Bound, Key},
};
pub use write::generate::Generated;

/// Embeds the secrets as `Cargo.toml` says: [`Config::embed`] with nothing set in code.
#[allow(clippy::must_use_candidate)] // Cargo reads what was printed.
pub fn embed() -> std::process::ExitCode {
    Config::new().embed()
}

/// The README, whose code is compiled with the examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
// It shows a whole build script.
#[allow(clippy::needless_doctest_main)]
mod readme {}
