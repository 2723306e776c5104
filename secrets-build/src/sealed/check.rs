//! Whether a sealed file is the one that the settings and the template want.

use std::collections::HashMap;

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::{path::Step, shape::TableType},
    origin::Origin,
    schema::Schema,
    sealed::{format::Sealed, shape::document},
    secrets::ProfileCount,
    settings::{list::Settings, resolve::Resolved},
    shown,
    write::text::shape::{Line, lines},
};

const SEAL_AGAIN: &str = "seal the secrets again";

/// Checks a sealed file that was read, leaves the profile that was asked for, and takes over what the template and the
/// table of keys say of names. `file` is its beginning.
pub(super) fn check(
    file: &Origin,
    sealed: &mut Sealed,
    resolved: &Resolved,
    schema: &Schema,
    problems: &mut Problems,
) {
    if sealed.package != resolved.name {
        let message = format!(
            "this file was sealed for the package `{}`, and this one is `{}`",
            shown::name(&sealed.package),
            shown::name(&resolved.name)
        );
        problems.push(mismatch(file, &message));
    }
    let picked = pick(sealed, &resolved.settings);
    problems.extend(picked.err().map(|message| mismatch(file, &message)));

    let mut whole = sealed.shape.clone();
    whole.add_fields_of(&sealed.plain);
    let (expected, name) = if let Some(template) = &schema.template {
        (template.shape.clone(), "the template")
    } else {
        schema.keys.apply_to_shape(&mut whole, problems);
        schema.keys.set_origins(&mut whole);
        (whole, "`keys`")
    };
    let (plain, encrypted) = expected.split(&|path: &[Step]| schema.keys.plain(path));
    let sealed_lines = all_lines(&sealed.shape, &sealed.plain);
    Differences { name, problems }.find(&all_lines(&encrypted, &plain), &sealed_lines);
    for shape in [&mut sealed.shape, &mut sealed.plain] {
        schema.keys.name(shape);
        if let Some(template) = &schema.template {
            document(shape, &template.shape);
        }
    }
}

/// The lines of the keys that are encrypted, and of those that stay plain.
fn all_lines(encrypted: &TableType, plain: &TableType) -> Vec<Line> {
    [lines(encrypted, false), lines(plain, true)].concat()
}

/// A sealed file that is not the one that is wanted.
///
/// The way out is to seal again, unless the message has one of its own.
fn mismatch(origin: &Origin, message: &str) -> Problem {
    let way_out = if message.contains("; ") {
        String::new()
    } else {
        format!("; {SEAL_AGAIN}")
    };
    let message = format!("{message}{way_out}");
    Problem::at(ErrorKind::Sealed, origin, message)
}

/// Leaves the profile that was asked for, and has it be there. The error is what is wrong.
fn pick(sealed: &mut Sealed, settings: &Settings) -> Result<(), String> {
    let listed = settings.profiles.clone().unwrap_or_default();
    let profile = settings.profile.as_deref();
    let names: Vec<_> = sealed
        .profiles
        .iter()
        .filter_map(|profile| profile.name.clone())
        .collect();
    let shown = |names: &[String]| {
        let names: Vec<_> = names.iter().map(|name| shown::name(name)).collect();
        names.join("`, `")
    };
    let (has, wants) = (shown(&names), shown(&listed));
    match (sealed.profile_count, profile) {
        (ProfileCount::Several, _) if !listed.is_empty() && listed != names => Err(format!(
            "this file has the profiles `{has}`, and `profiles` sets `{wants}`"
        )),
        (ProfileCount::Several, None) => Ok(()),
        (ProfileCount::Several, Some(name)) => {
            sealed
                .profiles
                .retain(|profile| profile.name.as_deref() == Some(name));
            if sealed.profiles.is_empty() {
                let name = shown::name(name);
                return Err(format!(
                    "this file has the profiles `{has}`, and not `{name}`"
                ));
            }
            Ok(())
        }
        (ProfileCount::One, _) if !listed.is_empty() => Err(format!(
            "this file has one ciphertext, and `profiles` sets `{wants}`"
        )),
        (ProfileCount::One, _) => pick_single(names.first().map(String::as_str), profile),
    }
}

/// Has the one profile of a file, if it is of one, be the one that was asked for.
fn pick_single(sealed: Option<&str>, wanted: Option<&str>) -> Result<(), String> {
    let single = match sealed {
        Some(name) => format!("for the profile `{}`", shown::name(name)),
        None => "without a profile".to_owned(),
    };
    match (sealed, wanted) {
        (sealed, wanted) if sealed == wanted => Ok(()),
        (None, Some(wanted)) => Err(format!(
            "this file was sealed {single}, and this build is for `{}`; set `SECRETS_PROFILE` to nothing and \
             remove `profile`, or {SEAL_AGAIN}",
            shown::name(wanted)
        )),
        (Some(_), Some(wanted)) => Err(format!(
            "this file was sealed {single}, and this build is for `{}`",
            shown::name(wanted)
        )),
        (_, None) => Err(format!(
            "this file was sealed {single}, and neither `profile` nor `SECRETS_PROFILE` names one"
        )),
    }
}

struct Differences<'a> {
    /// What fixes the shape.
    name: &'a str,
    problems: &'a mut Problems,
}

impl Differences<'_> {
    fn find(&mut self, expected: &[Line], sealed: &[Line]) {
        let name = self.name;
        let by_key = |lines: &'_ [Line]| {
            let pairs = lines
                .iter()
                .enumerate()
                .map(|(index, line)| (line.key.clone(), index));
            pairs.collect::<HashMap<_, _>>()
        };
        let (expected_keys, sealed_keys) = (by_key(expected), by_key(sealed));
        for line in expected {
            // A key that the template or the settings have is not a secret.
            let path = &line.key;
            match sealed_keys.get(path).map(|index| &sealed[*index]) {
                None => self.problem(
                    &line.origin,
                    &format!("{name} has `{path}`, which is not in the sealed file"),
                ),
                Some(sealed_line) if sealed_line.is_plain != line.is_plain => {
                    let difference = if sealed_line.is_plain {
                        "was sealed as plain, and `keys` does not say `plain`"
                    } else {
                        "was sealed encrypted, and `keys` says `plain`"
                    };
                    self.problem(&sealed_line.origin, &format!("`{path}` {difference}"));
                }
                Some(sealed_line) if sealed_line.path != line.path || sealed_line.ty != line.ty => {
                    let (sealed_ty, ty) = (described(sealed_line), described(line));
                    self.problem(
                        &sealed_line.origin,
                        &format!(
                            "`{path}` was sealed as {sealed_ty}, and {name} has {ty} at {}",
                            line.origin
                        ),
                    );
                }
                Some(_) => {}
            }
        }
        for line in sealed {
            if expected_keys.contains_key(&line.key) {
                continue;
            }
            let path = shown::keys(&line.key);
            self.problem(
                &line.origin,
                &format!("`{path}` is in the sealed file, and {name} does not have it"),
            );
        }
    }

    fn problem(&mut self, origin: &Origin, message: &str) {
        self.problems.push(mismatch(origin, message));
    }
}

fn described(line: &Line) -> String {
    match (line.ty.as_str(), line.path != line.key) {
        ("{}", _) => "a table without keys".to_owned(),
        (ty, true) => format!("an optional `{ty}`"),
        (ty, false) => format!("`{ty}`"),
    }
}
