//! The structs of a generated module: equal shapes once, each with a name.

use std::collections::{HashMap, HashSet};

use crate::{
    names,
    shape::{TableType, Type},
    tree::join,
};

/// Tuples longer than this have no traits; a mixed array of more elements becomes a tuple struct.
const TUPLE: usize = 12;

/// Structs of more fields than this are large.
const LARGE: usize = 512;

/// All structs of a module.
#[derive(Default)]
pub(crate) struct Layout {
    pub(crate) structs: Vec<Struct>,
    pub(crate) mixed: Vec<Mixed>,
    /// A name for every table, whether or not its struct is shared.
    pub(crate) aliases: Vec<Alias>,
    pub(crate) root: usize,
    pub(crate) has_datetime: bool,
    interned: HashMap<Vec<Field>, usize>,
    names: HashSet<String>,
}

/// The struct of one or more tables.
pub(crate) struct Struct {
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
}

impl Struct {
    /// Whether the struct holds a list of its values for key notation. To find a field by name the
    /// compiler looks through all of them, so that a `match` over many costs their number squared.
    pub(crate) fn is_large(&self) -> bool {
        self.fields.len() > LARGE
    }
}

/// The tuple struct of a long mixed array.
pub(crate) struct Mixed {
    pub(crate) name: String,
    pub(crate) elements: Vec<Ty>,
}

/// The name of a table's type.
pub(crate) struct Alias {
    pub(crate) name: String,
    /// The dotted path of the table.
    pub(crate) path: String,
    pub(crate) table: usize,
}

/// A field of a struct.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) ty: Ty,
    pub(crate) optional: bool,
}

/// The Rust type of a value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum Ty {
    Str,
    I64,
    U64,
    F64,
    Bool,
    Datetime,
    Date,
    Time,
    Bytes,
    Slice(Box<Ty>),
    Tuple(Vec<Ty>),
    /// An index into `Layout::mixed`.
    Mixed(usize),
    /// An index into `Layout::structs`.
    Table(usize),
    Deep(Box<Ty>),
}

impl Layout {
    /// Lays out the structs for the type of a whole tree.
    pub(crate) fn new(root: &TableType) -> Self {
        let mut layout = Self::default();
        // The root has the first claim on its name.
        layout.names.insert(names::structure(&[]));
        layout.root = layout.table(root, &mut Vec::new(), "");
        layout.aliases.sort_by(|a, b| a.name.cmp(&b.name));
        layout
    }

    fn table(&mut self, table: &TableType, keys: &mut Vec<String>, path: &str) -> usize {
        let name = if keys.is_empty() {
            names::structure(&[])
        } else {
            self.name(keys)
        };
        let fields: Vec<_> = table
            .fields
            .iter()
            .map(|field| {
                keys.push(field.key.clone());
                let ty = self.ty(&field.ty, keys, &join(path, &field.key));
                keys.pop();
                Field {
                    key: field.key.clone(),
                    ty,
                    optional: field.optional,
                }
            })
            .collect();
        let next = self.structs.len();
        let index = *self.interned.entry(fields.clone()).or_insert(next);
        if index == next {
            self.structs.push(Struct {
                name: name.clone(),
                fields,
            });
        }
        self.aliases.push(Alias {
            name,
            path: path.to_owned(),
            table: index,
        });
        index
    }

    fn ty(&mut self, ty: &Type, keys: &mut Vec<String>, path: &str) -> Ty {
        match ty {
            Type::String | Type::Unknown => Ty::Str,
            Type::Integer { big: false, .. } => Ty::I64,
            Type::Integer { big: true, .. } => Ty::U64,
            Type::Float => Ty::F64,
            Type::Boolean => Ty::Bool,
            Type::Datetime | Type::Date | Type::Time => {
                self.has_datetime = true;
                match ty {
                    Type::Date => Ty::Date,
                    Type::Time => Ty::Time,
                    _ => Ty::Datetime,
                }
            }
            Type::Bytes => Ty::Bytes,
            Type::Array(inner) => Ty::Slice(Box::new(self.ty(inner, keys, path))),
            Type::Deep(inner) => Ty::Deep(Box::new(self.ty(inner, keys, path))),
            Type::Table(table) => Ty::Table(self.table(table, keys, path)),
            Type::Tuple(elements) => {
                let elements: Vec<_> = elements.iter().map(|ty| self.ty(ty, keys, path)).collect();
                if elements.len() <= TUPLE {
                    return Ty::Tuple(elements);
                }
                let known = self
                    .mixed
                    .iter()
                    .position(|mixed| mixed.elements == elements);
                Ty::Mixed(known.unwrap_or_else(|| {
                    let name = self.name(keys);
                    self.mixed.push(Mixed { name, elements });
                    self.mixed.len() - 1
                }))
            }
        }
    }

    /// A name of its own for each table: a number is added where two paths end in one name.
    fn name(&mut self, keys: &[String]) -> String {
        let name = names::structure(keys);
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let free = std::iter::once(name.clone())
            .chain(numbered)
            .find(|name| !self.names.contains(name))
            .unwrap_or(name);
        self.names.insert(free.clone());
        free
    }
}
