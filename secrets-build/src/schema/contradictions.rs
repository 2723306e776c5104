//! What two entries for one key say differently.

use crate::settings::key::{Bound, Key};

/// What two entries for one key say differently.
pub(crate) fn disagreement(a: &Key, b: &Key) -> Option<&'static str> {
    fn differ<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
        a.zip(b).is_some_and(|(a, b)| a != b)
    }
    let crossed = |min: Option<Bound>, max: Option<Bound>| {
        min.zip(max).is_some_and(|(min, max)| above(min, max))
    };
    let too_long =
        |min: Option<usize>, max: Option<usize>| min.zip(max).is_some_and(|(min, max)| min > max);
    let empty = |a: &Key, b: &Key| a.non_empty == Some(true) && b.max_length == Some(0);
    let contradictions = [
        (differ(a.ty.as_ref(), b.ty.as_ref()), "type"),
        (differ(a.optional.as_ref(), b.optional.as_ref()), "optional"),
        (differ(a.name.as_ref(), b.name.as_ref()), "name"),
        (differ(a.plain.as_ref(), b.plain.as_ref()), "plain"),
        (
            differ(a.keep_newline.as_ref(), b.keep_newline.as_ref()),
            "keep-newline",
        ),
        (differ(a.min.as_ref(), b.min.as_ref()), "min"),
        (differ(a.max.as_ref(), b.max.as_ref()), "max"),
        (
            crossed(a.min, b.max) || crossed(b.min, a.max),
            "min` and `max",
        ),
        (
            differ(a.min_length.as_ref(), b.min_length.as_ref()),
            "min-length",
        ),
        (
            differ(a.max_length.as_ref(), b.max_length.as_ref()),
            "max-length",
        ),
        (
            too_long(a.min_length, b.max_length) || too_long(b.min_length, a.max_length),
            "min-length` and `max-length",
        ),
        (
            differ(a.non_empty.as_ref(), b.non_empty.as_ref()),
            "non-empty",
        ),
        (empty(a, b) || empty(b, a), "non-empty` and `max-length"),
        (differ(a.pattern.as_ref(), b.pattern.as_ref()), "pattern"),
        (
            differ(a.not_template.as_ref(), b.not_template.as_ref()),
            "not-template",
        ),
    ];
    contradictions
        .into_iter()
        .find_map(|(differs, what)| differs.then_some(what))
}

/// Whether a bound is above another one, so that nothing is between them.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn above(min: Bound, max: Bound) -> bool {
    match (min, max) {
        (Bound::Integer(min), Bound::Integer(max)) => min > max,
        (Bound::Float(min), Bound::Float(max)) => min > max,
        (Bound::Integer(min), Bound::Float(max)) => min as f64 > max,
        (Bound::Float(min), Bound::Integer(max)) => min > max as f64,
        (Bound::Duration(min), Bound::Duration(max)) => min > max,
        _ => true,
    }
}
