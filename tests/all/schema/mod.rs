//! What each key must be.

mod keys;
mod template;
