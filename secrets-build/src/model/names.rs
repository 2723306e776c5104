//! From the keys of files to the names of Rust.

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;

use crate::shown;

/// Constants of every generated module; a key of such a name gets an underscore.
const OURS: [&str; 5] = ["SECRETS", "IS_STUB", "CIPHERTEXT", "RECIPIENTS", "PROFILES"];

/// The keywords of all editions, strict and reserved, that may be raw identifiers.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// The words of a key in `snake_case`.
///
/// Letters and digits stay, and everything else divides words. If nothing stays, the code points
/// stand in, as in `u1f511`, and `empty` for the empty key. A digit in front gets an underscore. Letters are
/// in the form NFC, in which the compiler compares identifiers.
fn words_of(key: &str) -> String {
    let letters: String = key
        .nfc()
        .map(|c| {
            if unicode_ident::is_xid_continue(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let name: String = letters.to_snake_case().nfc().collect();
    match name.chars().next() {
        Some(first) if unicode_ident::is_xid_start(first) => name,
        Some(_) => format!("_{name}"),
        None if key.is_empty() => "empty".to_owned(),
        None => {
            let points: Vec<_> = key
                .chars()
                .map(|c| format!("u{:x}", u32::from(c)))
                .collect();
            points.join("_")
        }
    }
}

/// What is wrong with a text as the name of a field, if anything is.
pub(crate) fn refused(name: &str) -> Option<String> {
    let mended = words_of(name);
    let way_out = match mended.as_str() {
        "self" | "super" | "crate" => {
            "choose another word, as Rust has this one for itself".to_owned()
        }
        same if same == name => return None,
        mended => {
            // The words of what is not shown would be a part of it.
            let is_shown = shown::is_name(name) && shown::is_name(mended);
            let example = if is_shown {
                format!(", as in `{mended}`")
            } else {
                String::new()
            };
            format!("expected words of letters and digits in `snake_case`{example}")
        }
    };
    Some(format!(
        "`name` is `{}`, which no field can have; {way_out}",
        shown::name(name)
    ))
}

/// The name of a field, with `r#` if it is a keyword.
pub(crate) fn field_name(key: &str) -> String {
    let name = words_of(key);
    match name.as_str() {
        "self" | "super" | "crate" => format!("{name}_"),
        keyword if KEYWORDS.contains(&keyword) => format!("r#{name}"),
        _ => name,
    }
}

/// The name of a constant for a key of the root.
pub(crate) fn constant_name(key: &str) -> String {
    let name: String = words_of(key).to_uppercase().nfc().collect();
    if OURS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// The name of a variant of an enum.
pub(crate) fn variant_name(text: &str) -> String {
    struct_name(&[text.to_owned()])
}

/// The name of the struct for a table, from the keys that lead to it.
pub(crate) fn struct_name(path: &[String]) -> String {
    if path.is_empty() {
        return "Secrets".to_owned();
    }
    let words: Vec<_> = path.iter().map(|key| words_of(key)).collect();
    let name: String = words.join("_").to_upper_camel_case().nfc().collect();
    match name.chars().next() {
        Some(first) if unicode_ident::is_xid_start(first) && name != "Self" => name,
        Some(first) if unicode_ident::is_xid_start(first) => format!("{name}_"),
        _ => format!("_{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_mended_by_one_rule() {
        let cases = [
            ("OpenAI_key", "open_ai_key"),
            ("tls.crt", "tls_crt"),
            ("with spaces", "with_spaces"),
            ("a-b", "a_b"),
            ("2fa", "_2fa"),
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("Self", "self_"),
            ("größe", "größe"),
            ("key 🔑", "key"),
            ("🔑", "u1f511"),
            ("--", "u2d_u2d"),
            ("", "empty"),
            ("x²", "x"),
            ("\u{f900}", "\u{8c48}"),
            ("e\u{301}te", "\u{e9}te"),
        ];
        for (key, name) in cases {
            assert_eq!(field_name(key), name, "for the key {key:?}");
        }
    }

    #[test]
    fn constants_do_not_meet_ours() {
        assert_eq!(constant_name("OpenAI_key"), "OPEN_AI_KEY");
        assert_eq!(constant_name("secrets"), "SECRETS_");
        assert_eq!(constant_name("is-stub"), "IS_STUB_");
        assert_eq!(constant_name("type"), "TYPE");
    }

    #[test]
    fn structs_are_named_by_their_path() {
        let path = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        assert_eq!(struct_name(&[]), "Secrets");
        assert_eq!(
            struct_name(&path(&["database", "primary-db"])),
            "DatabasePrimaryDb"
        );
        assert_eq!(struct_name(&path(&["self"])), "Self_");
        assert_eq!(struct_name(&path(&["2fa"])), "_2fa");
    }
}
