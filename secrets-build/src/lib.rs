#![doc = include_str!("../README.md")]
// The README shows a whole build script.
#![allow(clippy::needless_doctest_main)]

mod cargo;
mod codegen;
mod config;
mod encoding;
#[cfg(feature = "age")]
mod encrypt;
mod error;
mod file;
mod fit;
mod foreign;
mod generate;
mod keys;
mod layer;
mod layout;
mod manifest;
mod merge;
mod names;
mod origin;
mod out_dir;
mod payload;
mod publish;
mod recipient;
mod resolve;
mod run;
mod scalar;
mod sealed;
mod secrets;
mod settings;
mod shape;
mod shared;
mod shown;
mod source;
mod template;
mod trail;
mod tree;
mod variables;
mod watch;

pub use config::{Compat, Config, Merge};
pub use error::{Error, ErrorKind, Problem};
pub use keys::{Bound, Key};
pub use origin::Origin;
pub use secrets::{Generated, Secrets};

/// Embeds the secrets as `Cargo.toml` says: [`Config::embed`] with nothing set in code.
#[allow(clippy::must_use_candidate)] // Cargo reads what was printed.
pub fn embed() -> std::process::ExitCode {
    Config::new().embed()
}
