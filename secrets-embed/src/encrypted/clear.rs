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
    /// As many zeros. It never grows, which would leave a block behind.
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

/// Text that is read string by string, and overwritten when it is dropped.
pub(super) struct WipedText {
    text: String,
    /// Where the next string starts.
    start: usize,
}

impl WipedText {
    /// The same bytes, if they are UTF-8.
    pub(super) fn new(mut bytes: Wiped) -> Option<Self> {
        match String::from_utf8(mem::take(&mut bytes.0)) {
            Ok(text) => Some(Self { text, start: 0 }),
            Err(error) => {
                bytes.0 = error.into_bytes();
                None
            }
        }
    }

    /// The next string of so many bytes, if there are as many and they are whole characters.
    pub(super) fn next(&mut self, length: usize) -> Option<&str> {
        let end = self.start.checked_add(length)?;
        let string = self.text.get(self.start..end)?;
        self.start = end;
        Some(string)
    }

    /// Whether every string has been read.
    pub(super) fn is_read(&self) -> bool {
        self.start == self.text.len()
    }
}

impl Drop for WipedText {
    fn drop(&mut self) {
        drop(Wiped(mem::take(&mut self.text).into_bytes()));
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

/// Overwrites the stack below a function when it returns.
pub(super) struct ClearedStack;

impl Drop for ClearedStack {
    fn drop(&mut self) {
        clear_stack();
    }
}
