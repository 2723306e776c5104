//! Where a value came from.
//!
//! An origin is a place in a text file, a file of a secret directory, a variable, or a line of a build script. It is
//! made where something is read, goes along with each value and each setting, and ends in messages. It never holds
//! the text that is there: of a text file it keeps the path and where lines and characters start.

use std::{
    fmt,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::shown;

/// Where a value came from: `path:line:column` in a TOML file, a file of a secret directory, or the
/// name of an environment variable.
///
/// Values list theirs in the `Display` of [`Secrets`](crate::Secrets), and problems have one, see
/// [`Problem::origin`](crate::Problem::origin).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Origin(Kind);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Kind {
    Text { file: Arc<TextFile>, offset: usize },
    File(Arc<PathBuf>),
    Variable(Arc<str>),
    Code(Arc<str>),
}

/// A text file as far as origins need it: its path, and where its lines and characters start. Two with one path are one.
pub(crate) struct TextFile {
    path: PathBuf,
    lines: Vec<usize>,
    /// The offsets of bytes that no character starts with.
    inner_bytes: Vec<usize>,
}

impl PartialEq for TextFile {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for TextFile {}

impl Hash for TextFile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.path.hash(state);
    }
}

impl TextFile {
    pub(crate) fn new(path: PathBuf, text: &str) -> Arc<Self> {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0)
            .chain(ends.map(|(end, _)| end + 1))
            .collect();
        let inner_bytes = (0..text.len())
            .filter(|offset| !text.is_char_boundary(*offset))
            .collect();
        Arc::new(Self {
            path,
            lines,
            inner_bytes,
        })
    }

    pub(crate) fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// The characters from one offset to another.
    fn characters(&self, start: usize, end: usize) -> usize {
        let before = |offset: usize| self.inner_bytes.partition_point(|inner| *inner < offset);
        end - start - (before(end) - before(start))
    }

    /// The line and the column of an offset, both from 1, the column in characters.
    fn position(&self, offset: usize) -> (usize, usize) {
        let (line, start) = self.line(offset);
        (line + 1, self.characters(start, offset) + 1)
    }

    /// The line of an offset, from 0, and where that line starts.
    pub(crate) fn line(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= offset) - 1;
        (line, self.lines[line])
    }
}

impl Origin {
    /// The file, if it is in one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.0 {
            Kind::Text { file, .. } => Some(&file.path),
            Kind::File(path) => Some(path),
            Kind::Variable(_) | Kind::Code(_) => None,
        }
    }

    /// The line, from 1, if it is in a TOML file.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        let (line, _) = self.position()?;
        Some(line)
    }

    /// The column in characters, from 1, if it is in a TOML file.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        let (_, column) = self.position()?;
        Some(column)
    }

    /// The name of the environment variable, if it is one.
    #[must_use]
    pub fn variable(&self) -> Option<&str> {
        match &self.0 {
            Kind::Variable(name) => Some(name),
            _ => None,
        }
    }

    fn position(&self) -> Option<(usize, usize)> {
        match &self.0 {
            Kind::Text { file, offset } => Some(file.position(*offset)),
            _ => None,
        }
    }

    pub(crate) fn text(file: &Arc<TextFile>, offset: usize) -> Self {
        Self(Kind::Text {
            file: Arc::clone(file),
            offset,
        })
    }

    pub(crate) fn file(path: PathBuf) -> Self {
        Self(Kind::File(Arc::new(path)))
    }

    /// A place in a build script.
    pub(crate) fn code(location: &std::panic::Location<'_>) -> Self {
        Self(Kind::Code(location.to_string().into()))
    }

    /// Whether there is nothing but text at this place, without a type: a file of a secret directory, or a variable.
    pub(crate) fn is_untyped(&self) -> bool {
        matches!(self.0, Kind::File(_) | Kind::Variable(_))
    }

    /// Whether it is a place in a build script.
    pub(crate) fn is_code(&self) -> bool {
        matches!(self.0, Kind::Code(_))
    }

    /// Whether it is a setting: in a manifest, or in a build script.
    pub(crate) fn is_setting(&self) -> bool {
        let name = self.path().and_then(Path::file_name);
        self.is_code() || name.is_some_and(|name| name == "Cargo.toml")
    }

    /// Where it is in its file, if that is a TOML file: an offset in bytes.
    pub(crate) fn offset(&self) -> Option<usize> {
        match &self.0 {
            Kind::Text { offset, .. } => Some(*offset),
            _ => None,
        }
    }

    pub(crate) fn of_variable(name: &str) -> Self {
        Self(Kind::Variable(name.into()))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Text { file, offset } => {
                let path = shown::escaped_path(&file.path);
                let (line, column) = file.position(*offset);
                write!(f, "{path}:{line}:{column}")
            }
            Kind::File(path) => f.write_str(&shown::escaped_path(path)),
            Kind::Variable(name) => write!(f, "the variable `{}`", shown::escaped(name)),
            Kind::Code(code) => f.write_str(code),
        }
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn the_name_of_a_variable_is_shown_in_one_line() {
        let shown = Origin::of_variable("APP__DB\nPORT").to_string();
        assert_eq!(shown, "the variable `APP__DB\\u{a}PORT`");
    }
}
