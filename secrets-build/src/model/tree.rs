//! The tree of values that a layer is, each with its origin.

use std::path::Path;

use toml_datetime::Datetime;

use crate::{
    model::scalar::{Scalar, ScalarValue},
    origin::Origin,
};

/// A value, where it came from, and what it replaced.
#[derive(Clone)]
pub(crate) struct Item {
    pub(crate) value: Value,
    pub(crate) origin: Origin,
    /// Origins of the values this one replaced, lowest layer first.
    pub(crate) overrode: Vec<Origin>,
}

/// A value of a layer.
#[derive(Clone)]
pub(crate) enum Value {
    String(String),
    /// Within `i64::MIN..=u64::MAX`.
    Integer(i128),
    /// An integer that replaced one of the type `u64`, and keeps that type even if it fits `i64`.
    Unsigned(i128),
    Float(f64),
    Boolean(bool),
    Datetime(Datetime),
    /// A file of a secret directory that is not UTF-8.
    Bytes(Vec<u8>),
    /// A value that was given a type beyond those of TOML.
    Typed(ScalarValue),
    Array(Array),
    Table(Table),
}

/// Elements, and those that they replaced, as far as these still tell the type of an array: after `ports = [1]` in a lower
/// layer, `ports = []` is an array of integers.
#[derive(Clone, Default)]
pub(crate) struct Array {
    pub(crate) items: Vec<Item>,
    pub(crate) replaced: Vec<Item>,
}

/// Keys as written, in the order of the files.
#[derive(Clone, Default)]
pub(crate) struct Table {
    pub(crate) entries: Vec<(String, Item)>,
}

/// What the types of two layers are compared by: the types of TOML, and bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    String,
    Integer,
    Float,
    Boolean,
    OffsetDatetime,
    LocalDatetime,
    LocalDate,
    LocalTime,
    Bytes,
    Array,
    Table,
}

impl Table {
    /// The value of a key, and where it came from.
    pub(crate) fn get(&self, key: &str) -> Option<&Item> {
        let mut entries = self.entries.iter();
        entries.find(|(name, _)| name == key).map(|(_, item)| item)
    }

    /// The value of a key that stands at a position in most tables of its type. The order is that of
    /// the table itself but in an array of tables.
    pub(crate) fn value_at(&self, index: usize, key: &str) -> Option<&Value> {
        self.item_at(index, key).map(|item| &item.value)
    }

    /// The same with where it came from.
    pub(crate) fn item_at(&self, index: usize, key: &str) -> Option<&Item> {
        let here = self.entries.get(index).filter(|(name, _)| name == key);
        here.map(|(_, item)| item).or_else(|| self.get(key))
    }
}

impl Array {
    /// Drops the elements that were replaced, where they are not needed to tell the type.
    pub(crate) fn forget_replaced(&mut self) {
        self.replaced.iter_mut().for_each(|item| item.value.wipe());
        self.replaced.clear();
    }
}

impl Item {
    pub(crate) fn new(value: Value, origin: Origin) -> Self {
        Self {
            value,
            origin,
            overrode: Vec::new(),
        }
    }

    /// A table with the origin of a whole source.
    pub(crate) fn table(entries: Vec<(String, Item)>, path: &Path) -> Self {
        Self::new(
            Value::Table(Table { entries }),
            Origin::file(path.to_owned()),
        )
    }
}

impl Value {
    /// Whether two values are one.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::String(a), Self::String(b)) => a == b,
            (Self::Integer(a) | Self::Unsigned(a), Self::Integer(b) | Self::Unsigned(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Boolean(a), Self::Boolean(b)) => a == b,
            (Self::Datetime(a), Self::Datetime(b)) => a == b,
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::Typed(a), Self::Typed(b)) => a == b,
            (Self::Array(a), Self::Array(b)) => {
                let mut pairs = a.items.iter().zip(&b.items);
                a.items.len() == b.items.len() && pairs.all(|(a, b)| a.value.same_as(&b.value))
            }
            (Self::Table(a), Self::Table(b)) => {
                let mut entries = a.entries.iter().enumerate();
                a.entries.len() == b.entries.len()
                    && entries.all(|(index, (key, item))| {
                        let other = b.value_at(index, key);
                        other.is_some_and(|other| item.value.same_as(other))
                    })
            }
            _ => false,
        }
    }

    /// What it is with its article, for messages.
    pub(crate) fn described(&self) -> String {
        match self {
            Self::Typed(typed) => format!("`{}`", typed.scalar()),
            value => value.kind().described().to_owned(),
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::String(_) => Kind::String,
            Self::Integer(_) | Self::Unsigned(_) => Kind::Integer,
            Self::Float(_) => Kind::Float,
            Self::Boolean(_) => Kind::Boolean,
            Self::Datetime(Datetime { date: None, .. }) => Kind::LocalTime,
            Self::Datetime(Datetime { time: None, .. }) => Kind::LocalDate,
            Self::Datetime(Datetime { offset: None, .. }) => Kind::LocalDatetime,
            Self::Datetime(_) => Kind::OffsetDatetime,
            Self::Bytes(_) => Kind::Bytes,
            Self::Typed(typed) => match typed.scalar() {
                Scalar::Int(_) => Kind::Integer,
                Scalar::F32 => Kind::Float,
                _ => Kind::String,
            },
            Self::Array(_) => Kind::Array,
            Self::Table(_) => Kind::Table,
        }
    }
}

impl Kind {
    /// The kind with its article, for messages.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Integer => "an integer",
            Self::Float => "a float",
            Self::Boolean => "a boolean",
            Self::OffsetDatetime => "an offset date-time",
            Self::LocalDatetime => "a local date-time",
            Self::LocalDate => "a local date",
            Self::LocalTime => "a local time",
            Self::Bytes => "bytes",
            Self::Array => "an array",
            Self::Table => "a table",
        }
    }

    /// The kind without its article, for listings.
    pub(crate) fn name(self) -> &'static str {
        let described = self.described();
        described
            .split_once(' ')
            .map_or(described, |(_, name)| name)
    }
}
