//! The root table as variables of an environment.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::{
    encrypted::decrypt::Encrypted,
    node::{Value, View},
    table::Table,
};

impl<T: Encrypted> Table<T> {
    /// The strings, choices, integers and floats of the root with their names, as text, for the environment of a
    /// process. The text is wiped when it is dropped; what the process is given is not.
    #[must_use]
    pub fn env_vars(&self) -> Vec<(&'static str, SecretString)> {
        let fits = |name: &str| !name.is_empty() && !name.contains(['=', '\0']);
        let pairs = self.iter().filter(|(name, _)| fits(name));
        pairs
            .filter_map(|(name, value)| Some((name, text(value)?)))
            .collect()
    }
}

/// A string, choice, integer or float as text: floats as Python's `str` writes them, as Streamlit exports them.
/// `secrets-build` writes those of plain modules, in `write/code/literal.rs`.
fn text(value: &Value) -> Option<SecretString> {
    match value.view() {
        View::SecretString(string) => {
            Some(string.clone()).filter(|string| !string.expose_secret().contains('\0'))
        }
        View::Choice(name) => Some(name.into()).filter(|_| !name.contains('\0')),
        View::I64(integer) => Some(integer.to_string().into()),
        View::U64(integer) => Some(integer.to_string().into()),
        View::I128(integer) => Some(integer.to_string().into()),
        View::U128(integer) => Some(integer.to_string().into()),
        View::F64(float) => Some(python_float(float).into()),
        View::F32(float) => Some(python_float(float).into()),
        _ => None,
    }
}

/// As Rust's `Debug`, which is the shortest text of its type, but for an exponent with a sign and two
/// digits.
fn python_float(float: impl fmt::Debug) -> String {
    let text = format!("{float:?}").to_lowercase();
    let Some((digits, exponent)) = text.split_once('e') else {
        return text;
    };
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    match exponent.strip_prefix('-') {
        Some(exponent) => format!("{digits}e-{exponent:0>2}"),
        None => format!("{digits}e+{exponent:0>2}"),
    }
}
