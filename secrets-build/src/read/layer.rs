//! Layers: sources after reading.

use std::path::Path;

use crate::{
    crypto::identities::{Keys, wiped},
    error::{ErrorKind, Problem, Problems},
    files::{
        encoding::{self, NotText},
        foreign::{self, Tool},
        read as file,
    },
    model::tree::{Item, Table, Value},
    origin::{Origin, TextFile},
    read::{
        directory,
        source::{Found, FoundKind},
        streamlit, toml,
    },
    schema::pattern::Step,
    settings::config::Compat,
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

/// Says what the file of a key is to be.
pub(crate) type FileForms<'a> = &'a dyn Fn(&[Step]) -> FileForm;

/// Reads a source that is there. Its problems are told together; a layer with problems is none.
pub(crate) fn read(
    source: &Found,
    compat: Option<Compat>,
    keys: &Keys,
    forms: FileForms<'_>,
    problems: &mut Problems,
) -> Option<Table> {
    match (source.kind, compat) {
        (FoundKind::Encrypted, _) => {
            let bytes = problems.keep(keys.decrypt(source))?;
            let text = problems.keep(text_of_toml(&bytes, &source.shown))?;
            toml::parse(source.shown.clone(), text, problems)
        }
        (FoundKind::Toml, compat) => {
            let read = file::read(&source.path).map(wiped);
            let read = read.map_err(|error| Problem::io("read", &source.shown, &error));
            let bytes = problems.keep(read)?;
            let text = problems.keep(text_of_toml(&bytes, &source.shown))?;
            match compat {
                None => toml::parse(source.shown.clone(), text, problems),
                Some(Compat::Streamlit) => {
                    let text = streamlit::universal_newlines(text);
                    toml::parse(source.shown.clone(), &text, problems)
                }
            }
        }
        (FoundKind::Directory, None) => directory::read(source, forms, problems),
        (FoundKind::Directory, Some(Compat::Streamlit)) => streamlit::read(source, forms, problems),
    }
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
                "not UTF-8, which TOML has to be; save the file as UTF-8".to_owned()
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

/// A table as an item, with the origin of a whole source.
pub(crate) fn table_item(entries: Vec<(String, Item)>, shown: &Path) -> Item {
    Item::new(
        Value::Table(Table { entries }),
        Origin::file(shown.to_owned()),
    )
}
