//! All values of a shape, by their paths.

use super::pattern::Step;
use crate::{
    origin::Origin,
    shape::{TableType, Type},
};

/// Calls a function for the type at each path, before those inside it; of a field also with whether it is
/// optional, and with its origin.
pub(super) fn walk(shape: &mut TableType, visit: &mut Visit<'_>) {
    table(shape, &mut Vec::new(), visit);
}

pub(super) type Visit<'a> = dyn FnMut(&[Step], &mut Type, Option<(&mut bool, &mut Origin)>) + 'a;

fn table(shape: &mut TableType, path: &mut Vec<Step>, visit: &mut Visit<'_>) {
    for field in &mut shape.fields {
        path.push(Step::Key(field.key.clone()));
        let of = (&mut field.optional, &mut field.origin);
        visit(path, &mut field.ty, Some(of));
        inner(&mut field.ty, path, visit);
        path.pop();
    }
}

fn inner(ty: &mut Type, path: &mut Vec<Step>, visit: &mut Visit<'_>) {
    let elements = match ty {
        Type::Table(shape) => return table(shape, path, visit),
        Type::Array(inner) => std::slice::from_mut(&mut **inner),
        Type::Tuple(elements) => elements,
        _ => return,
    };
    path.push(Step::Element);
    for element in elements {
        visit(path, element, None);
        inner(element, path, visit);
    }
    path.pop();
}
