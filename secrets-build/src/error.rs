//! What can be wrong, and how it is said.

use std::{collections::HashSet, fmt, path::Path};

use crate::{origin::Origin, shown};

/// Everything that was wrong with a set of secrets.
///
/// Independent problems are collected: one error reports them all. Its `Display` gives each what is
/// wrong, where (`path:line:column`), and the way out. Neither `Display` nor `Debug` holds a value of
/// a secret, or a part of one.
pub struct Error {
    problems: Box<[Problem]>,
}

/// The kind of a [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting in `Cargo.toml`, in code, or in the environment is unknown or has a wrong type.
    Setting,
    /// A source is missing, cannot be read, or is of no known sort.
    Source,
    /// A file is not TOML.
    Syntax,
    /// A value is out of range, or nested too deeply.
    Value,
    /// Two layers disagree about what a key is.
    Merge,
    /// An environment variable fits no key, or its text does not fit the key.
    Variable,
    /// A value is not of the type, or breaks a rule, that the setting `keys` has for its key.
    Key,
    /// The secrets do not have the shape that the template, or another profile, fixes.
    Template,
    /// A sealed file was edited, is damaged, or does not fit.
    Sealed,
    /// Two keys would have one name in Rust.
    Name,
    /// A recipient does not parse, or there is none, or more than one sort.
    Recipient,
    /// An encrypted source cannot be decrypted.
    Identity,
    /// A source lies in the package that is about to be published.
    Publish,
    /// The generated module could not be written.
    Output,
}

/// One thing that is wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    kind: ErrorKind,
    message: String,
}

impl Error {
    /// The problems, in the order in which they were found. There is at least one.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter()
    }
}

impl Problem {
    /// What kind of problem this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
        }
    }

    /// A problem at a place; the place comes first.
    pub(crate) fn at(kind: ErrorKind, origin: &Origin, message: impl fmt::Display) -> Self {
        Self::new(kind, format!("{origin}: {message}"))
    }

    /// A failed call to the file system. Only the kind of failure is told, in the system's words.
    pub(crate) fn io(what: &str, path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind::{NotADirectory, NotFound};
        // The path may be relative to another directory than the current one. A path, or a name, that is too long
        // for the system has no kind of its own.
        let is_short = path.as_os_str().len() < 1024 && path.iter().all(|name| name.len() <= 255);
        let is_there = is_short && !matches!(error.kind(), NotFound | NotADirectory);
        let shown = if is_there {
            shown::existing(path)
        } else {
            shown::path(path, path)
        };
        Self::new(
            ErrorKind::Source,
            format!("failed to {what} {shown}: {}", describe(error)),
        )
    }

    pub(crate) fn with_kind(self, kind: ErrorKind) -> Self {
        Self { kind, ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&*self.problems).finish()
    }
}

impl std::error::Error for Error {}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self {
            problems: Box::new([problem]),
        }
    }
}

/// The problems of a phase; none is success.
#[derive(Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    pub(crate) fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.0.extend(problems);
    }

    /// Keeps the value of a success and the problem of a failure.
    pub(crate) fn keep<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.push(problem)).ok()
    }

    /// Takes over the problems of a part; tells whether there were none.
    pub(crate) fn absorb(&mut self, part: Self) -> bool {
        let none = part.0.is_empty();
        self.0.extend(part.0);
        none
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something of a kind was told about a place.
    pub(crate) fn told(&self, kind: ErrorKind, origin: &Origin) -> bool {
        let place = format!("{origin}: ");
        let mut problems = self.0.iter();
        problems.any(|problem| problem.kind == kind && problem.message.starts_with(&place))
    }

    /// The value, if nothing was wrong.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Error> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self.into_error())
        }
    }

    /// All of them, of which there is at least one. What was found twice, as in a source of two profiles, is reported
    /// once.
    pub(crate) fn into_error(mut self) -> Error {
        let mut reported = HashSet::new();
        self.0
            .retain(|problem| reported.insert(problem.message.clone()));
        Error {
            problems: self.0.into(),
        }
    }
}

/// Why a file cannot be read, and the way out if the system's words do not tell it.
pub(crate) fn describe(error: &std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::PermissionDenied {
        return format!("{error}; give the user who runs the build the right to read it");
    }
    error.to_string()
}

/// Two outcomes that do not depend on each other, or the problems of both.
pub(crate) fn join<A, B>(a: Result<A, Error>, b: Result<B, Error>) -> Result<(A, B), Error> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(error), Ok(_)) | (Ok(_), Err(error)) => Err(error),
        (Err(a), Err(b)) => Err(Error {
            problems: a.problems.into_iter().chain(b.problems).collect(),
        }),
    }
}

/// The known name that is nearest to a name, if one is near.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .filter_map(|known| Some((nearness(name, known)?, known)))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

/// How near two names are, if they are near enough to be taken for one another.
pub(crate) fn nearness(a: &str, b: &str) -> Option<f64> {
    let nearness = strsim::jaro_winkler(&a.to_lowercase(), &b.to_lowercase());
    Some(nearness).filter(|nearness| *nearness > 0.8)
}

/// `, did you mean `x`?` for the known name nearest to `name`, or nothing if none is near.
pub(crate) fn suggest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map_or(String::new(), |known| format!(", did you mean `{known}`?"))
}
