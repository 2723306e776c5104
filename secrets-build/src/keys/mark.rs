//! The table of keys over a shape: fields that may be absent, and such that no source has.

use super::{pattern::Shown, rules::Keys, walk::walk};
use crate::{
    error::{ErrorKind, Problem, Problems, nearest},
    shape::{Field, TableType, Type},
};

impl Keys {
    /// Makes fields optional, adds those that the table itself declares, and has every entry fit
    /// something.
    pub(crate) fn mark(&self, shape: &mut TableType, problems: &mut Problems) {
        if self.is_empty() {
            return;
        }
        self.declare(shape);
        let mut fits = vec![false; self.entries.len()];
        let (mut known, mut told) = (Vec::new(), Vec::new());
        walk(shape, &mut |path, _, optional| {
            for (entry, fits) in self.entries.iter().zip(&mut fits) {
                *fits |= entry.pattern.fits(path);
            }
            if let Some(optional) = optional {
                let mut entries = self.at(path).into_iter();
                *optional |= entries.any(|entry| entry.key.optional == Some(true));
            }
            self.check_at(path, &mut told, problems);
            known.push(Shown(path).to_string());
        });
        for (entry, _) in self.entries.iter().zip(fits).filter(|(_, fits)| !fits) {
            let way_out = match nearest(&entry.written, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None if entry.key.optional == Some(true) && entry.pattern.keys().is_some() => {
                    "nothing tells its type; add it to the template, or set `type`".to_owned()
                }
                None => "remove it, or add the key".to_owned(),
            };
            let message = format!(
                "the entry `{}` of `keys` fits no key; {way_out}",
                entry.written
            );
            problems.push(Problem::at(ErrorKind::Setting, &entry.place, message));
        }
    }

    /// Gives the values of a shape the types that the table has for them.
    pub(crate) fn retype(&self, shape: &mut TableType) {
        walk(shape, &mut |path, ty, _| {
            if let Some(set) = self.at(path).iter().find_map(|entry| entry.ty.as_ref()) {
                *ty = set.shape();
            }
        });
    }

    /// Adds keys that have a type and may be absent.
    pub(crate) fn declare(&self, shape: &mut TableType) {
        for entry in &self.entries {
            let (Some(ty), Some(true), Some(keys)) =
                (&entry.ty, entry.key.optional, entry.pattern.keys())
            else {
                continue;
            };
            let mut table = &mut *shape;
            let mut keys = keys.into_iter().peekable();
            while let Some(key) = keys.next() {
                let is_last = keys.peek().is_none();
                let known = table.fields.iter().position(|field| field.key == key);
                let index = known.unwrap_or_else(|| {
                    let ty = if is_last {
                        ty.shape()
                    } else {
                        Type::Table(TableType::default())
                    };
                    table.fields.push(Field::new(key, ty, entry.place.clone()));
                    table.fields.len() - 1
                });
                match &mut table.fields[index].ty {
                    Type::Table(inner) if !is_last => table = inner,
                    _ => break,
                }
            }
        }
    }
}
