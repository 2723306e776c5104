//! A TOML file as a layer.

use std::{
    num::{IntErrorKind, ParseIntError},
    path::PathBuf,
    sync::Arc,
};

use toml::{
    Spanned,
    de::{DeInteger, DeTable, DeValue},
};

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::{
        path::written_key,
        tree::{Array, Item, Table, Value},
    },
    origin::{Origin, TextFile},
    read::syntax,
    shown,
};

/// How many tables and arrays may stand within each other.
pub(crate) const MAX_NESTING: usize = 128;

/// How many syntax errors of one file are reported.
const MAX_ERRORS: usize = 5;

/// Reads the text of a TOML file. A file with problems yields none of its values.
pub(crate) fn parse(path: PathBuf, text: &str, problems: &mut Problems) -> Option<Table> {
    let file = TextFile::new(path, text);
    if let Some(offset) = syntax::too_deep(text) {
        problems.push(too_deep(&Origin::text(&file, offset)));
        return None;
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        // The parser's own text is a fixed sentence; its `Display` would print the line.
        let mut errors: Vec<_> = errors
            .iter()
            .map(|error| (error.span().map_or(0, |span| span.start), error.message()))
            .collect();
        errors.sort_by_key(|(offset, _)| *offset);
        let count = errors.len().min(MAX_ERRORS);
        for (index, (offset, message)) in errors[..count].iter().enumerate() {
            problems.push(syntax::syntax_problem(
                &file,
                text,
                *offset,
                message,
                index == 0,
            ));
        }
        return None;
    }
    let mut reader = Reader {
        file: &file,
        text,
        problems: Problems::default(),
    };
    let table = reader.table(table.into_inner(), 1);
    problems.absorb(reader.problems, table)
}

/// A place where a text is nested too deeply to be parsed.
pub(crate) fn too_deep_at(text: &str) -> Option<usize> {
    syntax::too_deep(text)
}

/// Reads one value as TOML writes it, such as the text of an environment variable.
pub(crate) fn parse_value(text: &str, origin: &Origin) -> Option<Value> {
    if syntax::too_deep(text).is_some() {
        return None;
    }
    let value = DeValue::parse(text.trim()).ok()?;
    let file = TextFile::new(PathBuf::new(), text);
    let mut reader = Reader {
        file: &file,
        text,
        problems: Problems::default(),
    };
    let mut item = reader.item(value, "", 1);
    set_origin(&mut item, origin);
    reader.problems.is_empty().then_some(item.value)
}

fn set_origin(item: &mut Item, origin: &Origin) {
    item.origin = origin.clone();
    match &mut item.value {
        Value::Array(array) => array
            .items
            .iter_mut()
            .for_each(|item| set_origin(item, origin)),
        Value::Table(table) => {
            table
                .entries
                .iter_mut()
                .for_each(|(_, item)| set_origin(item, origin));
        }
        _ => {}
    }
}

fn too_deep(origin: &Origin) -> Problem {
    Problem::at(
        ErrorKind::Value,
        origin,
        format_args!(
            "nested more than {MAX_NESTING} levels deep, where a generated module ends; move it up"
        ),
    )
}

/// Whether a number has digits, and too many of them.
fn is_overflow(error: &ParseIntError) -> bool {
    matches!(
        error.kind(),
        IntErrorKind::PosOverflow | IntErrorKind::NegOverflow
    )
}

struct Reader<'a> {
    file: &'a Arc<TextFile>,
    text: &'a str,
    problems: Problems,
}

impl Reader<'_> {
    fn table(&mut self, table: DeTable<'_>, depth: usize) -> Table {
        let mut entries: Vec<_> = table.into_iter().collect();
        // The parser sorts by key; the file's order is that of the keys' positions.
        entries.sort_by_key(|(key, _)| key.span().start);
        let entries = entries.into_iter().map(|(key, value)| {
            let start = key.span().start;
            let key = key.into_inner().into_owned();
            let mut item = self.item(value, &key, depth);
            item.origin = Origin::text(self.file, start);
            (key, item)
        });
        Table {
            entries: entries.collect(),
        }
    }

    fn item(&mut self, value: Spanned<DeValue<'_>>, key: &str, depth: usize) -> Item {
        let origin = Origin::text(self.file, value.span().start);
        let value = match value.into_inner() {
            DeValue::String(string) => Value::String(string.into_owned()),
            DeValue::Integer(integer) => Value::Integer(self.integer(&integer, key, &origin)),
            DeValue::Float(float) => Value::Float(self.float(float.as_str(), key, &origin)),
            DeValue::Boolean(boolean) => Value::Boolean(boolean),
            DeValue::Datetime(datetime) => Value::Datetime(datetime),
            DeValue::Array(_) | DeValue::Table(_) if depth >= MAX_NESTING => {
                self.problems.push(too_deep(&origin));
                Value::Table(Table::default())
            }
            DeValue::Array(array) => {
                let items = array
                    .into_iter()
                    .map(|value| self.item(value, key, depth + 1));
                Value::Array(Array {
                    items: items.collect(),
                    replaced: Vec::new(),
                })
            }
            DeValue::Table(table) => Value::Table(self.table(table, depth + 1)),
        };
        Item::new(value, origin)
    }

    fn integer(&mut self, integer: &DeInteger<'_>, key: &str, origin: &Origin) -> i128 {
        let fits = |value: &i128| (i64::MIN.into()..=u64::MAX.into()).contains(value);
        let too_wide = "an integer that fits neither `i64` nor `u64`";
        match i128::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(value) if fits(&value) => return value,
            Err(error) if !is_overflow(&error) => self.no_number(origin),
            _ => self.out_of_range(key, origin, too_wide),
        }
        0
    }

    fn float(&mut self, float: &str, key: &str, origin: &Origin) -> f64 {
        match float.parse::<f64>() {
            Ok(value) if value.is_finite() || float.contains("inf") || float.contains("nan") => {
                return value;
            }
            Ok(_) => self.out_of_range(key, origin, "a float that does not fit `f64`"),
            Err(_) => self.no_number(origin),
        }
        0.0
    }

    /// What the parser takes for a number and is none, such as `0x`.
    fn no_number(&mut self, origin: &Origin) {
        let offset = origin.offset().unwrap_or_default();
        let message = "invalid number, expected digits";
        let problem = syntax::syntax_problem(self.file, self.text, offset, message, true);
        self.problems.push(problem);
    }

    fn out_of_range(&mut self, key: &str, origin: &Origin, what: &str) {
        let key = written_key(key);
        let message = format!(
            "the key `{}` has {what}; write it as a string",
            shown::keys(&key)
        );
        let problem = Problem::at(ErrorKind::Value, origin, message);
        self.problems.push(problem.about(&key));
    }
}
