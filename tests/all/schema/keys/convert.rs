//! Values as the types that their keys are given: what converts to what, and what is said if it does not.

use super::{FILE, LINE, with};

/// What must not be shown.
const MARKER: &str = "v4lue";

#[test]
fn a_value_becomes_the_type_of_its_key() {
    let ip = |address: &str| format!("::core::net::IpAddr::{address}");
    let v4 = |octets: &str| ip(&format!("V4(::core::net::Ipv4Addr::new({octets}))"));
    let duration = |parts: &str| format!("::core::time::Duration::new({parts})");
    let bytes = |text: &str| format!("b\"{text}\"");
    let cases = [
        ("i8", "-128", "-128".to_owned()),
        ("i8", "127", "127".to_owned()),
        ("u8", "255", "255".to_owned()),
        ("i16", "-32768", "-32768".to_owned()),
        ("u16", "65535", "65535".to_owned()),
        ("i32", "-2147483648", "-2147483648".to_owned()),
        ("u32", "0xffffffff", "4294967295".to_owned()),
        ("i64", "-9223372036854775808", i64::MIN.to_string()),
        ("u64", "18446744073709551615", u64::MAX.to_string()),
        ("isize", "-9223372036854775808", i64::MIN.to_string()),
        ("usize", "18446744073709551615", u64::MAX.to_string()),
        ("i128", "-5", "-5".to_owned()),
        ("i128", "18446744073709551615", u64::MAX.to_string()),
        (
            "i128",
            "'-170141183460469231731687303715884105728'",
            i128::MIN.to_string(),
        ),
        ("u128", "5", "5".to_owned()),
        (
            "u128",
            "'340282366920938463463374607431768211455'",
            u128::MAX.to_string(),
        ),
        ("f32", "1.5", "1.5".to_owned()),
        ("f32", "3", "3.0".to_owned()),
        ("f32", "16777216", "16777216.0".to_owned()),
        ("f32", "-0.0", "-0.0".to_owned()),
        ("f32", "3.4028235e38", "3.4028235e38".to_owned()),
        ("f32", "inf", "::core::primitive::f32::INFINITY".to_owned()),
        ("f32", "nan", "::core::primitive::f32::NAN".to_owned()),
        ("f64", "3", "3.0".to_owned()),
        ("f64", "9007199254740992", "9007199254740992.0".to_owned()),
        ("bool", "true", "true".to_owned()),
        ("string", "'x'", "\"x\"".to_owned()),
        ("char", "'\u{1f511}'", "'\\u{1f511}'".to_owned()),
        ("char", "\"'\"", "'\\''".to_owned()),
        ("char", "\"\\u0000\"", "'\\u{0}'".to_owned()),
        ("ip-addr", "'127.0.0.1'", v4("127, 0, 0, 1")),
        (
            "ip-addr",
            "'::1'",
            ip("V6(::core::net::Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 1))"),
        ),
        (
            "socket-addr",
            "'10.0.0.1:80'",
            format!("::core::net::SocketAddr::new({},80)", v4("10, 0, 0, 1")),
        ),
        (
            "socket-addr",
            "'[fe80::1%7]:65535'",
            "::core::net::SocketAddr::V6(::core::net::SocketAddrV6::new(\
             ::core::net::Ipv6Addr::new(65152, 0, 0, 0, 0, 0, 0, 1),65535, 0, 7))"
                .to_owned(),
        ),
        ("duration", "'0s'", duration("0, 0")),
        ("duration", "'1h 30m'", duration("5400, 0")),
        ("duration", "'1h30m 5s 1ns'", duration("5405, 1")),
        ("duration", "'2d 250ms'", duration("172800, 250000000")),
        ("bytes:utf8", "'\u{e9}'", bytes("\\xc3\\xa9")),
        ("bytes:utf8", "''", bytes("")),
        ("bytes:hex", "''", bytes("")),
        ("bytes:hex", "'00ffFF'", bytes("\\x00\\xff\\xff")),
        ("bytes:hex", "\"00\\n 01\\n\"", bytes("\\x00\\x01")),
        ("bytes:base64", "''", bytes("")),
        ("bytes:base64", "'Zm9vYg=='", bytes("foob")),
        ("bytes:base64", "'Zm9vYg'", bytes("foob")),
        ("bytes:base64", "'++//'", bytes("\\xfb\\xef\\xff")),
        ("bytes:base64", "'--__'", bytes("\\xfb\\xef\\xff")),
        ("bytes:base64", "'-_8='", bytes("\\xfb\\xff")),
        ("bytes:base64", "\"Zm9v\\r\\nYg==\\n\"", bytes("foob")),
        ("enum:a|b-c", "'b-c'", "super::tables::Key::BC".to_owned()),
    ];
    for (ty, value, literal) in cases {
        let folder = with(
            &format!("keys.key = {{ type = \"{ty}\" }}"),
            &format!("key = {value}"),
        );
        let values = folder.values(&FILE);
        let (_, rest) = values.split_once(" =").expect("a constant");
        let (found, _) = rest
            .split_once(";pub")
            .or(rest.split_once(";\n"))
            .expect("its end");
        assert_eq!(found, literal, "{value} as {ty}:\n{values}");
    }
}

#[test]
fn what_is_not_of_the_type_of_its_key_is_reported_without_its_value() {
    let duration = "a duration with its units, such as `30s` or `1h 30m`";
    let socket = "an IP address and a port, such as `127.0.0.1:80` or `[::1]:80`";
    let ip = "an IP address, such as `127.0.0.1` or `::1`";
    let (base64, hex) = (
        "a string in base64",
        "a string of pairs of hexadecimal digits",
    );
    let f32 = "a float in the range of `f32`";
    let cases = [
        ("i8", "128", "an integer from -128 to 127"),
        ("i8", "-129", "an integer from -128 to 127"),
        ("u8", "256", "an integer from 0 to 255"),
        ("u8", "-1", "an integer from 0 to 255"),
        ("i16", "32768", "an integer from -32768 to 32767"),
        ("u16", "65536", "an integer from 0 to 65535"),
        ("u16", "1.0", "an integer from 0 to 65535"),
        ("u16", "'80'", "an integer from 0 to 65535"),
        ("u16", "true", "an integer from 0 to 65535"),
        ("u16", "[80]", "an integer from 0 to 65535"),
        ("u16", "{ a = 80 }", "an integer from 0 to 65535"),
        (
            "i32",
            "2147483648",
            "an integer from -2147483648 to 2147483647",
        ),
        ("u32", "4294967296", "an integer from 0 to 4294967295"),
        ("i64", "9223372036854775808", "an integer of 64 bits"),
        ("isize", "9223372036854775808", "an integer of 64 bits"),
        ("u64", "-1", "an integer of 64 bits that is not negative"),
        ("usize", "-1", "an integer of 64 bits that is not negative"),
        (
            "i128",
            "'170141183460469231731687303715884105728'",
            "an integer of 128 bits",
        ),
        ("i128", "'v4lue'", "an integer of 128 bits"),
        (
            "u128",
            "'340282366920938463463374607431768211456'",
            "an integer of 128 bits that is not negative",
        ),
        ("u128", "-1", "an integer of 128 bits that is not negative"),
        (
            "u128",
            "'-1'",
            "an integer of 128 bits that is not negative",
        ),
        ("f32", "3.5e38", f32),
        // Neither would be what it was.
        ("f32", "16777217", f32),
        ("f32", "1e-50", f32),
        ("f32", "'1.5'", f32),
        ("f32", "9007199254740993", f32),
        ("f64", "9007199254740993", "a float"),
        ("f64", "'1.5'", "a float"),
        ("string", "1", "a string"),
        ("bool", "'true'", "`true` or `false`"),
        ("bool", "1", "`true` or `false`"),
        ("date-time", "2026-01-01", "a date-time"),
        ("date-time", "'2026-01-01T00:00:00Z'", "a date-time"),
        ("date", "2026-01-01T00:00:00", "a date"),
        ("date", "'v4lue'", "a date"),
        ("time", "2026-01-01", "a time of day"),
        ("char", "''", "a string of one character"),
        ("char", "'v4lue'", "a string of one character"),
        ("char", "118", "a string of one character"),
        ("ip-addr", "'127.0.0'", ip),
        ("ip-addr", "'fe80::1%7'", ip),
        ("ip-addr", "'127.0.0.1:80'", ip),
        ("ip-addr", "'v4lue'", ip),
        ("socket-addr", "'127.0.0.1'", socket),
        ("socket-addr", "'[::1]:65536'", socket),
        ("socket-addr", "'v4lue:80'", socket),
        ("duration", "30", duration),
        ("duration", "'30'", duration),
        ("duration", "'-1s'", duration),
        // A month, and not a minute.
        ("duration", "'1M'", duration),
        ("duration", "'0'", duration),
        ("duration", "'18446744073709551615s 1000ms'", duration),
        ("duration", "'1 v4lue'", duration),
        ("duration", "'99999999999999999999s'", duration),
        ("bytes:base64", "'v4lue'", base64),
        ("bytes:base64", "'Zm9vYg='", base64),
        ("bytes:base64", "'Zm9vYh'", base64),
        ("bytes:base64", "'+_//'", base64),
        ("bytes:base64", "1", base64),
        ("bytes:hex", "'abc'", hex),
        ("bytes:hex", "'v4lue'", hex),
        ("bytes:hex", "'0x00'", hex),
        ("bytes:utf8", "1", "text in UTF-8"),
        ("enum:low|high", "'v4lue'", "one of `low`, `high`"),
        ("enum:low|high", "'Low'", "one of `low`, `high`"),
        ("enum:1|2", "1", "one of `1`, `2`"),
    ];
    for (ty, value, expected) in cases {
        let settings = format!("keys.\"t.key\" = {{ type = \"{ty}\" }}");
        let folder = with(&settings, &format!("[t]\nkey = {value}"));
        let place = "Rule: secrets.toml:2:1: `t.key`";
        let message = match value.as_bytes() {
            [b'[', ..] => format!(
                "{place} is an array, which is not of type `{ty}`; the type of its elements is set for `t.key[]`"
            ),
            [b'{', ..] => {
                format!("{place} is a table, which is not of type `{ty}`; set the type of its keys")
            }
            _ => format!("{place} is not of type `{ty}`, expected {expected}"),
        };
        folder.fails(&FILE, &[&message]);
        assert!(!message.contains(MARKER), "{message}");
    }
}

#[test]
fn elements_are_converted_each() {
    let settings = "[package.metadata.secrets.keys]\n'hosts[]' = { type = \"ip-addr\" }\n\
                    'server[].port' = { type = \"u16\" }\n'pair[]' = { type = \"u8\" }\n\
                    'none[]' = { type = \"duration\" }\n'grid[][]' = { type = \"i8\" }";
    let text = "hosts = ['::1', '127.0.0.1']\nserver = [{ port = 1 }, { port = 2, x = 'y' }]\n\
                pair = [1, 2]\nnone = []\ngrid = [[1], []]\n";
    let values = with(settings, text).values(&FILE);
    for constant in [
        "const HOSTS: & 'static [:: core :: net :: IpAddr] =&[::core",
        "{ port: 1, x: ::core::option::Option::None, }",
        "const PAIR: & 'static [u8] =&[1, 2, ];",
        "const NONE: & 'static [:: core :: time :: Duration] =&[];",
        "const GRID: & 'static [& 'static [i8]] =&[&[1, ], &[], ];",
    ] {
        assert!(values.contains(constant), "{constant} is not in:\n{values}");
    }
    let text = "hosts = ['::1', 'v4lue']\nserver = [{ port = 1 }, { port = 70000 }]\n\
                pair = [1, 300]\nnone = [1]\ngrid = [[1, 128]]\n";
    with(settings, text).fails(
        &FILE,
        &[
            "Rule: secrets.toml:1:17: `hosts[]` is not of type `ip-addr`, expected an IP address, such as `127.0.0.1` or `::1`",
            "Rule: secrets.toml:2:27: `server[].port` is not of type `u16`, expected an integer from 0 to 65535",
            "Rule: secrets.toml:3:12: `pair[]` is not of type `u8`, expected an integer from 0 to 255",
            "Rule: secrets.toml:4:9: `none[]` is not of type `duration`, expected a duration with its units, such as `30s` or `1h 30m`",
            "Rule: secrets.toml:5:13: `grid[][]` is not of type `i8`, expected an integer from -128 to 127",
        ],
    );
}

#[test]
fn the_listing_names_the_types_of_keys() {
    let settings = "[package.metadata.secrets.keys]\na = { type = \"u16\" }\n\
                    b = { type = \"enum:x|y\" }\nc = { type = \"bytes:hex\" }\nd = { type = \"f64\" }";
    with(settings, "a = 1\nb = 'x'\nc = '00'\nd = 1\ne = 1\n").lists(
        &FILE,
        &[
            "a: u16, from secrets.toml:1:1",
            "b: enum:x|y, from secrets.toml:2:1",
            "c: bytes, from secrets.toml:3:1",
            "d: float, from secrets.toml:4:1",
            "e: integer, from secrets.toml:5:1",
        ],
    );
    // Of two entries for one key, each adds to what the other says.
    let settings = "keys.'*' = { min = 5 }\nkeys.a = { type = \"u16\" }";
    with(settings, "a = 1").fails(
        &FILE,
        &[&format!(
            "Rule: secrets.toml:1:1: `a` is below the `min` of 5 that `keys` sets at Cargo.toml:{LINE}:6"
        )],
    );
}
