//! Environment variables as the last layer: `PREFIX__A__B` overrides `a.b`.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ffi::OsString,
};

use crate::{
    error::{ErrorKind, Problem, Problems, nearest},
    layer::toml,
    origin::Origin,
    shape,
    tree::{Item, Table, Value, join},
};

/// What the variables with a prefix did, and which names cargo has to watch.
#[derive(Clone, Default)]
pub(crate) struct Overrides {
    /// Whether a variable is set that overrides a key.
    pub(crate) any: bool,
    /// The names that would override a key if they were set.
    pub(crate) unset: BTreeSet<String>,
}

/// A key that a variable may override.
struct Target {
    path: Vec<usize>,
    dotted: String,
}

/// Overrides keys of the merged tree by the variables with a prefix.
pub(crate) fn apply(
    tree: &mut Table,
    prefix: &str,
    variables: &[(OsString, OsString)],
    problems: &mut Problems,
) -> Overrides {
    let mut names = Names {
        prefix,
        targets: HashMap::new(),
        spellings: BTreeSet::new(),
    };
    names.collect(tree, &mut Vec::new(), "", "");

    let mut overrides = Overrides {
        any: false,
        unset: names.spellings,
    };
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
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
        overrides.unset.remove(name);
        let folded = fold(rest);
        if let Some(first) = seen.insert(folded.clone(), name.to_owned()) {
            problems.push(problem(format!(
                "the variables `{first}` and `{name}` override one key; unset one of them"
            )));
            continue;
        }
        match names.targets.get(&folded).map(Vec::as_slice) {
            None | Some([]) => problems.push(unknown(name, prefix, &folded, &names.targets)),
            Some([target]) => problems.extend(set(tree, target, name, text).err()),
            Some([first, second, ..]) => problems.push(problem(format!(
                "the variable `{name}` fits two keys, `{}` and `{}`; rename one of them",
                first.dotted, second.dotted
            ))),
        }
    }
    overrides
}

fn problem(message: String) -> Problem {
    Problem::new(ErrorKind::Variable, message)
}

fn unknown(
    name: &str,
    prefix: &str,
    folded: &str,
    targets: &HashMap<String, Vec<Target>>,
) -> Problem {
    let mut known: Vec<_> = targets.keys().map(String::as_str).collect();
    known.sort_unstable();
    let way_out = match nearest(folded, known) {
        Some(near) => format!(", did you mean `{prefix}__{near}`?"),
        None => "; unset it, or add the key to a source".to_owned(),
    };
    problem(format!(
        "the variable `{name}` fits no key of the secrets{way_out}"
    ))
}

/// How names are compared: without case, `_` also for `-`.
fn fold(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}

struct Names<'a> {
    prefix: &'a str,
    targets: HashMap<String, Vec<Target>>,
    spellings: BTreeSet<String>,
}

impl Names<'_> {
    fn collect(&mut self, table: &Table, path: &mut Vec<usize>, name: &str, dotted: &str) {
        for (index, (key, item)) in table.entries.iter().enumerate() {
            path.push(index);
            let name = if path.len() == 1 {
                key.clone()
            } else {
                format!("{name}__{key}")
            };
            let dotted = join(dotted, key);
            let target = Target {
                path: path.clone(),
                dotted: dotted.clone(),
            };
            self.targets.entry(fold(&name)).or_default().push(target);
            if let Value::Table(table) = &item.value {
                self.collect(table, path, &name, &dotted);
            } else {
                self.spell(&name);
            }
            path.pop();
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

fn set(tree: &mut Table, target: &Target, name: &str, text: &OsString) -> Result<(), Problem> {
    let item = find(tree, &target.path);
    let key = &target.dotted;
    if let Value::Table(_) = item.value {
        return Err(problem(format!(
            "the variable `{name}` names the table `{key}`; set one of its keys, `{name}__KEY`"
        )));
    }
    let origin = Origin::variable(name);
    let value = parse(&item.value, text, &origin).ok_or_else(|| {
        problem(format!(
            "the variable `{name}` does not hold {}, which the key `{key}` is at {}",
            wanted(&item.value),
            item.origin
        ))
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
                &old.like
            } else {
                &old.items
            };
            new.like.clone_from(lower);
            let fits =
                lower.is_empty() || new.items.is_empty() || shape::same_elements(lower, &new.items);
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
        Value::Array(_) => "an array of the same type, written as in TOML".to_owned(),
        Value::String(_) => "a string in UTF-8".to_owned(),
        Value::Integer(old) if *old <= i64::MAX.into() => "an integer that fits `i64`".to_owned(),
        Value::Integer(_) => "an integer that fits `u64`".to_owned(),
        _ => value.kind().described().to_owned(),
    }
}
