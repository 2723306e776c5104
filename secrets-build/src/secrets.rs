//! The merged tree, ready to be looked at or generated from.

use std::fmt;

use crate::{
    codegen,
    error::{Error, Problems},
    layout::Layout,
    shape,
    tree::{Item, Table, Value, join},
};

/// The merged secrets, each with its origin.
///
/// `Display` lists keys, types and origins, and what each value overrode, one key a line and never a
/// value:
///
/// ```text
/// database.password: string, from .secrets/secrets.toml:4:1, over /home/me/.config/secrets/secrets.toml:2:1
/// ```
#[derive(Clone, Default)]
pub struct Secrets {
    pub(crate) tree: Table,
    /// The profile, if it was asked for and no source had an overlay for it.
    pub(crate) profile_unused: Option<String>,
    /// An empty module stands in for secrets that docs.rs does not have.
    pub(crate) docs_rs: bool,
    /// To whom the values are encrypted, if they are.
    #[cfg(feature = "age")]
    pub(crate) encryption: Option<std::sync::Arc<crate::encrypt::Encryption>>,
}

/// The files of a generated module. They may hold secrets; `Debug` does not show them.
#[derive(Clone)]
pub struct Generated {
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl Generated {
    /// Names and contents, the module itself last.
    ///
    /// A plain module `secrets` has `secrets.rs` with names and types, `secrets_values.rs` with the
    /// values, and `secrets_doc.rs` with placeholders of the same types, for `cargo doc`. An encrypted
    /// one has `secrets.rs` and `secrets.age`.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(name, contents)| (name.as_str(), contents.as_slice()))
    }

    /// The contents of a file.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files()
            .find(|(known, _)| *known == name)
            .map(|(_, contents)| contents)
    }
}

impl Secrets {
    /// What [`Config::embed`](crate::Config::embed) would write for a module of the name `secrets`.
    ///
    /// The same secrets give the same text, on every machine. Ciphertext differs each time.
    ///
    /// # Errors
    ///
    /// Two keys that would have one name in Rust, and an encryption that fails, as a plugin's may.
    pub fn generate(&self) -> Result<Generated, Error> {
        self.generate_as("secrets")
    }

    pub(crate) fn generate_as(&self, module: &str) -> Result<Generated, Error> {
        let mut problems = Problems::default();
        let shape = shape::of(&self.tree, &mut problems);
        problems.or(())?;
        let layout = Layout::new(&shape);
        #[cfg(feature = "age")]
        if let Some(encryption) = &self.encryption {
            return Ok(encryption.generate(&layout, &self.tree, module, self.docs_rs)?);
        }
        let files = [
            (
                format!("{module}_values.rs"),
                codegen::values(&layout, &self.tree),
            ),
            (format!("{module}_doc.rs"), codegen::placeholders(&layout)),
            (
                format!("{module}.rs"),
                codegen::module(&layout, module, self.docs_rs),
            ),
        ];
        let files = files
            .into_iter()
            .map(|(name, text)| (name, text.into_bytes()));
        Ok(Generated {
            files: files.collect(),
        })
    }
}

/// The values are overwritten.
#[cfg(feature = "age")]
impl Drop for Secrets {
    fn drop(&mut self) {
        self.tree.wipe();
    }
}

impl fmt::Display for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        table(f, &self.tree, "")
    }
}

fn table(f: &mut fmt::Formatter<'_>, table: &Table, path: &str) -> fmt::Result {
    table
        .entries
        .iter()
        .try_for_each(|(key, entry)| item(f, entry, &join(path, key)))
}

fn item(f: &mut fmt::Formatter<'_>, item: &Item, path: &str) -> fmt::Result {
    if let Value::Table(inner) = &item.value {
        if !inner.entries.is_empty() {
            return table(f, inner, path);
        }
    }
    write!(
        f,
        "{path}: {}, from {}",
        item.value.kind().name(),
        item.origin
    )?;
    for origin in item.overrode.iter().rev() {
        write!(f, ", over {origin}")?;
    }
    f.write_str("\n")
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Generated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generated").finish_non_exhaustive()
    }
}
