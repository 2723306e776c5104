//! Literals of the values that take more than a line to write.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use toml_datetime::{Date, Datetime, Offset, Time};

use crate::{
    model::{names, scalar::ScalarValue},
    write::layout::{Layout, RustType},
};

const DATE: &str = "__embed::toml_datetime::Date { year: 1970, month: 1, day: 1 }";
const TIME: &str = "__embed::toml_datetime::Time { hour: 0, minute: 0, \
    second: ::core::option::Option::None, nanosecond: ::core::option::Option::None }";
const DATETIME: &str = "__embed::toml_datetime::Datetime { \
    date: ::core::option::Option::None, time: ::core::option::Option::None, \
    offset: ::core::option::Option::None }";
const IP_ADDR: &str = "::core::net::IpAddr::V4(::core::net::Ipv4Addr::UNSPECIFIED)";
const SOCKET_ADDR: &str = "::core::net::SocketAddr::new(::core::net::IpAddr::V4(\
    ::core::net::Ipv4Addr::UNSPECIFIED), 0)";

/// What stands for a value of a type in documentation.
pub(super) fn placeholder(leaf: &RustType, layout: &Layout) -> String {
    if let RustType::Enum(index) = leaf {
        return variant(layout, *index, 0);
    }
    let literal = match leaf {
        RustType::Str => "\"\"",
        RustType::F64 | RustType::F32 => "0.0",
        RustType::Char => "' '",
        RustType::IpAddr => IP_ADDR,
        RustType::SocketAddr => SOCKET_ADDR,
        RustType::Duration => "::core::time::Duration::ZERO",
        RustType::Bool => "false",
        RustType::Date => DATE,
        RustType::Time => TIME,
        RustType::Datetime => DATETIME,
        RustType::Bytes => "&[]",
        _ => "0",
    };
    literal.to_owned()
}

/// A variant as an expression in a module beside that of the enums.
fn variant(layout: &Layout, index: usize, position: usize) -> String {
    let choice = &layout.enums[index];
    format!(
        "super::tables::{}::{}",
        choice.name,
        names::variant_name(&choice.texts[position])
    )
}

/// A value of a type beyond those of TOML as an expression; its parts on lines of their own.
pub(super) fn typed(typed: &ScalarValue, ty: &RustType, layout: &Layout) -> String {
    match typed {
        ScalarValue::Int(_, integer) => integer.to_string(),
        ScalarValue::U128(integer) => integer.to_string(),
        ScalarValue::F32(float) => float32(*float),
        ScalarValue::Char(c) => format!("'{}'", c.escape_default()),
        ScalarValue::IpAddr(address) => ip_addr(*address),
        ScalarValue::SocketAddr(SocketAddr::V4(address)) => format!(
            "::core::net::SocketAddr::new({},\n{}\n)",
            ip_addr((*address.ip()).into()),
            address.port()
        ),
        ScalarValue::SocketAddr(SocketAddr::V6(address)) => format!(
            "::core::net::SocketAddr::V6(::core::net::SocketAddrV6::new({},\n{}, {}, {}\n))",
            ipv6_addr(*address.ip()),
            address.port(),
            address.flowinfo(),
            address.scope_id()
        ),
        ScalarValue::Duration(duration) => format!(
            "::core::time::Duration::new(\n{}, {}\n)",
            duration.as_secs(),
            duration.subsec_nanos()
        ),
        ScalarValue::Enum(_, position) => match ty {
            RustType::Enum(index) => variant(layout, *index, *position),
            // It has the type of its key.
            _ => String::new(),
        },
    }
}

fn float32(float: f32) -> String {
    let sign = if float.is_sign_negative() { "-" } else { "" };
    if float.is_nan() {
        format!("{sign}::core::primitive::f32::NAN")
    } else if float.is_infinite() {
        format!("{sign}::core::primitive::f32::INFINITY")
    } else {
        format!("{float:?}")
    }
}

fn ip_addr(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, d] = address.octets();
            format!("::core::net::IpAddr::V4(::core::net::Ipv4Addr::new(\n{a}, {b}, {c}, {d}\n))")
        }
        IpAddr::V6(address) => format!("::core::net::IpAddr::V6({})", ipv6_addr(address)),
    }
}

fn ipv6_addr(address: Ipv6Addr) -> String {
    let segments = address.segments().map(|segment| segment.to_string());
    format!("::core::net::Ipv6Addr::new(\n{}\n)", segments.join(", "))
}

/// A date-time as an expression; its numbers on lines of their own.
pub(super) fn datetime(datetime: &Datetime) -> String {
    const PATH: &str = "__embed::toml_datetime";
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
    format!("__embed::toml_datetime::Date {{\nyear: {year}, month: {month}, day: {day}\n}}")
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
        "__embed::toml_datetime::Time {{\nhour: {hour}, minute: {minute},\n\
         second: {second}, nanosecond: {nanosecond}\n}}"
    )
}

/// An option, its value on a line of its own.
fn option(value: Option<impl std::fmt::Display>) -> String {
    match value {
        Some(value) => format!("::core::option::Option::Some(\n{value}\n)"),
        None => "::core::option::Option::None".to_owned(),
    }
}

/// A float as Python's `str` writes it, which is what Streamlit exports: as Rust's `Debug`, but for
/// an exponent with a sign and two digits.
pub(super) fn python_float(float: f64) -> String {
    as_python_does(&format!("{float:?}"))
}

/// The same in the digits of an `f32`.
pub(super) fn python_float32(float: f32) -> String {
    as_python_does(&format!("{float:?}"))
}

fn as_python_does(text: &str) -> String {
    let text = text.to_lowercase();
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
