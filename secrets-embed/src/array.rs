//! Arrays of one type are slices, arrays of mixed types are tuples.

use crate::{
    node::{Node, View, value},
    value::Value,
};

/// The elements of an array, by position.
pub trait Elements {
    /// How many there are.
    fn count(&self) -> usize;
    /// The one at a position.
    fn at(&self, index: usize) -> Option<&Value>;
}

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

// Two at least, or the array is not mixed; 12 at most, as everywhere in `core`. A longer mixed array
// becomes a tuple struct in the generated module.
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
