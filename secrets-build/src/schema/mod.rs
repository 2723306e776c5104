//! What each key has to be: the table `keys`, the template, and whether a tree fits them.

pub(crate) mod bound;
pub(crate) mod contradictions;
pub(crate) mod convert;
pub(crate) mod declare;
pub(crate) mod entry;
pub(crate) mod fit;
pub(crate) mod fixed;
pub(crate) mod key_type;
pub(crate) mod keys;
pub(crate) mod pattern;
pub(crate) mod rules;
pub(crate) mod shared;
pub(crate) mod template;
pub(crate) mod walk;
