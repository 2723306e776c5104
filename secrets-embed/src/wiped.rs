//! A buffer that is overwritten when it is dropped.

use alloc::{vec, vec::Vec};
use core::{
    hint::black_box,
    ops::{Deref, DerefMut},
};

/// Bytes that are overwritten when they are dropped: all at once, where `Zeroizing` goes one by one,
/// which takes as long as it took to decrypt them.
pub(crate) struct Wiped(Vec<u8>);

impl Wiped {
    /// As many zeros. It never grows, which would leave a block behind.
    pub(crate) fn new(length: usize) -> Self {
        Self(vec![0; length])
    }
}

impl Deref for Wiped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl DerefMut for Wiped {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.fill(0);
        // Or the write would be removed, as nothing reads it.
        black_box(&mut self.0);
    }
}
