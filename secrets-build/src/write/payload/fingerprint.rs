//! What tells one shape from another.

use std::fmt::Write;

use crate::write::layout::{Layout, RustType};

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

fn describe(ty: &RustType, text: &mut String) {
    let leaf = match ty {
        RustType::Str => "str",
        RustType::I64 => "i64",
        RustType::U64 => "u64",
        RustType::F64 => "f64",
        RustType::Bool => "bool",
        RustType::Datetime => "datetime",
        RustType::Date => "date",
        RustType::Time => "time",
        RustType::Bytes => "bytes",
        RustType::Int(int) => int.name(),
        RustType::F32 => "f32",
        RustType::Char => "char",
        RustType::IpAddr => "ip-addr",
        RustType::SocketAddr => "socket-addr",
        RustType::Duration => "duration",
        RustType::Enum(index) => {
            let _ = write!(text, "enum{index}");
            ","
        }
        RustType::Deep(inner) => return describe(inner, text),
        RustType::Slice(inner) => {
            text.push('[');
            describe(inner, text);
            "]"
        }
        RustType::Tuple(elements) => {
            text.push('(');
            for ty in elements {
                describe(ty, text);
            }
            ")"
        }
        RustType::Mixed(index) => {
            let _ = write!(text, "mixed{index}");
            ","
        }
        RustType::Table(index) => {
            let _ = write!(text, "table{index}");
            ","
        }
    };
    text.push_str(leaf);
    text.push(',');
}
