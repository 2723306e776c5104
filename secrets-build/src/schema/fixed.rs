//! Which keys have a type that no value of theirs tells: by the table of keys, or by the template.

use crate::{
    model::{
        path::Step,
        shape::{TableType, Type},
    },
    read::form::{Expected, FileForm},
    schema::{
        entry::Entry,
        key_type::{Encoding, KeyType},
        keys::Keys,
        pattern::Pattern,
    },
};

/// The types that are fixed. Text is read as these, whatever it overrides.
pub(crate) struct Fixed<'a> {
    pub(crate) keys: &'a Keys,
    /// The shape of the template.
    pub(crate) template: Option<&'a TableType>,
}

impl Expected for Fixed<'_> {
    fn has_type(&self, dotted: &str) -> bool {
        let path = Pattern::parse(dotted).ok().and_then(|path| path.path());
        path.is_some_and(|path| {
            let mut entries = self.keys.at(&path).into_iter();
            entries.any(|entry| entry.ty.is_some())
                || self.template.is_some_and(|shape| has(shape, &path))
        })
    }

    fn is_bytes(&self, dotted: &str) -> bool {
        let path = Pattern::parse(dotted).ok().and_then(|path| path.path());
        path.is_some_and(|path| self.file_form(&path) == FileForm::Bytes)
    }

    fn file_form(&self, path: &[Step]) -> FileForm {
        let entries = self.keys.at(path);
        let ty = entries.iter().find_map(|entry| entry.ty.as_ref());
        let keeps_newline = |entry: &&Entry| entry.key.keep_newline == Some(true);
        match ty {
            Some(KeyType::Bytes(Encoding::Raw)) => FileForm::Bytes,
            _ if entries.iter().any(keeps_newline) => FileForm::WholeText,
            Some(KeyType::Bytes(_)) => FileForm::Encoded,
            _ => FileForm::Text,
        }
    }
}

fn has(shape: &TableType, path: &[Step]) -> bool {
    let [Step::Key(key), rest @ ..] = path else {
        return false;
    };
    let field = shape.fields.iter().find(|field| field.key == *key);
    match (field.map(|field| &field.ty), rest) {
        (Some(Type::Table(inner)), _) => has(inner, rest),
        (ty, rest) => ty.is_some() && rest.is_empty(),
    }
}
