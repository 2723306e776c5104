//! The table of keys over a tree: values are converted to their types, and held to their rules.

use super::{
    Bound,
    convert::convert,
    pattern::{Shown, Step},
    rules::{Entry, Keys},
};
use crate::{
    error::{ErrorKind, Problem, Problems},
    scalar::Typed,
    tree::{Array, Item, Table, Value},
};

/// The rules that hold where there are real secrets, and what the template has in their place.
#[derive(Clone, Copy)]
pub(crate) enum Rules<'a> {
    /// Example values have types, and no rules.
    Example,
    Real {
        template: Option<&'a Table>,
    },
}

impl Keys {
    /// Converts the values of a tree to their types, and checks rules. All problems are told.
    pub(crate) fn apply(&self, tree: &mut Table, rules: Rules<'_>, problems: &mut Problems) {
        if self.is_empty() {
            return;
        }
        let template = match rules {
            Rules::Real { template } => template,
            Rules::Example => None,
        };
        let mut walk = Walk {
            keys: self,
            rules,
            path: Vec::new(),
            problems,
        };
        walk.table(tree, template);
    }
}

struct Walk<'a> {
    keys: &'a Keys,
    rules: Rules<'a>,
    path: Vec<Step>,
    problems: &'a mut Problems,
}

impl Walk<'_> {
    fn table(&mut self, table: &mut Table, example: Option<&Table>) {
        for (key, item) in &mut table.entries {
            let example = example.and_then(|example| {
                let found = example.entries.iter().find(|(known, _)| known == key);
                found.map(|(_, item)| item)
            });
            self.path.push(Step::Key(key.clone()));
            self.item(item, example);
            self.path.pop();
        }
    }

    fn array(&mut self, array: &mut Array) {
        self.path.push(Step::Element);
        for item in array.items.iter_mut().chain(&mut array.like) {
            self.item(item, None);
        }
        self.path.pop();
    }

    fn item(&mut self, item: &mut Item, example: Option<&Item>) {
        let keys = self.keys;
        let entries = keys.at(&self.path);
        let typed = entries
            .iter()
            .find_map(|entry| Some((*entry, entry.ty.as_ref()?)));
        if let Some((_, ty)) = typed {
            let Some(converted) = convert(ty, &item.value, item.origin.is_text()) else {
                let message = format!("is no `{ty}`, expected {}", ty.expected());
                return self.problem(item, &message);
            };
            #[cfg(feature = "age")]
            item.value.wipe();
            item.value = converted;
        }
        for entry in entries {
            self.check(entry, item, example);
        }
        match &mut item.value {
            Value::Table(table) => match example.map(|item| &item.value) {
                Some(Value::Table(example)) => self.table(table, Some(example)),
                _ => self.table(table, None),
            },
            Value::Array(array) => self.array(array),
            _ => {}
        }
    }

    fn check(&mut self, entry: &Entry, item: &Item, example: Option<&Item>) {
        let Rules::Real { .. } = self.rules else {
            return;
        };
        let key = &entry.key;
        let set = |rule: &str| format!("the `{rule}` that `keys` sets at {}", entry.place);
        for (bound, is_min) in [(key.min, true), (key.max, false)] {
            let (name, side) = if is_min {
                ("min", "below")
            } else {
                ("max", "above")
            };
            match bound.map(|bound| breaks(&item.value, bound, is_min)) {
                Some(Some(true)) => self.problem(item, &format!("is {side} {}", set(name))),
                Some(None) => self.unfit(entry, item, name),
                _ => {}
            }
        }
        let length = length(&item.value);
        let min = key
            .min_length
            .or(key.non_empty.filter(|set| *set).map(|_| 1));
        let name = if key.min_length.is_some() {
            "min-length"
        } else {
            "non-empty"
        };
        match (min, length) {
            (Some(min), Some(length)) if length < min => {
                self.problem(item, &format!("is shorter than {}", set(name)));
            }
            (Some(_), None) => self.unfit(entry, item, name),
            _ => {}
        }
        match (key.max_length, length) {
            (Some(max), Some(length)) if length > max => {
                self.problem(item, &format!("is longer than {}", set("max-length")));
            }
            (Some(_), None) => self.unfit(entry, item, "max-length"),
            _ => {}
        }
        #[cfg(feature = "pattern")]
        match (&entry.regex, &item.value) {
            (Some(regex), Value::String(text)) if !regex.is_match(text) => {
                self.problem(item, &format!("does not match {}", set("pattern")));
            }
            (Some(_), value) if !matches!(value, Value::String(_)) => {
                self.unfit(entry, item, "pattern");
            }
            _ => {}
        }
        if let (Some(true), Some(example)) = (key.not_template, example) {
            if item.value.is(&example.value) {
                let message = format!(
                    "is the example that the template has at {}; set a value of your own",
                    example.origin
                );
                self.problem(item, &message);
            }
        }
    }

    fn problem(&mut self, item: &Item, what: &str) {
        let path = Shown(&self.path);
        let message = format!("`{path}` {what}");
        self.problems
            .push(Problem::at(ErrorKind::Key, &item.origin, message));
    }

    /// A rule for another type than the key has.
    fn unfit(&mut self, entry: &Entry, item: &Item, rule: &str) {
        let message = format!(
            "`{rule}` of the entry `{}` does not fit `{}`, which is {} at {}; remove the rule",
            entry.written,
            Shown(&self.path),
            item.value.kind().described(),
            item.origin,
        );
        self.problems
            .push(Problem::at(ErrorKind::Setting, &entry.place, message));
    }
}

/// Whether a value is on the wrong side of a bound; nothing if they cannot be compared.
#[allow(clippy::cast_precision_loss)]
fn breaks(value: &Value, bound: Bound, is_min: bool) -> Option<bool> {
    let order = match (value, bound) {
        (Value::Integer(value) | Value::Unsigned(value), Bound::Integer(bound)) => {
            value.cmp(&bound)
        }
        (Value::Typed(Typed::Int(_, value)), Bound::Integer(bound)) => value.cmp(&bound),
        (Value::Typed(Typed::U128(value)), Bound::Integer(bound)) => match u128::try_from(bound) {
            Ok(bound) => value.cmp(&bound),
            Err(_) => std::cmp::Ordering::Greater,
        },
        (Value::Typed(Typed::Duration(value)), Bound::Duration(bound)) => value.cmp(&bound),
        (Value::Float(value), Bound::Float(bound)) => return Some(outside(*value, bound, is_min)),
        (Value::Float(value), Bound::Integer(bound)) => {
            return Some(outside(*value, bound as f64, is_min));
        }
        (Value::Typed(Typed::F32(value)), Bound::Float(bound)) => {
            return Some(outside((*value).into(), bound, is_min));
        }
        (Value::Typed(Typed::F32(value)), Bound::Integer(bound)) => {
            return Some(outside((*value).into(), bound as f64, is_min));
        }
        _ => return None,
    };
    Some(if is_min { order.is_lt() } else { order.is_gt() })
}

/// Not a number is within no bounds.
fn outside(value: f64, bound: f64, is_min: bool) -> bool {
    let inside = if is_min {
        value >= bound
    } else {
        value <= bound
    };
    !inside
}

fn length(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Bytes(bytes) => Some(bytes.len()),
        Value::Array(array) => Some(array.items.len()),
        Value::Table(table) => Some(table.entries.len()),
        _ => None,
    }
}
