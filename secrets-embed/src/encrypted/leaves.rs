//! Owned strings, bytes and arrays as nodes.

use alloc::vec::Vec;

use secrecy::{SecretSlice, SecretString};

use crate::node::{Elements, Node, Value, View, value};

impl Node for SecretString {
    fn view(&self) -> View<'_> {
        View::SecretString(self)
    }
}

impl Node for SecretSlice<u8> {
    fn view(&self) -> View<'_> {
        View::SecretBytes(self)
    }
}

impl<T: Node> Elements for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn at(&self, index: usize) -> Option<&Value> {
        self.get(index).map(value)
    }
}

impl<T: Node> Node for Vec<T> {
    fn view(&self) -> View<'_> {
        View::Array(self)
    }
}
