#![doc = include_str!("../README.md")]
// The README shows a whole build script.
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

/// What each key has to be: the table `keys`, the template, and whether a tree fits them.
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
