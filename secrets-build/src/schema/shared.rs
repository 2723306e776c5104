//! What a shared source has and a package does not know, which is left out of its module.
//!
//! A global or workspace file serves many packages, and each has keys of its own. Where the template or
//! the table of keys says which ones a package has, it takes those and no others.
//!
//! What replaces a value of a lower layer, or is in conflict with one, stays though none of its keys is known:
//! it says that the lower value is not to be embedded.

use crate::{
    model::{
        path::{Step, join},
        shape::{TableType, Type},
        tree::{Array, Item, Table, Value},
    },
    origin::Origin,
    schema::keys::Keys,
};

/// What fixes the keys of a package.
#[derive(Clone, Copy)]
pub(crate) enum Wanted<'a> {
    /// Nothing does: every key is embedded.
    Everything,
    Template(&'a TableType),
    Keys(&'a Keys),
}

/// A value that was left out.
#[derive(Clone)]
pub(crate) struct Unused {
    /// The dotted key.
    pub(crate) path: String,
    /// The name of its type.
    pub(crate) kind: &'static str,
    pub(crate) origin: Origin,
    /// Where lower layers have the same key, lowest first.
    pub(crate) overrode: Vec<Origin>,
}

impl Wanted<'_> {
    /// Takes everything else out of a layer that is about to be laid over the lower ones, and lists it.
    pub(crate) fn leave_out(self, layer: &mut Table, lower: &Table, unused: &mut Vec<Unused>) {
        match self {
            Self::Everything => {}
            Self::Template(shape) => ByShape { unused }.table(shape, layer, Some(lower), ""),
            Self::Keys(keys) => {
                let path = Vec::new();
                ByKeys { keys, unused, path }.table(layer, Some(lower), "");
            }
        }
    }
}

struct ByShape<'a> {
    unused: &'a mut Vec<Unused>,
}

impl ByShape<'_> {
    fn table(&mut self, shape: &TableType, table: &mut Table, lower: Option<&Table>, path: &str) {
        table.entries.retain_mut(|(key, item)| {
            let path = join(path, key);
            let below = item_of(lower, key);
            let Some(field) = shape.fields.iter().find(|field| field.key == *key) else {
                drop_item(item, &path, self.unused);
                return false;
            };
            retains(item, below, |item, lower| {
                self.item(&field.ty, item, lower, &path);
            })
        });
    }

    fn item(&mut self, ty: &Type, item: &mut Item, lower: Option<&Table>, path: &str) {
        match (ty, &mut item.value) {
            (Type::Table(shape), Value::Table(table)) => self.table(shape, table, lower, path),
            (Type::Array(inner), Value::Array(Array { items, .. })) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.item(inner, item, None, &format!("{path}[{index}]"));
                }
            }
            (Type::Tuple(types), Value::Array(Array { items, .. })) => {
                for (index, (ty, item)) in types.iter().zip(items).enumerate() {
                    self.item(ty, item, None, &format!("{path}[{index}]"));
                }
            }
            // Another type than the template has is reported where values are fitted to it.
            _ => {}
        }
    }
}

struct ByKeys<'a> {
    keys: &'a Keys,
    unused: &'a mut Vec<Unused>,
    path: Vec<Step>,
}

impl ByKeys<'_> {
    fn table(&mut self, table: &mut Table, lower: Option<&Table>, path: &str) {
        table.entries.retain_mut(|(key, item)| {
            let path = join(path, key);
            self.path.push(Step::Key(key.clone()));
            let stays = self.stays(item, item_of(lower, key), &path);
            self.path.pop();
            stays
        });
    }

    fn stays(&mut self, item: &mut Item, lower: Option<&Item>, path: &str) -> bool {
        // An entry for a table is for all that is in it.
        if self.keys.cover(&self.path) {
            return true;
        }
        match &item.value {
            Value::Table(table) if !table.entries.is_empty() => {
                retains(item, lower, |item, lower| {
                    if let Value::Table(table) = &mut item.value {
                        self.table(table, lower, path);
                    }
                })
            }
            // An array replaces others whole, and so is not divided.
            Value::Array(_) if self.keys.lead_into(&self.path) => true,
            // The merge tells whether it may replace what has the keys.
            _ if lower.is_some() && self.keys.lead_into(&self.path) => true,
            _ => {
                drop_item(item, path, self.unused);
                false
            }
        }
    }
}

/// What a lower layer has under a key.
fn item_of<'a>(lower: Option<&'a Table>, key: &str) -> Option<&'a Item> {
    lower?.get(key)
}

/// Whether an item stays after something was taken out of it: a table that has lost all keys does not,
/// unless a lower layer has the same key. A deep merge then adds nothing; a shallow one replaces.
fn retains(
    item: &mut Item,
    lower: Option<&Item>,
    take_out: impl FnOnce(&mut Item, Option<&Table>),
) -> bool {
    let is_empty =
        |item: &Item| matches!(&item.value, Value::Table(table) if table.entries.is_empty());
    let was_empty = is_empty(item);
    let table_below = match lower.map(|lower| &lower.value) {
        Some(Value::Table(table)) => Some(table),
        _ => None,
    };
    take_out(item, table_below);
    was_empty || lower.is_some() || !is_empty(item)
}

/// Lists the values of an item, and wipes them.
fn drop_item(item: &mut Item, path: &str, unused: &mut Vec<Unused>) {
    list(item, path, unused);
    item.value.wipe();
}

fn list(item: &Item, path: &str, unused: &mut Vec<Unused>) {
    match &item.value {
        Value::Table(table) if !table.entries.is_empty() => {
            for (key, item) in &table.entries {
                list(item, &join(path, key), unused);
            }
        }
        value => {
            let (kind, origin) = (value.kind().name(), item.origin.clone());
            match unused.iter_mut().find(|listed| listed.path == path) {
                Some(lower) => {
                    lower.kind = kind;
                    lower
                        .overrode
                        .push(std::mem::replace(&mut lower.origin, origin));
                }
                None => unused.push(Unused {
                    path: path.to_owned(),
                    kind,
                    origin,
                    overrode: Vec::new(),
                }),
            }
        }
    }
}
