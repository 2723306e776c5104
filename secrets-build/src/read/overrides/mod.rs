//! Environment variables as the last layer: `PREFIX__A__B` overrides `a.b`.

pub(crate) mod names;

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
};

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::{
        infer,
        shape::TableType,
        tree::{Item, Table, Value},
    },
    origin::Origin,
    read::{
        form::Expected,
        overrides::names::{Match, Names, Target},
        toml,
    },
    shown,
};

/// What the variables with a prefix did, and which names cargo has to watch.
#[derive(Clone, Default)]
pub(crate) struct Overrides {
    /// Whether a variable is set that overrides a key.
    pub(crate) any: bool,
    /// The names that would override a key if they were set.
    pub(crate) unset: BTreeSet<String>,
}

impl Overrides {
    /// Takes over what is to be watched for another profile.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.any |= other.any;
        self.unset.extend(other.unset);
    }
}

/// The name of a variable with a prefix, if one is set.
pub(crate) fn any_set(prefix: &str) -> Option<String> {
    let names = std::env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned());
    let mut names: Vec<_> = names
        .filter(|name| {
            let rest = name.strip_prefix(prefix);
            rest.is_some_and(|rest| rest.starts_with("__"))
        })
        .collect();
    names.sort();
    names.into_iter().next()
}

/// Overrides keys of the merged tree by the variables with a prefix, and sets those that only `declared`
/// has, the shape that the template and the setting `keys` declare.
pub(crate) fn apply(
    tree: &mut Table,
    declared: &TableType,
    expected: &dyn Expected,
    prefix: &str,
    variables: &[(OsString, OsString)],
    problems: &mut Problems,
) -> Overrides {
    let mut names = Names::new(prefix);
    names.collect(tree, Some(declared), &mut Vec::new(), "", "");

    let mut overrides = Overrides {
        any: false,
        unset: std::mem::take(&mut names.spellings),
    };
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    for (name, text) in variables {
        // A name that is not UTF-8 fits no key.
        let name = &*name.to_string_lossy();
        let Some(rest) = name
            .strip_prefix(prefix)
            .and_then(|rest| rest.strip_prefix("__"))
        else {
            continue;
        };
        overrides.any = true;
        // Also in another case: where the system takes both for one, cargo would store the value.
        overrides
            .unset
            .retain(|unset| !unset.eq_ignore_ascii_case(name));
        let target = match names.find(rest) {
            Match::One(target) => target,
            other => {
                problems.push(unfit(name, rest, prefix, &names, &other));
                continue;
            }
        };
        if let Some(first) = seen.insert(&target.dotted, name.to_owned()) {
            problems.push(problem(format!(
                "the variables `{first}` and `{name}` override one key; unset one of them"
            )));
            continue;
        }
        problems.extend(target.set(tree, expected, prefix, name, text).err());
    }
    overrides
}

fn problem(message: String) -> Problem {
    Problem::new(ErrorKind::Variable, message)
}

/// A variable that does not stand for one key.
fn unfit(name: &str, rest: &str, prefix: &str, names: &Names<'_>, what: &Match<'_>) -> Problem {
    problem(match what {
        Match::Several(first, second) => format!(
            "the variable `{name}` fits two keys, `{}` and `{}`; rename one of them",
            shown::keys(&first.dotted),
            shown::keys(&second.dotted)
        ),
        Match::Untypable(target) => format!(
            "the variable `{name}` has nothing of the key `{}` but its length; name it `{}`, which \
             `env` and containers can set, or rename the key",
            shown::keys(&target.dotted),
            shown::name(&target.variable(prefix))
        ),
        Match::Nothing | Match::One(_) => {
            let way_out = match names.nearest(rest).filter(|near| shown::is_name(near)) {
                Some(near) => format!(", did you mean `{near}`?"),
                None => "; unset it, or add the key to a source".to_owned(),
            };
            format!("the variable `{name}` fits no key of the secrets{way_out}")
        }
    })
}

impl Target {
    fn set(
        &self,
        tree: &mut Table,
        expected: &dyn Expected,
        prefix: &str,
        name: &str,
        text: &OsString,
    ) -> Result<(), Problem> {
        let key = shown::keys(&self.dotted);
        if self.is_table {
            return Err(problem(format!(
                "the variable `{name}` names the table `{key}`; set one of its keys, `{}__KEY`",
                self.variable(prefix)
            )));
        }
        if !self.absent.is_empty() {
            return self.add(tree, expected, name, text);
        }
        let item = find(tree, &self.path);
        let origin = Origin::of_variable(name);
        let value = match text.to_str() {
            // It is read as that type later.
            Some(text) if expected.has_type(&self.dotted) => Some(Value::String(text.to_owned())),
            None if expected.is_bytes(&self.dotted) => {
                Some(Value::Bytes(text.as_encoded_bytes().to_vec()))
            }
            _ => parse(&item.value, text, &origin),
        };
        let value = value.ok_or_else(|| {
            let problem = problem(format!(
                "the variable `{name}` does not hold {}, which the key `{key}` is at {}; set it to one, or unset it",
                wanted(&item.value),
                item.origin
            ));
            problem.about(&self.dotted)
        })?;
        let mut overrode = std::mem::take(&mut item.overrode);
        overrode.push(item.origin.clone());
        *item = Item {
            value,
            origin,
            overrode,
        };
        Ok(())
    }

    /// Adds a key that no source has. Its text is read as the type of the key when it is fitted to it.
    fn add(
        &self,
        tree: &mut Table,
        expected: &dyn Expected,
        name: &str,
        text: &OsString,
    ) -> Result<(), Problem> {
        let value = match text.to_str() {
            Some(text) => Value::String(text.to_owned()),
            None if expected.is_bytes(&self.dotted) => {
                Value::Bytes(text.as_encoded_bytes().to_vec())
            }
            None => {
                return Err(problem(format!(
                    "the variable `{name}` is not UTF-8, which a value must be; set it to a text, or give the key \
                     the type `bytes`"
                )));
            }
        };
        let origin = Origin::of_variable(name);
        let mut table = match self.path.as_slice() {
            [] => tree,
            path => match &mut find(tree, path).value {
                Value::Table(table) => table,
                _ => unreachable!("what is absent is absent in a table"),
            },
        };
        let (last, above) = self
            .absent
            .split_last()
            .unwrap_or_else(|| unreachable!("there is one"));
        for key in above {
            let position = table.entries.iter().position(|(name, _)| name == key);
            let index = position.unwrap_or_else(|| {
                let item = Item::new(Value::Table(Table::default()), origin.clone());
                table.entries.push((key.clone(), item));
                table.entries.len() - 1
            });
            table = match &mut table.entries[index].1.value {
                Value::Table(inner) => inner,
                _ => unreachable!("it was added as a table"),
            };
        }
        let item = Item::new(value, origin);
        table.entries.push((last.clone(), item));
        Ok(())
    }
}

fn find<'a>(table: &'a mut Table, path: &[usize]) -> &'a mut Item {
    let item = &mut table.entries[path[0]].1;
    match &path[1..] {
        [] => item,
        rest => match &mut item.value {
            Value::Table(table) => find(table, rest),
            _ => unreachable!("a path leads through tables"),
        },
    }
}

/// The text of a variable as the type that the key has.
fn parse(old: &Value, text: &OsString, origin: &Origin) -> Option<Value> {
    if let Value::Bytes(_) = old {
        return Some(Value::Bytes(text.as_encoded_bytes().to_vec()));
    }
    let text = text.to_str()?;
    if let Value::String(_) = old {
        return Some(Value::String(text.to_owned()));
    }
    match (old, toml::parse_value(text, origin)?) {
        // Precision beyond 2^53 is lost, as for the same digits with a point.
        #[allow(clippy::cast_precision_loss)]
        (Value::Float(_), Value::Integer(integer)) => Some(Value::Float(integer as f64)),
        (Value::Array(old), Value::Array(mut new)) => {
            let lower = if old.items.is_empty() {
                &old.replaced
            } else {
                &old.items
            };
            new.replaced.clone_from(lower);
            let fits =
                lower.is_empty() || new.items.is_empty() || infer::same_elements(lower, &new.items);
            fits.then_some(Value::Array(new))
        }
        (Value::Integer(old), Value::Integer(new)) if *old <= i64::MAX.into() => {
            (new <= i64::MAX.into()).then_some(Value::Integer(new))
        }
        (Value::Integer(_), Value::Integer(new)) => (new >= 0).then_some(Value::Unsigned(new)),
        (old, new) if old.kind() == new.kind() => Some(new),
        _ => None,
    }
}

fn wanted(value: &Value) -> String {
    match value {
        Value::Array(_) => {
            "an array of the same type, written as in TOML, such as `[\"a\", \"b\"]` or `[1, 2]`"
                .to_owned()
        }
        Value::Boolean(_) => "a boolean, `true` or `false`".to_owned(),
        Value::String(_) => "a string in UTF-8".to_owned(),
        Value::Integer(old) if *old <= i64::MAX.into() => "an integer that fits `i64`".to_owned(),
        Value::Integer(_) => "an integer that fits `u64`".to_owned(),
        _ => value.kind().described().to_owned(),
    }
}
