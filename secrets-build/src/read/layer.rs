//! Layers: sources after reading.

use crate::{
    crypto::Identities,
    error::{Problem, Problems},
    files::read as file,
    model::{tree::Table, wipe::wiped},
    read::{
        directory,
        form::{Expected, text_of_toml},
        source::{Source, SourceKind},
        streamlit, toml,
    },
    settings::Compat,
};

/// Reads a source that is there. Its problems are reported together; a layer with problems is none.
pub(crate) fn read(
    source: &Source,
    compat: Option<Compat>,
    identities: &Identities,
    expected: &dyn Expected,
    problems: &mut Problems,
) -> Option<Table> {
    match (source.kind, compat) {
        (SourceKind::Encrypted, _) => {
            let bytes = problems.keep(identities.decrypt(&source.path, &source.shown))?;
            let text = problems.keep(text_of_toml(&bytes, &source.shown))?;
            toml::parse(source.shown.clone(), text, problems)
        }
        (SourceKind::Toml, compat) => {
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
        (SourceKind::Directory, None) => directory::read(source, expected, problems),
        (SourceKind::Directory, Some(Compat::Streamlit)) => {
            streamlit::read(source, expected, problems)
        }
    }
}
