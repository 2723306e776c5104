//! The table of keys over a shape: fields that may be absent, and such that no source has.

use crate::{
    error::{ErrorKind, Problem, Problems, nearest},
    model::{
        path::{Shown, Step},
        shape::{Field, TableType, Type},
    },
    origin::Origin,
    schema::{entry::Entry, keys::Keys, walk::walk},
    shown,
};

impl Keys {
    /// Makes fields optional, adds those that the table itself declares, and has every entry fit
    /// something.
    pub(crate) fn apply_to_shape(&self, shape: &mut TableType, problems: &mut Problems) {
        if self.is_empty() {
            return;
        }
        self.declare(shape);
        // An array without elements does not tell their type.
        self.retype(shape);
        self.name(shape);
        let mut fits = vec![false; self.entries.len()];
        let (mut paths, mut reported) = (Vec::new(), Vec::new());
        walk(shape, &mut |path, _, field| {
            for (entry, fits) in self.entries.iter().zip(&mut fits) {
                *fits |= entry.pattern.fits(path);
            }
            let mut origin = None;
            if let Some(parts) = field {
                let mut entries = self.at(path).into_iter();
                *parts.optional |= entries.any(|entry| entry.key.optional == Some(true));
                origin = Some(parts.origin.clone());
            }
            self.check_at(path, &mut reported, problems);
            paths.push((Shown(path).to_string(), origin));
        });
        for (entry, _) in self.entries.iter().zip(fits).filter(|(_, fits)| !fits) {
            let names = paths.iter().map(|(path, _)| path.as_str());
            let way_out = match nearest(&entry.written, names) {
                Some(near) => {
                    let origin = paths.iter().find(|(path, _)| path == near);
                    let at = origin
                        .and_then(|(_, origin)| origin.as_ref())
                        .map_or(String::new(), |origin| format!(", which is at {origin}"));
                    format!(", did you mean `{}`{at}?", shown::keys(near))
                }
                None if entry.key.optional == Some(true) && entry.pattern.path().is_some() => {
                    "; nothing tells its type; add it to the template, or set `type`".to_owned()
                }
                None => "; remove it, or add the key to a source or to the template".to_owned(),
            };
            let message = format!(
                "the entry `{}` of `keys` fits no key{way_out}",
                shown::keys(&entry.written)
            );
            problems.push(Problem::at(ErrorKind::Setting, &entry.origin, message));
        }
    }

    /// Gives the values of a shape the types that the table has for them.
    fn retype(&self, shape: &mut TableType) {
        walk(shape, &mut |path, ty, _| {
            if let Some(set) = self.at(path).iter().find_map(|entry| entry.ty.as_ref()) {
                *ty = set.shape();
            }
        });
    }

    /// Gives fields the names that the table has for them.
    pub(crate) fn name(&self, shape: &mut TableType) {
        walk(shape, &mut |path, _, field| {
            let mut entries = self.at(path).into_iter();
            let set = entries.find_map(|entry| entry.key.name.as_deref());
            if let (Some(parts), Some(name)) = (field, set) {
                *parts.name = Some(name.into());
            }
        });
    }

    /// Gives the fields of a shape that the table says something of their places in the table.
    pub(crate) fn set_origins(&self, shape: &mut TableType) {
        walk(shape, &mut |path, _, field| {
            if let (Some(parts), [entry, ..]) = (field, self.at(path).as_slice()) {
                entry.origin.clone_into(parts.origin);
            }
        });
    }

    /// Adds keys that have a type and may be absent.
    pub(crate) fn declare(&self, shape: &mut TableType) {
        self.declare_those(shape, |entry| entry.key.optional == Some(true));
    }

    /// Adds all keys that have a type: a variable may set one that no source has.
    pub(crate) fn declare_all(&self, shape: &mut TableType) {
        self.declare_those(shape, |_| true);
    }

    fn declare_those(&self, shape: &mut TableType, is_meant: impl Fn(&Entry) -> bool) {
        for entry in self.entries.iter().filter(|entry| is_meant(entry)) {
            if let (Some(ty), Some(path)) = (&entry.ty, entry.pattern.path()) {
                declare(shape, &path, &ty.shape(), &entry.origin);
            }
        }
    }
}

/// Adds a key, and the tables that lead to it. An array that leads to it must be there.
fn declare(table: &mut TableType, path: &[Step], ty: &Type, origin: &Origin) {
    let [Step::Key(key), rest @ ..] = path else {
        return;
    };
    let position = table.fields.iter().position(|field| field.key == *key);
    if position.is_none() && rest.contains(&Step::Element) {
        return;
    }
    let index = position.unwrap_or_else(|| {
        let ty = match rest {
            [] => ty.clone(),
            _ => Type::Table(TableType::default()),
        };
        let field = Field::new(key.clone(), ty, origin.clone());
        table.fields.push(field);
        table.fields.len() - 1
    });
    declare_in(&mut table.fields[index].ty, rest, ty, origin);
}

fn declare_in(outer: &mut Type, path: &[Step], ty: &Type, origin: &Origin) {
    match (&mut *outer, path) {
        (Type::Table(table), _) => declare(table, path, ty, origin),
        (Type::Array(inner), [Step::Element, rest @ ..]) => declare_in(inner, rest, ty, origin),
        // The element of an empty array.
        (Type::Unknown, [Step::Key(_), ..]) => {
            *outer = Type::Table(TableType::default());
            declare_in(outer, path, ty, origin);
        }
        _ => {}
    }
}
