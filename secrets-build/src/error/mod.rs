//! What is wrong: problems with their parts, collected over a phase, and reported as one error.

mod all;
mod kind;
mod problem;
mod suggest;

pub use all::Error;
pub(crate) use all::{Problems, join};
pub use kind::ErrorKind;
pub use problem::Problem;
pub(crate) use problem::describe;
pub(crate) use suggest::{nearest, nearness, suggest};
