//! The payload: all values in the order of the shape, without names, padded. The format is
//! specified in `ENCRYPTED.md` of `secrets-embed`, which reads it.

mod fingerprint;
mod values;
mod writer;

pub(crate) use fingerprint::fingerprint;

use writer::Writer;

use crate::{
    layer::{Bytes, wiped},
    layout::Layout,
    tree::Table,
};

const MAGIC: &[u8] = b"secrets\0";
const VERSION: u64 = 1;

/// Lengths of values are hidden to this many bytes in all.
const PADDING: usize = 256;

/// The payload of a tree.
pub(crate) fn payload(
    layout: &Layout,
    tree: &Table,
    package: &str,
    fingerprint: &[u8; 32],
) -> Bytes {
    let parts = Writer::write(|writer| {
        writer.string(package);
        writer.push(fingerprint);
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
