//! All tests that drive cargo, in one program.

// Sources are put together as they read, and tables of cases are long.
#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::too_many_lines
)]

// One folder for each promise, in the order of the README.
mod encrypted; // encrypted modules
mod golden; // what is generated, and all messages
mod leaks; // that no value is shown
mod module; // what a program gets
mod profiles; // several profiles in one program
mod publishing; // what must not be published
mod rebuild; // what is built again
mod repository;
mod schema; // the template, and the table of keys
mod sealed; // sealed files
mod settings; // what is embedded, and how that is said
mod sources; // files, directories and variables, and how they are merged
mod stubs; // builds without secrets // what holds of the code itself
