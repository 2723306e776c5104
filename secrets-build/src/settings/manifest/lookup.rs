//! What is looked up in a manifest before its settings are read.

use std::path::Path;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::files::read;

/// The name of a package. A manifest that cannot be read was reported with its settings.
pub(crate) fn name(manifest: &Path) -> Option<String> {
    let text = read::read_text(manifest).ok()?;
    let manifest = DeTable::parse(&text).ok()?;
    let package = get(manifest.get_ref(), "package")?;
    let name = get(package.get_ref().as_table()?, "name")?;
    name.get_ref().as_str().map(str::to_owned)
}

pub(crate) fn get<'a>(table: &'a DeTable<'a>, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
    table
        .iter()
        .find(|(name, _)| name.get_ref().as_ref() == key)
        .map(|(_, value)| value)
}
