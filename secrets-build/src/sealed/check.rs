//! Whether a sealed file is the one that the settings and the template want.

use std::collections::HashMap;

use crate::{
    error::{ErrorKind, Problem, Problems},
    model::shape::TableType,
    origin::Origin,
    schema::template::Template,
    sealed::shape::document,
    secrets::Secrets,
    shown,
    write::text::shape::{Line, lines},
};

const SEAL_AGAIN: &str = "seal the secrets again";

/// Checks a sealed file that was read. `file` is its beginning.
pub(super) fn check(
    file: &Origin,
    profile: Option<&str>,
    template: Option<&Template>,
    secrets: &mut Secrets,
    problems: &mut Problems,
) {
    let mut problem = |message: String| {
        problems.push(Problem::at(
            ErrorKind::Sealed,
            file,
            format_args!("{message}; {SEAL_AGAIN}"),
        ));
    };
    if secrets.sealed_for != secrets.package {
        problem(format!(
            "this file was sealed for the package `{}`, and this one is `{}`",
            shown::name(&secrets.sealed_for),
            shown::name(&secrets.package)
        ));
    }
    pick(profile, secrets, &mut problem);

    let mut whole = secrets.shape.clone();
    whole.unite(&secrets.plain);
    let (expected, name) = if let Some(template) = template {
        (template.shape.clone(), "the template")
    } else {
        secrets.keys.mark(&mut whole, problems);
        secrets.keys.place(&mut whole);
        (whole, "`keys`")
    };
    let (plain, encrypted) =
        expected.split(&|path: &[crate::model::path::Step]| secrets.keys.plain(path));
    let all = |encrypted: &TableType, plain: &TableType| {
        let lines = [lines(encrypted, false), lines(plain, true)];
        lines.into_iter().flatten().collect::<Vec<_>>()
    };
    let sealed = all(&secrets.shape, &secrets.plain);
    Differences { name, problems }.find(&all(&encrypted, &plain), &sealed);
    secrets.keys.name(&mut secrets.shape);
    secrets.keys.name(&mut secrets.plain);
    if let Some(template) = template {
        document(&mut secrets.shape, &template.shape);
        document(&mut secrets.plain, &template.shape);
    }
}

/// Leaves the profile that was asked for, and has it be there.
fn pick(profile: Option<&str>, secrets: &mut Secrets, problem: &mut impl FnMut(String)) {
    let names: Vec<_> = secrets
        .parts
        .iter()
        .filter_map(|part| part.profile.clone())
        .collect();
    let shown = |names: &[String]| {
        let names: Vec<_> = names.iter().map(|name| shown::name(name)).collect();
        names.join("`, `")
    };
    let known = shown(&names);
    let wanted = shown(&secrets.profiles);
    let single = match names.first() {
        Some(name) => format!("for the profile `{}`", shown::name(name)),
        None => "without a profile".to_owned(),
    };
    if secrets.has_profiles {
        if !secrets.profiles.is_empty() && secrets.profiles != names {
            problem(format!(
                "this file has the profiles `{known}`, and `profiles` sets `{wanted}`"
            ));
        } else if let Some(profile) = profile {
            secrets
                .parts
                .retain(|part| part.profile.as_deref() == Some(profile));
            if secrets.parts.is_empty() {
                let profile = shown::name(profile);
                problem(format!(
                    "this file has the profiles `{known}`, and not `{profile}`"
                ));
            }
        }
    } else if !secrets.profiles.is_empty() {
        problem(format!(
            "this file has one ciphertext, and `profiles` sets `{wanted}`"
        ));
    } else if let Some(profile) = profile.filter(|profile| names.iter().all(|name| name != profile))
    {
        let profile = shown::name(profile);
        problem(format!(
            "this file was sealed {single}, and this build is for `{profile}`"
        ));
    } else if profile.is_none() && !names.is_empty() {
        problem(format!(
            "this file was sealed {single}, and neither `profile` nor `SECRETS_PROFILE` names one"
        ));
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
            let pairs = lines.iter().enumerate();
            let pairs = pairs.map(|(index, line)| (line.key.clone(), index));
            pairs.collect::<HashMap<_, _>>()
        };
        let (expected_keys, sealed_keys) = (by_key(expected), by_key(sealed));
        for line in expected {
            // A key that the template or the settings have is no secret.
            let path = &line.key;
            match sealed_keys.get(path).map(|index| &sealed[*index]) {
                None => self.problem(
                    &line.origin,
                    &format!("{name} has `{path}`, which is not in the sealed file"),
                ),
                Some(found) if found.is_plain != line.is_plain => {
                    let says = if found.is_plain {
                        "was sealed as plain, and `keys` does not say `plain`"
                    } else {
                        "was sealed encrypted, and `keys` says `plain`"
                    };
                    self.problem(&found.origin, &format!("`{path}` {says}"));
                }
                Some(found) if found.path != line.path || found.ty != line.ty => {
                    let (found_ty, ty) = (described(found), described(line));
                    self.problem(
                        &found.origin,
                        &format!(
                            "`{path}` was sealed as {found_ty}, and {name} has {ty} at {}",
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
        let message = format!("{message}; {SEAL_AGAIN}");
        self.problems
            .push(Problem::at(ErrorKind::Sealed, origin, message));
    }
}

fn described(line: &Line) -> String {
    match (line.ty.as_str(), line.path != line.key) {
        ("{}", _) => "a table without keys".to_owned(),
        (ty, true) => format!("an optional `{ty}`"),
        (ty, false) => format!("`{ty}`"),
    }
}
