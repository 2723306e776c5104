//! Generated text, line by line, with its indentation. Tokens would take many times as long for thousands of lines.

use std::fmt::{self, Write};

/// Lines of Rust.
pub(super) struct Lines {
    text: String,
    depth: usize,
}

impl Lines {
    /// No lines yet, to stand within so many blocks.
    pub(super) fn within(depth: usize) -> Self {
        Self {
            text: String::new(),
            depth,
        }
    }

    pub(super) fn push(&mut self, line: fmt::Arguments<'_>) {
        for _ in 0..self.depth {
            self.text.push_str("    ");
        }
        // To write to a string does not fail.
        let _ = self.text.write_fmt(line);
        self.text.push('\n');
    }

    /// The line before a block.
    pub(super) fn open(&mut self, line: fmt::Arguments<'_>) {
        self.push(line);
        self.depth += 1;
    }

    /// The line behind a block.
    pub(super) fn close(&mut self, line: fmt::Arguments<'_>) {
        self.depth -= 1;
        self.push(line);
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// Writes a line, as `writeln!` does.
macro_rules! line {
    ($out:expr, $($text:tt)+) => { $out.push(format_args!($($text)+)) };
}

/// Writes the line before a block.
macro_rules! open {
    ($out:expr, $($text:tt)+) => { $out.open(format_args!($($text)+)) };
}

/// Writes the line behind a block.
macro_rules! close {
    ($out:expr, $($text:tt)+) => { $out.close(format_args!($($text)+)) };
}

pub(super) use {close, line, open};
