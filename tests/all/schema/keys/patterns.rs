//! Which keys a pattern fits, and what is said if it fits none.

use super::{FILE, LINE, with};

const TEXT: &str = "port = 1\n\"a.b\" = 2\n\"*\" = 3\n\"\" = 4\n[db]\nport = 5\nport-2 = 6\n\
    [db.port3]\nport = 7\n[[server]]\nport = 8\nports = [9, 10]\n[[server]]\nport = 11\n\
    more = [[12], [13]]\n[\"gr\\u00F6\\u00DFe\"]\nport = 14\n";

#[test]
fn a_pattern_fits_whole_keys() {
    // The pattern, and the values of the keys it fits.
    let cases: [(&str, &[u8]); 17] = [
        ("port", &[1]),
        ("*port", &[1]),
        ("p*r*t", &[1]),
        ("\"a.b\"", &[2]),
        ("\"*\"", &[3]),
        ("\"\"", &[4]),
        ("a*b", &[2]),
        ("db.port", &[5]),
        ("*.port", &[5, 14]),
        ("db.port*", &[5, 6]),
        ("db.*-*", &[6]),
        ("*.*.port", &[7]),
        ("server[].port", &[8, 11]),
        ("server[].ports[]", &[9, 10]),
        ("*[].more[][]", &[12, 13]),
        ("gr\u{f6}\u{df}e.port", &[14]),
        ("\"gr\\u00F6\\u00DFe\".port", &[14]),
    ];
    for (pattern, fits) in cases {
        // A rule that all keys break that it holds for, unless they are tables or arrays.
        let settings = format!("keys.'{pattern}' = {{ max = 0 }}");
        let problems = with(&settings, TEXT).load(&FILE).unwrap_err();
        let broken = |line: &&str| line.contains("is above the `max`");
        let lines: Vec<_> = problems.lines().filter(broken).collect();
        assert_eq!(lines.len(), fits.len(), "{pattern}:\n{problems}");
        for (line, value) in lines.iter().zip(fits) {
            let place = place(*value);
            assert!(line.starts_with(&place), "{pattern}: {line}, not {place}");
        }
    }
}

/// Where a value of the text is reported to be, which is at its key but for elements of arrays.
fn place(value: u8) -> String {
    let number = TEXT
        .lines()
        .position(|line| numbers(line).contains(&value))
        .expect("a value of the text");
    format!("Rule: secrets.toml:{}:", number + 1)
}

fn numbers(line: &str) -> Vec<u8> {
    let values = line.split_once(" = ").map_or("", |(_, values)| values);
    let values = values.split(|c: char| !c.is_ascii_digit());
    values.filter_map(|value| value.parse().ok()).collect()
}

#[test]
fn an_entry_that_fits_nothing_is_reported_with_the_nearest_key() {
    let near = |near: &str, line: u32| {
        format!(", did you mean `{near}`, which is at secrets.toml:{line}:1?")
    };
    let none = "; remove it, or add the key to a source or to the template".to_owned();
    let untyped = "; nothing tells its type; add it to the template, or set `type`".to_owned();
    let cases = [
        ("database.prot", "", near("database.port", 2)),
        ("databse.port", "", near("database.port", 2)),
        ("servers.port", "", near("servers[].port", 4)),
        ("servers[].prt", "", near("servers[].port", 4)),
        ("tls.ca.crt", "", near("tls.\"ca.crt\"", 6)),
        ("zzz", "", none.clone()),
        ("zzz.*", "", none.clone()),
        ("zzz.*", "optional = true", none.clone()),
        ("zzz", "optional = true", untyped),
        ("zzz", "type = \"u16\"", none),
    ];
    let text = "[database]\nport = 1\n[[servers]]\nport = 1\n[tls]\n\"ca.crt\" = 1\n";
    for (pattern, entry, way_out) in cases {
        let settings = format!("keys.\"{pattern}\" = {{ {entry} }}");
        with(&settings, text).fails(
            &FILE,
            &[&format!(
                "Setting: Cargo.toml:{LINE}:6: the entry `{pattern}` of `keys` fits no key{way_out}"
            )],
        );
    }
}

#[test]
fn all_mistakes_of_a_table_are_reported_at_once() {
    let settings = "[package.metadata.secrets.keys]\n'a..b' = {}\nb = { type = \"u15\" }\n\
                    c = { min = 2, max = 1 }\n";
    with(settings, "a = 1").fails(
        &FILE,
        &[
            "Setting: Cargo.toml:10:1: the entry `a..b` of `keys`: the pattern has an empty key; quote it if it is meant so",
            "Setting: Cargo.toml:11:1: the entry `b` of `keys`: `u15` is not a type, did you mean `u16`?",
            "Setting: Cargo.toml:12:1: the entry `c` of `keys`: `min` and `max` leave no value between them",
        ],
    );
    let settings = "[package.metadata.secrets.keys]\nzzz = {}\nyyy = {}\n";
    with(settings, "a = 1").fails(
        &FILE,
        &[
            "Setting: Cargo.toml:10:1: the entry `zzz` of `keys` fits no key; remove it, or add the key to a source or to the template",
            "Setting: Cargo.toml:11:1: the entry `yyy` of `keys` fits no key; remove it, or add the key to a source or to the template",
        ],
    );
}
