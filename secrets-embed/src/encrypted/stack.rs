//! Overwriting what decryption leaves on the stack.

use core::{hint::black_box, ptr};

/// As much of the stack as decryption uses in an unoptimised program; how much decoding uses is noted, see
/// [`note_depth`]. Where there is no operating system a whole stack may be no larger than 4 KiB.
const LENGTH: usize = if cfg!(target_os = "none") { 4 } else { 32 } * 1024;

/// How much is overwritten in one step.
const STEP: usize = 4 * 1024;

/// How deep the stack of this thread was used.
#[cfg(feature = "std")]
mod depth {
    use std::cell::Cell;

    std::thread_local! {
        /// The lowest place of the stack that was used since the outermost guard was made.
        static LOWEST: Cell<usize> = const { Cell::new(usize::MAX) };
        /// How many guards there are.
        static GUARDS: Cell<usize> = const { Cell::new(0) };
    }

    pub(crate) fn note(here: usize) {
        LOWEST.set(LOWEST.get().min(here));
    }

    pub(crate) fn lowest() -> usize {
        LOWEST.get()
    }

    pub(crate) fn enter() {
        GUARDS.set(GUARDS.get() + 1);
    }

    pub(crate) fn leave() {
        // What an outer one overwrites has been as deep as this.
        let others = GUARDS.get() - 1;
        GUARDS.set(others);
        if others == 0 {
            LOWEST.set(usize::MAX);
        }
    }
}

/// Without an operating system nothing is known of threads, of which each has a stack of its own: no depth is
/// noted, and a fixed part of the stack is overwritten.
#[cfg(not(feature = "std"))]
mod depth {
    pub(crate) fn note(_: usize) {}

    pub(crate) fn lowest() -> usize {
        usize::MAX
    }

    pub(crate) fn enter() {}

    pub(crate) fn leave() {}
}

/// Notes how far the stack goes down here. Not inlined, as its own place is below all of its caller's
/// variables.
#[inline(never)]
pub(crate) fn note_depth() {
    depth::note(here());
}

/// A place in the caller, or right below it.
#[inline]
fn here() -> usize {
    let marker = 0_u8;
    ptr::from_ref(black_box(&marker)).addr()
}

/// Overwrites the stack below the caller, where a call before this one kept its variables, as deep as it
/// went. That call must not be inlined, or its variables are above.
///
/// Keys are copied when they are parsed and used, plain text when it is decrypted, and numbers when tables
/// are put together, by code that does not wipe every copy.
#[inline(never)]
pub(crate) fn clear_stack() {
    let lowest = depth::lowest();
    let least = here().saturating_sub(LENGTH);
    // What is called at the lowest place that was noted goes a little further.
    let lowest = lowest.saturating_sub(STEP).min(least);
    clear_down_to(lowest);
    clear_shifted_down_to(lowest);
}

/// Overwrites again, half a step further down: what stands between two arrays the first time is within one
/// now.
#[inline(never)]
fn clear_shifted_down_to(lowest: usize) {
    let mut below = [0_u8; STEP / 2];
    black_box(&mut below);
    clear_down_to(lowest);
    black_box(&mut below);
}

/// Overwrites step by step: one array of that length would take it all at once, even if little is needed.
#[inline(never)]
fn clear_down_to(lowest: usize) {
    let mut below = [0_u8; STEP];
    // Or the array would be removed, as nothing reads it.
    black_box(&mut below);
    if ptr::from_ref(&below).addr() > lowest {
        clear_down_to(lowest);
    }
    // Or this would become a loop, which uses the same place again and again.
    black_box(&mut below);
}

/// Overwrites the stack below a function when it returns.
pub(crate) struct ClearedStack(());

impl ClearedStack {
    pub(crate) fn new() -> Self {
        depth::enter();
        Self(())
    }
}

impl Drop for ClearedStack {
    fn drop(&mut self) {
        clear_stack();
        depth::leave();
    }
}
