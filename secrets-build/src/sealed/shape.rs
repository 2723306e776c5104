//! A shape in lines of text, one for each value.

use std::sync::Arc;

use toml::de::DeValue;

use super::quoted;
use crate::{
    keys::KeyType,
    origin::Origin,
    scalar::{Int, Scalar},
    shape::{Field, TableType, Type},
};

/// A value of a shape.
pub(super) struct Line {
    pub(super) path: String,
    pub(super) ty: String,
    pub(super) is_plain: bool,
    pub(super) origin: Origin,
}

/// The lines of a shape, of the keys that stay plain or of the others.
pub(super) fn lines(shape: &TableType, is_plain: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    table(shape, "", &mut lines);
    for line in &mut lines {
        line.is_plain = is_plain;
    }
    lines
}

fn table(shape: &TableType, above: &str, lines: &mut Vec<Line>) {
    for field in &shape.fields {
        let dot = if above.is_empty() { "" } else { "." };
        let optional = if field.optional { "?" } else { "" };
        let path = format!("{above}{dot}{}{optional}", written(&field.key));
        value(&field.ty, &path, &field.origin, lines);
    }
}

fn value(ty: &Type, path: &str, origin: &Origin, lines: &mut Vec<Line>) {
    let name = match ty {
        Type::Table(shape) if !shape.fields.is_empty() => return table(shape, path, lines),
        Type::Array(inner) => return value(inner, &format!("{path}[]"), origin, lines),
        Type::Tuple(types) => {
            for (index, ty) in types.iter().enumerate() {
                value(ty, &format!("{path}({index})"), origin, lines);
            }
            return;
        }
        Type::Table(_) => "{}".to_owned(),
        Type::String | Type::Unknown => "string".to_owned(),
        Type::Integer { big: false, .. } => "i64".to_owned(),
        Type::Integer { big: true, .. } => "u64".to_owned(),
        Type::Float => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Datetime => "date-time".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Time => "time".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::Scalar(scalar) => scalar.to_string(),
    };
    lines.push(Line {
        path: path.to_owned(),
        ty: name,
        is_plain: false,
        origin: origin.clone(),
    });
}

fn written(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !key.is_empty() && key.chars().all(bare) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

/// A step of a path in a line.
enum Step {
    Key(String, bool),
    Element,
    Position(usize),
}

/// Adds the value of a line to a shape.
pub(super) fn add(shape: &mut TableType, line: &str, origin: &Origin) -> Option<()> {
    let mut steps = Vec::new();
    let mut rest = line;
    loop {
        let (key, after) = key(rest)?;
        let after_mark = after.strip_prefix('?');
        steps.push(Step::Key(key, after_mark.is_some()));
        rest = after_mark.unwrap_or(after);
        loop {
            if let Some(after) = rest.strip_prefix("[]") {
                steps.push(Step::Element);
                rest = after;
            } else if let Some(after) = rest.strip_prefix('(') {
                let (position, after) = after.split_once(')')?;
                steps.push(Step::Position(position.parse().ok()?));
                rest = after;
            } else {
                break;
            }
        }
        match rest.strip_prefix('.') {
            Some(after) => rest = after,
            None => break,
        }
    }
    let ty = leaf(rest.strip_prefix(": ")?)?;
    let (first, inner) = steps.split_first()?;
    add_key(shape, first, inner, ty, origin)
}

fn key(text: &str) -> Option<(String, &str)> {
    if text.starts_with('"') {
        let mut escaped = false;
        let end = text.char_indices().skip(1).find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        let (quoted, rest) = text.split_at(end?.0 + 1);
        let key = DeValue::parse(quoted).ok()?;
        return Some((key.get_ref().as_str()?.to_owned(), rest));
    }
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let end = text.find(|c| !bare(c)).filter(|end| *end > 0)?;
    Some((text[..end].to_owned(), &text[end..]))
}

fn leaf(name: &str) -> Option<Type> {
    Some(match name {
        "{}" => Type::Table(TableType::default()),
        "bytes" => Type::Bytes,
        name => match KeyType::parse(name).ok()?.shape() {
            Type::Scalar(Scalar::Int(Int::I64)) => integer(false),
            Type::Scalar(Scalar::Int(Int::U64)) => integer(true),
            ty => ty,
        },
    })
}

fn integer(big: bool) -> Type {
    Type::Integer {
        negative: false,
        big,
    }
}

fn add_key(
    table: &mut TableType,
    step: &Step,
    inner: &[Step],
    leaf: Type,
    origin: &Origin,
) -> Option<()> {
    let Step::Key(key, optional) = step else {
        return None;
    };
    let known = table.fields.iter().position(|field| field.key == *key);
    let index = known.unwrap_or_else(|| {
        let mut field = Field::new(key.clone(), Type::Unknown, origin.clone());
        field.optional = *optional;
        table.fields.push(field);
        table.fields.len() - 1
    });
    let field = &mut table.fields[index];
    (field.optional == *optional).then_some(())?;
    add_value(&mut field.ty, inner, leaf, origin)
}

/// `Unknown` is what nothing was added to yet.
fn add_value(ty: &mut Type, steps: &[Step], leaf: Type, origin: &Origin) -> Option<()> {
    let Some((step, inner)) = steps.split_first() else {
        let is_new = *ty == Type::Unknown;
        *ty = leaf;
        return is_new.then_some(());
    };
    if *ty == Type::Unknown {
        *ty = match step {
            Step::Key(..) => Type::Table(TableType::default()),
            Step::Element => Type::Array(Box::new(Type::Unknown)),
            Step::Position(_) => Type::Tuple(Vec::new()),
        };
    }
    match (ty, step) {
        (Type::Table(table), Step::Key(..)) => add_key(table, step, inner, leaf, origin),
        (Type::Array(element), Step::Element) => add_value(element, inner, leaf, origin),
        (Type::Tuple(elements), Step::Position(index)) if *index <= elements.len() => {
            if *index == elements.len() {
                elements.push(Type::Unknown);
            }
            add_value(&mut elements[*index], inner, leaf, origin)
        }
        _ => None,
    }
}

/// Takes over what the template says of keys.
pub(super) fn document(shape: &mut TableType, template: &TableType) {
    for field in &mut shape.fields {
        let said = template.fields.iter().find(|known| known.key == field.key);
        if let Some(said) = said {
            field.doc = said.doc.as_ref().map(Arc::clone);
            document_inner(&mut field.ty, &said.ty);
        }
    }
}

fn document_inner(ty: &mut Type, template: &Type) {
    match (ty, template) {
        (Type::Table(shape), Type::Table(template)) => document(shape, template),
        (Type::Array(inner), Type::Array(template)) => document_inner(inner, template),
        (Type::Tuple(types), Type::Tuple(templates)) => {
            for (ty, template) in types.iter_mut().zip(templates) {
                document_inner(ty, template);
            }
        }
        _ => {}
    }
}
