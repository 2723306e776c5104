//! Keys that stay plain in an encrypted module.

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::{
        path::{Step, join},
        shape::{Field, TableType, Type},
        tree::{Item, Table, Value},
    },
    schema::keys::Keys,
    shown,
};

/// The secrets of a profile, and its name.
pub(crate) type Named<'a> = (&'a str, &'a Table);

/// Divides a shape into the keys that stay plain and those that are encrypted. Of several profiles, all must have
/// the same values for plain keys, as each becomes one constant.
pub(crate) fn split_plain(
    keys: &Keys,
    shape: &TableType,
    profiles: &[Named<'_>],
    problems: &mut Problems,
) -> (TableType, TableType) {
    let (plain, encrypted) = shape.split(&|path: &[Step]| keys.plain(path));
    if let [first, others @ ..] = profiles {
        for other in others {
            report_differences(&plain, *first, *other, "", problems);
        }
    }
    (plain, encrypted)
}

fn report_differences(
    shape: &TableType,
    (a_name, a): Named<'_>,
    (b_name, b): Named<'_>,
    path: &str,
    problems: &mut Problems,
) {
    for Field { key, ty, .. } in &shape.fields {
        let path = join(path, key);
        match (ty, a.get(key), b.get(key)) {
            (Type::Table(shape), Some(a), Some(b)) => {
                if let (Value::Table(a), Value::Table(b)) = (&a.value, &b.value) {
                    report_differences(shape, (a_name, a), (b_name, b), &path, problems);
                }
            }
            (_, Some(a), Some(b)) if a.value.same_as(&b.value) => {}
            (_, None, None) => {}
            (_, a, b) => {
                let described = |item: Option<&Item>| match item {
                    Some(item) => format!("is at {}", item.origin),
                    None => "is absent".to_owned(),
                };
                let problem = Problem::new(
                    ErrorKind::Shape,
                    format!(
                        "`{}` is plain, so it is one constant, but the profiles differ: for `{}` it {}, \
                         for `{}` it {}; \
                         give it one value, or remove `plain`",
                        shown::keys(&path),
                        shown::name(a_name),
                        described(a),
                        shown::name(b_name),
                        described(b),
                    ),
                );
                problems.push(problem.about(&path));
            }
        }
    }
}
