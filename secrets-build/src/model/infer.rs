//! The shape of a tree, and the one that several values share.

use std::collections::HashMap;

use crate::model::{
    shape::{Field, TableType, Type},
    tree::{Array, Item, Table, Value},
};

/// The type of the whole tree.
pub(crate) fn shape_of(tree: &Table) -> TableType {
    table(tree)
}

/// Whether elements that replace others leave the type of their array as it was.
pub(crate) fn same_elements(old: &[Item], new: &[Item]) -> bool {
    let (old, new) = (elements(old), elements(new));
    common_type(&old, &new).is_some_and(|both| same_in_rust(&old, &both))
}

fn same_in_rust(old: &Type, both: &Type) -> bool {
    match (old, both) {
        (Type::Unknown, _) => true,
        (Type::Integer { big: old, .. }, Type::Integer { big: both, .. }) => old == both,
        (Type::Array(old), Type::Array(both)) => same_in_rust(old, both),
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

fn table(table: &Table) -> TableType {
    let fields = table
        .entries
        .iter()
        .map(|(key, item)| Field::new(key.clone(), of_value(&item.value), item.origin.clone()));
    TableType {
        fields: fields.collect(),
    }
}

/// The type of a value.
pub(crate) fn of_value(value: &Value) -> Type {
    match value {
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
        Value::Typed(typed) => Type::Scalar(typed.scalar()),
        Value::Array(array) => of_array(array),
        Value::Table(entries) => Type::Table(table(entries)),
    }
}

fn of_array(array: &Array) -> Type {
    let here = elements(&array.items);
    if array.replaced.is_empty() {
        return here;
    }
    match elements(&array.replaced) {
        // Without elements there is no tuple.
        Type::Tuple(_) if array.items.is_empty() => here,
        replaced => common_type(&replaced, &here).unwrap_or(here),
    }
}

/// The type of an array of these elements: one type if there is one that fits them all.
fn elements(items: &[Item]) -> Type {
    let types: Vec<_> = items.iter().map(|item| of_value(&item.value)).collect();
    let mut one = Type::Unknown;
    for ty in &types {
        match common_type(&one, ty) {
            Some(both) => one = both,
            None => return Type::Tuple(types),
        }
    }
    Type::Array(Box::new(one))
}

impl TableType {
    /// Takes over fields that only another shape has. Where both have one, its own stays.
    pub(crate) fn add_fields_of(&mut self, other: &Self) {
        let keys = self.fields.iter().enumerate();
        let positions: HashMap<String, usize> = keys
            .map(|(index, field)| (field.key.clone(), index))
            .collect();
        for field in &other.fields {
            let position = positions.get(&field.key);
            match position.map(|position| &mut self.fields[*position]) {
                None => self.fields.push(field.clone()),
                Some(own) => match (&mut own.ty, &field.ty) {
                    (Type::Table(own), Type::Table(other)) => own.add_fields_of(other),
                    (own, other) => {
                        if let Some(both) = common_type(own, other) {
                            *own = both;
                        }
                    }
                },
            }
        }
    }
}

/// The type that fits values of both types, if there is one.
pub(super) fn common_type(a: &Type, b: &Type) -> Option<Type> {
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
        (Type::Array(a), Type::Array(b)) => Some(Type::Array(Box::new(common_type(a, b)?))),
        (Type::Tuple(a), Type::Tuple(b)) if a.len() == b.len() => {
            let both: Option<Vec<_>> = a.iter().zip(b).map(|(a, b)| common_type(a, b)).collect();
            both.map(Type::Tuple)
        }
        (Type::Table(a), Type::Table(b)) => common_table(a, b).map(Type::Table),
        (a, b) => (a == b).then(|| a.clone()),
    }
}

fn common_table(a: &TableType, b: &TableType) -> Option<TableType> {
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
                let own = &mut fields[*index];
                own.ty = common_type(&own.ty, &field.ty)?;
                own.optional |= field.optional;
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
