//! The merged secrets: what reading ends in, and writing starts from.
//!
//! One value has them whole: the values of each profile, the shape that all have in common, and how a module is to
//! keep them. Sources, a sealed file and a template all end in it, and nothing here knows which of them it was read
//! from but for messages. What is done with it, `generate` and `seal`, is in the rooms above.

use std::{fmt, sync::Arc};

use crate::{
    crypto::{Encryption, ciphertext::Ciphertext},
    model::{
        path::join,
        shape::TableType,
        tree::{Item, Table, Value},
    },
    schema::shared::Unused,
    settings::list::Settings,
    shown,
};

/// The merged secrets, each with its origin.
///
/// `Display` lists keys, types and origins, and what each value overrode, one key a line and never a
/// value:
///
/// ```text
/// database.password: string, from .secrets/secrets.toml:4:1, over /home/me/.config/secrets/secrets.toml:2:1
/// ```
///
/// Of several profiles, each is listed behind its name. What a shared source has and neither the template
/// nor `keys` knows is listed as `unused`.
#[derive(Clone)]
pub struct Secrets {
    /// The name of the package.
    pub(crate) package: String,
    pub(crate) mode: Mode,
    pub(crate) made_from: MadeFrom,
    pub(crate) profile_count: ProfileCount,
    /// The names and types of all keys, or those that are encrypted.
    pub(crate) shape: TableType,
    /// The names and types of keys that stay plain in an encrypted module.
    pub(crate) plain: TableType,
    pub(crate) profiles: Vec<Profile>,
    /// What cargo is to warn of.
    pub(crate) warnings: Vec<String>,
}

/// How a module keeps its values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As constants.
    Plain,
    /// As ciphertext, but for keys that stay plain.
    Encrypted,
}

/// What the values are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MadeFrom {
    Secrets,
    /// Those of the template, as there were no secrets: the module is a stub.
    Template,
}

/// Whether a module is asked for a profile at run time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProfileCount {
    /// It has the secrets of one profile, or of none.
    One,
    /// It has a ciphertext for each.
    Several,
}

impl ProfileCount {
    /// That of a module with these settings.
    pub(crate) fn of(settings: &Settings) -> Self {
        match settings.profiles {
            Some(_) => Self::Several,
            None => Self::One,
        }
    }
}

/// The names and types of all keys, divided by how a module keeps their values.
#[derive(Default)]
pub(crate) struct Shapes {
    /// Those of all keys, or those that are encrypted.
    pub(crate) shape: TableType,
    /// Those that stay plain in an encrypted module.
    pub(crate) plain: TableType,
}

/// The secrets of one profile, or those of a module without profiles.
#[derive(Clone)]
pub(crate) struct Profile {
    pub(crate) name: Option<String>,
    pub(crate) tree: Table,
    /// The sources, for messages.
    pub(crate) sources: String,
    /// What shared sources have and this package does not know.
    pub(crate) unused: Vec<Unused>,
    /// What a sealed file has instead of values.
    pub(crate) ciphertext: Option<Ciphertext>,
    /// To whom the values are encrypted, if they are.
    pub(crate) encryption: Option<Arc<Encryption>>,
}

impl Profile {
    pub(crate) fn new(name: Option<String>, tree: Table) -> Self {
        Self {
            name,
            tree,
            sources: String::new(),
            unused: Vec::new(),
            ciphertext: None,
            encryption: None,
        }
    }
}

/// The values are overwritten.
impl Drop for Profile {
    fn drop(&mut self) {
        self.tree.wipe();
    }
}

impl Secrets {
    /// What [`Config::embed`](crate::Config::embed) would have cargo warn of, one text each. None of them holds a
    /// value.
    ///
    /// It is for tools that call [`Config::load`](crate::Config::load); a build shows them.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .load()?;
    /// for warning in secrets.warnings() {
    ///     println!("cargo::warning={warning}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn warnings(&self) -> impl Iterator<Item = &str> {
        self.warnings.iter().map(String::as_str)
    }
}

impl fmt::Display for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for profile in &self.profiles {
            if let (Some(name), ProfileCount::Several) = (&profile.name, self.profile_count) {
                writeln!(f, "[{}]", shown::name(name))?;
            }
            table(f, &profile.tree, "")?;
            profile
                .unused
                .iter()
                .try_for_each(|unused| left_out(f, unused))?;
        }
        Ok(())
    }
}

fn table(f: &mut fmt::Formatter<'_>, table: &Table, path: &str) -> fmt::Result {
    table
        .entries
        .iter()
        .try_for_each(|(key, entry)| item(f, entry, &join(path, key)))
}

fn left_out(f: &mut fmt::Formatter<'_>, unused: &Unused) -> fmt::Result {
    let Unused { path, kind, .. } = unused;
    write!(
        f,
        "{}: {kind}, unused, from {}",
        shown::keys(path),
        unused.origin
    )?;
    for origin in unused.overrode.iter().rev() {
        write!(f, ", over {origin}")?;
    }
    f.write_str("\n")
}

fn item(f: &mut fmt::Formatter<'_>, item: &Item, path: &str) -> fmt::Result {
    if let Value::Table(inner) = &item.value {
        if !inner.entries.is_empty() {
            return table(f, inner, path);
        }
    }
    let ty = match &item.value {
        Value::Typed(typed) => typed.scalar().to_string(),
        value => value.kind().name().to_owned(),
    };
    write!(f, "{}: {ty}, from {}", shown::keys(path), item.origin)?;
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
