//! All values of a shape, by their paths.

use std::sync::Arc;

use crate::{
    model::{
        path::Step,
        shape::{TableType, Type},
    },
    origin::Origin,
};

/// Calls a function for the type at each path, before those inside it; of a field also with its other parts.
pub(super) fn walk(shape: &mut TableType, visit: &mut Visit<'_>) {
    table(shape, &mut Vec::new(), visit);
}

pub(super) type Visit<'a> = dyn FnMut(&[Step], &mut Type, Option<Parts<'_>>) + 'a;

/// What a field has beside its key and its type.
pub(super) struct Parts<'a> {
    pub(super) optional: &'a mut bool,
    pub(super) name: &'a mut Option<Arc<str>>,
    pub(super) origin: &'a mut Origin,
}

fn table(shape: &mut TableType, path: &mut Vec<Step>, visit: &mut Visit<'_>) {
    for field in &mut shape.fields {
        path.push(Step::Key(field.key.clone()));
        let parts = Parts {
            optional: &mut field.optional,
            name: &mut field.name,
            origin: &mut field.origin,
        };
        visit(path, &mut field.ty, Some(parts));
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
