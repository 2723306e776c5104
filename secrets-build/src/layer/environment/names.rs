//! The names of variables that keys have.

use std::collections::{BTreeSet, HashMap};

use crate::{
    shape::{Field, TableType, Type},
    tree::{Table, Value, join},
};

/// A key that a variable may override, or set.
pub(super) struct Target {
    /// Positions in the tree.
    pub(super) path: Vec<usize>,
    /// Keys from there on that the tree does not have, but could.
    pub(super) absent: Vec<String>,
    pub(super) dotted: String,
    pub(super) is_table: bool,
}

/// How names are compared: without case, `_` also for `-`.
pub(super) fn fold(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}

/// The keys that variables may override, and the names that would.
pub(super) struct Names<'a> {
    prefix: &'a str,
    pub(super) targets: HashMap<String, Vec<Target>>,
    pub(super) spellings: BTreeSet<String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(prefix: &'a str) -> Self {
        Self {
            prefix,
            targets: HashMap::new(),
            spellings: BTreeSet::new(),
        }
    }

    pub(super) fn collect(
        &mut self,
        table: &Table,
        known: Option<&TableType>,
        path: &mut Vec<usize>,
        name: &str,
        dotted: &str,
    ) {
        let is_root = path.is_empty();
        for (index, (key, item)) in table.entries.iter().enumerate() {
            path.push(index);
            let name = inner_name(name, key, is_root);
            let dotted = join(dotted, key);
            let inner = match &item.value {
                Value::Table(table) => Some(table),
                _ => None,
            };
            self.add(&name, path, &[], &dotted, inner.is_some());
            if let Some(table) = inner {
                let known = known.and_then(|known| known.fields.iter().find(|of| of.key == *key));
                let known = known.and_then(|field| match &field.ty {
                    Type::Table(table) => Some(table),
                    _ => None,
                });
                self.collect(table, known, path, &name, &dotted);
            }
            path.pop();
        }
        if let Some(known) = known {
            let has = |key: &str| table.entries.iter().any(|(known, _)| known == key);
            let absent = known.fields.iter().filter(|field| !has(&field.key));
            for field in absent {
                let name = inner_name(name, &field.key, is_root);
                self.collect_absent(field, path, &[], &name, dotted);
            }
        }
    }

    /// A key that the tree does not have, and what would be inside it.
    fn collect_absent(
        &mut self,
        field: &Field,
        path: &[usize],
        above: &[String],
        name: &str,
        dotted: &str,
    ) {
        let absent = [above, std::slice::from_ref(&field.key)].concat();
        let dotted = join(dotted, &field.key);
        let table = match &field.ty {
            Type::Table(table) => Some(table),
            _ => None,
        };
        self.add(name, path, &absent, &dotted, table.is_some());
        for field in table.into_iter().flat_map(|table| &table.fields) {
            let name = inner_name(name, &field.key, false);
            self.collect_absent(field, path, &absent, &name, &dotted);
        }
    }

    fn add(&mut self, name: &str, path: &[usize], absent: &[String], dotted: &str, is_table: bool) {
        let target = Target {
            path: path.to_vec(),
            absent: absent.to_vec(),
            dotted: dotted.to_owned(),
            is_table,
        };
        self.targets.entry(fold(name)).or_default().push(target);
        if !is_table {
            self.spell(name);
        }
    }

    /// The spellings people use: upper case, as the key is written, lower case.
    fn spell(&mut self, name: &str) {
        let name = name.replace('-', "_");
        if name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        {
            for name in [name.to_uppercase(), name.to_lowercase(), name] {
                self.spellings.insert(format!("{}__{name}", self.prefix));
            }
        }
    }
}

fn inner_name(name: &str, key: &str, is_root: bool) -> String {
    if is_root {
        key.to_owned()
    } else {
        format!("{name}__{key}")
    }
}
