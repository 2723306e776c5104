//! Overwriting what a call left on the stack.

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
    std::hint::black_box(&mut below);
}
