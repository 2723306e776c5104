//! Layers: sources after reading.

pub(crate) mod directory;
#[cfg_attr(feature = "age", path = "encrypted.rs")]
#[cfg_attr(not(feature = "age"), path = "encrypted_off.rs")]
mod encrypted;
pub(crate) mod environment;
pub(crate) mod streamlit;
mod text;
pub(crate) mod toml;

use std::path::Path;

pub(crate) use encrypted::{Bytes, Keys, wiped};

use crate::{
    config::Compat,
    error::{ErrorKind, Problem, Problems},
    file,
    origin::{Origin, TextFile},
    source::{Found, FoundKind},
    tree::{Item, Table, Value},
};

/// The variable with an identity itself.
pub(crate) const KEY_VARIABLE: &str = "SECRETS_AGE_KEY";

/// Reads a source that is there. Its problems are told together; a layer with problems is none.
pub(crate) fn read(
    source: &Found,
    compat: Option<Compat>,
    keys: &Keys,
    problems: &mut Problems,
) -> Option<Table> {
    match (source.kind, compat) {
        (FoundKind::Encrypted, _) => {
            let bytes = problems.keep(keys.decrypt(source))?;
            let text = problems.keep(utf8(&bytes, &source.shown))?;
            toml::parse(source.shown.clone(), text, problems)
        }
        (FoundKind::Toml, compat) => {
            let read = file::read(&source.path).map(encrypted::wiped);
            let read = read.map_err(|error| Problem::io("read", &source.shown, &error));
            let bytes = problems.keep(read)?;
            let text = problems.keep(utf8(&bytes, &source.shown))?;
            match compat {
                None => toml::parse(source.shown.clone(), text, problems),
                Some(Compat::Streamlit) => {
                    let text = streamlit::universal_newlines(text);
                    toml::parse(source.shown.clone(), &text, problems)
                }
            }
        }
        (FoundKind::Directory, None) => directory::read(&source.path, &source.shown, problems),
        (FoundKind::Directory, Some(Compat::Streamlit)) => {
            streamlit::read(&source.path, &source.shown, problems)
        }
    }
}

fn utf8<'a>(bytes: &'a [u8], shown: &Path) -> Result<&'a str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = error.valid_up_to();
        let before = String::from_utf8_lossy(&bytes[..valid]);
        let origin = Origin::text(&TextFile::new(shown.to_owned(), &before), valid);
        Problem::at(
            ErrorKind::Syntax,
            &origin,
            "not UTF-8, which TOML has to be; save the file as UTF-8",
        )
    })
}

/// A table as an item, with the origin of a whole source.
pub(crate) fn table_item(entries: Vec<(String, Item)>, shown: &Path) -> Item {
    Item::new(
        Value::Table(Table { entries }),
        Origin::file(shown.to_owned()),
    )
}
