//! Laying one layer over another.

use secrets_tests::Folder;

const BOTH: [&str; 4] = ["--file", "a.toml", "--file", "b.toml"];

/// Each type, described and named, with a value in TOML.
const TYPES: [(&str, &str, &str); 10] = [
    ("a string", "string", "'x'"),
    ("an integer", "integer", "1"),
    ("a float", "float", "1.5"),
    ("a boolean", "boolean", "true"),
    (
        "an offset date-time",
        "offset date-time",
        "2026-01-01T00:00:00Z",
    ),
    (
        "a local date-time",
        "local date-time",
        "2026-01-01T00:00:00",
    ),
    ("a local date", "local date", "2026-01-01"),
    ("a local time", "local time", "00:00:00"),
    ("an array", "array", "[1]"),
    ("a table", "table", "{}"),
];

#[test]
fn every_pair_of_types() {
    let folder = Folder::new("");
    let keys = || {
        TYPES
            .iter()
            .enumerate()
            .flat_map(|(i, a)| TYPES.iter().enumerate().map(move |(j, b)| (i, a, j, b)))
    };
    let (mut lower, mut upper) = (String::new(), String::new());
    let (mut errors, mut replaced) = (Vec::new(), Vec::new());
    for (line, (i, (described_a, _, a), j, (described_b, name, b))) in keys().enumerate() {
        let line = line + 1;
        lower += &format!("k{i}-{j} = {a}\n");
        upper += &format!("k{i}-{j} = {b}\n");
        if i != j {
            errors.push(format!(
                "Merge: `k{i}-{j}` is {described_a} at a.toml:{line}:1 but {described_b} at b.toml:{line}:1; \
                 give it one type, or rename one of the two"
            ));
        }
        replaced.push(format!(
            "k{i}-{j}: {name}, from b.toml:{line}:1, over a.toml:{line}:1"
        ));
    }
    folder
        .write("package/a.toml", lower)
        .write("package/b.toml", upper);
    let errors: Vec<_> = errors.iter().map(String::as_str).collect();
    let replaced: Vec<_> = replaced.iter().map(String::as_str).collect();
    folder.fails(&BOTH, &errors);
    folder.fails(&[&BOTH[..], &["--merge", "shallow"]].concat(), &errors);
    folder.lists(&[&BOTH[..], &["--compat", "streamlit"]].concat(), &replaced);
}

#[test]
fn deep_unites_tables_and_shallow_replaces_them() {
    let folder = Folder::new("");
    folder.write("package/a.toml", "x = 1\n[db]\na = 1\nb = 2\n[db.pool]\nmin = 1\n[[list]]\na = 1\n[[list]]\na = 2\n[only]\na = 1\n");
    folder.write(
        "package/b.toml",
        "y = 1\n[db]\na = 3\nc = 4\npool.max = 5\n[[list]]\nb = 3\n",
    );
    folder.lists(
        &BOTH,
        &[
            "x: integer, from a.toml:1:1",
            "db.a: integer, from b.toml:3:1, over a.toml:3:1",
            "db.b: integer, from a.toml:4:1",
            "db.pool.min: integer, from a.toml:6:1",
            "db.pool.max: integer, from b.toml:5:6",
            "db.c: integer, from b.toml:4:1",
            "list: array, from b.toml:6:3, over a.toml:7:3",
            "only.a: integer, from a.toml:12:1",
            "y: integer, from b.toml:1:1",
        ],
    );
    let shallow = [
        "x: integer, from a.toml:1:1",
        "db.a: integer, from b.toml:3:1, over a.toml:3:1",
        "db.c: integer, from b.toml:4:1",
        "db.pool.max: integer, from b.toml:5:6",
        "list: array, from b.toml:6:3, over a.toml:7:3",
        "only.a: integer, from a.toml:12:1",
        "y: integer, from b.toml:1:1",
    ];
    folder.lists(&[&BOTH[..], &["--merge", "shallow"]].concat(), &shallow);
    folder.lists(&[&BOTH[..], &["--compat", "streamlit"]].concat(), &shallow);
}

#[test]
fn all_that_was_overridden_is_reported_nearest_first() {
    let mut folder = Folder::new("");
    for name in ["a", "b", "c"] {
        folder.write(format!("package/{name}.toml"), "\nk = 1");
    }
    folder.set("APP__K", "2");
    folder.lists(
        &["--file", "a.toml", "--file", "b.toml", "--file", "c.toml", "--env-prefix", "APP"],
        &["k: integer, from the variable `APP__K`, over c.toml:2:1, over b.toml:2:1, over a.toml:2:1"],
    );
}

#[test]
fn an_empty_array_keeps_the_type_of_what_it_replaced() {
    let typed = |values: &str| {
        let after = values.split("const K: ").nth(1).expect("a constant");
        after.split(" =").next().unwrap_or_default().to_owned()
    };
    let cases = [
        ("[1]", "[]", "& 'static [i64]"),
        ("[[1.5]]", "[]", "& 'static [& 'static [f64]]"),
        ("[true]", "['x']", "& 'static [& 'static str]"),
        ("[]", "[1]", "& 'static [i64]"),
        ("[]", "[]", "& 'static [& 'static str]"),
        ("[1, 'a']", "[]", "& 'static [& 'static str]"),
    ];
    for (lower, upper, ty) in cases {
        let folder = Folder::new("");
        folder.write("package/a.toml", format!("k = {lower}"));
        folder.write("package/b.toml", format!("k = {upper}"));
        folder.write("package/c.toml", "k = []");
        assert_eq!(typed(&folder.values(&BOTH)), ty, "{upper} over {lower}");
        let three = [&BOTH[..], &["--file", "c.toml"]].concat();
        assert_eq!(
            typed(&folder.values(&three)),
            ty,
            "[] over {upper} over {lower}"
        );
    }
}

#[test]
fn keys_that_need_quotes_are_listed_with_them() {
    let folder = Folder::new("");
    folder.write(
        "package/a.toml",
        "\"a.b\".\"c d\" = 1\n\"\" = 2\n\"\\n\" = 3\n",
    );
    folder.lists(
        &["--file", "a.toml"],
        &[
            "\"a.b\".\"c d\": integer, from a.toml:1:7",
            "\"\": integer, from a.toml:2:1",
            "\"\\n\": integer, from a.toml:3:1",
        ],
    );
}
