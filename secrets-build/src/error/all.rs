//! All that is wrong.

use std::{collections::HashSet, fmt};

use crate::{
    error::{kind::ErrorKind, problem::Problem},
    origin::Origin,
};

/// Everything that was wrong with a set of secrets.
///
/// Independent problems are collected: one error reports them all. Its `Display` gives each what is
/// wrong, where (`path:line:column`), and the way out. Neither `Display` nor `Debug` holds a value of
/// a secret, or a part of one.
pub struct Error {
    problems: Box<[Problem]>,
}

impl Error {
    /// The problems, in the order in which they were found. There is at least one.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter()
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

    /// Takes over the problems of a part. Returns what the part came to, if it had none.
    pub(crate) fn absorb<T>(&mut self, part: Self, value: T) -> Option<T> {
        let is_good = part.0.is_empty();
        self.0.extend(part.0);
        is_good.then_some(value)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is one of a kind about a place.
    pub(crate) fn has(&self, kind: ErrorKind, origin: &Origin) -> bool {
        let mut problems = self.0.iter();
        problems.any(|problem| problem.kind() == kind && problem.origin() == Some(origin))
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
        self.0.retain(|problem| reported.insert(problem.clone()));
        Error {
            problems: self.0.into(),
        }
    }
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
