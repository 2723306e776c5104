//! All tests that drive cargo, in one program.

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
