//! Each type of leaf by key.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use secrets_embed::{Kind, Value};

use crate::plain_module::{Level, NUMBER, SECRETS};

/// What every `as_` method and `==` with a value of every type say, in one line.
fn answers(value: &Value) -> String {
    let answers = [
        value.as_str().map(|value| format!("str {value}")),
        value.as_i64().map(|value| format!("i64 {value}")),
        value.as_u64().map(|value| format!("u64 {value}")),
        value.as_i128().map(|value| format!("i128 {value}")),
        value.as_u128().map(|value| format!("u128 {value}")),
        value.as_f64().map(|value| format!("f64 {value}")),
        value.as_bool().map(|value| format!("bool {value}")),
        value.as_char().map(|value| format!("char {value}")),
        value.as_ip_addr().map(|value| format!("ip {value}")),
        value
            .as_socket_addr()
            .map(|value| format!("socket {value}")),
        value
            .as_duration()
            .map(|value| format!("duration {value:?}")),
        value.as_bytes().map(|value| format!("bytes {value:?}")),
    ];
    answers.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[test]
fn each_type_answers_for_itself_only() {
    for (key, expected) in [
        ("i8", "i64 -128, i128 -128"),
        ("i16", "i64 -32768, i128 -32768"),
        ("i32", "i64 -2147483648, i128 -2147483648"),
        ("i64", "i64 -9223372036854775808, i128 -9223372036854775808"),
        ("i128", "i128 -170141183460469231731687303715884105728"),
        ("u8", "i64 255, u64 255, i128 255, u128 255"),
        ("u16", "i64 65535, u64 65535, i128 65535, u128 65535"),
        (
            "u64",
            "u64 18446744073709551615, i128 18446744073709551615, u128 18446744073709551615",
        ),
        ("u128", "u128 340282366920938463463374607431768211455"),
        // Widening is exact, which shows that an `f32` is another number than the `f64` of its text.
        ("f32", "f64 0.10000000149011612"),
        ("f64", "f64 0.1"),
        ("bool", "bool true"),
        ("char", "char \u{10ffff}"),
        ("str", "str text, bytes [116, 101, 120, 116]"),
        (
            "choice",
            "str high level, bytes [104, 105, 103, 104, 32, 108, 101, 118, 101, 108]",
        ),
        ("ipv4", "ip 192.0.2.1"),
        ("ipv6", "ip 2001:db8::1"),
        ("socket-4", "socket 192.0.2.1:443"),
        ("socket-6", "socket [::1%2]:443"),
        ("duration", "duration 18446744073709551615.999999999s"),
        ("nested", ""),
    ] {
        assert_eq!(answers(&SECRETS[key]), expected, "{key}");
    }
}

#[test]
fn pointer_wide_integers_answer() {
    assert_eq!(SECRETS["isize"].as_i64(), i64::try_from(isize::MIN).ok());
    assert_eq!(SECRETS["isize"].as_u128(), None);
    assert_eq!(SECRETS["usize"].as_u64(), u64::try_from(usize::MAX).ok());
    assert_eq!(SECRETS["usize"].as_i128(), i128::try_from(usize::MAX).ok());
}

#[test]
fn kinds_are_distinguished() {
    for (key, kind) in [
        ("i8", Kind::Integer),
        ("i64", Kind::Integer),
        ("i128", Kind::Integer),
        ("u8", Kind::Integer),
        ("u64", Kind::Integer),
        ("u128", Kind::Integer),
        ("usize", Kind::Integer),
        ("f32", Kind::Float),
        ("f64", Kind::Float),
        ("bool", Kind::Boolean),
        ("char", Kind::Char),
        ("str", Kind::String),
        ("choice", Kind::String),
        ("ipv4", Kind::IpAddr),
        ("ipv6", Kind::IpAddr),
        ("socket-4", Kind::SocketAddr),
        ("socket-6", Kind::SocketAddr),
        ("duration", Kind::Duration),
        ("nested", Kind::Table),
    ] {
        assert_eq!(SECRETS[key].kind(), kind, "{key}");
    }
}

#[test]
fn integers_of_all_widths_compare() {
    assert!(SECRETS["i8"] == i8::MIN && SECRETS["i8"] == -128_i128);
    assert!(SECRETS["i16"] == i16::MIN && SECRETS["i32"] == i32::MIN);
    assert!(SECRETS["i64"] == i64::MIN && SECRETS["isize"] == isize::MIN);
    assert!(SECRETS["u8"] == u8::MAX && SECRETS["u8"] == 255 && SECRETS["u8"] == 255_u128);
    assert!(SECRETS["u16"] == u16::MAX && SECRETS["u32"] == NUMBER);
    assert!(SECRETS["u64"] == u64::MAX && SECRETS["usize"] == usize::MAX);
    assert!(u64::MAX == SECRETS["u64"] && u128::MAX == SECRETS["u128"]);

    assert!(SECRETS["i128"] == i128::MIN && SECRETS["i128"] != i64::MIN);
    assert!(SECRETS["u128"] == u128::MAX && SECRETS["u128"] != u64::MAX);
    // These have the same bits.
    assert!(SECRETS["u128"] != -1 && SECRETS["u128"] != -1_i128);
    assert!(SECRETS["u8"] != -1_i8 && SECRETS["i8"] != 128_u8);
    assert!(SECRETS["i128"] != 1_u128 << 127);
    // No integer is a float, nor the reverse.
    assert!(SECRETS["u8"] != 255.0 && SECRETS["f32"] != 0 && SECRETS["char"] != 0x10_ffff);
}

#[test]
fn other_leaves_compare() {
    assert!(SECRETS["f32"] == 0.1_f32);
    assert!(SECRETS["f32"] == f64::from(0.1_f32) && SECRETS["f32"] != 0.1);
    assert!(SECRETS["f64"] == 0.1 && SECRETS["f64"] != 0.1_f32);
    assert!(SECRETS["char"] == '\u{10ffff}' && SECRETS["char"] != 'a' && SECRETS["str"] != 't');
    assert!(SECRETS["choice"] == "high level" && *"high level" == SECRETS["choice"]);
    assert!(SECRETS["choice"] != "low" && SECRETS["choice"] != 1);

    let address = Ipv4Addr::new(192, 0, 2, 1);
    assert!(SECRETS["ipv4"] == address && SECRETS["ipv4"] == IpAddr::from(address));
    assert!(SECRETS["ipv4"] != Ipv4Addr::LOCALHOST && SECRETS["ipv4"] != "192.0.2.1");
    assert!(SECRETS["ipv4"] != address.to_ipv6_mapped());
    let wide: Ipv6Addr = "2001:db8::1".parse().expect("an address");
    assert!(SECRETS["ipv6"] == wide && IpAddr::from(wide) == SECRETS["ipv6"]);

    let socket = SocketAddr::from((address, 443));
    assert!(SECRETS["socket-4"] == socket && SECRETS["socket-4"] != address);
    assert!(SECRETS["socket-6"] == "[::1%2]:443".parse::<SocketAddr>().map(flow).expect("it"));
    // Without the flow information and the scope it is another one.
    assert!(SECRETS["socket-6"] != SocketAddr::from((Ipv6Addr::LOCALHOST, 443)));

    assert!(SECRETS["duration"] == Duration::new(u64::MAX, 999_999_999));
    assert!(Duration::ZERO != SECRETS["duration"] && SECRETS["duration"] != u64::MAX);
}

/// With the flow information, which no text has.
fn flow(mut socket: SocketAddr) -> SocketAddr {
    if let SocketAddr::V6(socket) = &mut socket {
        socket.set_flowinfo(1);
    }
    socket
}

#[test]
fn fields_are_the_values_themselves() {
    const PORT: u16 = SECRETS.fields().u16;
    const LEVEL: &str = SECRETS.fields().choice.as_str();
    assert_eq!((PORT, LEVEL), (u16::MAX, "high level"));
    assert!(SECRETS.choice == Level::High && SECRETS.char == '\u{10ffff}');
}

#[test]
fn debug_shows_no_value() {
    let text = format!("{SECRETS:?} {:#?}", SECRETS.as_value());
    assert!(text.starts_with("Secrets { small: [REDACTED], i16: [REDACTED], "));
    assert!(text.contains("nested: Nested { bytes: [REDACTED], "));
    let values = ["424242424", "high", "low", "192", "10ffff", "443", "text"];
    for value in values {
        assert!(!text.contains(value), "{value}: {text}");
    }
    for (key, value) in SECRETS.iter().filter(|(key, _)| *key != "nested") {
        assert_eq!(format!("{value:?}"), "[REDACTED]", "{key}");
    }
    assert_eq!(format!("{:?}", SECRETS.choice), "[REDACTED]");
}

#[test]
#[cfg(feature = "datetime")]
fn date_times_answer() {
    use secrets_embed::toml_datetime::{Date, Datetime, Time};

    const DATE: &Value = &Date {
        year: 1979,
        month: 5,
        day: 27,
    };
    const TIME: &Value = &Time {
        hour: 7,
        minute: 32,
        second: Some(0),
        nanosecond: None,
    };
    assert_eq!((DATE.kind(), TIME.kind()), (Kind::Datetime, Kind::Datetime));
    let date: Datetime = "1979-05-27".parse().expect("a date");
    assert!(*DATE == date && DATE.as_datetime() == Some(date) && *TIME != date);
    assert_eq!(answers(DATE) + &answers(TIME), "");
    assert_eq!(format!("{DATE:?}{TIME:?}"), "[REDACTED][REDACTED]");
}
