//! The panic of a key that is not there.

use core::fmt::{self, Write};

/// A missing key with its whole path; quoted where TOML would quote it, so that the one key `"a.b"` is
/// not taken for `a.b`.
#[cold]
#[track_caller]
pub(crate) fn missing(path: &str, key: &str) -> ! {
    let dot = if path.is_empty() { "" } else { "." };
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !key.is_empty() && key.bytes().all(bare) {
        panic!("no key `{path}{dot}{key}` in the secrets");
    } else {
        panic!("no key `{path}{dot}{}` in the secrets", Quoted(key));
    }
}

/// A key in quotes, as TOML writes it, without what a terminal would obey.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' => {
                    write!(f, "\\u{:04X}", u32::from(c))?;
                }
                c if c.is_control() => write!(f, "\\u{:04X}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}
