//! What a program gets: names, types, values, and key notation.

mod meeting_names;
mod names;
mod notation;
mod sizes;
mod types;
mod usage;
