//! Laying a layer over the lower ones.

use std::collections::HashMap;

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::{
        path::join,
        tree::{Item, Kind, Table, Value},
    },
    read::form::Expected,
    settings::{Compat, Merge},
    shown,
};

/// Lays `upper` over `lower`.
///
/// | lower | upper | deep | shallow | `compat = "streamlit"` |
/// | --- | --- | --- | --- | --- |
/// | no such key | any | added | added | added |
/// | table | table | united, key by key | replaced | replaced |
/// | array | array | replaced | replaced | replaced |
/// | scalar | scalar of the same type | replaced | replaced | replaced |
/// | scalar or array | another type, one of the two text, of a key whose type is fixed | replaced | replaced | replaced |
/// | any | another type | error | error | replaced |
pub(crate) fn merge(
    lower: &mut Table,
    upper: Table,
    merge: Merge,
    compat: Option<Compat>,
    expected: &dyn Expected,
    problems: &mut Problems,
) {
    Merger {
        merge,
        compat,
        expected,
        problems,
    }
    .table(lower, upper, "");
}

struct Merger<'a> {
    merge: Merge,
    compat: Option<Compat>,
    expected: &'a dyn Expected,
    problems: &'a mut Problems,
}

impl Merger<'_> {
    fn table(&mut self, lower: &mut Table, upper: Table, path: &str) {
        let positions: HashMap<String, usize> = lower
            .entries
            .iter()
            .enumerate()
            .map(|(index, (key, _))| (key.clone(), index))
            .collect();
        for (key, item) in upper.entries {
            match positions.get(&key) {
                Some(index) => self.item(&mut lower.entries[*index].1, item, &join(path, &key)),
                None => lower.entries.push((key, item)),
            }
        }
    }

    fn item(&mut self, lower: &mut Item, upper: Item, path: &str) {
        let Item { value, origin, .. } = upper;
        let replaces = |old: &Value, new: &Value| {
            let has_text = origin.is_untyped() || lower.origin.is_untyped();
            let is_table = |value: &Value| value.kind() == Kind::Table;
            old.kind() == new.kind()
                || self.compat == Some(Compat::Streamlit)
                || (has_text && !is_table(old) && !is_table(new) && self.expected.has_type(path))
        };
        match (&mut lower.value, value, self.merge) {
            (Value::Table(lower), Value::Table(upper), Merge::Deep) => {
                self.table(lower, upper, path);
            }
            (Value::Array(old), Value::Array(mut new), _) => {
                if new.items.is_empty() {
                    let old = std::mem::take(old);
                    new.replaced = if old.items.is_empty() {
                        old.replaced
                    } else {
                        old.items
                    };
                } else {
                    old.items.iter_mut().for_each(|item| item.value.wipe());
                }
                replace(lower, Item::new(Value::Array(new), origin));
            }
            (old, new, _) if replaces(old, &new) => {
                old.wipe();
                replace(lower, Item::new(new, origin));
            }
            (old, new, _) => {
                let way_out = match (old.kind(), new.kind()) {
                    (Kind::Bytes, Kind::String) | (Kind::String, Kind::Bytes) => {
                        "give it the type `bytes` in `keys`"
                    }
                    (Kind::Table | Kind::Array, _) => "give it one type",
                    (_, Kind::String) if origin.is_untyped() => {
                        "a file of a secret directory is a text; fix the type of the key in `keys` or in the \
                         template"
                    }
                    _ => "give it one type",
                };
                let problem = Problem::new(
                    ErrorKind::Merge,
                    format!(
                        "`{}` is {} at {} but {} at {}; {way_out}, or rename one of the two",
                        shown::keys(path),
                        old.kind().described(),
                        lower.origin,
                        new.kind().described(),
                        origin,
                    ),
                );
                self.problems.push(problem.about(path));
            }
        }
    }
}

fn replace(lower: &mut Item, mut upper: Item) {
    std::mem::swap(lower, &mut upper);
    record_overridden(lower, upper);
}

/// Tells a value what it replaced. In a table that was replaced whole, that is what had the same key.
fn record_overridden(new: &mut Item, old: Item) {
    new.overrode = old.overrode;
    new.overrode.push(old.origin);
    if let (Value::Table(new), Value::Table(old)) = (&mut new.value, old.value) {
        let mut old: HashMap<String, Item> = old.entries.into_iter().collect();
        for (key, item) in &mut new.entries {
            if let Some(old) = old.remove(key) {
                record_overridden(item, old);
            }
        }
    }
}
