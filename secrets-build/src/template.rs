//! The template: a committed file with the shape and harmless example values.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem, Problems},
    keys::{Keys, Rules},
    layer::toml,
    shape::{self, Field, TableType, Type},
    tree::{Item, Table, Value},
};

/// A template with the types that the setting `keys` gives its values.
pub(crate) struct Template {
    pub(crate) tree: Table,
    pub(crate) shape: TableType,
}

impl Template {
    /// Reads a template. `package` is what its path is shown relative to.
    pub(crate) fn read(
        path: &Path,
        package: &Path,
        keys: &Keys,
        problems: &mut Problems,
    ) -> Option<Self> {
        let shown: PathBuf = path.strip_prefix(package).unwrap_or(path).to_owned();
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                let problem = Problem::io("read the template", &shown, &error);
                problems.push(problem.with_kind(ErrorKind::Template));
                return None;
            }
        };
        let mut tree = toml::parse(shown, &text, problems)?;
        keys.apply(&mut tree, Rules::Example, problems);
        let mut shape = shape::of(&tree);
        document(&mut shape, &tree, &text);
        keys.mark(&mut shape, problems);
        Some(Self { tree, shape })
    }
}

/// Takes the comments above keys for documentation.
fn document(shape: &mut TableType, tree: &Table, text: &str) {
    for field in &mut shape.fields {
        let found = tree.entries.iter().find(|(key, _)| *key == field.key);
        if let Some((_, item)) = found {
            document_field(field, item, text);
        }
    }
}

fn document_field(field: &mut Field, item: &Item, text: &str) {
    if field.doc.is_none() {
        field.doc = comment(item, text).map(Into::into);
    }
    document_inner(&mut field.ty, &item.value, text);
}

fn document_inner(ty: &mut Type, value: &Value, text: &str) {
    match (ty, value) {
        (Type::Table(shape), Value::Table(table)) => document(shape, table, text),
        // Of the elements, the first that has a comment.
        (Type::Array(inner), Value::Array(array)) => {
            for item in &array.items {
                document_inner(inner, &item.value, text);
            }
        }
        (Type::Tuple(types), Value::Array(array)) => {
            for (ty, item) in types.iter_mut().zip(&array.items) {
                document_inner(ty, &item.value, text);
            }
        }
        _ => {}
    }
}

/// The comment in the lines right above a key.
fn comment(item: &Item, text: &str) -> Option<String> {
    let offset = item.origin.offset()?;
    let line_start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    // A header or a dotted key speaks of its last part.
    if let Value::Table(table) = &item.value {
        let line_end = text[offset..]
            .find('\n')
            .map_or(text.len(), |end| offset + end);
        let is_of_inner = |(_, inner): &(String, Item)| {
            let inner = inner
                .origin
                .offset()
                .filter(|inner| (offset..line_end).contains(inner));
            inner.is_some_and(|inner| !text[offset..inner].contains('='))
        };
        if table.entries.iter().any(is_of_inner) {
            return None;
        }
    }
    let above = text[..line_start].lines().rev();
    let comment = above.map_while(|line| line.trim_start().strip_prefix('#'));
    let mut lines: Vec<_> = comment.map(str::trim).collect();
    lines.reverse();
    let lines: Vec<_> = lines.into_iter().map(harmless).collect();
    let comment = lines.join("\n");
    (!comment.trim().is_empty()).then_some(comment)
}

/// A line that opens no block of code: that would be a test of the program's documentation.
fn harmless(line: &str) -> String {
    match line.trim_start_matches(['>', '-', '*', '+', ' ']) {
        rest if rest.starts_with("```") || rest.starts_with("~~~") => {
            let start = &line[..line.len() - rest.len()];
            format!("{start}\\{rest}")
        }
        _ => line.to_owned(),
    }
}
