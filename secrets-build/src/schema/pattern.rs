//! Keys and patterns of keys: dotted, as TOML writes keys, with `*` for any text within a key and `[]`
//! for the elements of an array.

use toml::de::DeValue;

use crate::model::path::{Step, glob_fits};

/// A pattern of paths.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(Vec<Part>);

#[derive(Clone, Debug)]
enum Part {
    /// A key, exactly.
    Key(String),
    /// A key with `*` in it.
    Glob(String),
    Element,
}

impl Pattern {
    /// Reads a pattern; the error is what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let mut parts = Vec::new();
        let mut rest = text;
        loop {
            let (part, after) = part(rest)?;
            parts.push(part);
            rest = after;
            while let Some(after) = rest.strip_prefix("[]") {
                parts.push(Part::Element);
                rest = after;
            }
            match rest.strip_prefix('.') {
                Some(after) => rest = after,
                None if rest.is_empty() => return Ok(Self(parts)),
                None => return Err("has something other than `.` or `[]` behind a key"),
            }
        }
    }

    /// Whether the pattern fits a path.
    pub(crate) fn fits(&self, path: &[Step]) -> bool {
        self.0.len() == path.len() && self.0.iter().zip(path).all(|(part, step)| part.fits(step))
    }

    /// Whether the pattern fits a path, or a table or an array that leads to it.
    pub(crate) fn covers(&self, path: &[Step]) -> bool {
        path.get(..self.0.len())
            .is_some_and(|start| self.fits(start))
    }

    /// Whether a path leads to what the pattern fits.
    pub(crate) fn is_below(&self, path: &[Step]) -> bool {
        self.0.len() > path.len() && self.0.iter().zip(path).all(|(part, step)| part.fits(step))
    }

    /// The path, if it fits no more than one.
    pub(crate) fn path(&self) -> Option<Vec<Step>> {
        let steps = self.0.iter().map(|part| match part {
            Part::Key(key) => Some(Step::Key(key.clone())),
            Part::Element => Some(Step::Element),
            Part::Glob(_) => None,
        });
        steps.collect()
    }

    /// Whether it fits elements themselves.
    pub(crate) fn ends_in_element(&self) -> bool {
        matches!(self.0.last(), Some(Part::Element))
    }

    /// Whether it fits nothing but elements, or what is in them.
    pub(crate) fn is_in_array(&self) -> bool {
        self.0.iter().any(|part| matches!(part, Part::Element))
    }
}

impl Part {
    fn fits(&self, step: &Step) -> bool {
        match (self, step) {
            (Self::Key(key), Step::Key(step)) => key == step,
            (Self::Glob(glob), Step::Key(step)) => glob_fits(glob, step),
            (Self::Element, Step::Element) => true,
            _ => false,
        }
    }
}

/// The first key of a text, and what follows.
fn part(text: &str) -> Result<(Part, &str), &'static str> {
    let empty = "has an empty key; quote it if it is meant so";
    let quote = text.chars().next().ok_or(empty)?;
    if quote == '"' || quote == '\'' {
        let end = quoted_end(text, quote).ok_or("has a quote that is not closed")?;
        let (quoted, rest) = text.split_at(end);
        let key = DeValue::parse(quoted).map_err(|_| "has a quoted key that is not TOML")?;
        let key = key.get_ref().as_str().unwrap_or_default();
        return Ok((Part::Key(key.to_owned()), rest));
    }
    let end = text.find(['.', '[', '"', '\'']).unwrap_or(text.len());
    let (key, rest) = text.split_at(end);
    match key {
        "" => Err(empty),
        key if key.contains('*') => Ok((Part::Glob(key.to_owned()), rest)),
        key => Ok((Part::Key(key.to_owned()), rest)),
    }
}

/// Where a quoted key ends, behind the closing quote.
fn quoted_end(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            c if c == quote => return Some(index + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::Shown;

    fn path(keys: &[&str]) -> Vec<Step> {
        let step = |key: &&str| match *key {
            "[]" => Step::Element,
            key => Step::Key(key.to_owned()),
        };
        keys.iter().map(step).collect()
    }

    #[test]
    fn patterns_fit_whole_paths() {
        let cases: [(&str, &[&str], bool); 14] = [
            ("a", &["a"], true),
            ("a", &["a", "b"], false),
            ("a.b", &["a", "b"], true),
            ("a.*", &["a", "b"], true),
            ("a.*", &["a"], false),
            ("a.*", &["a", "b", "c"], false),
            ("a.b*d", &["a", "bcd"], true),
            ("a.b*d", &["a", "bc"], false),
            ("*_key", &["api_key"], true),
            ("a[].b", &["a", "[]", "b"], true),
            ("a[][]", &["a", "[]", "[]"], true),
            ("a.*", &["a", "[]"], false),
            ("tls.\"ca.crt\"", &["tls", "ca.crt"], true),
            ("'*'", &["x"], false),
        ];
        for (pattern, keys, fits) in cases {
            let pattern_fits = Pattern::parse(pattern).map(|parsed| parsed.fits(&path(keys)));
            assert_eq!(pattern_fits, Ok(fits), "{pattern} for {keys:?}");
        }
    }

    #[test]
    fn many_stars_take_no_longer_than_one() {
        let glob = "*a".repeat(1000);
        let fits = |text: &str| Pattern::parse(&glob).map(|parsed| parsed.fits(&path(&[text])));
        assert_eq!(fits(&"a".repeat(1000)), Ok(true));
        assert_eq!(fits(&"a".repeat(999)), Ok(false));
        assert_eq!(fits(&("a".repeat(5000) + "b")), Ok(false));
        for (glob, text, expected) in [
            ("a*a", "a", false),
            ("a*a", "aa", true),
            ("*ab*b", "ab", false),
            ("*ab*b", "abb", true),
            ("**", "", true),
            ("*a*", "bab", true),
        ] {
            assert_eq!(glob_fits(glob, text), expected, "{glob} for {text}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        for text in [
            "", ".", "a.", ".a", "a..b", "a[", "a[0]", "a\"b\"", "\"a", "a[]b", "[]",
        ] {
            assert!(Pattern::parse(text).is_err(), "{text:?} is a pattern");
        }
    }

    #[test]
    fn a_path_is_shown_as_its_pattern() {
        let path = path(&["a b", "[]", "c"]);
        assert_eq!(Shown(&path).to_string(), "\"a b\"[].c");
        assert!(Pattern::parse("\"a b\"[].c").is_ok_and(|pattern| pattern.fits(&path)));
    }
}
