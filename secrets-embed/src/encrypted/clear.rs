//! Overwriting what decryption leaves behind.

use std::{
    hint::black_box,
    mem,
    ops::{Deref, DerefMut},
};

/// Bytes that are overwritten when they are dropped: all at once, where `Zeroizing` goes one by one,
/// which takes as long as it took to decrypt them.
pub(super) struct Wiped(Vec<u8>);

impl Wiped {
    /// As many zeros.
    pub(super) fn new(length: usize) -> Self {
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

/// Text that is overwritten when it is dropped. It never grows.
pub(super) struct WipedText(String);

impl WipedText {
    /// No text yet.
    pub(super) fn with_capacity(length: usize) -> Self {
        Self(String::with_capacity(length))
    }

    /// Takes another text, which has to fit the capacity.
    pub(super) fn set(&mut self, text: &str) {
        self.0.clear();
        self.0.push_str(text);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// A part that consists of whole characters.
    pub(super) fn part(&self, start: usize, length: usize) -> Option<&str> {
        self.0.get(start..start.checked_add(length)?)
    }
}

impl Drop for WipedText {
    fn drop(&mut self) {
        let mut bytes = mem::take(&mut self.0).into_bytes();
        bytes.clear();
        bytes.resize(bytes.capacity(), 0);
        black_box(&mut bytes);
    }
}

/// As much as decryption takes, unoptimised.
const LENGTH: usize = 32 * 1024;

/// Overwrites the stack below the caller, where a call before this one kept its variables. That call
/// must not be inlined, or its variables are above.
///
/// Keys are copied when they are parsed and used, and plain text when it is decrypted, by code that does
/// not wipe every copy.
#[inline(never)]
#[allow(clippy::large_stack_arrays)]
pub(super) fn clear_stack() {
    let mut below = [0_u8; LENGTH];
    // Or the array would be removed, as nothing reads it.
    black_box(&mut below);
}
