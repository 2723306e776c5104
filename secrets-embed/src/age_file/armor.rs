//! ASCII armor: the strict form of PEM.

use alloc::{borrow::Cow, vec::Vec};

use super::{base64, malformed::Malformed};

const BEGIN: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
const END: &[u8] = b"-----END AGE ENCRYPTED FILE-----";
/// What a line of armor starts with, and no header does.
const DASHES: &[u8] = b"-----";

/// The characters of a line, and the bytes that they are.
const COLUMNS: usize = 64;
const LINE: usize = 48;

/// A file without its armor, if it has one. White space may stand round the armor, and a line may end
/// in `\r\n`.
pub(crate) fn without_armor(file: &[u8]) -> Result<Cow<'_, [u8]>, Malformed> {
    let trimmed = file.trim_ascii();
    if !trimmed.starts_with(DASHES) {
        return Ok(Cow::Borrowed(file));
    }
    let mut lines = trimmed
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    if lines.next() != Some(BEGIN) {
        return Err(Malformed);
    }
    let mut bytes = Vec::with_capacity(trimmed.len() / COLUMNS * LINE + LINE);
    let mut is_last = false;
    for line in lines.by_ref() {
        if line == END {
            return match lines.next() {
                None => Ok(Cow::Owned(bytes)),
                Some(_) => Err(Malformed),
            };
        }
        // Only the last line may be shorter.
        if is_last {
            return Err(Malformed);
        }
        is_last = push_line(line, &mut bytes)? < LINE;
    }
    Err(Malformed)
}

/// Adds the bytes of a line, and returns how many these are.
fn push_line(line: &[u8], bytes: &mut Vec<u8>) -> Result<usize, Malformed> {
    if line.is_empty() || line.len() > COLUMNS || line.len() % 4 != 0 {
        return Err(Malformed);
    }
    let text = line.strip_suffix(b"=").unwrap_or(line);
    let text = text.strip_suffix(b"=").unwrap_or(text);
    let start = bytes.len();
    let length = base64::decoded_length(text)?;
    bytes.resize(start + length, 0);
    base64::into(text, &mut bytes[start..])?;
    Ok(length)
}
