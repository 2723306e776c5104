//! The schema over the merged trees: values get their types, and all profiles one shape.

use crate::{
    error::Problems,
    model::{infer, shape::TableType},
    schema::{
        Schema,
        fit::{FixedBy, fit},
        plain::split_plain,
        rules::Rules,
    },
    secrets::{Mode, Profile, Shapes},
};

/// Converts values to their types and checks rules, finds the shape of all profiles, fits each to it, and divides what
/// is encrypted from what stays plain.
pub(super) fn apply_schema(
    schema: &Schema,
    mode: Mode,
    profiles: &mut [Profile],
    problems: &mut Problems,
) -> Shapes {
    let template = schema.template.as_ref();
    let rules = Rules::Real {
        template: template.map(|template| &template.tree),
    };
    for profile in &mut *profiles {
        schema.keys.apply(&mut profile.tree, rules, problems);
    }
    // Without a template, what the profiles have in common is not known before all is converted.
    if !problems.is_empty() && template.is_none() {
        return Shapes::default();
    }
    let shape = match template {
        Some(template) => template.shape.clone(),
        None => common_shape(schema, profiles, problems),
    };
    // The tree of a single profile fits the shape that was inferred from it, unless `keys` declared more.
    let fits = template.is_none() && profiles.len() == 1 && schema.keys.is_empty();
    if !fits {
        let name = match template {
            Some(_) => "the template",
            None => "another profile",
        };
        for profile in &mut *profiles {
            let fixed_by = FixedBy {
                name,
                sources: &profile.sources,
            };
            fit(&shape, &mut profile.tree, fixed_by, problems);
        }
    }
    divide(schema, mode, shape, profiles, problems)
}

/// Takes the keys that stay plain in an encrypted module out of the others.
pub(super) fn divide(
    schema: &Schema,
    mode: Mode,
    shape: TableType,
    profiles: &[Profile],
    problems: &mut Problems,
) -> Shapes {
    if mode == Mode::Plain || !schema.keys.any_plain() {
        let plain = TableType::default();
        return Shapes { shape, plain };
    }
    let profiles: Vec<_> = profiles
        .iter()
        .map(|profile| (profile.name.as_deref().unwrap_or_default(), &profile.tree))
        .collect();
    let (plain, shape) = split_plain(&schema.keys, &shape, &profiles, problems);
    Shapes { shape, plain }
}

/// The shape that all profiles have in common. What only some have is there, and must be optional.
fn common_shape(schema: &Schema, profiles: &[Profile], problems: &mut Problems) -> TableType {
    let mut shapes = profiles
        .iter()
        .map(|profile| infer::shape_of(&profile.tree));
    let mut common = shapes.next().unwrap_or_default();
    for shape in shapes {
        common.add_fields_of(&shape);
    }
    schema.keys.apply_to_shape(&mut common, problems);
    common
}
