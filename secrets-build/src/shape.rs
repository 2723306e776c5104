//! Names and types of the merged tree, without any value.

use std::collections::HashMap;

use crate::{
    error::{ErrorKind, Problem, Problems},
    names,
    origin::Origin,
    tree::{Array, Item, Table, Value, join},
};

/// At every level that is a multiple of this, a table or an array stands behind `Deep`: four steps of
/// the compiler's recursion limit of 128 go into a level, and the program's own types need some.
const DEEP: usize = 16;

/// The type of a value.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Type {
    String,
    /// Which of `i64` and `u64` is told by what the values need.
    Integer {
        negative: bool,
        big: bool,
    },
    Float,
    Boolean,
    /// A date-time with or without an offset.
    Datetime,
    Date,
    Time,
    Bytes,
    /// The element of an empty array that nothing tells more of.
    Unknown,
    /// An array of one type.
    Array(Box<Type>),
    /// An array of mixed types.
    Tuple(Vec<Type>),
    Table(TableType),
    /// What stands at a very deep level.
    Deep(Box<Type>),
}

/// The type of a table.
#[derive(Clone, Default)]
pub(crate) struct TableType {
    pub(crate) fields: Vec<Field>,
}

/// A key and its type.
#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) ty: Type,
    /// Some elements of an array of tables lack the key.
    pub(crate) optional: bool,
    /// Where the key is, for errors.
    origin: Origin,
}

/// Two tables are of one type if they have the same keys, in the same order, with the same types.
impl PartialEq for TableType {
    fn eq(&self, other: &Self) -> bool {
        let same =
            |(a, b): (&Field, &Field)| a.key == b.key && a.optional == b.optional && a.ty == b.ty;
        self.fields.len() == other.fields.len() && self.fields.iter().zip(&other.fields).all(same)
    }
}

impl Eq for TableType {}

/// The type of the whole tree. Keys that end in one name are problems.
pub(crate) fn of(tree: &Table, problems: &mut Problems) -> TableType {
    let ty = table(tree, 0);
    check_names(&ty, "", problems);
    check_constants(&ty, problems);
    ty
}

/// Whether elements that replace others leave the type of their array as it was.
pub(crate) fn same_elements(old: &[Item], new: &[Item]) -> bool {
    let (old, new) = (elements(old, 0), elements(new, 0));
    unify(&old, &new).is_some_and(|both| same_in_rust(&old, &both))
}

fn same_in_rust(old: &Type, both: &Type) -> bool {
    match (old, both) {
        (Type::Unknown, _) => true,
        (Type::Integer { big: old, .. }, Type::Integer { big: both, .. }) => old == both,
        (Type::Array(old), Type::Array(both)) | (Type::Deep(old), Type::Deep(both)) => {
            same_in_rust(old, both)
        }
        (Type::Tuple(old), Type::Tuple(both)) => {
            let mut pairs = old.iter().zip(both);
            pairs.all(|(old, both)| same_in_rust(old, both))
        }
        (Type::Table(old), Type::Table(both)) => {
            let mut pairs = old.fields.iter().zip(&both.fields);
            old.fields.len() == both.fields.len()
                && pairs.all(|(old, both)| {
                    old.optional == both.optional && same_in_rust(&old.ty, &both.ty)
                })
        }
        (old, both) => old == both,
    }
}

fn table(table: &Table, depth: usize) -> TableType {
    let fields = table.entries.iter().map(|(key, item)| Field {
        key: key.clone(),
        ty: of_value(&item.value, depth + 1),
        optional: false,
        origin: item.origin.clone(),
    });
    TableType {
        fields: fields.collect(),
    }
}

fn of_value(value: &Value, depth: usize) -> Type {
    let ty = match value {
        Value::String(_) => Type::String,
        Value::Integer(integer) => Type::Integer {
            negative: *integer < 0,
            big: *integer > i64::MAX.into(),
        },
        Value::Unsigned(_) => Type::Integer {
            negative: false,
            big: true,
        },
        Value::Float(_) => Type::Float,
        Value::Boolean(_) => Type::Boolean,
        Value::Datetime(datetime) => match (datetime.date, datetime.time) {
            (None, _) => Type::Time,
            (_, None) => Type::Date,
            _ => Type::Datetime,
        },
        Value::Bytes(_) => Type::Bytes,
        Value::Array(array) => of_array(array, depth),
        Value::Table(entries) => Type::Table(table(entries, depth)),
    };
    match ty {
        Type::Array(_) | Type::Tuple(_) | Type::Table(_) if depth % DEEP == 0 => {
            Type::Deep(Box::new(ty))
        }
        ty => ty,
    }
}

fn of_array(array: &Array, depth: usize) -> Type {
    let here = elements(&array.items, depth);
    if array.like.is_empty() {
        return here;
    }
    match elements(&array.like, depth) {
        // Without elements there is no tuple.
        Type::Tuple(_) if array.items.is_empty() => here,
        like => unify(&like, &here).unwrap_or(here),
    }
}

/// The type of an array of these elements: one type if there is one that fits them all.
fn elements(items: &[Item], depth: usize) -> Type {
    let types: Vec<_> = items
        .iter()
        .map(|item| of_value(&item.value, depth + 1))
        .collect();
    let mut one = Type::Unknown;
    for ty in &types {
        match unify(&one, ty) {
            Some(both) => one = both,
            None => return Type::Tuple(types),
        }
    }
    Type::Array(Box::new(one))
}

/// The type that fits values of both types, if there is one.
fn unify(a: &Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (Type::Unknown, ty) | (ty, Type::Unknown) => Some(ty.clone()),
        (
            Type::Integer {
                negative: a_negative,
                big: a_big,
            },
            Type::Integer {
                negative: b_negative,
                big: b_big,
            },
        ) => {
            let (negative, big) = (*a_negative || *b_negative, *a_big || *b_big);
            (!(negative && big)).then_some(Type::Integer { negative, big })
        }
        (Type::Array(a), Type::Array(b)) => Some(Type::Array(Box::new(unify(a, b)?))),
        (Type::Deep(a), Type::Deep(b)) => Some(Type::Deep(Box::new(unify(a, b)?))),
        (Type::Tuple(a), Type::Tuple(b)) if a.len() == b.len() => {
            let both: Option<Vec<_>> = a.iter().zip(b).map(|(a, b)| unify(a, b)).collect();
            both.map(Type::Tuple)
        }
        (Type::Table(a), Type::Table(b)) => unify_tables(a, b).map(Type::Table),
        (a, b) => (a == b).then(|| a.clone()),
    }
}

fn unify_tables(a: &TableType, b: &TableType) -> Option<TableType> {
    let mut fields = a.fields.clone();
    let positions: HashMap<&str, usize> = a
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| (field.key.as_str(), index))
        .collect();
    let mut common = vec![false; fields.len()];
    for field in &b.fields {
        match positions.get(field.key.as_str()) {
            Some(index) => {
                let known = &mut fields[*index];
                known.ty = unify(&known.ty, &field.ty)?;
                known.optional |= field.optional;
                common[*index] = true;
            }
            None => fields.push(Field {
                optional: true,
                ..field.clone()
            }),
        }
    }
    for (field, common) in fields.iter_mut().zip(common) {
        field.optional |= !common;
    }
    Some(TableType { fields })
}

fn check_names(table: &TableType, path: &str, problems: &mut Problems) {
    check(table, path, names::field, "field", problems);
    for field in &table.fields {
        check_inner(&field.ty, &join(path, &field.key), problems);
    }
}

fn check_inner(ty: &Type, path: &str, problems: &mut Problems) {
    match ty {
        Type::Table(table) => check_names(table, path, problems),
        Type::Array(inner) | Type::Deep(inner) => check_inner(inner, path, problems),
        Type::Tuple(elements) => elements
            .iter()
            .for_each(|ty| check_inner(ty, path, problems)),
        _ => {}
    }
}

/// Constants can meet where fields do not: `ß` and `ss` are both `SS`.
fn check_constants(root: &TableType, problems: &mut Problems) {
    let mut fields = Problems::default();
    check(root, "", names::field, "field", &mut fields);
    if fields.is_empty() {
        check(root, "", names::constant, "constant", problems);
    }
}

fn check(
    table: &TableType,
    path: &str,
    name: impl Fn(&str) -> String,
    what: &str,
    problems: &mut Problems,
) {
    let mut seen: HashMap<String, &Field> = HashMap::new();
    for field in &table.fields {
        let name = name(&field.key);
        if let Some(first) = seen.get(&name) {
            problems.push(Problem::new(
                ErrorKind::Name,
                format!(
                    "the keys `{}` at {} and `{}` at {} both become the {what} `{name}`; rename one of them",
                    join(path, &first.key),
                    first.origin,
                    join(path, &field.key),
                    field.origin,
                ),
            ));
        } else {
            seen.insert(name, field);
        }
    }
}
