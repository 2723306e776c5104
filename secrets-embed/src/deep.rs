//! An indirection that keeps very deep secrets within the compiler's recursion limit.

use core::{fmt, ops::Deref};

use crate::node::{Node, Value, View};

/// A table or array that is nested very deeply; dereferences to it.
///
/// The compiler proves that a constant may be shared between threads, and that it has key notation, by
/// walking its type, and stops at 128 steps. A generated module puts a `Deep` at every sixteenth level,
/// which ends the walk. In use it is not seen: `a.b.c` and `a["b"]["c"]` go through it.
pub struct Deep<T: 'static>(
    #[doc(hidden)] pub fn() -> &'static T,
    #[doc(hidden)] pub fn() -> &'static Value,
);

impl<T> Deref for Deep<T> {
    type Target = T;

    fn deref(&self) -> &T {
        (self.0)()
    }
}

impl<T> Clone for Deep<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Deep<T> {}

/// Prints what the table or array prints.
impl<T> fmt::Debug for Deep<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.1)().fmt(f)
    }
}

impl<T> Node for Deep<T> {
    fn view(&self) -> View<'_> {
        (self.1)().view()
    }
}
