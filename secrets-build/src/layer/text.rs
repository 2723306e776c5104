//! The text of a TOML file, and what may be shown of it.

use std::sync::Arc;

use toml_parser::{Source, lexer::TokenKind};

use crate::{
    error::{ErrorKind, Problem},
    origin::{Origin, TextFile},
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

/// The statement that a syntax error is in, as far as it may be shown.
#[derive(Default)]
struct Statement {
    start: usize,
    header: String,
    key: String,
    /// The end of what may be shown of the statement's first line.
    shown: usize,
}

/// Finds the statement around the first error of a file.
///
/// It is only good for the first error: up to there the text is TOML, so what stands where a key
/// belongs is a key. Behind it nothing is sure. A line of a private key that was pasted without
/// quotes can look like a key, and must not be shown.
fn statement(text: &str, offset: usize) -> Statement {
    let mut statement = Statement::default();
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
                statement = Statement {
                    start: end,
                    header: statement.header,
                    ..Default::default()
                };
            }
            TokenKind::LeftSquareBracket if at_start => (at_start, in_header) = (false, true),
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket if in_value => depth += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket if in_value => {
                depth = depth.saturating_sub(1);
            }
            TokenKind::Equals if !in_value && !in_header => {
                in_value = true;
                if is_assignment(text, start, end) {
                    statement.key.clone_from(&words);
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
    statement
}

/// Whether `=` surely divides a key from a value. It may also be the padding of a stray line of base64,
/// or stand anywhere in a secret that lost its quotes.
fn is_assignment(text: &str, start: usize, end: usize) -> bool {
    let mut chars = without_indent(&text[end..]).chars();
    let opens = match (chars.next(), chars.next()) {
        (Some('[' | '{'), _) => true,
        (Some('"' | '\''), Some(inside)) => !inside.is_whitespace() && !",;)]}".contains(inside),
        _ => false,
    };
    opens || text[..start].ends_with([' ', '\t'])
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
    let statement = match first {
        // The statement is whole, the parser only knows its key already.
        true if message == "duplicate key" => statement(text, line_end(text, offset)),
        true => statement(text, offset),
        false => Statement::default(),
    };
    let (line, line_start) = file.line(offset);
    let line_text = text[line_start..].lines().next().unwrap_or_default();

    let shown = if first && statement.start == line_start {
        statement.shown
    } else {
        line_start
    };
    let masked: String = line_text
        .char_indices()
        .map(|(index, c)| if line_start + index < shown { c } else { '*' })
        .collect();
    let column = text[line_start..offset].chars().count();

    let number = (line + 1).to_string();
    let gutter = " ".repeat(number.len());
    let key = match (statement.header.as_str(), statement.key.as_str()) {
        (_, "") => String::new(),
        ("", key) => format!("\n{gutter} = in key `{key}`"),
        (header, key) => format!("\n{gutter} = in key `{header}.{key}`"),
    };
    let caret = " ".repeat(column);
    Problem::at(
        ErrorKind::Syntax,
        &origin,
        format_args!("{message}\n{gutter} |\n{number} | {masked}\n{gutter} | {caret}^{key}"),
    )
}

fn line_end(text: &str, offset: usize) -> usize {
    text[offset..]
        .find('\n')
        .map_or(text.len(), |length| offset + length)
}
