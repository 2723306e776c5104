//! Whether the keys of a shape become names of their own.

use std::collections::HashMap;

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::{
        names,
        path::join,
        shape::{Field, TableType, Type},
    },
    shown,
};

/// Keys that end in one name are problems.
pub(crate) fn check(root: &TableType, problems: &mut Problems) {
    check_names(root, "", problems);
    check_constants(root, problems);
}

fn check_names(table: &TableType, path: &str, problems: &mut Problems) {
    check_table(table, path, names::field_name, "field", problems);
    for field in &table.fields {
        check_inner(&field.ty, &join(path, &field.key), problems);
    }
}

fn check_inner(ty: &Type, path: &str, problems: &mut Problems) {
    match ty {
        Type::Table(table) => check_names(table, path, problems),
        Type::Array(inner) => check_inner(inner, &format!("{path}[]"), problems),
        Type::Tuple(elements) => elements
            .iter()
            .for_each(|ty| check_inner(ty, &format!("{path}[]"), problems)),
        _ => {}
    }
}

/// Constants can meet where fields do not: `ß` and `ss` are both `SS`.
fn check_constants(root: &TableType, problems: &mut Problems) {
    let mut fields = Problems::default();
    check_table(root, "", names::field_name, "field", &mut fields);
    if fields.is_empty() {
        check_table(root, "", names::constant_name, "constant", problems);
    }
}

fn check_table(
    table: &TableType,
    path: &str,
    name: impl Fn(&str) -> String,
    what: &str,
    problems: &mut Problems,
) {
    let mut seen: HashMap<String, &Field> = HashMap::new();
    for field in &table.fields {
        let name = name(field.named());
        if let Some(first) = seen.get(&name) {
            let keys = [&first.key, &field.key];
            // The name tells as much as the keys that it is made from.
            let is_shown = keys.iter().all(|key| shown::is_name(key));
            let name = if is_shown { &name } else { shown::HIDDEN };
            let second = shown::keys(&join(path, &field.key)).to_string();
            problems.push(Problem::new(
                ErrorKind::Name,
                format!(
                    "the keys `{}` at {} and `{second}` at {} both become the {what} `{name}`; rename one of \
                     them, or name one in `keys`, as in {} = {{ name = \"...\" }}",
                    shown::keys(&join(path, &first.key)),
                    first.origin,
                    field.origin,
                    shown::quoted(&second),
                ),
            ));
        } else {
            seen.insert(name, field);
        }
    }
}
