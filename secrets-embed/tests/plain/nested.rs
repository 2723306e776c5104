//! Arrays, bytes, tuples and tables by key.

use std::{
    net::Ipv4Addr,
    panic::{UnwindSafe, catch_unwind},
    time::Duration,
};

use secrets_embed::{Key, Kind, Value};

use crate::plain_module::SECRETS;

/// The message of a panic.
#[track_caller]
fn panics(value: impl FnOnce() -> &'static Value + UnwindSafe) -> String {
    let panic = catch_unwind(|| value().kind()).expect_err("a panic");
    match panic.downcast_ref::<String>() {
        Some(text) => text.clone(),
        None => panic
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .unwrap_or_default(),
    }
}

#[test]
fn a_slice_of_bytes_is_bytes() {
    let bytes = &SECRETS["nested"]["bytes"];
    assert_eq!(bytes.kind(), Kind::Bytes);
    assert_eq!(bytes.as_bytes(), Some(&[0, 255][..]));
    assert_eq!((bytes.len(), bytes.iter().count()), (0, 0));
    assert!(*bytes == [0, 255] && *bytes == [0_u8, 255] && *bytes != [0]);
    assert!(SECRETS["nested"]["no bytes"] == [0; 0]);
    assert_eq!(SECRETS["nested"]["no bytes"].as_bytes(), Some(&[][..]));
    assert_eq!(SECRETS["nested"]["deep"].as_bytes(), Some(&[9, 8][..]));
    assert_eq!(
        panics(|| &SECRETS["nested"]["bytes"][0]),
        "no element 0 in bytes"
    );

    let many = &SECRETS["nested"]["many bytes"];
    assert_eq!((many.kind(), many.len()), (Kind::Array, 2));
    assert_eq!(many[0].as_bytes(), Some(&[1, 2, 3][..]));
    assert!(*many == [&[1, 2, 3][..], &[]]);
}

#[test]
fn a_slice_of_anything_else_is_an_array() {
    let nested = &SECRETS["nested"];
    assert_eq!(nested["ports"].kind(), Kind::Array);
    assert!(nested["ports"] == [80, 443] && nested["ports"] == [80_u128, 443]);
    assert!(nested["ports"][1] == 443 && nested["ports"].as_bytes().is_none());
    assert!(nested["matrix"] == [&[1.5_f32][..], &[], &[0.1, 2.5]]);
    assert!(nested["matrix"][2][1] == 2.5 && nested["matrix"][1].is_empty());
    assert!(nested["choices"] == ["high level", "low"]);
    assert_eq!(
        panics(|| &SECRETS["nested"]["ports"][2]),
        "no element 2 in an array of 2"
    );
}

#[test]
fn a_mixed_array_has_elements() {
    let tuple = &SECRETS["nested"]["tuple"];
    assert_eq!((tuple.kind(), tuple.len()), (Kind::Array, 4));
    assert!(tuple[0] == 7 && tuple[1] == 'é' && tuple[2] == [i128::MIN, 0]);
    assert_eq!(tuple[3].as_duration(), Some(Duration::from_millis(1500)));
    let mixed = &SECRETS["nested"]["mixed"];
    assert!(mixed.len() == 2 && mixed[0] == 1 && mixed[1] == 'a');
}

#[test]
fn an_optional_field_is_there_or_not() {
    let nested = &SECRETS["nested"];
    assert!(nested["there"] == 3 && nested.get("not-there").is_none());
    assert!(SECRETS.nested.there == Some(3) && SECRETS.nested.not_there.is_none());
    assert_eq!(nested.len(), 11);
    assert_eq!(
        panics(|| &SECRETS["nested"]["not-there"]),
        "no key `nested.not-there` in the secrets"
    );

    let hosts = &nested["hosts"];
    assert!(
        hosts[0]["address"] == Ipv4Addr::LOCALHOST && hosts[0]["timeout"] == Duration::from_secs(2)
    );
    assert!(!hosts[1].contains_key("timeout"));
    assert_eq!(
        panics(|| &SECRETS["nested"]["hosts"][1]["timeout"]),
        "no key `nested.hosts[].timeout` in the secrets"
    );
}

#[test]
fn what_has_nothing_inside_says_what_it_is() {
    for (key, expected) in [
        ("i128", "an integer"),
        ("f32", "a float"),
        ("char", "a character"),
        ("choice", "a string"),
        ("ipv4", "an IP address"),
        ("socket-6", "a socket address"),
        ("duration", "a duration"),
    ] {
        let value: &'static Value = &SECRETS[key];
        assert!(value.is_empty() && value.get("key").is_none());
        assert_eq!(
            panics(|| &SECRETS[key]["key"]),
            format!("no key `key` in {expected}")
        );
        assert_eq!(
            panics(|| &SECRETS[key][3]),
            format!("no element 3 in {expected}")
        );
    }
}

#[test]
fn keys_are_those_of_the_file() {
    let keys: Vec<_> = SECRETS["nested"].iter().map(|(key, _)| key).collect();
    assert_eq!(keys[1], Key::Name("many bytes"));
    assert!(!SECRETS.contains_key("socket_4") && SECRETS.contains_key("socket-4"));
    assert_eq!((SECRETS.len(), SECRETS.as_value().len()), (24, 24));
}
