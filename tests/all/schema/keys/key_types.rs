//! Every type of keys in a program: the same assertions hold of plain and of encrypted modules.

use secrets_tests::{
    Project,
    age::{keygen, run},
};

const KEYS: &str = r#"
    [package.metadata.secrets.keys]
    i8 = { type = "i8" }
    i16 = { type = "i16" }
    i32 = { type = "i32" }
    i64 = { type = "i64" }
    i128 = { type = "i128" }
    isize = { type = "isize" }
    u8 = { type = "u8" }
    u16 = { type = "u16" }
    u32 = { type = "u32" }
    u64 = { type = "u64" }
    u128 = { type = "u128" }
    usize = { type = "usize" }
    f32 = { type = "f32" }
    nan = { type = "f32" }
    infinite = { type = "f32" }
    f64 = { type = "f64" }
    bool = { type = "bool" }
    char = { type = "char" }
    string = { type = "string" }
    url = { type = "url" }
    v4 = { type = "ip-addr" }
    v6 = { type = "ip-addr" }
    socket_v4 = { type = "socket-addr" }
    socket_v6 = { type = "socket-addr" }
    wait = { type = "duration" }
    instant = { type = "date-time" }
    date = { type = "date" }
    time = { type = "time" }
    base64 = { type = "bytes:base64" }
    hex = { type = "bytes:hex" }
    utf8 = { type = "bytes:utf8" }
    nothing = { type = "bytes:base64" }
    level = { type = "enum:debug|info|very high" }
    odd = { type = "enum:self|type|1st|\U0001F511|r#fn|Ok|None|größe|\"`\\|*/" }
    none = { type = "u128", optional = true }
    some = { type = "duration", optional = true }
    "list[]" = { type = "u16" }
    "levels[]" = { type = "enum:debug|info|very high" }
    "pairs[][]" = { type = "char" }
    "server[].port" = { type = "u16", optional = true }
    "server[].mode" = { type = "enum:a|b" }
    "nested.deep.addr" = { type = "ip-addr" }
"#;

const SECRETS: &str = r#"
    i8 = -128
    i16 = -32768
    i32 = -2147483648
    i64 = -9223372036854775808
    i128 = "-170141183460469231731687303715884105728"
    isize = -9223372036854775808
    u8 = 255
    u16 = 65535
    u32 = 4294967295
    u64 = 18446744073709551615
    u128 = "340282366920938463463374607431768211455"
    usize = 18446744073709551615
    f32 = 3.4028235e38
    nan = nan
    infinite = -inf
    f64 = 5
    bool = true
    char = "\U0001F511"
    string = "text"
    url = "https://host/"
    v4 = "10.0.0.1"
    v6 = "2001:db8::1"
    socket_v4 = "10.0.0.1:80"
    socket_v6 = "[fe80::1%7]:65535"
    wait = "1h 30m 5s 7ns"
    instant = 2026-01-01T00:00:00Z
    date = 2026-01-02
    time = 12:30:00
    base64 = "--__"
    hex = "00ffFF"
    utf8 = "é"
    nothing = ""
    level = "very high"
    odd = "1st"
    some = "1ms"
    list = [1, 2]
    levels = ["info", "debug"]
    pairs = [["a", "b"], []]
    [[server]]
    port = 80
    mode = "b"
    [[server]]
    mode = "a"
    [nested.deep]
    addr = "::1"
"#;

/// The first lines of a program that no lint has anything to say about.
const HEAD: &str = "//! A program.\n#![deny(warnings, missing_docs, unsafe_code, unreachable_pub, \
    unused_qualifications, missing_debug_implementations, missing_copy_implementations)]\n\
    /// The secrets.\npub mod secrets { secrets_embed::include_secrets!(); }\n";

/// What holds of both; `text` and `bytes` are how the module shows a string and bytes.
const ASSERTIONS: &str = r#"
    use core::{net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6}, time::Duration};
    use secrets_embed::toml_datetime::{Date, Datetime, Time};
    assert_eq!((all.i8, all.i16, all.i32), (i8::MIN, i16::MIN, i32::MIN));
    assert_eq!((all.i64, all.i128, all.isize), (i64::MIN, i128::MIN, isize::MIN));
    assert_eq!((all.u8, all.u16, all.u32), (u8::MAX, u16::MAX, u32::MAX));
    assert_eq!((all.u64, all.u128, all.usize), (u64::MAX, u128::MAX, usize::MAX));
    assert_eq!(all.f32.to_bits(), f32::MAX.to_bits());
    assert!(all.nan.is_nan() && all.infinite.is_infinite() && all.infinite < 0.0);
    assert_eq!((all.f64.to_bits(), all.bool, all.char), (5.0_f64.to_bits(), true, '\u{1f511}'));
    assert_eq!((text(&all.string), text(&all.url)), ("text", "https://host/"));
    let v6 = |segments: [u16; 8]| Ipv6Addr::from(segments);
    let v4: IpAddr = all.v4;
    assert_eq!(v4, Ipv4Addr::new(10, 0, 0, 1));
    assert_eq!(all.v6, v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]));
    assert_eq!(all.socket_v4, SocketAddr::new(v4, 80));
    let scoped = SocketAddrV6::new(v6([0xfe80, 0, 0, 0, 0, 0, 0, 1]), 65535, 0, 7);
    assert_eq!(all.socket_v6, SocketAddr::V6(scoped));
    assert_eq!(all.wait, Duration::new(5405, 7));
    let (instant, date, time): (Datetime, Date, Time) = (all.instant, all.date, all.time);
    assert_eq!((instant.date.map(|date| date.day), date.day, time.minute), (Some(1), 2, 30));
    assert_eq!(bytes(&all.base64), b"\xfb\xef\xff");
    assert_eq!((bytes(&all.hex), bytes(&all.utf8)), (&b"\x00\xff\xff"[..], "\u{e9}".as_bytes()));
    assert!(bytes(&all.nothing).is_empty());
    assert_eq!(all.level, secrets::Level::VeryHigh);
    assert!(all.level != secrets::Level::Debug && secrets::Level::Info.as_str() == "info");
    assert_eq!(all.level.as_str(), "very high");
    let texts = [
        secrets::Odd::Self_, secrets::Odd::Type, secrets::Odd::_1st, secrets::Odd::U1f511,
        secrets::Odd::RFn, secrets::Odd::Ok, secrets::Odd::None, secrets::Odd::Größe,
    ];
    let texts = texts.map(secrets::Odd::as_str);
    assert_eq!(texts, ["self", "type", "1st", "\u{1f511}", "r#fn", "Ok", "None", "größe"]);
    assert_eq!((all.odd, all.none), (secrets::Odd::_1st, None));
    assert_eq!(all.some, Some(Duration::from_millis(1)));
    assert_eq!(all.list[..], [1_u16, 2]);
    assert_eq!(all.levels[..], [secrets::Level::Info, secrets::Level::Debug]);
    assert!(all.pairs[0][..] == ['a', 'b'] && all.pairs[1].is_empty());
    assert_eq!((all.server[0].port, all.server[1].port), (Some(80), None));
    assert_eq!(all.server[0].mode, secrets::ServerMode::B);
    assert_eq!(all.nested.deep.addr, IpAddr::V6(Ipv6Addr::LOCALHOST));

    assert!(all["i8"] == -128 && all["u64"] == u64::MAX && all["u128"] == u128::MAX);
    assert!(all["i128"] == i128::MIN && all["u16"].as_i64() == Some(65535));
    assert!(all["f32"] == f32::MAX && all["char"] == '\u{1f511}' && all["v4"] == v4);
    assert!(all["socket_v6"] == SocketAddr::V6(scoped) && all["wait"] == Duration::new(5405, 7));
    assert!(all["level"] == "very high" && all["level"].as_str() == Some("very high"));
    assert!(all["levels"][1] == "debug" && all["server"][0]["mode"] == "b" && all["list"][1] == 2);
    assert!(all.get("none").is_none() && all["some"] == Duration::from_millis(1));
    assert!(all["server"][1].get("port").is_none());
    let shown = format!("{all:?} {:?} {:?}", all.level, all.odd);
    for value in ["very", "VeryHigh", "1st", "65535", "10.0", "5405", "fe80", "255"] {
        assert!(!shown.contains(value), "{shown}");
    }
    print!("held");
"#;

fn pedantic(project: &Project) {
    let run = project.cargo(&["clippy", "--", "-Wclippy::pedantic", "-Wclippy::nursery"]);
    assert!(run.success, "{}", run.stderr);
}

/// `cargo doc` without a warning and without a value.
fn documented(project: &mut Project, package: &str) {
    project.set("RUSTDOCFLAGS", "-D warnings");
    let run = project.cargo(&["doc", "--no-deps", "--document-private-items"]);
    assert!(run.success, "{}", run.stderr);
    let folder = project.target().join("doc").join(package).join("secrets");
    let mut pages = 0;
    for page in std::fs::read_dir(folder).expect("pages").flatten() {
        let Ok(text) = std::fs::read_to_string(page.path()) else {
            continue;
        };
        pages += 1;
        // The bytes of ciphertext are numbers, too.
        if page.file_name() == "constant.CIPHERTEXT.html" {
            continue;
        }
        for value in [
            "65535",
            "255",
            "65_535",
            "9223372036854775808",
            "3.40",
            "&#128273;",
        ] {
            let name = page.path();
            assert!(!text.contains(value), "{value} is in {}", name.display());
        }
    }
    assert!(pages > 3, "{pages} pages");
}

#[test]
fn every_type_is_a_constant() {
    let mut project = Project::new("keys-types");
    project.all_build_features().features("datetime");
    project.metadata(KEYS);
    project.write(".secrets/secrets.toml", SECRETS);
    let main = format!(
        "{HEAD}fn main() {{\n\
         let text = |text: &&'static str| *text;\nlet bytes = |bytes: &&'static [u8]| *bytes;\n\
         const PORTS: (i8, u128, f32, char, secrets::Level) = (secrets::I8, secrets::U128, \
         secrets::F32, secrets::CHAR, secrets::LEVEL);\n\
         const WAIT: Duration = secrets::WAIT;\n\
         const NONE: Option<u128> = secrets::NONE;\n\
         assert_eq!((PORTS.0, PORTS.1, PORTS.3, NONE), (i8::MIN, u128::MAX, '\\u{{1f511}}', None));\n\
         assert_eq!(WAIT.as_secs(), 5405);\nassert!(PORTS.2 > 1.0 && PORTS.4 == secrets::Level::VeryHigh);\n\
         let exported: Vec<_> = secrets::SECRETS.env_vars().filter(|(key, _)| \
         [\"i8\", \"u128\", \"f32\", \"level\", \"none\"].contains(key)).collect();\n\
         assert_eq!(exported, [(\"i8\", \"-128\"), (\"u128\", \
         \"340282366920938463463374607431768211455\"), (\"f32\", \"3.4028235e+38\"), \
         (\"level\", \"very high\")]);\n\
         let all = secrets::SECRETS;\n{ASSERTIONS}\n}}\n"
    );
    project.write("src/main.rs", main);
    assert_eq!(project.run_ok(), "held");
    // A program of assertions is no example of pedantry, but one that uses the module is.
    project.write(
        "src/main.rs",
        format!(
            "{HEAD}fn main() {{\nlet _ = (secrets::LEVEL, secrets::SECRETS.odd.as_str());\n}}\n"
        ),
    );
    pedantic(&project);
    documented(&mut project, "keys_types");
}

#[test]
fn every_type_comes_through_encryption() {
    let mut project = Project::new("keys-types-encrypted");
    project.all_build_features().features("encrypted,datetime");
    let key = keygen(&project);
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\n{KEYS}",
        key.recipient
    ));
    project.write(".secrets/secrets.toml", SECRETS);
    let main = format!(
        "{HEAD}fn main() {{\nuse secrets_embed::ExposeSecret;\n\
         let text = |text: &'static secrets_embed::SecretString| text.expose_secret();\n\
         let bytes = |bytes: &'static secrets_embed::SecretSlice<u8>| bytes.expose_secret();\n\
         let path = std::env::args().nth(1).expect(\"a path\");\n\
         let identity = secrets_embed::Identity::from_file(path).unwrap();\n\
         let all = secrets::init(&identity).unwrap();\n{ASSERTIONS}\n}}\n"
    );
    project.write("src/main.rs", main);
    assert_eq!(run(&project, &key), "held");
    project.write(
        "src/main.rs",
        format!("{HEAD}fn main() {{\nlet _ = secrets::Level::Info;\n}}\n"),
    );
    pedantic(&project);
    documented(&mut project, "keys_types_encrypted");
}
