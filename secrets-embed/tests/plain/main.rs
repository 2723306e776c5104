//! Key notation over a plain module written by hand, with every type that a leaf can have.

mod nested;
mod plain_leaves;
mod plain_module;
