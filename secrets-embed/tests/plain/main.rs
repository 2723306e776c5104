//! Key notation over a plain module written by hand, with every type that a leaf can have.

mod leaves;
mod module;
mod nested;
