//! Where a value came from.

use std::{fmt, path::PathBuf, sync::Arc};

use crate::shown;

/// Where a value came from: `path:line:column` in a TOML file, a file of a secret directory, or the
/// name of an environment variable.
#[derive(Clone)]
pub struct Origin(Place);

#[derive(Clone)]
enum Place {
    Text { file: Arc<TextFile>, offset: usize },
    File(Arc<PathBuf>),
    Variable(Arc<str>),
    Code(Arc<str>),
}

/// A TOML file as far as origins need it: its path, and where its lines start.
pub(crate) struct TextFile {
    path: PathBuf,
    lines: Vec<usize>,
}

impl TextFile {
    pub(crate) fn new(path: PathBuf, text: &str) -> Arc<Self> {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0)
            .chain(ends.map(|(end, _)| end + 1))
            .collect();
        Arc::new(Self { path, lines })
    }

    pub(crate) fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// The line of an offset, from 0, and where that line starts.
    pub(crate) fn line(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= offset) - 1;
        (line, self.lines[line])
    }
}

impl Origin {
    pub(crate) fn text(file: &Arc<TextFile>, offset: usize) -> Self {
        Self(Place::Text {
            file: Arc::clone(file),
            offset,
        })
    }

    pub(crate) fn file(path: PathBuf) -> Self {
        Self(Place::File(Arc::new(path)))
    }

    /// A place in a build script.
    pub(crate) fn code(location: &std::panic::Location<'_>) -> Self {
        Self(Place::Code(location.to_string().into()))
    }

    /// Whether there is nothing but text at this place: a file of a secret directory, or a variable.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.0, Place::File(_) | Place::Variable(_))
    }

    /// Whether it is a place in a build script.
    pub(crate) fn is_code(&self) -> bool {
        matches!(self.0, Place::Code(_))
    }

    /// Where it is in its file, if that is a TOML file: an offset in bytes.
    pub(crate) fn offset(&self) -> Option<usize> {
        match &self.0 {
            Place::Text { offset, .. } => Some(*offset),
            _ => None,
        }
    }

    pub(crate) fn variable(name: &str) -> Self {
        Self(Place::Variable(name.into()))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Text { file, offset } => {
                let (line, start) = file.line(*offset);
                write!(
                    f,
                    "{}:{}:{}",
                    shown::escaped_path(&file.path),
                    line + 1,
                    offset - start + 1
                )
            }
            Place::File(path) => f.write_str(&shown::escaped_path(path)),
            Place::Variable(name) => write!(f, "the variable `{name}`"),
            Place::Code(place) => f.write_str(place),
        }
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
