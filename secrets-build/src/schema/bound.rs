//! A bound for tables that share a struct and have few keys in common.

use std::collections::BTreeMap;

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::{
        path::join,
        tree::{Item, Table, Value},
    },
    origin::Origin,
    shown,
};

/// How many keys tables that share a struct may lack, all of a tree together. Each is a line of generated code for the
/// compiler: more take minutes.
const MAX_ABSENT: usize = 100_000;

/// Refuses arrays of tables whose struct would have far more fields than any of them has keys.
pub(crate) fn check_arrays(root: &Table, problems: &mut Problems) {
    check_group(&[root], "", None, &mut 0, problems);
}

/// Checks tables that share a struct, and those in them that do. `origin` is where the first of them is, and
/// `absent` how many keys others lack.
fn check_group(
    tables: &[&Table],
    path: &str,
    origin: Option<&Origin>,
    absent: &mut usize,
    problems: &mut Problems,
) {
    let mut keys: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for (key, item) in tables.iter().flat_map(|table| &table.entries) {
        keys.entry(key).or_default().push(item);
    }
    let present: usize = keys.values().map(Vec::len).sum();
    *absent += tables.len() * keys.len() - present;
    if let (true, Some(origin)) = (*absent > MAX_ABSENT, origin) {
        let message = format!(
            "`{}` has {} tables with {} different keys, all of which would be fields of each; let them have keys in \
             common, or give each a name of its own, outside of an array",
            shown::keys(path),
            tables.len(),
            keys.len()
        );
        problems.push(Problem::at(ErrorKind::Value, origin, message).about(path));
        return;
    }
    for (key, items) in keys {
        let mut inner = Vec::new();
        for item in &items {
            collect(&item.value, &mut inner);
        }
        if !inner.is_empty() {
            check_group(
                &inner,
                &join(path, key),
                Some(&items[0].origin),
                absent,
                problems,
            );
        }
    }
}

/// The tables that a value is, or has as elements.
fn collect<'a>(value: &'a Value, tables: &mut Vec<&'a Table>) {
    match value {
        Value::Table(table) => tables.push(table),
        Value::Array(array) => {
            for item in &array.items {
                collect(&item.value, tables);
            }
        }
        _ => {}
    }
}
