//! The table of keys over a tree: values are converted to their types, and held to their rules.

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::{
        infer,
        path::{Shown, Step},
        scalar::Typed,
        tree::{Array, Item, Table, Value},
    },
    schema::{convert::convert, entry::Entry, fit::read_text, keys::Keys},
    settings::key::Bound,
    shown,
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
        walk.table(tree, template.as_slice());
    }
}

struct Walk<'a> {
    keys: &'a Keys,
    rules: Rules<'a>,
    path: Vec<Step>,
    problems: &'a mut Problems,
}

impl<'a> Walk<'a> {
    /// `examples` are what the template has at the path: more than one inside the elements of an array.
    fn table(&mut self, table: &mut Table, examples: &[&'a Table]) {
        for (index, (key, item)) in table.entries.iter_mut().enumerate() {
            let examples = examples.iter();
            let examples: Vec<_> = examples.filter_map(|of| of.item_at(index, key)).collect();
            self.path.push(Step::Key(key.clone()));
            self.item(item, &examples);
            self.path.pop();
        }
    }

    fn array(&mut self, array: &mut Array, examples: &[&'a Item]) {
        self.path.push(Step::Element);
        for item in &mut array.items {
            self.item(item, examples);
        }
        // Elements that were replaced tell a type, and are held to no rule.
        let mut replaced = Walk {
            keys: self.keys,
            rules: Rules::Example,
            path: self.path.clone(),
            problems: &mut Problems::default(),
        };
        for item in &mut array.like {
            replaced.item(item, &[]);
        }
        if !replaced.problems.is_empty() {
            array.forget_replaced();
        }
        self.path.pop();
    }

    fn item(&mut self, item: &mut Item, examples: &[&'a Item]) {
        let keys = self.keys;
        let entries = keys.at(&self.path);
        let example = examples.first().map(|example| &example.value);
        let converted = match (entries.iter().find_map(|entry| entry.ty.as_ref()), example) {
            (Some(ty), _) => {
                let converted = convert(ty, &item.value, item.origin.is_text());
                if converted.is_none() {
                    let shown_type = ty.shown();
                    let message = match &item.value {
                        Value::Array(_) => format!(
                            "is an array, which is no `{shown_type}`; the type of its elements is set for `{}[]`",
                            shown::keys(&Shown(&self.path).to_string())
                        ),
                        Value::Table(_) => format!("is a table, which is no `{shown_type}`"),
                        Value::Bytes(_) => format!(
                            "is no `{shown_type}`, expected {}; the type of a file that is not text is `bytes`",
                            ty.expected()
                        ),
                        _ => format!("is no `{shown_type}`, expected {}", ty.expected()),
                    };
                    return self.problem(item, &message);
                }
                converted
            }
            (None, Some(example)) => read_text(&infer::of_value(example), item),
            (None, None) => None,
        };
        if let Some(converted) = converted {
            item.value.wipe();
            item.value = converted;
        }
        let of_kind = |example: &&Item| example.value.kind() == item.value.kind();
        if !examples.is_empty() && !examples.iter().any(of_kind) {
            // Of another type than in the template, which is told when it is fitted to that.
            return;
        }
        for entry in entries {
            self.check(entry, item, examples);
        }
        match &mut item.value {
            Value::Table(table) => {
                let examples = examples.iter().filter_map(|of| match &of.value {
                    Value::Table(table) => Some(table),
                    _ => None,
                });
                let examples: Vec<_> = examples.collect();
                self.table(table, &examples);
            }
            Value::Array(array) => {
                let examples = examples.iter().filter_map(|of| match &of.value {
                    Value::Array(array) => Some(&array.items),
                    _ => None,
                });
                let examples: Vec<_> = examples.flatten().collect();
                self.array(array, &examples);
            }
            _ => {}
        }
    }

    fn check(&mut self, entry: &Entry, item: &Item, examples: &[&Item]) {
        let Rules::Real { .. } = self.rules else {
            return;
        };
        let key = &entry.key;
        let set = |rule: &str| format!("the `{rule}` that `keys` sets at {}", entry.place);
        let limit = |rule: &str, limit: &dyn std::fmt::Display| {
            format!(
                "the `{rule}` of {limit} that `keys` sets at {}",
                entry.place
            )
        };
        for (bound, is_min) in [(key.min, true), (key.max, false)] {
            let (name, side) = if is_min {
                ("min", "below")
            } else {
                ("max", "above")
            };
            match bound.map(|bound| (bound, breaks(&item.value, bound, is_min))) {
                Some((bound, Some(true))) => {
                    self.problem(item, &format!("is {side} {}", limit(name, &bound)));
                }
                Some((_, None)) => self.unfit(entry, item, name),
                _ => {}
            }
        }
        // Bytes keep all that they have.
        let is_text = matches!(item.value, Value::String(_) | Value::Bytes(_));
        if key.keep_newline == Some(true) && !is_text {
            self.unfit(entry, item, "keep-newline");
        }
        let length = length(&item.value);
        match (key.min_length, length) {
            (Some(min), Some(length)) if length < min => {
                self.problem(
                    item,
                    &format!("is shorter than {}", limit("min-length", &min)),
                );
            }
            (Some(_), None) => self.unfit(entry, item, "min-length"),
            _ => {}
        }
        match (key.non_empty, length) {
            (Some(true), Some(0)) => {
                self.problem(item, &format!("is empty, against {}", set("non-empty")));
            }
            (Some(true), None) => self.unfit(entry, item, "non-empty"),
            _ => {}
        }
        match (key.max_length, length) {
            (Some(max), Some(length)) if length > max => {
                self.problem(
                    item,
                    &format!("is longer than {}", limit("max-length", &max)),
                );
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
        let mut examples = examples.iter();
        let same = examples.find(|example| item.value.is(&example.value));
        if let (Some(true), Some(example)) = (key.not_template, same) {
            let message = format!(
                "is the example that the template has at {}; set a value of your own",
                example.origin
            );
            self.problem(item, &message);
        }
    }

    fn problem(&mut self, item: &Item, what: &str) {
        let path = Shown(&self.path).to_string();
        let message = format!("`{}` {what}", shown::keys(&path));
        self.problems
            .push(Problem::at(ErrorKind::Key, &item.origin, message));
    }

    /// A rule for another type than the key has.
    fn unfit(&mut self, entry: &Entry, item: &Item, rule: &str) {
        let message = format!(
            "`{rule}` of the entry `{}` does not fit `{}`, which is {} at {}; remove the rule",
            shown::keys(&entry.written),
            shown::keys(&Shown(&self.path).to_string()),
            item.value.described(),
            item.origin,
        );
        self.problems
            .push(Problem::at(ErrorKind::Setting, &entry.place, message));
    }
}

/// Whether a value is on the wrong side of a bound; nothing if they cannot be compared.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
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
            return Some(outside((*value).into(), (bound as f32).into(), is_min));
        }
        (Value::Typed(Typed::F32(value)), Bound::Integer(bound)) => {
            return Some(outside((*value).into(), (bound as f32).into(), is_min));
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
