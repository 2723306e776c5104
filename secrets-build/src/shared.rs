//! What a shared source has and a package does not know, which is left out of its module.
//!
//! A global or workspace file serves many packages, and each has keys of its own. Where the template or
//! the table of keys says which ones a package has, it takes those and no others.

use crate::{
    keys::{Keys, Step},
    origin::Origin,
    shape::{TableType, Type},
    tree::{Array, Item, Table, Value, join},
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
    /// Takes everything else out of a layer, and lists it.
    pub(crate) fn leave_out(self, layer: &mut Table, unused: &mut Vec<Unused>) {
        match self {
            Self::Everything => {}
            Self::Template(shape) => ByShape { unused }.table(shape, layer, ""),
            Self::Keys(keys) => {
                let path = Vec::new();
                ByKeys { keys, unused, path }.table(layer, "");
            }
        }
    }
}

struct ByShape<'a> {
    unused: &'a mut Vec<Unused>,
}

impl ByShape<'_> {
    fn table(&mut self, shape: &TableType, table: &mut Table, path: &str) {
        table.entries.retain_mut(|(key, item)| {
            let path = join(path, key);
            let Some(field) = shape.fields.iter().find(|field| field.key == *key) else {
                drop_item(item, &path, self.unused);
                return false;
            };
            retains(item, |item| self.item(&field.ty, item, &path))
        });
    }

    fn item(&mut self, ty: &Type, item: &mut Item, path: &str) {
        match (ty, &mut item.value) {
            (Type::Table(shape), Value::Table(table)) => self.table(shape, table, path),
            (Type::Array(inner), Value::Array(Array { items, .. })) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.item(inner, item, &format!("{path}[{index}]"));
                }
            }
            (Type::Tuple(types), Value::Array(Array { items, .. })) => {
                for (index, (ty, item)) in types.iter().zip(items).enumerate() {
                    self.item(ty, item, &format!("{path}[{index}]"));
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
    fn table(&mut self, table: &mut Table, path: &str) {
        table.entries.retain_mut(|(key, item)| {
            let path = join(path, key);
            self.path.push(Step::Key(key.clone()));
            let stays = self.stays(item, &path);
            self.path.pop();
            stays
        });
    }

    fn stays(&mut self, item: &mut Item, path: &str) -> bool {
        // An entry for a table is for all that is in it.
        if self.keys.cover(&self.path) {
            return true;
        }
        match &item.value {
            Value::Table(table) if !table.entries.is_empty() => retains(item, |item| {
                if let Value::Table(table) = &mut item.value {
                    self.table(table, path);
                }
            }),
            // An array replaces others whole, and so is not divided.
            Value::Array(_) if self.keys.lead_into(&self.path) => true,
            _ => {
                drop_item(item, path, self.unused);
                false
            }
        }
    }
}

/// Whether an item stays after something was taken out of it: a table that has lost all keys does not.
fn retains(item: &mut Item, take_out: impl FnOnce(&mut Item)) -> bool {
    let is_empty =
        |item: &Item| matches!(&item.value, Value::Table(table) if table.entries.is_empty());
    let was_empty = is_empty(item);
    take_out(item);
    was_empty || !is_empty(item)
}

/// Lists the values of an item, and wipes them.
fn drop_item(item: &mut Item, path: &str, unused: &mut Vec<Unused>) {
    list(item, path, unused);
    #[cfg(feature = "age")]
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
            match unused.iter_mut().find(|known| known.path == path) {
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
