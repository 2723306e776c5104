//! Layers: sources after reading.

pub(crate) mod directory;
pub(crate) mod environment;
pub(crate) mod streamlit;
mod text;
pub(crate) mod toml;

use std::{fs, path::Path};

use crate::{
    config::Compat,
    error::{ErrorKind, Problem, Problems},
    origin::{Origin, TextFile},
    source::{Found, FoundKind},
    tree::{Item, Table, Value},
};

/// Reads a source that is there. Its problems are told together; a layer with problems is none.
pub(crate) fn read(
    source: &Found,
    compat: Option<Compat>,
    problems: &mut Problems,
) -> Option<Table> {
    match (source.kind, compat) {
        (FoundKind::Toml, compat) => {
            let text = problems.keep(read_text(&source.path, &source.shown))?;
            let text = match compat {
                None => text,
                Some(Compat::Streamlit) => streamlit::universal_newlines(&text),
            };
            toml::parse(source.shown.clone(), &text, problems)
        }
        (FoundKind::Directory, None) => directory::read(&source.path, &source.shown, problems),
        (FoundKind::Directory, Some(Compat::Streamlit)) => {
            streamlit::read(&source.path, &source.shown, problems)
        }
    }
}

fn read_text(path: &Path, shown: &Path) -> Result<String, Problem> {
    let bytes = fs::read(path).map_err(|error| Problem::io("read", shown, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
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
