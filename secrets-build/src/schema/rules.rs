//! The table of keys over a tree: values are converted to their types, and held to their rules.

use std::{cmp::Ordering, fmt::Display};

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::{
        infer,
        path::{Shown, Step},
        tree::{Array, Item, Table, Value},
    },
    schema::{
        convert::convert,
        entry::Entry,
        fit::read_text,
        key_type::KeyType,
        keys::Keys,
        limits::{breaks, length},
    },
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
    /// Converts the values of a tree to their types, and checks rules. All problems are reported.
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
            let examples: Vec<_> = examples
                .filter_map(|example| example.item_at(index, key))
                .collect();
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
        for item in &mut array.replaced {
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
                let converted = convert(ty, &item.value, item.origin.is_untyped());
                if converted.is_none() {
                    let message = self.wrong_type(ty, item);
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
            // Of another type than in the template, which is reported when it is fitted to that.
            return;
        }
        for entry in entries {
            self.check(entry, item, examples);
        }
        match &mut item.value {
            Value::Table(table) => {
                let examples = examples.iter().filter_map(|example| match &example.value {
                    Value::Table(table) => Some(table),
                    _ => None,
                });
                let examples: Vec<_> = examples.collect();
                self.table(table, &examples);
            }
            Value::Array(array) => {
                let examples = examples.iter().filter_map(|example| match &example.value {
                    Value::Array(array) => Some(&array.items),
                    _ => None,
                });
                let examples: Vec<_> = examples.flatten().collect();
                self.array(array, &examples);
            }
            _ => {}
        }
    }

    /// That a value is not of its type, and what was expected.
    fn wrong_type(&self, ty: &KeyType, item: &Item) -> String {
        let shown_type = ty.shown();
        match &item.value {
            Value::Array(_) => format!(
                "is an array, which is not of type `{shown_type}`; the type of its elements is set for `{}[]`",
                shown::keys(&Shown(&self.path).to_string())
            ),
            Value::Table(_) => {
                format!("is a table, which is not of type `{shown_type}`; set the type of its keys")
            }
            Value::Bytes(_) => format!(
                "is not of type `{shown_type}`, expected {}; the type of a file that is not text is `bytes`",
                ty.expected()
            ),
            _ => format!("is not of type `{shown_type}`, expected {}", ty.expected()),
        }
    }

    /// Holds a value to the rules of an entry.
    fn check(&mut self, entry: &Entry, item: &Item, examples: &[&Item]) {
        let Rules::Real { .. } = self.rules else {
            return;
        };
        self.check_bounds(entry, item);
        self.check_lengths(entry, item);
        self.check_text(entry, item);
        let same = examples
            .iter()
            .find(|example| item.value.same_as(&example.value));
        if let (Some(true), Some(example)) = (entry.key.not_template, same) {
            let message = format!(
                "is the example that the template has at {}; set a value of your own",
                example.origin
            );
            self.problem(item, &message);
        }
    }

    fn check_bounds(&mut self, entry: &Entry, item: &Item) {
        let sides = [
            (entry.key.min, "min", "below", true),
            (entry.key.max, "max", "above", false),
        ];
        for (bound, rule, side, is_min) in sides {
            match bound.map(|bound| (bound, breaks(&item.value, bound, is_min))) {
                Some((bound, Some(true))) => {
                    let limit = limit(entry, rule, &bound);
                    self.problem(item, &format!("is {side} {limit}"));
                }
                Some((_, None)) => self.unfit(entry, item, rule),
                _ => {}
            }
        }
    }

    fn check_lengths(&mut self, entry: &Entry, item: &Item) {
        let key = &entry.key;
        let length = length(&item.value);
        let lengths = [
            (key.min_length, "min-length", "shorter", Ordering::Less),
            (key.max_length, "max-length", "longer", Ordering::Greater),
        ];
        for (bound, rule, comparison, wrong) in lengths {
            match (bound, length) {
                (Some(bound), Some(length)) if length.cmp(&bound) == wrong => {
                    let limit = limit(entry, rule, &bound);
                    self.problem(item, &format!("is {comparison} than {limit}"));
                }
                (Some(_), None) => self.unfit(entry, item, rule),
                _ => {}
            }
        }
        match (key.non_empty, length) {
            (Some(true), Some(0)) => {
                let rule = rule(entry, "non-empty");
                self.problem(item, &format!("is empty, against {rule}"));
            }
            (Some(true), None) => self.unfit(entry, item, "non-empty"),
            _ => {}
        }
    }

    fn check_text(&mut self, entry: &Entry, item: &Item) {
        // Bytes keep all that they have.
        let may_end_in_newline = matches!(item.value, Value::String(_) | Value::Bytes(_));
        if entry.key.keep_newline == Some(true) && !may_end_in_newline {
            self.unfit(entry, item, "keep-newline");
        }
        #[cfg(feature = "pattern")]
        match (&entry.regex, &item.value) {
            (Some(regex), Value::String(text)) if !regex.is_match(text) => {
                let rule = rule(entry, "pattern");
                self.problem(item, &format!("does not match {rule}"));
            }
            (Some(_), value) if !matches!(value, Value::String(_)) => {
                self.unfit(entry, item, "pattern");
            }
            _ => {}
        }
    }

    fn problem(&mut self, item: &Item, what: &str) {
        let path = Shown(&self.path).to_string();
        let message = format!("`{}` {what}", shown::keys(&path));
        let problem = Problem::at(ErrorKind::Rule, &item.origin, message);
        self.problems.push(problem.about(&path));
    }

    /// A rule for another type than the key has.
    fn unfit(&mut self, entry: &Entry, item: &Item, rule: &str) {
        let path = Shown(&self.path).to_string();
        let message = format!(
            "`{rule}` of the entry `{}` does not fit `{}`, which is {} at {}; remove the rule",
            shown::keys(&entry.written),
            shown::keys(&path),
            item.value.described(),
            item.origin,
        );
        let problem = Problem::at(ErrorKind::Setting, &entry.origin, message);
        self.problems.push(problem.about(&path));
    }
}

/// A rule of an entry, as messages name it.
fn rule(entry: &Entry, name: &str) -> String {
    format!("the `{name}` that `keys` sets at {}", entry.origin)
}

/// A rule of an entry with its limit, which is not a secret.
fn limit(entry: &Entry, name: &str, limit: &dyn Display) -> String {
    format!(
        "the `{name}` of {limit} that `keys` sets at {}",
        entry.origin
    )
}
