//! All tests that drive cargo, in one program.

// Sources are put together as they read, and tables of cases are long.
#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::too_many_lines
)]

mod directories;
mod encrypted;
mod face;
mod folder;
mod forms;
mod golden;
mod in_code;
mod keys;
mod leaks;
mod merging;
mod mistakes;
mod mixed;
mod names;
mod notation;
mod overlays;
mod overrides;
mod profiles;
mod publishing;
mod rebuild;
mod rooms;
mod sealed;
mod settings;
mod shared;
mod sizes;
mod sources;
mod streamlit;
mod stub;
mod template;
mod types;
mod variables;
