//! Files that people write, before they are parsed: text in UTF-8, and not in the form of another tool.

use std::str;

use crate::files::foreign::Tool;

/// Why the bytes of a file are not the text that was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotText {
    Utf16,
    /// Another tool made this of the text.
    Foreign(Tool),
    /// The length of what is UTF-8.
    Invalid(usize),
}

impl NotText {
    /// What is wrong and the way out, behind the name of the file.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Utf16 => "is UTF-16; save it as UTF-8",
            Self::Foreign(tool) => tool.described(),
            Self::Invalid(_) => "is not UTF-8; save it as UTF-8",
        }
    }
}

/// The text of a file, without the byte order mark that some editors put in front.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, NotText> {
    if let Some(tool) = Tool::of_file(bytes) {
        return Err(NotText::Foreign(tool));
    }
    utf8(bytes).map(without_mark)
}

/// Text in whatever form it is, with the mark.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, NotText> {
    if is_utf16(bytes) {
        return Err(NotText::Utf16);
    }
    str::from_utf8(bytes).map_err(|error| NotText::Invalid(error.valid_up_to()))
}

pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Whether bytes are text in UTF-16: by its mark, or by the zeros that ASCII has in it, which make UTF-8
/// that nobody wrote.
fn is_utf16(bytes: &[u8]) -> bool {
    let is_even = bytes.len() % 2 == 0;
    let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let zeros = |first: usize| {
        let mut pairs = bytes.chunks_exact(2);
        pairs.all(|pair| pair[first] == 0 && pair[1 - first] != 0)
    };
    is_even && (marked || (bytes.len() >= 4 && (zeros(0) || zeros(1))))
}
