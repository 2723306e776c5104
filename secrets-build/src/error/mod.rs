//! What is wrong: problems with their parts, collected over a phase, and reported as one error.
//!
//! A `problem` has a kind, an origin, a key, what is wrong and the way out; `all` collects problems, so that one build
//! reports all that are independent of each other, and each once. `suggest` finds the name that was meant. Nothing
//! here sees a value: who makes a problem writes its text, with what `shown` lets through.

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
