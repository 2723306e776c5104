//! The text of a TOML file, and what may be shown of it.

use std::sync::Arc;

use toml::de::DeValue;
use toml_parser::{Source, lexer::TokenKind};

use crate::{
    error::{ErrorKind, Problem},
    origin::{Origin, TextFile},
    shown,
};

/// Brackets within each other, or segments of a dotted key, beyond this number are refused before
/// anything recurses into them.
const NESTING: usize = 256;

/// A place in a file where something is nested too deeply.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let (mut brackets, mut dots) = (0_usize, 0_usize);
    for token in Source::new(text).lex() {
        match token.kind() {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => brackets += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                brackets = brackets.saturating_sub(1);
            }
            TokenKind::Dot => dots += 1,
            TokenKind::Newline | TokenKind::Equals | TokenKind::Comma => dots = 0,
            _ => {}
        }
        if brackets.max(dots) > NESTING {
            return Some(token.span().start());
        }
    }
    None
}

/// The message of the parser for a key that is there before.
const DUPLICATE: &str = "duplicate key";

/// A line that shows a mistake is cut to so many characters.
const WIDTH: usize = 80;

/// What stands for the rest of a line that is cut.
const CUT: &str = "...";

/// A statement of a file, as far as it is known: a header, or a key with its value.
#[derive(Clone, Default)]
struct Statement {
    start: usize,
    /// The header that it stands below; of a header itself, the header.
    header: String,
    key: String,
    /// The end of what may be shown of the statement's first line.
    shown: usize,
}

impl Statement {
    /// The keys that lead to what it sets.
    fn path(&self) -> Vec<String> {
        let parts = [&self.header, &self.key].into_iter();
        let dotted: Vec<_> = parts.filter(|part| !part.is_empty()).cloned().collect();
        segments(&dotted.join("."))
    }
}

/// The statements up to an offset, the last of which may not be whole.
///
/// It is only good for the first error: up to there the text is TOML, so what stands where a key
/// belongs is a key. Behind it nothing is sure. A line of a private key that was pasted without
/// quotes can look like a key, and must not be shown.
struct Statements {
    before: Vec<Statement>,
    last: Statement,
    /// Whether the offset is behind the `=` of the last one.
    in_value: bool,
}

fn statements(text: &str, offset: usize) -> Statements {
    let (mut before, mut statement) = (Vec::new(), Statement::default());
    let (mut depth, mut at_start, mut in_header, mut in_value) = (0_usize, true, false, false);
    let mut words = String::new();
    for token in Source::new(text).lex() {
        let (start, end) = (token.span().start(), token.span().end());
        if start >= offset {
            break;
        }
        match token.kind() {
            TokenKind::Newline if depth == 0 => {
                if in_header {
                    statement.header = std::mem::take(&mut words);
                }
                (at_start, in_header, in_value) = (true, false, false);
                words.clear();
                let next = Statement {
                    start: end,
                    header: statement.header.clone(),
                    ..Default::default()
                };
                before.push(std::mem::replace(&mut statement, next));
            }
            TokenKind::LeftSquareBracket if at_start => (at_start, in_header) = (false, true),
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket if in_value => depth += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket if in_value => {
                depth = depth.saturating_sub(1);
            }
            TokenKind::Equals if !in_value && !in_header => {
                in_value = true;
                statement.key = std::mem::take(&mut words);
                if is_assignment(text, start, end) && is_shown(&statement.key) {
                    statement.shown = text.len() - without_indent(&text[end..]).len();
                }
            }
            TokenKind::Whitespace
            | TokenKind::Comment
            | TokenKind::Newline
            | TokenKind::LeftSquareBracket
            | TokenKind::RightSquareBracket => {}
            _ => {
                at_start = false;
                words.push_str(&text[start..end]);
            }
        }
    }
    if in_header {
        statement.header = words;
    }
    Statements {
        before,
        last: statement,
        in_value,
    }
}

/// The keys of a dotted key.
fn segments(dotted: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut rest = dotted;
    loop {
        let (key, after) = shown::split_key(rest);
        let quoted = key.starts_with(['"', '\'']);
        let inside = quoted
            .then(|| DeValue::parse(key).ok())
            .flatten()
            .and_then(|value| value.get_ref().as_str().map(str::to_owned));
        keys.push(inside.unwrap_or_else(|| key.to_owned()));
        match after {
            Some(after) => rest = after,
            None => return keys,
        }
    }
}

/// Whether a dotted key looks like names, and not like a line of a value that lost its quotes.
fn is_shown(dotted: &str) -> bool {
    !dotted.is_empty() && shown::keys(dotted).to_string() == dotted
}

/// Whether `=` surely divides a key from a value. It may also be the padding of a stray line of base64,
/// with or without the quotes that closed the value behind it, or stand anywhere in a secret that lost its
/// quotes.
fn is_assignment(text: &str, start: usize, end: usize) -> bool {
    let rest = without_indent(&text[end..]);
    if text[..start].ends_with([' ', '\t']) {
        return true;
    }
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        _ if rest.starts_with("\"\"\"") || rest.starts_with("'''") => false,
        (Some('[' | '{'), _) => true,
        (Some('"' | '\''), Some(inside)) => !inside.is_whitespace() && !",;)]}".contains(inside),
        _ => false,
    }
}

fn without_indent(text: &str) -> &str {
    text.trim_start_matches([' ', '\t'])
}

/// A syntax error: the place, what was expected, the key, and the line with every value masked.
pub(super) fn syntax_problem(
    file: &Arc<TextFile>,
    text: &str,
    offset: usize,
    message: &str,
    first: bool,
) -> Problem {
    let offset = offset.min(text.len());
    let origin = Origin::text(file, offset);
    let mut message = message.to_owned();
    let statement = match first {
        // The statement is whole, the parser only knows its key already.
        true if message == DUPLICATE => {
            let at_key = !statements(text, offset).in_value;
            let both = statements(text, line_end(text, offset));
            let path = both.last.path();
            let mut earlier = both.before.iter().rev();
            let earlier = earlier.find(|earlier| at_key && earlier.path() == path);
            if let Some(earlier) = earlier {
                let first = Origin::text(file, key_start(text, earlier.start));
                message = format!("{message}, the first is at {first}");
            }
            both.last
        }
        true => statements(text, offset).last,
        false => Statement::default(),
    };
    let (line, line_start) = file.line(offset);
    let line_text = text[line_start..].lines().next().unwrap_or_default();

    let shown = if first && statement.start == line_start {
        statement.shown
    } else {
        line_start
    };
    let masked: Vec<char> = line_text
        .char_indices()
        .map(|(index, c)| if line_start + index < shown { c } else { '*' })
        .collect();
    let column = text[line_start..offset].chars().count();
    let (masked, column) = cut(&masked, column);

    let number = (line + 1).to_string();
    let gutter = " ".repeat(number.len());
    let key = match (statement.header.as_str(), statement.key.as_str()) {
        (_, "") => String::new(),
        (_, key) if statement.shown == 0 && !is_shown(key) => String::new(),
        ("", key) => format!("\n{gutter} = in key `{key}`"),
        (header, key) => format!("\n{gutter} = in key `{}.{key}`", shown::keys(header)),
    };
    let caret = " ".repeat(column);
    Problem::at(
        ErrorKind::Syntax,
        &origin,
        format_args!("{message}\n{gutter} |\n{number} | {masked}\n{gutter} | {caret}^{key}"),
    )
}

/// The part of a line around a column that fits the width, and the column in it.
fn cut(line: &[char], column: usize) -> (String, usize) {
    let inner = WIDTH - 2 * CUT.len();
    // The caret may stand behind the last character.
    let start = match column {
        _ if line.len() <= WIDTH => return (line.iter().collect(), column),
        column if column < inner => 0,
        column => (column - inner / 2).min(line.len() - inner),
    };
    let end = line.len().min(start + inner);
    let (before, after) = (
        if start > 0 { CUT } else { "" },
        if end < line.len() { CUT } else { "" },
    );
    let part: String = line[start..end].iter().collect();
    (
        format!("{before}{part}{after}"),
        column - start + before.len(),
    )
}

/// Where the key of a statement starts, or that of a header.
fn key_start(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    start + rest.len() - rest.trim_start_matches([' ', '\t', '[']).len()
}

fn line_end(text: &str, offset: usize) -> usize {
    text[offset..]
        .find('\n')
        .map_or(text.len(), |length| offset + length)
}
