//! The merged secrets, ready to be looked at, sealed, or generated from.

use std::{fmt, path::Path};

use crate::{
    crypto::ciphertext::Ciphertext,
    error::{Error, ErrorKind, Problem, Problems},
    files::write,
    model::{
        path::{Step, join},
        shape::{Field, TableType, Type},
        tree::{Item, Table, Value},
    },
    schema::{keys::Keys, shared::Unused},
    sealed, shown,
    write::generate,
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
#[derive(Clone, Default)]
pub struct Secrets {
    /// The name of the package.
    pub(crate) package: String,
    /// The names and types of all keys, or those that are encrypted.
    pub(crate) shape: TableType,
    /// The names and types of keys that stay plain in an encrypted module.
    pub(crate) plain: TableType,
    pub(crate) keys: Keys,
    /// The package that a sealed file is for.
    pub(crate) sealed_for: String,
    /// The profiles that the settings name.
    pub(crate) profiles: Vec<String>,
    pub(crate) is_encrypted: bool,
    /// Whether the module has several profiles, one part each.
    pub(crate) has_profiles: bool,
    /// Made from the template, as there were no secrets.
    pub(crate) is_stub: bool,
    pub(crate) parts: Vec<Part>,
    /// What cargo is to warn of.
    pub(crate) warnings: Vec<String>,
}

/// The secrets of one profile, or those of a module without profiles.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) profile: Option<String>,
    pub(crate) tree: Table,
    /// The sources, for messages.
    pub(crate) sources: String,
    /// What shared sources have and this package does not know.
    pub(crate) unused: Vec<Unused>,
    /// What a sealed file has instead of values.
    pub(crate) ciphertext: Option<Ciphertext>,
    /// To whom the values are encrypted, if they are.
    #[cfg(feature = "age")]
    pub(crate) encryption: Option<std::sync::Arc<crate::crypto::encrypt::Encryption>>,
}

impl Part {
    pub(crate) fn new(profile: Option<String>, tree: Table) -> Self {
        Self {
            profile,
            tree,
            sources: String::new(),
            unused: Vec::new(),
            ciphertext: None,
            #[cfg(feature = "age")]
            encryption: None,
        }
    }
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
    /// one has `secrets.rs` and `secrets.age`, or `secrets.PROFILE.age` for each of several profiles, and
    /// the three files of a plain module `secrets_plain` if there are keys that stay plain. An encrypted
    /// stub has `secrets.stub` instead of ciphertext.
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
    /// What [`Config::embed`](crate::settings::config::Config) would write for a module of the name `secrets`.
    ///
    /// The same secrets give the same text, on every machine. Ciphertext differs each time, but for that
    /// of a sealed file.
    ///
    /// # Errors
    ///
    /// Two keys that would have one name in Rust, and an encryption that fails, as a plugin's may.
    pub fn generate(&self) -> Result<Generated, Error> {
        self.generate_as("secrets")
    }

    pub(crate) fn generate_as(&self, module: &str) -> Result<Generated, Error> {
        generate::generate(self, module)
    }

    /// What [`Config::embed`](crate::settings::config::Config) would have cargo warn of, one text each. None of them holds a
    /// value.
    pub fn warnings(&self) -> impl Iterator<Item = &str> {
        self.warnings.iter().map(String::as_str)
    }

    /// Writes the sealed file, to be committed: names and types in clear, and the values encrypted. A
    /// build whose setting `sealed` names it embeds it and reads nothing else.
    ///
    /// A relative path is that of the current directory. The file is written whole or not at all. Its
    /// layout is the same each time, the ciphertext is not.
    ///
    /// # Errors
    ///
    /// Secrets without recipients, such that have no module ([`generate`](Self::generate)), and a file
    /// that cannot be written.
    pub fn seal(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let text = sealed::write::write(self)?;
        let path = path.as_ref();
        let written = write::write_public(path, text.as_bytes());
        written.map_err(|error| {
            let message = format!("failed to write {}: {error}", shown::path(path, path));
            Problem::new(ErrorKind::Output, message).into()
        })
    }

    /// Takes the keys that stay plain in an encrypted module out of the others. Of several profiles, all
    /// have to have the same values for them.
    pub(crate) fn check_plain(&mut self, problems: &mut Problems) {
        if !self.is_encrypted || !self.keys.any_plain() {
            return;
        }
        let keys = &self.keys;
        (self.plain, self.shape) = self.shape.split(&|path: &[Step]| keys.plain(path));
        if let [first, others @ ..] = self.parts.as_slice() {
            for other in others {
                let (a, b) = (first, other);
                differing(&self.plain, (&a.tree, a), (&b.tree, b), "", problems);
            }
        }
    }
}

/// Plain keys that two profiles have different values for.
fn differing(
    shape: &TableType,
    (a, a_part): (&Table, &Part),
    (b, b_part): (&Table, &Part),
    path: &str,
    problems: &mut Problems,
) {
    let find = |table: &'_ Table, key: &str| {
        let found = table.entries.iter().find(|(known, _)| known == key);
        found.map(|(_, item)| item.clone())
    };
    for Field { key, ty, .. } in &shape.fields {
        let path = join(path, key);
        match (ty, find(a, key), find(b, key)) {
            (Type::Table(shape), Some(a), Some(b)) => {
                if let (Value::Table(a), Value::Table(b)) = (&a.value, &b.value) {
                    differing(shape, (a, a_part), (b, b_part), &path, problems);
                }
            }
            (_, Some(a), Some(b)) if a.value.is(&b.value) => {}
            (_, None, None) => {}
            (_, a, b) => {
                let place = |item: Option<Item>| {
                    item.map_or("is absent".to_owned(), |item| {
                        format!("is at {}", item.origin)
                    })
                };
                let name = |part: &Part| {
                    let profile = part.profile.as_deref().unwrap_or_default();
                    shown::name(profile).to_owned()
                };
                let path = shown::keys(&path);
                problems.push(Problem::new(
                    ErrorKind::Template,
                    format!(
                        "`{path}` is plain, so it is one constant, but the profiles differ: for `{}` it {}, \
                         for `{}` it {}; give it one value, or remove `plain`",
                        name(a_part),
                        place(a),
                        name(b_part),
                        place(b),
                    ),
                ));
            }
        }
    }
}

/// The values are overwritten.
#[cfg(feature = "age")]
impl Drop for Part {
    fn drop(&mut self) {
        self.tree.wipe();
    }
}

impl fmt::Display for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            if let (Some(profile), true) = (&part.profile, self.has_profiles) {
                writeln!(f, "[{}]", shown::name(profile))?;
            }
            table(f, &part.tree, "")?;
            part.unused
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

impl fmt::Debug for Generated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generated").finish_non_exhaustive()
    }
}
