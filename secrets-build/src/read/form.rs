//! Files as text or as bytes, as it is said of their keys.

use std::path::Path;

use crate::{
    error::{ErrorKind, Problem},
    files::{
        encoding::{self, NotText},
        foreign::{self, Tool},
    },
    model::{path::Step, tree::Value, wipe::wiped},
    origin::{Origin, TextFile},
    shown,
};

/// What a file of a secret directory is to be, as far as that is said of its key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileForm {
    /// Text, without its last newline; bytes if it is not UTF-8.
    Text,
    /// Text with all its newlines.
    WholeText,
    /// Text that stands for bytes, and may be in any other tool's form.
    Encoded,
    /// The bytes of the file.
    Bytes,
}

/// What is said of keys before any value is looked at. Reading asks, and knows nothing of who answers.
pub(crate) trait Expected {
    /// What the file of a key is to be.
    fn file_form(&self, path: &[Step]) -> FileForm;

    /// Whether the type of a key is fixed, by its dotted path.
    fn has_type(&self, dotted: &str) -> bool;

    /// Whether a key is to be bytes, by its dotted path.
    fn is_bytes(&self, dotted: &str) -> bool;
}

/// The text of a TOML file.
pub(crate) fn text_of_toml<'a>(bytes: &'a [u8], shown: &Path) -> Result<&'a str, Problem> {
    encoding::text(bytes).map_err(|reason| {
        let valid = match reason {
            NotText::Invalid(valid) => valid,
            NotText::Foreign(Tool::Git) => {
                let text = std::str::from_utf8(bytes).ok();
                text.and_then(foreign::conflict).unwrap_or_default()
            }
            NotText::Utf16 | NotText::Foreign(_) => 0,
        };
        let before = String::from_utf8_lossy(&bytes[..valid]);
        let origin = Origin::text(&TextFile::new(shown.to_owned(), &before), valid);
        let message = match reason {
            NotText::Invalid(_) => {
                "not UTF-8, which TOML must be; save the file as UTF-8".to_owned()
            }
            NotText::Foreign(Tool::Age) => {
                "this file is encrypted with age; give it a name that ends in `.toml.age`"
                    .to_owned()
            }
            reason => format!("this file {}", reason.described()),
        };
        Problem::at(ErrorKind::Syntax, &origin, message)
    })
}

/// A file of a secret directory; bytes, as they are, if it is not UTF-8. `trim` takes from text what a
/// value does not have.
pub(crate) fn value(
    bytes: Vec<u8>,
    form: FileForm,
    shown: &Path,
    trim: fn(&str) -> String,
) -> Result<Value, Problem> {
    if form == FileForm::Bytes {
        return Ok(Value::Bytes(bytes));
    }
    let bytes = wiped(bytes);
    let tool = Tool::of_file(&bytes).filter(|_| form != FileForm::Encoded);
    let refused = match (tool, encoding::utf8(&bytes)) {
        (Some(tool), _) => NotText::Foreign(tool),
        (None, Err(NotText::Invalid(_))) => return Ok(Value::Bytes(bytes[..].to_vec())),
        (None, Err(reason)) => reason,
        (None, Ok(text)) => match Tool::of_value(text).filter(|_| form != FileForm::Encoded) {
            Some(tool) => NotText::Foreign(tool),
            None if form == FileForm::WholeText => {
                return Ok(Value::String(encoding::without_mark(text).to_owned()));
            }
            None => return Ok(Value::String(trim(text))),
        },
    };
    let way_out = "; if its bytes are wanted as they are, give its key the type `bytes`";
    let message = format!(
        "{} {}{way_out}",
        shown::existing(shown),
        refused.described()
    );
    Err(Problem::new(ErrorKind::Source, message))
}
