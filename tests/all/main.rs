//! All tests of what a user sees, in one program.

// Sources are put together as they read, and tables of cases are long.
#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::too_many_lines
)]

// One folder for each promise; `tests/README.md` says what each holds.
mod encrypted;
mod golden;
mod leaks;
mod module;
mod profiles;
mod publishing;
mod rebuild;
mod repository;
mod schema;
mod sealed;
mod settings;
mod sources;
mod stubs;
