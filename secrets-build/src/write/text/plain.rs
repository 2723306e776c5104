//! The keys that stay plain, and their values, as a sealed file has them.

use std::fmt::Write;

use crate::{
    secrets::Secrets,
    write::text::{
        shape::{Line, lines, quoted},
        values,
    },
};

/// The keys that stay plain and their values; nothing if there are none.
pub(crate) fn plain_text(secrets: &Secrets) -> String {
    let mut out = String::new();
    if let (false, Some(profile)) = (secrets.plain.fields.is_empty(), secrets.profiles.first()) {
        write_shape("plain-shape", &lines(&secrets.plain, true), &mut out);
        out.push_str("\n[plain]\n");
        values::write(&secrets.plain, &profile.tree, "", &mut out);
    }
    out
}

/// What the keys that stay plain and their values are bound to the encrypted ones by: SHA-256 of their text
/// in a sealed file, or zeros if there are none.
///
/// Of the text and not of the values, so that what was sealed and what is read of it can have no two hashes.
pub(crate) fn plain_hash(secrets: &Secrets) -> [u8; 32] {
    match plain_text(secrets).trim() {
        "" => [0; 32],
        text => hmac_sha256::Hash::hash(text.as_bytes()),
    }
}

pub(crate) fn write_shape(name: &str, lines: &[Line], out: &mut String) {
    let _ = writeln!(out, "\n{name} = [");
    for Line { path, ty, .. } in lines {
        let _ = writeln!(out, "    {},", quoted(&format!("{path}: {ty}")));
    }
    out.push_str("]\n");
}
