//! What tells one shape from another.

use std::fmt::Write;

use crate::write::layout::{Layout, Ty};

/// What tells a shape from others: SHA-256 over its names and types, never over values.
pub(crate) fn fingerprint(layout: &Layout) -> [u8; 32] {
    let mut text = String::new();
    for table in &layout.structs {
        text.push('{');
        for field in &table.fields {
            // A key is quoted with escapes, so that no two shapes have one text.
            let _ = write!(text, "{:?}", field.key);
            text.push(if field.optional { '?' } else { ':' });
            describe(&field.ty, &mut text);
        }
        text.push('}');
    }
    for mixed in &layout.mixed {
        text.push('(');
        mixed.elements.iter().for_each(|ty| describe(ty, &mut text));
        text.push(')');
    }
    for of in &layout.enums {
        let _ = write!(text, "{:?}", of.texts);
    }
    text.push_str(&layout.root.to_string());
    hmac_sha256::Hash::hash(text.as_bytes())
}

fn describe(ty: &Ty, text: &mut String) {
    let leaf = match ty {
        Ty::Str => "str",
        Ty::I64 => "i64",
        Ty::U64 => "u64",
        Ty::F64 => "f64",
        Ty::Bool => "bool",
        Ty::Datetime => "datetime",
        Ty::Date => "date",
        Ty::Time => "time",
        Ty::Bytes => "bytes",
        Ty::Int(int) => int.name(),
        Ty::F32 => "f32",
        Ty::Char => "char",
        Ty::IpAddr => "ip-addr",
        Ty::SocketAddr => "socket-addr",
        Ty::Duration => "duration",
        Ty::Enum(index) => {
            let _ = write!(text, "enum{index}");
            ","
        }
        Ty::Deep(inner) => return describe(inner, text),
        Ty::Slice(inner) => {
            text.push('[');
            describe(inner, text);
            "]"
        }
        Ty::Tuple(elements) => {
            text.push('(');
            for ty in elements {
                describe(ty, text);
            }
            ")"
        }
        Ty::Mixed(index) => {
            let _ = write!(text, "mixed{index}");
            ","
        }
        Ty::Table(index) => {
            let _ = write!(text, "table{index}");
            ","
        }
    };
    text.push_str(leaf);
    text.push(',');
}
