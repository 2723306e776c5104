//! One thing that is wrong, and how it is said.

use std::{fmt, path::Path};

use crate::{error::kind::ErrorKind, origin::Origin, shown};

/// One thing that is wrong.
///
/// `Display` composes the parts: `path:line:column: what; help`. They can be had one by one, as for a report of one's own:
///
/// ```
/// # fn main() -> std::io::Result<()> {
/// # let package = std::env::temp_dir().join(format!("secrets-build-problem-{}", std::process::id()));
/// # std::fs::create_dir_all(package.join(".secrets"))?;
/// # std::fs::write(package.join("Cargo.toml"), "[package]\nname = \"app\"\n[workspace]\n")?;
/// # std::fs::write(package.join(".secrets/secrets.toml"), "port = 99999999999999999999\n")?;
/// // `port` has a number of twenty digits.
/// let error = secrets_build::Config::new().package(&package).load().unwrap_err();
/// for problem in error.problems() {
///     let origin = problem.origin().expect("it is in a file");
///     assert_eq!((origin.line(), origin.column()), (Some(1), Some(8)));
///     assert_eq!(problem.key(), Some("port"));
///     assert_eq!(problem.what(), "the key `port` has an integer that fits neither `i64` nor `u64`");
///     assert_eq!(problem.help(), Some("write it as a string"));
/// }
/// # std::fs::remove_dir_all(package)
/// # }
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Problem(Box<Parts>);

#[derive(Clone, PartialEq, Eq, Hash)]
struct Parts {
    kind: ErrorKind,
    origin: Option<Origin>,
    key: Option<String>,
    what: String,
    help: Option<Help>,
    excerpt: Option<String>,
}

/// The way out.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Help {
    /// A name that was perhaps meant.
    Suggestion(String),
    Instruction(String),
}

impl Problem {
    /// What kind of problem this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Where it is: what must be looked at, or changed. Nothing if it is in no one place.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.0.origin.as_ref()
    }

    /// The key that it is about, dotted, as TOML writes it; hidden parts of it are `***`. Nothing if it is about no one
    /// key.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.0.key.as_deref()
    }

    /// What is wrong.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.0.what
    }

    /// The way out, if there is one.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        match self.0.help.as_ref()? {
            Help::Suggestion(text) | Help::Instruction(text) => Some(text),
        }
    }

    /// The line of the file with every value masked, and a mark below the place; three lines, for a mistake of syntax.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        self.0.excerpt.as_deref()
    }

    /// A problem that is in no one place. `message` is one sentence, as it is read: what is wrong, and the way out behind
    /// `; `, or behind `, did you mean`.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let message = message.into();
        let (sentence, excerpt) = match message.split_once('\n') {
            Some((sentence, excerpt)) => (sentence, Some(excerpt.to_owned())),
            None => (&*message, None),
        };
        let (what, help) = divide(sentence);
        Self(Box::new(Parts {
            kind,
            origin: None,
            key: None,
            what: what.to_owned(),
            help,
            excerpt,
        }))
    }

    /// A problem at a place.
    pub(crate) fn at(kind: ErrorKind, origin: &Origin, message: impl fmt::Display) -> Self {
        let mut problem = Self::new(kind, message.to_string());
        problem.0.origin = Some(origin.clone());
        problem
    }

    /// The same with the key that it is about. `dotted` is a path as TOML writes it.
    pub(crate) fn about(mut self, dotted: &str) -> Self {
        self.0.key = Some(shown::keys(dotted).to_string());
        self
    }

    /// A failed call to the file system. Only the kind of failure is reported, in the system's words.
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

    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// What cargo shows, line by line.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        let what = match &self.0.origin {
            Some(origin) => format!("{origin}: {}", self.0.what),
            None => self.0.what.clone(),
        };
        let excerpt = self.0.excerpt.iter().flat_map(|excerpt| excerpt.lines());
        let help = self.help().map(|help| format!("help: {help}"));
        std::iter::once(what)
            .chain(excerpt.map(str::to_owned))
            .chain(help)
    }
}

/// A sentence as what is wrong and the way out. Text in back-ticks is not looked at: it may be anything.
fn divide(sentence: &str) -> (&str, Option<Help>) {
    const SUGGESTION: &str = ", did you mean ";
    let mut is_quoted = false;
    for (index, c) in sentence.char_indices() {
        let rest = &sentence[index..];
        if c == '`' {
            is_quoted = !is_quoted;
        } else if let (Some(help), false) = (rest.strip_prefix("; "), is_quoted) {
            let help = Help::Instruction(help.to_owned());
            return (&sentence[..index], Some(help));
        } else if rest.starts_with(SUGGESTION) && !is_quoted {
            let help = Help::Suggestion(rest[", ".len()..].to_owned());
            return (&sentence[..index], Some(help));
        }
    }
    (sentence, None)
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.0.origin {
            write!(f, "{origin}: ")?;
        }
        f.write_str(&self.0.what)?;
        match &self.0.help {
            Some(Help::Suggestion(help)) => write!(f, ", {help}")?,
            Some(Help::Instruction(help)) => write!(f, "; {help}")?,
            None => {}
        }
        match &self.0.excerpt {
            Some(excerpt) => write!(f, "\n{excerpt}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.0.kind)
    }
}

/// Why a file cannot be read, and the way out if the system's words do not tell it.
pub(crate) fn describe(error: &std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::PermissionDenied {
        return format!("{error}; give the user who runs the build the right to read it");
    }
    error.to_string()
}
