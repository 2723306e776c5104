//! A shape in lines of text, one for each value.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use toml::de::DeValue;

use crate::{
    model::{
        scalar::{Int, Scalar},
        shape::{Field, TableType, Type},
    },
    origin::Origin,
    read::toml::MAX_NESTING,
    schema::key_type::KeyType,
};

/// A step of a path in a line.
enum Step {
    Key(String, bool),
    Element,
    Position(usize),
}

/// The shape of lines, each with its place; nothing if it is none. The values of a table stand together.
pub(super) fn read<'a>(lines: impl Iterator<Item = (&'a str, Origin)>) -> Option<TableType> {
    let mut shape = TableType::default();
    for (line, origin) in lines {
        add(&mut shape, line, &origin)?;
    }
    keys_differ(&shape).then_some(shape)
}

/// Whether every table has a key once.
fn keys_differ(shape: &TableType) -> bool {
    fn inner(ty: &Type) -> bool {
        match ty {
            Type::Table(shape) => keys_differ(shape),
            Type::Array(element) => inner(element),
            Type::Tuple(types) => types.iter().all(inner),
            _ => true,
        }
    }
    let mut keys = HashSet::new();
    let mut fields = shape.fields.iter();
    fields.all(|field| keys.insert(field.key.as_str()) && inner(&field.ty))
}

/// Adds the value of a line to a shape.
fn add(shape: &mut TableType, line: &str, origin: &Origin) -> Option<()> {
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
    // What comes after this goes down step by step.
    (steps.len() <= MAX_NESTING).then_some(())?;
    let ty = leaf(rest.strip_prefix(": ")?)?;
    let (first, inner) = steps.split_first()?;
    add_key(shape, first, inner, ty, origin)
}

pub(crate) fn key(text: &str) -> Option<(String, &str)> {
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
    // To look at all of them for each line would take hours for a large file.
    if table.fields.last().is_none_or(|last| last.key != *key) {
        let mut field = Field::new(key.clone(), Type::Unknown, origin.clone());
        field.optional = *optional;
        table.fields.push(field);
    }
    let field = table.fields.last_mut()?;
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
    let fields = template.fields.iter();
    let documented: HashMap<&str, &Field> =
        fields.map(|field| (field.key.as_str(), field)).collect();
    for field in &mut shape.fields {
        if let Some(said) = documented.get(field.key.as_str()) {
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
