//! Key notation, `Debug`, panics and `env_vars` on a generated module.

use secrets_tests::Project;

const FILE: &str = r#"
    zebra = "text"
    number = 42
    negative = -1
    big = 18446744073709551615
    float = 1.5
    flag = true
    list = ["a", "b"]
    numbers = [1, 2]
    mixed = ["x", 7, { y = 1 }]
    empty = []
    "dotted.key" = "quoted"
    [database]
    password = "hidden-password"
    port = 5432
    [database.tls]
    cert = "hidden-cert"
    [[servers]]
    name = "hidden-one"
    [[servers]]
    name = "hidden-two"
    tls = { cert = "x" }
    [[ordered]]
    a = 1
    b = 2
    [[ordered]]
    c = 3
    b = 2
    a = 1
    [nothing]
    [alpha]
    "with space" = { a = 1 }
"#;

#[test]
fn the_whole_of_value() {
    let project = Project::new("notation-value");
    project.write(".secrets/secrets.toml", FILE);
    project.main(
        r#"
            use secrets_embed::{Key, Kind, Value};
            use secrets::SECRETS;
            fn shared<T: Send + Sync + ?Sized>(_: &T) {}

            // One row for each kind: which `as_` yields something, and the length.
            let rows: [(&str, Kind, [bool; 6], usize); 8] = [
                ("zebra", Kind::String, [true, false, false, false, false, true], 0),
                ("number", Kind::Integer, [false, true, true, false, false, false], 0),
                ("negative", Kind::Integer, [false, true, false, false, false, false], 0),
                ("big", Kind::Integer, [false, false, true, false, false, false], 0),
                ("float", Kind::Float, [false, false, false, true, false, false], 0),
                ("flag", Kind::Boolean, [false, false, false, false, true, false], 0),
                ("mixed", Kind::Array, [false; 6], 3),
                ("database", Kind::Table, [false; 6], 3),
            ];
            for (key, kind, yields, len) in rows {
                let value = &SECRETS[key];
                shared(value);
                let found = [
                    value.as_str().is_some(), value.as_i64().is_some(), value.as_u64().is_some(),
                    value.as_f64().is_some(), value.as_bool().is_some(), value.as_bytes().is_some(),
                ];
                assert_eq!((value.kind(), found, value.len()), (kind, yields, len), "{key}");
                assert_eq!((value.is_empty(), value.iter().count()), (len == 0, len), "{key}");
            }
            shared(SECRETS);
            assert_eq!(SECRETS["zebra"].as_bytes(), Some(&b"text"[..]));

            // Comparison, either way round.
            macro_rules! equal {
                ($($key:literal: $($value:expr),*;)*) => {$($(
                    assert!(SECRETS[$key] == $value && $value == SECRETS[$key], $key);
                )*)*};
            }
            equal! {
                "zebra": "text", *"text";
                "number": 42, 42_i8, 42_i16, 42_i32, 42_i64, 42_i128, 42_isize;
                "number": 42_u8, 42_u16, 42_u32, 42_u64, 42_u128, 42_usize;
                "negative": -1, -1_i8, -1_i64, -1_i128;
                "big": u64::MAX, 18_446_744_073_709_551_615_u128, i128::from(u64::MAX);
                "float": 1.5;
                "flag": true;
                "list": ["a", "b"], &["a", "b"], ["a", "b"][..], &["a", "b"][..];
                "numbers": [1, 2], [1_u8, 2], [1_i64, 2][..];
            }
            assert!(SECRETS["negative"] != u64::MAX && SECRETS["negative"] != u128::MAX);
            assert!(SECRETS["big"] != -1 && SECRETS["big"] != u128::MAX);
            assert!(SECRETS["number"] != 42.0 && SECRETS["number"] != "42" && SECRETS["float"] != 1);
            assert!(SECRETS["list"] != ["a"] && SECRETS["list"] != ["a", "b", "c"]);
            assert!(SECRETS["numbers"] != [1.0, 2.0] && SECRETS["zebra"] != ["text"]);

            // Order is that of the file, positions stand for the keys of an array.
            let keys: Vec<_> = SECRETS.iter().map(|(key, _)| key).collect();
            assert_eq!(keys[0], "zebra");
            assert_eq!(&keys[9..], ["empty", "dotted.key", "database", "servers", "ordered", "nothing", "alpha"]);
            let database = &SECRETS["database"];
            let keys: Vec<_> = database.iter().filter_map(|(key, _)| key.as_str()).collect();
            assert_eq!(keys, ["password", "port", "tls"]);
            for (position, (key, value)) in (&SECRETS["mixed"]).into_iter().enumerate() {
                assert!(key == position && key == Key::Position(position) && key.as_str().is_none());
                assert_eq!(value.kind(), SECRETS["mixed"][position].kind());
                assert_eq!(key.to_string(), position.to_string());
            }
            for (key, value) in SECRETS.database.tls { assert!(key == "cert" && *value == "hidden-cert"); }
            assert!(SECRETS.nothing.is_empty() && SECRETS.nothing.len() == 0 && SECRETS["empty"].is_empty());
            assert!(SECRETS["mixed"][2]["y"] == 1 && SECRETS.mixed.2.y == 1);
            assert!(SECRETS.database.contains_key("tls") && !SECRETS.database.contains_key("TLS"));
            assert!(database.contains_key("tls") && !SECRETS["zebra"].contains_key("tls"));

            // A key that this element of an array lacks is not there.
            let [first, second] = [&SECRETS["servers"][0], &SECRETS["servers"][1]];
            assert!(first.get("tls").is_none() && second.get("tls").is_some());
            assert_eq!((first.len(), second.len(), SECRETS.servers[0].len()), (1, 2, 1));

            // Tables of one array have one order: the first one's, then what only later ones have.
            let keys = |index: usize| {
                let keys = SECRETS["ordered"][index].iter();
                keys.map(|(key, _)| key.to_string()).collect::<Vec<_>>()
            };
            assert_eq!((keys(0), keys(1).concat()), (vec!["a".to_owned(), "b".to_owned()], "abc".to_owned()));

            // Constants.
            const PASSWORD: &str = secrets::DATABASE.fields().password;
            const TLS: &secrets::DatabaseTls = secrets::SECRETS.fields().database.fields().tls;
            assert_eq!((PASSWORD, TLS.cert), ("hidden-password", "hidden-cert"));
            let value: &Value = SECRETS.as_value();
            assert!(value["database"]["port"] == 5432);
            print!("held");
        "#,
    );
    assert_eq!(project.run_ok(), "held");
}

#[test]
fn debug_and_panics_show_no_value() {
    let project = Project::new("notation-debug");
    project.write(".secrets/secrets.toml", FILE);
    project.main(
        r#"
            use secrets::SECRETS;
            println!("{:?}", SECRETS.database);
            println!("{:?}", &SECRETS["database"]);
            println!("{:?} {:?} {:?}", &SECRETS["zebra"], &SECRETS["list"], &SECRETS["servers"]);
            println!("{:?} {:?}", SECRETS.servers, SECRETS.alpha);
            println!("{:#?}", SECRETS.database.tls);
            std::panic::set_hook(Box::new(|info| {
                let message = info.payload();
                let message = message.downcast_ref::<String>().map(String::as_str)
                    .or(message.downcast_ref::<&str>().copied());
                println!("{} {}", info.location().unwrap().file(), message.unwrap());
            }));
            let attempts: [fn(); 11] = [
                || drop(&SECRETS["missing"]),
                || drop(&SECRETS["database"]["passwort"]),
                || drop(&SECRETS.database.tls["nope"]),
                || drop(&SECRETS["servers"][1]["tls"]["nope"]),
                || drop(&SECRETS["servers"][0]["tls"]),
                || drop(&SECRETS["alpha"]["with space"]["b"]),
                || drop(&SECRETS["database.port"]),
                || drop(&SECRETS["mixed"][2]["nope"]),
                || drop(&SECRETS["zebra"]["x"]),
                || drop(&SECRETS["list"][2]),
                || drop(&SECRETS["database"][0]),
            ];
            for attempt in attempts { assert!(std::panic::catch_unwind(attempt).is_err()); }
        "#,
    );
    let expected = r#"Database { password: [REDACTED], port: [REDACTED], tls: DatabaseTls { cert: [REDACTED] } }
Database { password: [REDACTED], port: [REDACTED], tls: DatabaseTls { cert: [REDACTED] } }
[REDACTED] [REDACTED] [REDACTED]
[Servers { name: [REDACTED], tls: [REDACTED] }, Servers { name: [REDACTED], tls: DatabaseTls { cert: [REDACTED] } }] Alpha { with_space: AlphaWithSpace { a: [REDACTED] } }
DatabaseTls {
    cert: [REDACTED],
}
src/main.rs no key `missing` in the secrets
src/main.rs no key `database.passwort` in the secrets
src/main.rs no key `database.tls.nope` in the secrets
src/main.rs no key `servers[1].tls.nope` in the secrets
src/main.rs no key `servers[0].tls` in the secrets
src/main.rs no key `alpha."with space".b` in the secrets
src/main.rs no key `"database.port"` in the secrets
src/main.rs no key `mixed[2].nope` in the secrets
src/main.rs no key `x` in a string
src/main.rs no element 2 in an array of 2
src/main.rs no element 0 in a table
"#;
    assert_eq!(project.run_ok(), expected);
}

#[test]
fn variables_are_written_as_python_does() {
    let project = Project::new("notation-variables");
    project.write(
        ".secrets/secrets.toml",
        "b = 'text'\na = 1_000\n'x=y' = 'skipped'\n\"nul\\u0000\" = 1\nzero = \"\\u0000\"\n'' = 1\n\
         flag = true\nlarge = 1e16\nsmall = 0.00001\nfloat = 1.0\nnan = nan\ninf = -inf\n\
         list = [1]\nbig = 18446744073709551615\n'Key With Spaces' = ''\n[table]\nx = 1\n",
    );
    project
        .main(r#"for (name, text) in secrets::SECRETS.env_vars() { println!("{name}={text}"); }"#);
    let expected = "b=text\na=1000\nlarge=1e+16\nsmall=1e-05\nfloat=1.0\nnan=nan\ninf=-inf\n\
        big=18446744073709551615\nKey With Spaces=\n";
    assert_eq!(project.run_ok(), expected);
}
