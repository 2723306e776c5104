//! The one reason for which a file is refused.

/// Something in a file that the specification does not allow.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed;
