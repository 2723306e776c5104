//! The names of variables that keys have.

use std::collections::{BTreeSet, HashMap};

use crate::{
    error::nearest,
    model::{
        path::join,
        shape::{Field, TableType, Type},
        tree::{Table, Value},
    },
};

/// A key that a variable may override, or set.
#[derive(Clone)]
pub(super) struct Target {
    /// Positions in the tree.
    pub(super) path: Vec<usize>,
    /// Keys from there on that the tree does not have, but could.
    pub(super) absent: Vec<String>,
    pub(super) dotted: String,
    pub(super) is_table: bool,
    /// The keys as they are written, with `__` between them.
    name: String,
}

/// How names are compared letter by letter: without case, `_` also for `-`. It keeps letters that no
/// shell lets a variable have, but `env` and containers do.
fn fold(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}

/// The name that any shell can set: `_` for every character that the name of a variable cannot have.
fn typable(name: &str) -> String {
    let allowed = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    name.chars().map(allowed).collect()
}

/// Whether a key has something that is left of it in a typable name. Of the others only the length is.
fn is_typable(key: &str) -> bool {
    key.is_empty() || key.contains(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// What a name of a variable stands for, behind the prefix.
pub(super) enum Match<'a> {
    Nothing,
    One(&'a Target),
    Several(&'a Target, &'a Target),
    /// A key that has nothing but its length in common with the name.
    Untypable(&'a Target),
}

/// The keys that variables may override, and the names that would.
pub(super) struct Names<'a> {
    prefix: &'a str,
    all: Vec<Target>,
    /// Positions in `all`, by each way of comparing.
    folded: HashMap<String, Vec<usize>>,
    typable: HashMap<String, Vec<usize>>,
    untypable: HashMap<String, usize>,
    pub(super) spellings: BTreeSet<String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(prefix: &'a str) -> Self {
        Self {
            prefix,
            all: Vec::new(),
            folded: HashMap::new(),
            typable: HashMap::new(),
            untypable: HashMap::new(),
            spellings: BTreeSet::new(),
        }
    }

    pub(super) fn collect(
        &mut self,
        table: &Table,
        declared: Option<&TableType>,
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
                let declared = declared
                    .and_then(|declared| declared.fields.iter().find(|field| field.key == *key))
                    .and_then(|field| match &field.ty {
                        Type::Table(table) => Some(table),
                        _ => None,
                    });
                self.collect(table, declared, path, &name, &dotted);
            }
            path.pop();
        }
        if let Some(declared) = declared {
            let has = |key: &str| table.entries.iter().any(|(name, _)| name == key);
            let absent = declared.fields.iter().filter(|field| !has(&field.key));
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
            name: name.to_owned(),
        };
        let index = self.all.len();
        self.all.push(target);
        self.folded.entry(fold(name)).or_default().push(index);
        let short = typable(name).to_ascii_uppercase();
        let typable = name.split("__").all(is_typable);
        if typable {
            self.typable.entry(short).or_default().push(index);
        } else {
            self.untypable.entry(short).or_insert(index);
        }
        if !is_table {
            self.spell(name, typable);
        }
    }

    /// The spellings people use: upper case, as the key is written, lower case; each as any shell can set
    /// it, and as it is.
    fn spell(&mut self, name: &str, is_typable: bool) {
        let short = is_typable.then(|| typable(name));
        // What cargo reads as a line, and what is in the name of no variable at all.
        let whole = Some(name.replace('-', "_"))
            .filter(|name| !name.contains(|c: char| c.is_control() || c == '='));
        for name in short.into_iter().chain(whole) {
            for name in [name.to_uppercase(), name.to_lowercase(), name] {
                self.spellings.insert(format!("{}__{name}", self.prefix));
            }
        }
    }

    /// What the rest of a name stands for. A name that any shell can set stands for every key that has it
    /// once characters are replaced, and any other for the key that has it letter by letter.
    pub(super) fn find(&self, rest: &str) -> Match<'_> {
        let short = typable(rest).to_ascii_uppercase();
        let by_letter = self.folded.get(&fold(rest));
        let by_typable = self.typable.get(&short);
        let targets = if rest.eq_ignore_ascii_case(&short) {
            by_typable.or(by_letter)
        } else {
            by_letter.or(by_typable)
        };
        match targets.map(Vec::as_slice) {
            Some([one]) => Match::One(&self.all[*one]),
            Some([first, second, ..]) => Match::Several(&self.all[*first], &self.all[*second]),
            None | Some([]) => match self.untypable.get(&short) {
                Some(index) => Match::Untypable(&self.all[*index]),
                None => Match::Nothing,
            },
        }
    }

    /// The name nearest to one that stands for nothing.
    pub(super) fn nearest(&self, rest: &str) -> Option<String> {
        let mut names: Vec<_> = self.typable.keys().map(String::as_str).collect();
        names.sort_unstable();
        let short = typable(rest).to_ascii_uppercase();
        nearest(&short, names).map(|near| format!("{}__{near}", self.prefix))
    }
}

impl Target {
    /// The name of the variable that any shell can set, if it has one.
    pub(super) fn variable(&self, prefix: &str) -> String {
        let name = if self.name.split("__").all(is_typable) {
            typable(&self.name).to_ascii_uppercase()
        } else {
            fold(&self.name)
        };
        format!("{prefix}__{name}")
    }
}

fn inner_name(name: &str, key: &str, is_root: bool) -> String {
    if is_root {
        key.to_owned()
    } else {
        format!("{name}__{key}")
    }
}
