//! Names that were perhaps meant.

/// The known name that is nearest to a name, if one is near.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .filter_map(|candidate| Some((nearness(name, candidate)?, candidate)))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, nearest)| nearest)
}

/// How near two names are, if they are near enough to be taken for one another.
pub(crate) fn nearness(a: &str, b: &str) -> Option<f64> {
    let nearness = strsim::jaro_winkler(&a.to_lowercase(), &b.to_lowercase());
    Some(nearness).filter(|nearness| *nearness > 0.8)
}

/// `, did you mean `x`?` for the known name nearest to `name`, or nothing if none is near.
pub(crate) fn suggest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, candidates).map_or(String::new(), |near| format!(", did you mean `{near}`?"))
}
