//! An indirection that keeps very deep secrets within the compiler's recursion limit.

use core::{fmt, ops::Deref};

use crate::{
    node::{Node, View},
    table::{Shape, Table},
};

/// A table or array that is nested very deeply; dereferences to it.
///
/// The compiler proves that a constant may be shared between threads by walking its type, and stops
/// at 128 steps. A generated module puts a `Deep` at every twentieth level, which ends the walk.
/// In use it is not seen: `a.b.c` and `a["b"]["c"]` go through it.
pub struct Deep<T: ?Sized + 'static>(#[doc(hidden)] pub fn() -> &'static T);

impl<T: ?Sized> Deref for Deep<T> {
    type Target = T;

    fn deref(&self) -> &T {
        (self.0)()
    }
}

impl<T: ?Sized> Clone for Deep<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Deep<T> {}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Deep<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Shape> Node for Deep<Table<T>>
where
    Table<T>: Node,
{
    fn view(&self) -> View<'_> {
        (self.0)().view()
    }
}

impl<T: 'static> Node for Deep<&'static [T]>
where
    &'static [T]: Node,
{
    fn view(&self) -> View<'_> {
        (self.0)().view()
    }
}
