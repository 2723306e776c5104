//! The payload: all values in the order of the shape, without names, padded. The format is
//! specified in `ENCRYPTED.md` of `secrets-embed`, which reads it.

pub(crate) mod fingerprint;
pub(crate) mod values;
pub(crate) mod writer;

use crate::{
    model::tree::Table,
    model::wipe::{Bytes, wiped},
    write::{layout::Layout, payload::writer::Writer},
};

/// The same as in `secrets-embed`, `encrypted/payload/binding.rs`, as is the version.
const MAGIC: &[u8] = b"secrets\0";
/// Of the payload. It is raised with every change of it, in `secrets-embed` and `ENCRYPTED.md` too.
pub(crate) const VERSION: u64 = 2;

/// Lengths of values are hidden to this many bytes in all.
const PADDING: usize = 256;

/// What a payload is bound to: for anything else the program does not take it.
#[derive(Clone, Copy)]
pub(crate) struct Binding<'a> {
    pub(crate) package: &'a str,
    pub(crate) profile: Option<&'a str>,
    /// Of the names and types of the shape.
    pub(crate) fingerprint: [u8; 32],
    /// Of the keys that stay plain, with their values.
    pub(crate) plain: [u8; 32],
}

/// The payload of a tree.
pub(crate) fn payload(layout: &Layout, tree: &Table, binding: &Binding<'_>) -> Bytes {
    let parts = Writer::write(|writer| {
        writer.string(binding.package);
        writer.option(binding.profile.as_ref(), |writer, name| writer.string(name));
        writer.push(&binding.fingerprint);
        writer.push(&binding.plain);
        writer.table(layout, layout.root, tree);
    });
    let [text, values] = &parts;
    let numbers = [VERSION, text.len() as u64, values.len() as u64].map(u64::to_le_bytes);
    let payload = [MAGIC, numbers.as_flattened(), text, values];
    let length: usize = payload.iter().map(|part| part.len()).sum();
    // The right capacity at once: a buffer that grows leaves its old blocks behind.
    let mut padded = wiped(Vec::with_capacity(length.next_multiple_of(PADDING)));
    for part in payload {
        padded.extend_from_slice(part);
    }
    padded.resize(length.next_multiple_of(PADDING), 0);
    padded
}
