//! Literals of the values that take more than a line to write.

use toml_datetime::{Date, Datetime, Offset, Time};

use crate::layout::Ty;

/// What stands for a value of a type in documentation.
pub(super) fn placeholder(leaf: &Ty) -> &'static str {
    const DATE: &str = "::secrets_embed::toml_datetime::Date { year: 1970, month: 1, day: 1 }";
    const TIME: &str = "::secrets_embed::toml_datetime::Time { hour: 0, minute: 0, \
        second: ::core::option::Option::None, nanosecond: ::core::option::Option::None }";
    const DATETIME: &str = "::secrets_embed::toml_datetime::Datetime { \
        date: ::core::option::Option::None, time: ::core::option::Option::None, \
        offset: ::core::option::Option::None }";
    match leaf {
        Ty::Str => "\"\"",
        Ty::F64 => "0.0",
        Ty::Bool => "false",
        Ty::Date => DATE,
        Ty::Time => TIME,
        Ty::Datetime => DATETIME,
        Ty::Bytes => "&[]",
        _ => "0",
    }
}

/// A date-time as an expression; its numbers on lines of their own.
pub(super) fn datetime(datetime: &Datetime) -> String {
    const PATH: &str = "::secrets_embed::toml_datetime";
    match (datetime.date, datetime.time) {
        (Some(date), None) => self::date(date),
        (None, Some(time)) => self::time(time),
        (date, time) => {
            let offset = datetime.offset.as_ref().map(|offset| match offset {
                Offset::Z => format!("{PATH}::Offset::Z"),
                Offset::Custom { minutes } => {
                    format!("{PATH}::Offset::Custom {{\nminutes: {minutes}\n}}")
                }
            });
            format!(
                "{PATH}::Datetime {{ date: {}, time: {}, offset: {} }}",
                option(date.map(self::date)),
                option(time.map(self::time)),
                option(offset),
            )
        }
    }
}

fn date(date: Date) -> String {
    let Date { year, month, day } = date;
    format!("::secrets_embed::toml_datetime::Date {{\nyear: {year}, month: {month}, day: {day}\n}}")
}

fn time(time: Time) -> String {
    let Time {
        hour,
        minute,
        second,
        nanosecond,
    } = time;
    let (second, nanosecond) = (option(second), option(nanosecond));
    format!(
        "::secrets_embed::toml_datetime::Time {{\nhour: {hour}, minute: {minute}, \
         second: {second}, nanosecond: {nanosecond}\n}}"
    )
}

fn option(value: Option<impl std::fmt::Display>) -> String {
    match value {
        Some(value) => format!("::core::option::Option::Some({value})"),
        None => "::core::option::Option::None".to_owned(),
    }
}

/// A float as Python's `str` writes it, which is what Streamlit exports: as Rust's `Debug`, but for
/// an exponent with a sign and two digits.
pub(super) fn python_float(float: f64) -> String {
    let text = format!("{float:?}").to_lowercase();
    match text.split_once('e') {
        Some((digits, exponent)) => {
            let digits = digits.strip_suffix(".0").unwrap_or(digits);
            let (sign, exponent) = match exponent.strip_prefix('-') {
                Some(exponent) => ('-', exponent),
                None => ('+', exponent),
            };
            format!("{digits}e{sign}{exponent:0>2}")
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::python_float;

    #[test]
    fn floats_are_written_as_python_does() {
        let cases = [
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (1.5e300, "1.5e+300"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (123_456_789_012_345.6, "123456789012345.6"),
            (-0.0, "-0.0"),
            (f64::INFINITY, "inf"),
            (f64::NAN, "nan"),
        ];
        for (float, text) in cases {
            assert_eq!(python_float(float), text);
        }
    }
}
