//! The template: it fixes names and types, and its comments are documentation.

mod docs;
mod face;
mod findings;
