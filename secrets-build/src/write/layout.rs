//! The structs of a generated module: equal shapes once, each with a name.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::model::{
    names,
    path::join,
    scalar::{Int, Scalar},
    shape::{TableType, Type},
};

/// Tuples longer than this have no traits; a mixed array of more elements becomes a tuple struct.
const MAX_TUPLE: usize = 12;

/// At every level that is a multiple of this, a table or an array stands behind `Deep`: four steps of
/// the compiler's recursion limit of 128 go into a level, and the program's own types need some.
const DEEP_EVERY: usize = 16;

/// Structs of more fields than this are large.
const MAX_SMALL: usize = 512;

/// All structs of a module.
#[derive(Default)]
pub(crate) struct Layout {
    pub(crate) structs: Vec<Struct>,
    pub(crate) mixed: Vec<Mixed>,
    pub(crate) enums: Vec<Enum>,
    /// A name for every table and every enum, whether or not they are shared.
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
        self.fields.len() > MAX_SMALL
    }
}

/// The tuple struct of a long mixed array.
pub(crate) struct Mixed {
    pub(crate) name: String,
    pub(crate) elements: Vec<RustType>,
}

/// An enum, which is generated once for the same texts.
pub(crate) struct Enum {
    pub(crate) name: String,
    pub(crate) texts: Arc<[String]>,
}

/// The name of the type of a table or an enum.
pub(crate) struct Alias {
    pub(crate) name: String,
    /// The dotted path of the key.
    pub(crate) path: String,
    pub(crate) target: Aliased,
}

/// What an alias stands for.
#[derive(Clone, Copy)]
pub(crate) enum Aliased {
    /// An index into `Layout::structs`.
    Table(usize),
    /// An index into `Layout::enums`.
    Enum(usize),
}

/// A field of a struct.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) ty: RustType,
    pub(crate) optional: bool,
    /// What the template says of the key.
    pub(crate) doc: Option<Arc<str>>,
    /// What `keys` names the field.
    pub(crate) name: Option<Arc<str>>,
}

impl Field {
    /// What the names in Rust are made from.
    pub(crate) fn named(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.key)
    }
}

/// The Rust type of a value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum RustType {
    Str,
    I64,
    U64,
    F64,
    Bool,
    Datetime,
    Date,
    Time,
    Bytes,
    /// An integer that is neither `i64` nor `u64`.
    Int(Int),
    F32,
    Char,
    IpAddr,
    SocketAddr,
    Duration,
    /// An index into `Layout::enums`.
    Enum(usize),
    Slice(Box<RustType>),
    Tuple(Vec<RustType>),
    /// An index into `Layout::mixed`.
    Mixed(usize),
    /// An index into `Layout::structs`.
    Table(usize),
    Deep(Box<RustType>),
}

impl Layout {
    /// Lays out the structs for the type of a whole tree.
    pub(crate) fn new(root: &TableType) -> Self {
        let mut layout = Self::default();
        // The root has the first claim on its name.
        layout.names.insert(names::struct_name(&[]));
        layout.root = layout.table(root, &mut Vec::new(), "", 0);
        layout.aliases.sort_by(|a, b| a.name.cmp(&b.name));
        layout
    }

    fn table(
        &mut self,
        table: &TableType,
        keys: &mut Vec<String>,
        path: &str,
        depth: usize,
    ) -> usize {
        let name = if keys.is_empty() {
            names::struct_name(&[])
        } else {
            self.name(keys)
        };
        let fields: Vec<_> = table
            .fields
            .iter()
            .map(|field| {
                keys.push(field.named().to_owned());
                let ty = self.ty(&field.ty, keys, &join(path, &field.key), depth + 1);
                keys.pop();
                Field {
                    key: field.key.clone(),
                    ty,
                    optional: field.optional,
                    doc: field.doc.clone(),
                    name: field.name.clone(),
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
            target: Aliased::Table(index),
        });
        index
    }

    fn ty(&mut self, ty: &Type, keys: &mut Vec<String>, path: &str, depth: usize) -> RustType {
        let is_deep = depth % DEEP_EVERY == 0;
        match ty {
            Type::Array(_) | Type::Tuple(_) | Type::Table(_) if is_deep => {
                RustType::Deep(Box::new(self.shallow(ty, keys, path, depth)))
            }
            ty => self.shallow(ty, keys, path, depth),
        }
    }

    fn shallow(&mut self, ty: &Type, keys: &mut Vec<String>, path: &str, depth: usize) -> RustType {
        match ty {
            Type::String | Type::Unknown => RustType::Str,
            Type::Integer { big: false, .. } => RustType::I64,
            Type::Integer { big: true, .. } => RustType::U64,
            Type::Float => RustType::F64,
            Type::Boolean => RustType::Bool,
            Type::Datetime | Type::Date | Type::Time => {
                self.has_datetime = true;
                match ty {
                    Type::Date => RustType::Date,
                    Type::Time => RustType::Time,
                    _ => RustType::Datetime,
                }
            }
            Type::Bytes => RustType::Bytes,
            Type::Scalar(scalar) => self.scalar(scalar, keys, path),
            Type::Array(inner) => RustType::Slice(Box::new(self.ty(inner, keys, path, depth + 1))),
            Type::Table(table) => RustType::Table(self.table(table, keys, path, depth)),
            Type::Tuple(elements) => {
                let elements: Vec<_> = elements
                    .iter()
                    .map(|ty| self.ty(ty, keys, path, depth + 1))
                    .collect();
                if elements.len() <= MAX_TUPLE {
                    return RustType::Tuple(elements);
                }
                let position = self
                    .mixed
                    .iter()
                    .position(|mixed| mixed.elements == elements);
                RustType::Mixed(position.unwrap_or_else(|| {
                    let name = self.name(keys);
                    self.mixed.push(Mixed { name, elements });
                    self.mixed.len() - 1
                }))
            }
        }
    }

    fn scalar(&mut self, scalar: &Scalar, keys: &[String], path: &str) -> RustType {
        let texts = match scalar {
            Scalar::Int(Int::I64) => return RustType::I64,
            Scalar::Int(Int::U64) => return RustType::U64,
            Scalar::Int(int) => return RustType::Int(*int),
            Scalar::F32 => return RustType::F32,
            Scalar::Char => return RustType::Char,
            Scalar::IpAddr => return RustType::IpAddr,
            Scalar::SocketAddr => return RustType::SocketAddr,
            Scalar::Duration => return RustType::Duration,
            Scalar::Enum(texts) => texts,
        };
        let name = self.name(keys);
        let position = self.enums.iter().position(|choice| choice.texts == *texts);
        let index = position.unwrap_or_else(|| {
            let texts = Arc::clone(texts);
            self.enums.push(Enum {
                name: name.clone(),
                texts,
            });
            self.enums.len() - 1
        });
        self.aliases.push(Alias {
            name,
            path: path.to_owned(),
            target: Aliased::Enum(index),
        });
        RustType::Enum(index)
    }

    /// A name of its own for each table: a number is added where two paths end in one name.
    fn name(&mut self, keys: &[String]) -> String {
        let name = names::struct_name(keys);
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let free = std::iter::once(name.clone())
            .chain(numbered)
            .find(|name| !self.names.contains(name))
            .unwrap_or(name);
        self.names.insert(free.clone());
        free
    }
}
