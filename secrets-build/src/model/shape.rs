//! Names and types of the merged tree, without any value.

use std::sync::Arc;

use crate::{
    model::{
        path::Step,
        scalar::Scalar,
        tree::{Table, Value},
    },
    origin::Origin,
};

/// The type of a value.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Type {
    String,
    /// Which of `i64` and `u64` follows from what the values need.
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
    Scalar(Scalar),
    /// The element of an empty array that nothing tells more of.
    Unknown,
    /// An array of one type.
    Array(Box<Type>),
    /// An array of mixed types.
    Tuple(Vec<Type>),
    Table(TableType),
}

/// Whether the key at a path is chosen, if anything says so.
pub(crate) type Choose<'a> = dyn Fn(&[Step]) -> Option<bool> + 'a;

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
    /// What the template says of the key.
    pub(crate) doc: Option<Arc<str>>,
    /// What `keys` names the field; the key itself if nothing.
    pub(crate) name: Option<Arc<str>>,
    /// Where the key is, for errors.
    pub(crate) origin: Origin,
}

impl Field {
    /// A field that is always there and has no comment.
    pub(crate) fn new(key: String, ty: Type, origin: Origin) -> Self {
        Self {
            key,
            ty,
            optional: false,
            doc: None,
            name: None,
            origin,
        }
    }

    /// What the names in Rust are made from.
    pub(crate) fn named(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.key)
    }
}

impl TableType {
    /// Divides the keys into those that are said to be chosen, and the others. What is said of a key holds
    /// for all below it that nothing is said of.
    pub(crate) fn split(&self, choose: &Choose<'_>) -> (Self, Self) {
        self.split_at(&mut Vec::new(), false, choose)
    }

    fn split_at(&self, path: &mut Vec<Step>, above: bool, choose: &Choose<'_>) -> (Self, Self) {
        let (mut chosen, mut others) = (Self::default(), Self::default());
        for field in &self.fields {
            path.push(Step::Key(field.key.clone()));
            let is_chosen = choose(path).unwrap_or(above);
            match &field.ty {
                Type::Table(table) if !table.fields.is_empty() => {
                    let (inner, rest) = table.split_at(path, is_chosen, choose);
                    let parts = [(&mut chosen, inner), (&mut others, rest)];
                    for (part, table) in parts {
                        if !table.fields.is_empty() {
                            part.fields.push(Field {
                                ty: Type::Table(table),
                                ..field.clone()
                            });
                        }
                    }
                }
                _ if is_chosen => chosen.fields.push(field.clone()),
                _ => others.fields.push(field.clone()),
            }
            path.pop();
        }
        (chosen, others)
    }

    /// The same without what may change after values were sealed: what the template says of keys, and what
    /// `keys` names them.
    pub(crate) fn undocumented(&self) -> Self {
        let mut shape = self.clone();
        for field in &mut shape.fields {
            field.doc = None;
            field.name = None;
            field.ty = field.ty.undocumented();
        }
        shape
    }

    /// Whether a table has all keys that are not optional. Elements of arrays are not looked at.
    pub(crate) fn has_all(&self, table: &Table) -> bool {
        self.fields.iter().enumerate().all(|(index, field)| {
            let value = table.value_at(index, &field.key);
            match (&field.ty, value) {
                (Type::Table(shape), Some(Value::Table(table))) => shape.has_all(table),
                (_, Some(_)) => true,
                (Type::Table(shape), None) => field.optional || shape.needs_no_value(),
                (_, None) => field.optional,
            }
        })
    }

    /// Whether a table without any key is of this type.
    pub(crate) fn needs_no_value(&self) -> bool {
        self.fields.iter().all(|field| match &field.ty {
            _ if field.optional => true,
            Type::Table(table) => table.needs_no_value(),
            _ => false,
        })
    }
}

impl Type {
    fn undocumented(&self) -> Self {
        match self {
            Self::Array(inner) => Self::Array(Box::new(inner.undocumented())),
            Self::Tuple(types) => Self::Tuple(types.iter().map(Self::undocumented).collect()),
            Self::Table(table) => Self::Table(table.undocumented()),
            leaf => leaf.clone(),
        }
    }
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
