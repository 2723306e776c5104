//! The template: it fixes names and types, and its comments are documentation.

mod comments;
mod findings;
mod fixed_names;
