//! Recipients in errors: enough of each to recognize it.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

/// No more than this many are listed.
const SHOWN: usize = 4;

/// How much of a key is enough to recognize it.
const LENGTH: usize = 8;

/// The short form of a recipient: its kind, and as much of the key as is enough to recognize it.
pub(crate) fn short(recipient: &str) -> String {
    let start = |text: &str| text.chars().take(LENGTH).collect::<String>();
    let kind = |text: &str| text.chars().take(3 * LENGTH).collect::<String>();
    let mut words = recipient.split_whitespace();
    match (words.next(), words.next()) {
        // All SSH keys of a kind begin alike.
        (Some(name), Some(key)) => {
            let end = key.chars().rev().take(LENGTH).collect::<Vec<_>>();
            let end: String = end.into_iter().rev().collect();
            format!("{} ...{end}", kind(name))
        }
        // Bech32: what is before the last 1 is the kind of the key.
        (Some(word), None) => match word.rsplit_once('1') {
            Some((name, key)) => format!("{}1{}...", kind(name), start(key)),
            None => format!("{}...", start(word)),
        },
        (None, _) => String::new(),
    }
}

/// A list of recipients in their short form.
pub(crate) struct List<'a>(pub(crate) &'a [String]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, recipient) in self.0.iter().take(SHOWN).enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}`{}`", recipient.escape_debug())?;
        }
        match self.0.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}
