//! Where there is nothing but text: files of secret directories, and variables.

use super::{FILE, with};

const DIRECTORY: [&str; 2] = ["--file", "mounted"];

/// The type, a text, and the same in TOML, as a value of that type or as one that it converts from.
const TEXTS: [(&str, &str, &str); 30] = [
    ("u16", "80", "80"),
    ("u16", " 80\n", "80"),
    ("u16", "0xffff", "65535"),
    ("u32", "+1_000", "1000"),
    ("u128", "0b11", "3"),
    ("f64", "1_000.5", "1000.5"),
    ("i8", "-128", "-128"),
    ("u64", "18446744073709551615", "18446744073709551615"),
    (
        "i128",
        "-170141183460469231731687303715884105728",
        "'-170141183460469231731687303715884105728'",
    ),
    (
        "u128",
        "340282366920938463463374607431768211455",
        "'340282366920938463463374607431768211455'",
    ),
    ("f32", "1.5", "1.5"),
    ("f32", "-inf", "-inf"),
    ("f64", "3", "3"),
    ("f64", "1e3", "1000.0"),
    ("f64", "nan", "nan"),
    ("bool", "true", "true"),
    ("bool", "false\n", "false"),
    ("string", "80", "'80'"),
    ("char", "x", "'x'"),
    ("char", " ", "' '"),
    ("date-time", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
    ("date", "2026-01-01\n", "2026-01-01"),
    ("time", "12:30:00", "12:30:00"),
    ("ip-addr", "::1", "'::1'"),
    ("socket-addr", "[::1]:80", "'[::1]:80'"),
    ("duration", "1h 30m", "'1h 30m'"),
    ("bytes:hex", "00ff", "'00ff'"),
    ("bytes:base64", "Zm9v", "'Zm9v'"),
    ("bytes:utf8", "foo", "'foo'"),
    ("enum:low|high", "high", "'high'"),
];

#[test]
fn a_file_of_a_directory_is_read_as_the_type_of_its_key() {
    for (ty, text, value) in TEXTS {
        let folder = with(
            &format!("keys.key = {{ type = \"{ty}\" }}"),
            &format!("key = {value}"),
        );
        let expected = folder.values(&FILE);
        folder.write("package/mounted/key", text);
        assert_eq!(folder.values(&DIRECTORY), expected, "{text:?} as {ty}");
    }
}

#[test]
fn a_variable_is_read_as_the_type_of_its_key() {
    for (ty, text, value) in TEXTS {
        let mut folder = with(
            &format!("keys.key = {{ type = \"{ty}\", optional = true }}\nkeys.other = {{}}"),
            &format!("key = {value}\nother = 1\n"),
        );
        let expected = folder.values(&FILE);
        // Over the same value, and where no source has the key.
        folder.set("APP__KEY", text);
        let arguments = [&FILE[..], &["--env-prefix", "APP"]].concat();
        assert_eq!(folder.values(&arguments), expected, "{text:?} as {ty}");
        folder.secrets("other = 1\n");
        let sorted = |values: &str| {
            let mut lines: Vec<_> = values.lines().map(str::to_owned).collect();
            lines.retain(|line| line.contains("const KEY"));
            lines
        };
        assert_eq!(
            sorted(&folder.values(&arguments)),
            sorted(&expected),
            "{text:?} as {ty}"
        );
    }
}

#[test]
fn text_that_does_not_fit_is_reported_without_it() {
    let cases = [
        ("u16", "v4lue", "an integer from 0 to 65535"),
        ("u16", "", "an integer from 0 to 65535"),
        ("u16", "80.0", "an integer from 0 to 65535"),
        ("u16", "65536", "an integer from 0 to 65535"),
        ("f32", "1e39", "a float in the range of `f32`"),
        ("f64", "1e999", "a float"),
        ("f64", "v4lue", "a float"),
        ("bool", "yes", "`true` or `false`"),
        ("date", "2026-01-01T00:00:00", "a date"),
        ("date-time", "v4lue", "a date-time"),
        ("enum:low|high", "v4lue", "one of `low`, `high`"),
        (
            "bytes:hex",
            "v4lue",
            "a string of pairs of hexadecimal digits",
        ),
    ];
    for (ty, text, expected) in cases {
        let settings = format!("keys.key = {{ type = \"{ty}\", optional = true }}");
        let mut folder = with(&settings, "");
        folder.write("package/mounted/key", text);
        let message = format!("`key` is not of type `{ty}`, expected {expected}");
        folder.fails(&DIRECTORY, &[&format!("Rule: mounted/key: {message}")]);
        folder.set("APP__KEY", text);
        folder.fails(
            &[&FILE[..], &["--env-prefix", "APP"]].concat(),
            &[&format!("Rule: the variable `APP__KEY`: {message}")],
        );
    }
    // A file that is not UTF-8 is no text.
    for (ty, expected) in [("bytes:utf8", "text in UTF-8"), ("string", "a string")] {
        let folder = with(&format!("keys.key = {{ type = \"{ty}\" }}"), "");
        folder.write("package/mounted/key", b"v4lue\xff");
        let message =
            format!("Rule: mounted/key: `key` is not of type `{ty}`, expected {expected}");
        let way_out = "; the type of a file that is not text is `bytes`";
        folder.fails(&DIRECTORY, &[&format!("{message}{way_out}")]);
    }
}

#[test]
fn text_is_read_as_the_type_in_the_template() {
    let settings = "template = \"template.toml\"\n[package.metadata.secrets.keys]\n\
                    port = { min = 1024 }\n'ips[]' = { type = \"ip-addr\" }\n\
                    'list[].n' = { type = \"u8\" }";
    let template = "port = 5432\nratio = 0.5\non = false\nday = 2026-01-01\nname = 'x'\n\
                    numbers = [1]\nips = ['::']\nlist = [{ n = 1 }]\n[t]\nkey = 1\n";
    let text = "port = 8080\nratio = 2.0\non = true\nday = 2027-01-01\nname = '5'\n\
                numbers = [2, 3]\nips = ['::1']\nlist = [{ n = 2 }, { n = 3 }]\n[t]\nkey = 2\n";
    let texts = [
        ("port", "8080"),
        ("ratio", "2"),
        ("on", "true"),
        ("day", "2027-01-01"),
        ("name", "5"),
        ("numbers", "[2, 3]"),
        ("ips", "['::1']"),
        ("list", "[{ n = 2 }, { n = 3 }]"),
        ("t/key", "2"),
    ];
    let mut folder = with(settings, text);
    folder.write("package/template.toml", template);
    let expected = folder.values(&FILE);
    for (name, text) in texts {
        folder.write(format!("package/mounted/{name}"), text);
    }
    assert_eq!(folder.values(&DIRECTORY), expected);

    // Variables alone, which set keys that only the template has.
    folder.secrets("");
    for (name, text) in texts {
        folder.set(
            &format!("APP__{}", name.replace('/', "__").to_uppercase()),
            text,
        );
    }
    let variables = [&FILE[..], &["--env-prefix", "APP"]].concat();
    assert_eq!(folder.values(&variables), expected);

    let place = "an integer that fits `i64` in the template at template.toml";
    folder.write("package/mounted/port", "v4lue");
    folder.write("package/mounted/t/key", "1.5");
    folder.fails(
        &DIRECTORY,
        &[
            &format!("Shape: `port` is other text at mounted/port, but {place}:1:1; change one of the two"),
            &format!("Shape: `t.key` is a float at mounted/t/key, but {place}:10:1; change one of the two"),
        ],
    );
    folder.set("APP__PORT", "80");
    folder.fails(
        &variables,
        &["Rule: the variable `APP__PORT`: `port` is below the `min` of 1024 that `keys` sets at Cargo.toml:11:1"],
    );
    folder
        .set("APP__T__KEY__X", "1")
        .set("APP__T", "1")
        .set("APP__NAM", "1");
    folder.fails(
        &variables,
        &[
            "Variable: the variable `APP__NAM` fits no key of the secrets, did you mean `APP__NAME`?",
            "Variable: the variable `APP__T` names the table `t`; set one of its keys, `APP__T__KEY`",
            "Variable: the variable `APP__T__KEY__X` fits no key of the secrets, did you mean `APP__T__KEY`?",
        ],
    );
}

#[test]
fn text_over_a_value_is_read_as_the_type_that_is_fixed() {
    let settings = "template = \"template.toml\"\n[package.metadata.secrets.keys]\n\
                    float = { type = \"f64\" }\nbig = { type = \"u64\" }\nhuge = { type = \"u128\" }\n\
                    hex = { type = \"bytes:hex\" }";
    let template = "float = 1\nbig = 1\nhuge = 1\nhex = '00'\nport = 1\nratio = 1.5\n";
    let lower = "float = 2\nbig = 2\nhuge = 2\nhex = '01'\nport = 2\nratio = 2.5\n";
    let upper = "float = 3.5\nbig = 18446744073709551615\n\
                 huge = '340282366920938463463374607431768211455'\nhex = '02'\nport = 3\nratio = 3.0\n";
    let mut folder = with(settings, upper);
    folder.write("package/template.toml", template);
    let expected = folder.values(&FILE);
    folder.secrets(lower);
    let texts = [
        ("float", "3.5"),
        ("big", "18446744073709551615"),
        ("huge", "340282366920938463463374607431768211455"),
        ("hex", "02"),
        ("port", "3"),
        ("ratio", "3"),
    ];
    for (name, text) in texts {
        folder.write(format!("package/mounted/{name}"), text);
        folder.set(&format!("APP__{}", name.to_uppercase()), text);
    }
    assert_eq!(folder.values(&[&FILE[..], &DIRECTORY].concat()), expected);
    assert_eq!(
        folder.values(&[&FILE[..], &["--env-prefix", "APP"]].concat()),
        expected
    );
}
