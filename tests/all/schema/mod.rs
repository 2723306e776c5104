//! What each key has to be.

mod keys;
mod template;
