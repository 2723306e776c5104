//! Real packages in temporary folders, built by real cargo.
//!
//! All packages share one target folder, so that the dependencies are compiled once. The environment
//! of a build is made here, whole: the home directory is an empty one of the test's own.

// These are tools of tests: they panic where something is wrong, and some are called for that alone.
#![allow(
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    clippy::must_use_candidate
)]

pub mod age;
mod builds;
mod folder;
mod lanes;
mod leavings;
mod project;

pub use builds::Run;
pub use folder::{Folder, MANIFEST, program};
pub use project::Project;
pub use secrets_scanner::Scanner;
pub use secrets_test_tools::{
    Cipher, Repository, SshKey, SshKind, Terminal, age_tool, fetch_crates, leave_terminal,
    workspace,
};
