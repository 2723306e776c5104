//! All tests that drive cargo, in one program.

// Sources are put together as they read, and tables of cases are long.
#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::too_many_lines
)]

mod face;
mod folder;
mod leaks;
mod mistakes;
mod names;
mod notation;
mod overrides;
mod rebuild;
mod settings;
mod sizes;
mod types;
mod directories;
mod merging;
mod streamlit;
mod publishing;
mod sources;
