//! Every type and shape comes through encryption as through a plain module: the same assertions hold.

use std::fmt::Write;

use secrets_tests::{
    Project,
    age::{keygen, project, run},
};

const SECRETS: &str = r#"
    string = "line\n\u0000 \U0001F511"
    empty = ""
    small = -7
    max = 9223372036854775807
    above = 9223372036854775808
    float = 6.626e-34
    minus_zero = -0.0
    inf = -inf
    nan = nan
    yes = true
    no = false
    utc = 1979-05-27T07:32:00Z
    ahead = 1979-05-27T00:32:00.999999-07:00
    local = 1979-05-27T07:32
    date = 1979-05-27
    time = 07:32:01.000000001
    strings = ["a", "", "c"]
    numbers = [1, -2]
    bigs = [1, 18446744073709551615]
    floats = [0.5, inf]
    flags = [true, false]
    days = [1979-05-27, 2000-02-29]
    nothing = []
    nothings = [[], []]
    nested = [[1, 2], [], [3]]
    pair = [1, "two"]
    twelve = [1, "2", 3.0, true, 1979-05-27, [6], {key = "7"}, ["8"], 9, "10", 11, "12"]
    thirteen = [1, "2", 3.0, true, 1979-05-27, [6], {key = "7"}, ["8"], 9, "10", 11, "12", [13, "x"]]
    pairs = [[1, "one"], [2, "two"]]
    "key 🔑" = "odd"
    type = "keyword"

    [table]
    key = "inner"
    [table.table]
    key = "inmost"
    [nobody]
    [[server]]
    host = "one"
    port = 80
    tags = ["x"]
    [[server.disk]]
    size = 1
    [[server]]
    host = "two"
    [server.more]
    key = "more"
"#;

/// What holds of both; `text` and `bytes` are how the module shows a string and bytes.
const ASSERTIONS: &str = r#"
    use secrets_embed::{Kind, toml_datetime::{Date, Datetime, Offset, Time}};
    assert_eq!(text(&all.string), "line\n\0 \u{1F511}");
    assert_eq!(text(&all.empty), "");
    assert_eq!((all.small, all.max, all.above), (-7, i64::MAX, 1_u64 << 63));
    assert_eq!(all.float, 6.626e-34);
    assert!(all.minus_zero.is_sign_negative() && all.inf == f64::NEG_INFINITY && all.nan.is_nan());
    assert!(all.yes && !all.no);
    let day = Date { year: 1979, month: 5, day: 27 };
    let at = |hour, second, nanosecond, offset| Datetime {
        date: Some(day),
        time: Some(Time { hour, minute: 32, second, nanosecond }),
        offset,
    };
    assert_eq!(all.utc, at(7, Some(0), None, Some(Offset::Z)));
    let minutes = Some(Offset::Custom { minutes: -420 });
    assert_eq!(all.ahead, at(0, Some(0), Some(999_999_000), minutes));
    assert_eq!(all.local, at(7, None, None, None));
    assert_eq!(all.date, day);
    assert_eq!(all.time, Time { hour: 7, minute: 32, second: Some(1), nanosecond: Some(1) });
    assert_eq!(all.strings.iter().map(text).collect::<Vec<_>>(), ["a", "", "c"]);
    assert_eq!((&all.numbers[..], &all.bigs[..]), (&[1, -2][..], &[1, u64::MAX][..]));
    assert_eq!((&all.floats[..], &all.flags[..]), (&[0.5, f64::INFINITY][..], &[true, false][..]));
    assert_eq!(all.days[1], Date { year: 2000, month: 2, day: 29 });
    assert!(all.nothing.is_empty() && all.nothings.len() == 2);
    assert!(all.nested.iter().map(|inner| inner.to_vec()).eq([vec![1, 2], vec![], vec![3]]));
    assert_eq!((all.pair.0, text(&all.pair.1)), (1, "two"));
    assert_eq!((all.twelve.0, text(&all.twelve.1), all.twelve.2, all.twelve.3), (1, "2", 3.0, true));
    assert_eq!((all.twelve.4, all.twelve.5[0], text(&all.twelve.6.key)), (day, 6, "7"));
    assert_eq!((text(&all.twelve.7[0]), all.twelve.8, text(&all.twelve.11)), ("8", 9, "12"));
    assert_eq!((all.thirteen.0, all.thirteen.5[0], text(&all.thirteen.6.key)), (1, 6, "7"));
    assert_eq!((all.thirteen.12.0, text(&all.thirteen.12.1)), (13, "x"));
    assert_eq!((all.pairs[1].0, text(&all.pairs[1].1)), (2, "two"));
    assert_eq!((text(&all.key), text(&all.r#type)), ("odd", "keyword"));
    assert_eq!((text(&all.table.key), text(&all.table.table.key)), ("inner", "inmost"));
    assert!(all.nobody.is_empty());
    let [one, two] = &all.server[..] else { panic!("two servers") };
    assert_eq!((text(&one.host), one.port, text(&two.host), two.port), ("one", Some(80), "two", None));
    assert!(one.tags.as_ref().is_some_and(|tags| text(&tags[0]) == "x") && two.tags.is_none());
    assert!(one.disk.as_ref().is_some_and(|disks| disks[0].size == 1) && one.more.is_none());
    assert!(two.more.as_ref().is_some_and(|more| text(&more.key) == "more"));
    assert_eq!(bytes(&all.volume.blob), b"\xff\x00\xfe");
    assert_eq!(text(&all.volume.token), "a token");

    assert_eq!(all.len(), KEYS);
    let first: Vec<_> = all.iter().map(|(key, _)| key).take(3).collect();
    assert_eq!(first, ["deeply", "string", "empty"]);
    assert!(all["string"] == "line\n\0 \u{1F511}" && all["above"] == 1_u64 << 63 && all["yes"] == true);
    assert!(all["utc"] == all.utc && all["date"] == day && all["time"] == all.time);
    assert!(all["strings"] == ["a", "", "c"] && all["strings"][2] == "c" && all["numbers"] == [1, -2]);
    assert!(all["thirteen"].len() == 13 && all["thirteen"][12][1] == "x" && all["pair"][1] == "two");
    assert!(all["nested"][0] == [1, 2] && all["nested"][1].is_empty() && all["nothing"].is_empty());
    assert!(all["key 🔑"] == "odd" && all.get("key").is_none() && all.contains_key("type"));
    assert!(all["server"][0]["port"] == 80 && all["server"][1].get("port").is_none());
    assert_eq!((all["server"][0].len(), all["server"][1].len()), (4, 2));
    assert!(all["server"][1]["more"]["key"] == "more" && all["table"]["table"]["key"] == "inmost");
    assert_eq!((all["volume"]["blob"].kind(), all["server"].kind()), (Kind::Bytes, Kind::Array));
    assert_eq!((all["string"].kind(), all["twelve"].kind()), (Kind::String, Kind::Array));
    let (mut table, mut array) = (&all["deep"], &all["deeply"]);
    for _ in 0..100 {
        (table, array) = (&table["t"], &array[0]);
    }
    assert!(table["key"] == "deep" && *array == "deeply");
    assert!(DEEP == "deep");
    let shown = format!("{all:?}");
    assert!(shown.starts_with("Secrets { deeply: [REDACTED], string: [REDACTED], empty: [REDACTED]"));
    for value in ["two", "inner", "6.6", "1979", "80", "true", "255"] {
        assert!(!shown.contains(value), "{value}: {shown}");
    }
    print!("held");
"#;

fn write(project: &mut Project, more: &str) {
    project.features("encrypted,datetime");
    let mut secrets = SECRETS.to_owned();
    let _ = write!(secrets, "[deep{}]\nkey = \"deep\"\n", ".t".repeat(100));
    let deeply = format!(
        "deeply = {}\"deeply\"{}\n",
        "[".repeat(100),
        "]".repeat(100)
    );
    project.write(".secrets/secrets.toml", deeply + &secrets);
    project.write("mounted/volume/blob", b"\xff\x00\xfe");
    project.write("mounted/volume/token", "a token\n");
    project.metadata(&format!(
        "[package.metadata.secrets]\nfiles = [\".secrets/secrets.toml\", \"mounted\"]\n{more}"
    ));
}

fn program(project: &Project, head: &str) {
    let deep = format!("text(&all.deep{}.key)", ".t".repeat(100));
    let body = ASSERTIONS.replace("DEEP", &deep).replace("KEYS", "37");
    project.main(&format!("{head}\n{body}"));
}

#[test]
fn plain() {
    let mut project = project("encrypted-values-plain");
    write(&mut project, "");
    program(
        &project,
        "fn text<'a>(text: &&'a str) -> &'a str { text }
         fn bytes<'a>(bytes: &&'a [u8]) -> &'a [u8] { bytes }
         let all = secrets::SECRETS;",
    );
    assert_eq!(project.run_ok(), "held");
}

#[test]
fn encrypted() {
    let mut project = project("encrypted-values");
    let key = keygen(&project);
    write(
        &mut project,
        &format!("recipients = [\"{}\"]\n", key.recipient),
    );
    program(
        &project,
        "use secrets_embed::{ExposeSecret, Identity, SecretSlice, SecretString};
         fn text(text: &SecretString) -> &str { text.expose_secret() }
         fn bytes(bytes: &SecretSlice<u8>) -> &[u8] { bytes.expose_secret() }
         fn shared<T: Send + Sync + 'static>(_: &T) {}
         let all = secrets::Secrets::decrypt(
             &Identity::from_file(std::env::args().nth(1).unwrap()).unwrap()
         );
         let all = &all.unwrap();
         shared(all);",
    );
    assert_eq!(run(&project, &key), "held");
}
