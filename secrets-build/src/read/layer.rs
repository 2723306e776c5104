//! Layers: sources after reading.

use std::path::Path;

use crate::{
    crypto::identities::{Keys, wiped},
    error::{Problem, Problems},
    files::read as file,
    model::tree::{Item, Table, Value},
    origin::Origin,
    read::{
        directory,
        form::{FileForms, text_of_toml},
        source::{Found, FoundKind},
        streamlit, toml,
    },
    settings::Compat,
};

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

/// A table as an item, with the origin of a whole source.
pub(crate) fn table_item(entries: Vec<(String, Item)>, shown: &Path) -> Item {
    Item::new(
        Value::Table(Table { entries }),
        Origin::file(shown.to_owned()),
    )
}
