//! What may stand in a payload for the leaves of [`leaves`](crate::leaves).

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6},
    time::Duration,
};

use secrets_embed::{Error, ExposeSecret, Kind};

use crate::leaves::{FIELDS, Level, decrypt, payload};

/// A payload with other bytes for one field.
fn with(field: &str, bytes: &[u8]) -> Vec<u8> {
    let mut found = false;
    let fields: Vec<_> = FIELDS
        .iter()
        .map(|&(name, good)| {
            found |= name == field;
            (name, if name == field { bytes } else { good })
        })
        .collect();
    assert!(found, "no field {field}");
    payload(&fields)
}

#[test]
fn values_are_read() {
    let secrets = decrypt(&payload(FIELDS)).expect("decrypted");
    assert_eq!(
        (secrets.i8, secrets.i16, secrets.i32),
        (i8::MIN, i16::MIN, i32::MIN)
    );
    assert_eq!(
        (secrets.i64, secrets.i128, secrets.isize),
        (i64::MIN, i128::MIN, -2)
    );
    assert_eq!(
        (secrets.u8, secrets.u16, secrets.u32),
        (u8::MAX, u16::MAX, u32::MAX)
    );
    assert_eq!(
        (secrets.u64, secrets.u128, secrets.usize),
        (u64::MAX, u128::MAX, 1000)
    );
    assert_eq!(
        (secrets.f32.to_bits(), secrets.bool),
        (0.1_f32.to_bits(), true)
    );
    assert_eq!(secrets.char, '\u{10ffff}');
    assert!(secrets.choice == Level::High && secrets.nul == Level::Nul);
    assert_eq!(secrets.ipv4, Ipv4Addr::new(192, 0, 2, 1));
    assert_eq!(secrets.ipv6, Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1));
    assert_eq!(secrets.socket_4, SocketAddr::from(([192, 0, 2, 1], 443)));
    let socket = SocketAddrV6::new(Ipv6Addr::LOCALHOST, 443, 1, 2);
    assert_eq!(secrets.socket_6, SocketAddr::V6(socket));
    assert_eq!(secrets.duration, Duration::new(u64::MAX, 999_999_999));
    assert_eq!(secrets.bytes, [0xff, 0x80]);
    assert!(secrets.maybe == Some(Level::High));
}

#[test]
fn other_values_are_read() {
    let read = |field: &str, bytes: &[u8]| decrypt(&with(field, bytes)).expect(field);
    assert_eq!(read("i8", &[0x7f]).i8, i8::MAX);
    assert_eq!(read("i16", &[0xfe, 0xff, 0x03]).i16, i16::MAX);
    assert_eq!(read("i32", &[0x01]).i32, -1);
    assert_eq!(read("i32", &[0xfe, 0xff, 0xff, 0xff, 0x0f]).i32, i32::MAX);
    let max = [&[0xfe][..], &[0xff; 17], &[0x03]].concat();
    assert_eq!(read("i128", &max).i128, i128::MAX);
    assert_eq!(read("i128", &[0x01]).i128, -1);
    assert_eq!(read("u128", &[0x80, 0x01]).u128, 128);
    let one_above_64_bits = [&[0x80; 9][..], &[0x02]].concat();
    assert_eq!(read("u128", &one_above_64_bits).u128, 1 << 64);
    let nan = f32::from_bits(0xffc0_0001);
    assert_eq!(read("f32", &nan.to_le_bytes()).f32.to_bits(), nan.to_bits());
    assert_eq!(read("char", &[0xe9, 0x01]).char, 'é');
    assert_eq!(read("char", &[0xff, 0xaf, 0x03]).char, '\u{d7ff}');
    assert_eq!(read("char", &[0x80, 0xc0, 0x03]).char, '\u{e000}');
    assert!(read("choice", &[0]).choice == Level::Low);
    assert_eq!(read("duration", &[0, 0]).duration, Duration::ZERO);
    assert!(read("maybe", &[0]).maybe.is_none());
    // These are one address, but not one value.
    let mapped = [&[1][..], &Ipv4Addr::LOCALHOST.to_ipv6_mapped().octets()].concat();
    assert!(read("ipv4", &mapped).ipv4.is_ipv6());
}

#[test]
#[cfg(target_pointer_width = "64")]
fn pointer_wide_integers_are_read() {
    let extreme = [&[0xff; 9][..], &[0x01]].concat();
    let secrets = decrypt(&with("usize", &extreme)).expect("decrypted");
    assert_eq!(secrets.usize, usize::MAX);
    let secrets = decrypt(&with("isize", &extreme)).expect("decrypted");
    assert_eq!(secrets.isize, isize::MIN);
}

/// Each would be read by a wider type, or is followed by what the next one could be read from.
#[test]
fn what_is_out_of_range_is_an_error() {
    let above_u32 = [0x80, 0x80, 0x80, 0x80, 0x10];
    let above_u64 = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02];
    let above_u128 = [&[0x80; 18][..], &[0x04]].concat();
    let endless = [0xff; 19];
    let surrogate = [0x80, 0xb0, 0x03];
    let last_surrogate = [0xff, 0xbf, 0x03];
    let second = [0, 0x80, 0x94, 0xeb, 0xdc, 0x03];
    let port = [0, 127, 0, 0, 1, 0x80, 0x80, 0x04];
    let flow = [&[1][..], &[0; 16], &[0], &above_u32, &[0]].concat();
    let scope = [&[1][..], &[0; 16], &[0], &[0], &above_u32].concat();
    for (field, bytes) in [
        ("i16", &[0x80, 0x80, 0x04][..]),
        ("i16", &[0x81, 0x80, 0x04]),
        ("i32", &above_u32),
        ("i64", &above_u64),
        ("i128", &above_u128),
        ("i128", &endless),
        ("isize", &above_u64),
        ("u16", &[0x80, 0x80, 0x04]),
        ("u32", &above_u32),
        ("u32", &above_u64),
        ("u64", &above_u64),
        ("u128", &above_u128),
        ("u128", &endless),
        ("usize", &above_u64),
        ("bool", &[2]),
        ("char", &surrogate),
        ("char", &last_surrogate),
        ("char", &[0x80, 0x80, 0x44]),
        ("char", &above_u64),
        ("choice", &[3]),
        ("choice", &[0x83, 0x02]),
        ("choice", &above_u64),
        ("ipv4", &[2, 0, 0, 0, 0]),
        ("socket_4", &[2, 0, 0, 0, 0, 0]),
        ("socket_4", &port),
        ("socket_6", &flow),
        ("socket_6", &scope),
        ("duration", &second),
        ("duration", &[&above_u64[..], &[0]].concat()),
        ("duration", &[&[0][..], &above_u32].concat()),
        ("maybe", &[1, 3]),
        ("bytes", &[0x7f, 0]),
    ] {
        // Zeros may follow, so that nothing fails for its length.
        let payload = [with(field, bytes), vec![0; 64]].concat();
        let result = decrypt(&payload);
        assert!(matches!(result, Err(Error::Corrupt)), "{field} {bytes:x?}");
    }
}

#[test]
fn a_payload_that_ends_early_is_an_error() {
    let payload = payload(FIELDS);
    for length in 0..payload.len() {
        assert!(decrypt(&payload[..length]).is_err(), "{length} bytes");
    }
}

#[test]
fn random_payloads_never_panic() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let original = payload(FIELDS);
    let start = payload(&[]).len();
    for _ in 0..1000 {
        let mut payload = original.clone();
        for _ in 0..3 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let [byte, position, ..] = state.to_le_bytes();
            let position = start + usize::from(position) % (payload.len() - start);
            payload[position] = byte;
        }
        if let Ok(secrets) = decrypt(&payload) {
            assert!(secrets.env_vars().len() >= 13);
        }
    }
}

#[test]
fn values_are_reached_by_key() {
    let secrets = decrypt(&payload(FIELDS)).expect("decrypted");
    assert!(secrets["i128"] == i128::MIN && secrets["u128"] == u128::MAX);
    assert!(secrets["f32"] == 0.1_f32 && secrets["char"] == '\u{10ffff}');
    assert!(secrets["ipv4"] == Ipv4Addr::new(192, 0, 2, 1));
    assert!(secrets["ipv6"] == IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]));
    assert!(secrets["socket_4"] == SocketAddr::from(([192, 0, 2, 1], 443)));
    assert!(secrets["duration"] == Duration::new(u64::MAX, 999_999_999));

    let choice = &secrets["choice"];
    assert!(choice.kind() == Kind::String && *choice == "high level" && *choice != "low");
    assert!(choice.as_str() == Some("high level") && choice.as_secret().is_none());
    assert_eq!(choice.as_bytes(), Some(&b"high level"[..]));

    // An array, and no bytes: it has elements.
    let bytes = &secrets["bytes"];
    assert!(bytes.kind() == Kind::Array && bytes.as_bytes().is_none());
    assert!(*bytes == [0xff, 0x80] && bytes[1] == 0x80_u8 && bytes.len() == 2);
}

#[test]
fn debug_shows_no_value() {
    let secrets = decrypt(&payload(FIELDS)).expect("decrypted");
    let text = format!("{secrets:?}");
    assert_eq!(text.matches("[REDACTED]").count(), FIELDS.len());
    for value in ["high", "192", "255", "443", "0.1", "true", "999"] {
        assert!(!text.contains(value), "{value}: {text}");
    }
}

#[test]
fn the_environment_has_numbers_and_choices() {
    let secrets = decrypt(&payload(FIELDS)).expect("decrypted");
    let variables = secrets.env_vars();
    let variables: Vec<_> = variables
        .iter()
        .map(|(name, value)| (*name, value.expose_secret()))
        .collect();
    assert_eq!(
        variables,
        [
            ("i8", "-128"),
            ("i16", "-32768"),
            ("i32", "-2147483648"),
            ("i64", "-9223372036854775808"),
            ("i128", "-170141183460469231731687303715884105728"),
            ("isize", "-2"),
            ("u8", "255"),
            ("u16", "65535"),
            ("u32", "4294967295"),
            ("u64", "18446744073709551615"),
            ("u128", "340282366920938463463374607431768211455"),
            ("usize", "1000"),
            ("f32", "0.1"),
            ("choice", "high level"),
            ("maybe", "high level"),
        ]
    );
    for (float, text) in [
        (1e16_f32, "1e+16"),
        (1.5e-7, "1.5e-07"),
        (-0.0, "-0.0"),
        (f32::NAN, "nan"),
        (f32::MAX, "3.4028235e+38"),
    ] {
        let secrets = decrypt(&with("f32", &float.to_le_bytes())).expect("decrypted");
        let variables = secrets.env_vars();
        let (_, value) = variables
            .iter()
            .find(|(name, _)| *name == "f32")
            .expect("it");
        assert_eq!(value.expose_secret(), text);
    }
}

#[test]
#[cfg(feature = "datetime")]
fn every_part_of_a_date_time_is_wiped() {
    use secrets_embed::{
        __private::Wipe,
        toml_datetime::{Date, Datetime, Offset, Time},
    };
    let mut value: Datetime = "1979-05-27T07:32:01.5+01:30".parse().expect("a date-time");
    value.wipe();
    let (date, time, offset) = (value.date, value.time, value.offset);
    let none = Date {
        year: 0,
        month: 0,
        day: 0,
    };
    assert_eq!(date.expect("a date"), none);
    let time: Time = time.expect("a time");
    assert_eq!((time.hour, time.minute), (0, 0));
    assert_eq!((time.second, time.nanosecond), (Some(0), Some(0)));
    assert_eq!(offset, Some(Offset::Custom { minutes: 0 }));
}
