//! Values that have no others in them, as literals.

use std::fmt::Write;

use crate::{
    model::tree::Value,
    write::{
        code::{
            literal::{datetime, typed},
            values::Writer,
        },
        layout::RustType,
    },
};

impl Writer<'_> {
    /// A leaf on lines of its own: an error about a path beside it prints the line of the path.
    pub(super) fn leaf(&mut self, ty: &RustType, value: &Value) {
        self.push("\n");
        match value {
            Value::String(string) => self.string(string),
            Value::Integer(integer) | Value::Unsigned(integer) => {
                let _ = write!(self.out, "{integer}");
            }
            Value::Float(float) if float.is_nan() => {
                self.push(if float.is_sign_negative() { "-" } else { "" });
                self.push("::core::primitive::f64::NAN");
            }
            Value::Float(float) if float.is_infinite() => {
                self.push(if *float < 0.0 { "-" } else { "" });
                self.push("::core::primitive::f64::INFINITY");
            }
            Value::Float(float) => self.push(&format!("{float:?}")),
            Value::Boolean(boolean) => self.push(if *boolean { "true" } else { "false" }),
            Value::Datetime(value) => self.push(&datetime(value)),
            Value::Bytes(bytes) => {
                let _ = write!(self.out, "b\"{}\"", bytes.escape_ascii());
            }
            Value::Typed(value) => self.push(&typed(value, ty, self.layout)),
            // Tables and arrays have types of their own, which were handled by the caller.
            Value::Array(_) | Value::Table(_) => {}
        }
        self.push("\n");
    }

    /// A string literal of printable ASCII, so that no lint has anything to say about it.
    pub(super) fn string(&mut self, string: &str) {
        self.push("\"");
        self.out
            .extend(string.chars().flat_map(char::escape_default));
        self.push("\"");
    }
}
