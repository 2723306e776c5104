//! Arrays of one type are slices, arrays of mixed types are tuples.

use crate::node::{Elements, Node, Value, View, value};

impl<T: Node> Elements for &'static [T] {
    fn count(&self) -> usize {
        self.len()
    }

    fn at(&self, index: usize) -> Option<&Value> {
        self.get(index).map(value)
    }
}

impl<T: Node> Node for &'static [T] {
    fn view(&self) -> View<'_> {
        T::view_slice(self)
    }
}

macro_rules! tuple {
    ($($name:ident $index:tt),*) => {
        impl<$($name: Node),*> Elements for ($($name,)*) {
            fn count(&self) -> usize {
                [$($index),*].len()
            }

            fn at(&self, index: usize) -> Option<&Value> {
                Some(match index {
                    $($index => &self.$index,)*
                    _ => return None,
                })
            }
        }

        impl<$($name: Node),*> Node for ($($name,)*) {
            fn view(&self) -> View<'_> {
                View::Array(self)
            }
        }
    };
}

/// Calls a macro once for each length of a tuple. A mixed array has two elements at least; 12 are the most that
/// the traits of `core` are implemented for, and a longer one is a tuple struct in the generated module.
macro_rules! tuples {
    ($each:ident) => {
        $each!(A 0, B 1);
        $each!(A 0, B 1, C 2);
        $each!(A 0, B 1, C 2, D 3);
        $each!(A 0, B 1, C 2, D 3, E 4);
        $each!(A 0, B 1, C 2, D 3, E 4, F 5);
        $each!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
        $each!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
        $each!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
        $each!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
        $each!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
        $each!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
    };
}
#[cfg(feature = "encrypted")]
pub(crate) use tuples;

tuples!(tuple);
