//! The template: a committed file with the shape and harmless example values.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use toml_parser::{Source, lexer::TokenKind};

use crate::{
    error::Problems,
    model::{
        infer,
        shape::{TableType, Type},
        tree::{Item, Table, Value},
    },
    read::{form::text_of_toml, toml},
    schema::{bound, keys::Keys, rules::Rules},
    settings::named::NamedFile,
};

/// A template with the types that the setting `keys` gives its values.
pub(crate) struct Template {
    pub(crate) tree: Table,
    pub(crate) shape: TableType,
}

impl Template {
    /// Reads a template. `package` is what its path is shown relative to.
    pub(crate) fn read(
        file: &NamedFile,
        package: &Path,
        keys: &Keys,
        problems: &mut Problems,
    ) -> Option<Self> {
        let path = &file.path;
        let shown: PathBuf = path.strip_prefix(package).unwrap_or(path).to_owned();
        let bytes = problems.keep(file.read())?;
        let text = problems.keep(text_of_toml(&bytes, &shown))?;
        let mut tree = toml::parse(shown, text, problems)?;
        bound::check_arrays(&tree, problems);
        keys.apply(&mut tree, Rules::Example, problems);
        let mut shape = infer::shape_of(&tree);
        document(&mut shape, &tree, &Text::new(text));
        keys.apply_to_shape(&mut shape, problems);
        Some(Self { tree, shape })
    }
}

/// Takes the comments above keys for documentation.
fn document(shape: &mut TableType, tree: &Table, text: &Text<'_>) {
    for (index, field) in shape.fields.iter_mut().enumerate() {
        if let Some(item) = tree.item_at(index, &field.key) {
            if field.doc.is_none() {
                field.doc = text.comment(item).map(Into::into);
            }
            document_inner(&mut field.ty, &item.value, text);
        }
    }
}

fn document_inner(ty: &mut Type, value: &Value, text: &Text<'_>) {
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

/// The text of a template, and what stands where in it.
struct Text<'a> {
    source: &'a str,
    /// Where comments start.
    comments: Vec<usize>,
    /// Where something is behind which a key is not the first of its line.
    dividers: Vec<usize>,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Self {
        let (mut comments, mut dividers) = (Vec::new(), Vec::new());
        for token in Source::new(text).lex() {
            match token.kind() {
                TokenKind::Comment => comments.push(token.span().start()),
                TokenKind::Equals | TokenKind::Comma | TokenKind::LeftCurlyBracket => {
                    dividers.push(token.span().start());
                }
                _ => {}
            }
        }
        Self {
            source: text,
            comments,
            dividers,
        }
    }

    fn is_divided(&self, range: Range<usize>) -> bool {
        let next = self.dividers.partition_point(|at| *at < range.start);
        self.dividers.get(next).is_some_and(|at| *at < range.end)
    }

    fn line_start(&self, offset: usize) -> usize {
        self.source[..offset].rfind('\n').map_or(0, |end| end + 1)
    }

    /// The comment in the lines right above a key that is the first in its own.
    fn comment(&self, item: &Item) -> Option<String> {
        let offset = item.origin.offset()?;
        let line_start = self.line_start(offset);
        if self.is_divided(line_start..offset) {
            return None;
        }
        // A header or a dotted key speaks of its last part.
        if let Value::Table(table) = &item.value {
            let line = self.source[offset..].lines().next().unwrap_or_default();
            let line = offset..offset + line.len();
            let mut inner = table
                .entries
                .iter()
                .filter_map(|(_, item)| item.origin.offset());
            if inner.any(|inner| line.contains(&inner) && !self.is_divided(offset..inner)) {
                return None;
            }
        }
        let mut lines = Vec::new();
        let mut below = line_start;
        let above = self.comments.partition_point(|at| *at < line_start);
        for start in self.comments[..above].iter().rev() {
            let line_start = self.line_start(*start);
            let is_alone = self.source[line_start..*start].trim().is_empty();
            let line = &self.source[*start..below];
            if !is_alone || line.lines().count() > 1 {
                break;
            }
            lines.push(escape_for_rustdoc(line));
            below = line_start;
        }
        lines.reverse();
        let comment = lines.join("\n");
        (!comment.trim().is_empty()).then_some(comment)
    }
}

/// A line of a comment as documentation: nothing in it opens a block of code, which would be a test of the
/// program, or changes the direction of the text, which the compiler refuses.
fn escape_for_rustdoc(line: &str) -> String {
    let line = line.strip_prefix('#').unwrap_or(line);
    // Indented text may be code, too.
    let words: Vec<_> = line.split_whitespace().collect();
    let line = words
        .join(" ")
        .replace("```", "\\`\\`\\`")
        .replace("~~~", "\\~\\~\\~");
    let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let chars = line.chars().map(|c| match c {
        c if turns(c) => c.escape_unicode().to_string(),
        c => c.to_string(),
    });
    chars.collect()
}
