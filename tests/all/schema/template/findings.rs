//! Secrets that do not fit the template: every finding at once, each with both places.

use secrets_tests::Folder;

const FILE: [&str; 2] = ["--file", "secrets.toml"];

/// A folder with a template and one source.
fn with(template: &str, text: &str) -> Folder {
    let folder = Folder::new("template = \"template.toml\"");
    folder.write("package/template.toml", template);
    folder.secrets(text);
    folder
}

#[test]
fn all_findings_are_reported_at_once() {
    let folder = with(
        "port = 1\nname = 'x'\n[database]\npassword = 'x'\n\"a b\" = 1\n[[server]]\nhost = 'x'\nport = 1\n",
        "name = 1\nzzz = 2\n[database]\npasword = 'v4lue'\n[[server]]\nhost = 'x'\nport = 'v4lue'\n\
         [[server]]\nhost = 'y'\nprt = 1\n",
    );
    folder.fails(
        &FILE,
        &[
            "Shape: `port` is missing: the template has it at template.toml:1:1, and `secrets.toml` has not; add it, or make it optional in `keys`",
            "Shape: `name` is an integer at secrets.toml:1:1, but a string in the template at template.toml:2:1; change one of the two",
            "Shape: `database.password` is missing: the template has it at template.toml:4:1, and the table at secrets.toml:3:2 has not; add it, or make it optional in `keys`",
            "Shape: `database.\"a b\"` is missing: the template has it at template.toml:5:1, and the table at secrets.toml:3:2 has not; add it, or make it optional in `keys`",
            "Shape: secrets.toml:4:1: the template does not know `database.pasword`, did you mean `password`, which it has at template.toml:4:1?",
            "Shape: `server[0].port` is a string at secrets.toml:7:1, but an integer that fits `i64` in the template at template.toml:8:1; change one of the two",
            "Shape: `server[1].port` is missing: the template has it at template.toml:8:1, and the table at secrets.toml:8:1 has not; add it, or make it optional in `keys`",
            "Shape: secrets.toml:10:1: the template does not know `server[1].prt`, did you mean `port`, which it has at template.toml:8:1?",
            "Shape: secrets.toml:2:1: the template does not know `zzz`; add it there, or remove it",
        ],
    );
}

#[test]
fn a_type_that_differs_is_reported() {
    let int = "an integer that fits `i64`";
    let cases = [
        ("'x'", "1", "an integer", "a string"),
        ("1", "'x'", "a string", int),
        ("1", "1.0", "a float", int),
        ("1", "18446744073709551615", "another integer", int),
        (
            "18446744073709551615",
            "-1",
            "another integer",
            "an integer that fits `u64`",
        ),
        ("1.0", "1", "an integer", "a float"),
        ("true", "'true'", "a string", "a boolean"),
        (
            "2026-01-01T00:00:00Z",
            "2026-01-01",
            "a local date",
            "a date-time",
        ),
        (
            "2026-01-01",
            "2026-01-01T00:00:00",
            "a local date-time",
            "a date",
        ),
        (
            "00:00:00",
            "2026-01-01T00:00:00Z",
            "an offset date-time",
            "a time of day",
        ),
        ("[1]", "1", "an integer", "an array"),
        ("[]", "1", "an integer", "an array"),
        ("{ a = 1 }", "[]", "an array", "a table"),
        ("1", "{ a = 1 }", "a table", int),
        (
            "[1, 'x']",
            "[1]",
            "an array of 1",
            "an array of 2 mixed elements",
        ),
        (
            "[1, 'x']",
            "[1, 'x', 2]",
            "an array of 3",
            "an array of 2 mixed elements",
        ),
        (
            "[1, 'x']",
            "5",
            "an integer",
            "an array of 2 mixed elements",
        ),
    ];
    for (template, value, found, fixed) in cases {
        with(&format!("\nkey = {template}"), &format!("key = {value}")).fails(
            &FILE,
            &[&format!(
                "Shape: `key` is {found} at secrets.toml:1:1, but {fixed} in the template at \
                 template.toml:2:1; change one of the two"
            )],
        );
    }
    // What is of one type though it is not written so.
    for (template, value) in [
        ("18446744073709551615", "5"),
        ("1", "-9223372036854775808"),
        ("1.0", "nan"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00"),
        ("[1]", "[]"),
        ("[]", "[]"),
        ("[]", "['x']"),
        ("[1, 'x']", "[2, 'y']"),
        ("{}", "{}"),
    ] {
        let folder = with(&format!("key = {template}"), &format!("key = {value}"));
        assert!(folder.load(&FILE).is_ok(), "{value} as {template}");
    }
}

#[test]
fn elements_that_differ_are_reported_each() {
    with(
        "numbers = [1]\nnested = [[1]]\npair = [1, 'x']\nempty = []\n",
        "numbers = [1, 'v4lue', 2, 1.5]\nnested = [[1], [true], 2]\npair = ['v4lue', 'x']\nempty = [1]\n",
    )
    .fails(
        &FILE,
        &[
            "Shape: `numbers[1]` is a string at secrets.toml:1:15, but an integer that fits `i64` in the template at template.toml:1:1; change one of the two",
            "Shape: `numbers[3]` is a float at secrets.toml:1:27, but an integer that fits `i64` in the template at template.toml:1:1; change one of the two",
            "Shape: `nested[1][0]` is a boolean at secrets.toml:2:17, but an integer that fits `i64` in the template at template.toml:2:1; change one of the two",
            "Shape: `nested[2]` is an integer at secrets.toml:2:24, but an array in the template at template.toml:2:1; change one of the two",
            "Shape: `pair[0]` is a string at secrets.toml:3:9, but an integer that fits `i64` in the template at template.toml:3:1; change one of the two",
            "Shape: `empty[0]` is an integer at secrets.toml:4:10, but a string in the template at template.toml:4:1; change one of the two",
        ],
    );
}

#[test]
fn what_layers_and_variables_add_up_to_is_what_has_to_fit() {
    let mut folder = with("a = 1\nb = 1\nc = 1\n", "b = 2\na = 2\n");
    folder.write("package/upper.toml", "d = 1\n");
    folder.set("APP__C", "3");
    let arguments = [
        "--file",
        "secrets.toml",
        "--file",
        "upper.toml",
        "--env-prefix",
        "APP",
    ];
    folder.fails(
        &arguments,
        &["Shape: upper.toml:1:1: the template does not know `d`; add it there, or remove it"],
    );
    // The order is that of the template.
    folder.lists(
        &["--file", "secrets.toml", "--env-prefix", "APP"],
        &[
            "a: integer, from secrets.toml:2:1",
            "b: integer, from secrets.toml:1:1",
            "c: integer, from the variable `APP__C`",
        ],
    );
    folder.fails(
        &["--file", "secrets.toml", "--file", "upper.toml"],
        &[
            "Shape: `c` is missing: the template has it at template.toml:3:1, and `secrets.toml`, `upper.toml` have not; add it, or make it optional in `keys`",
            "Shape: upper.toml:1:1: the template does not know `d`; add it there, or remove it",
        ],
    );
}

#[test]
fn a_template_that_cannot_be_read_is_reported() {
    let folder = with("", "a = 1");
    std::fs::remove_file(folder.path("package/template.toml")).expect("it is there");
    folder.fails(&FILE, &["Shape: Cargo.toml:9:12: `template` names `template.toml`, which does not exist; write a file with all \
           keys and harmless values there, or correct the path"]);
    with("a = 1\nb = v4lue\n", "a = 1").fails(
        &FILE,
        &[
            "Syntax: template.toml:2:5: string values must be quoted, expected literal string",
            "  |",
            "2 | b = *****",
            "  |     ^",
            "  = in key `b`",
        ],
    );
    // Its values must be of the types of their keys, but need not keep the rules.
    let folder = Folder::new(
        "template = \"template.toml\"\nkeys.a = { type = \"u16\", min = 1024 }\nkeys.b = { type = \"ip-addr\" }",
    );
    folder.write("package/template.toml", "a = 1\nb = 'example'\n");
    folder.secrets("a = 2048\nb = '::1'\n");
    folder.fails(
        &FILE,
        &["Rule: template.toml:2:1: `b` is not of type `ip-addr`, expected an IP address, such as `127.0.0.1` or `::1`"],
    );
    let folder = Folder::new("template = 1");
    folder.fails(
        &FILE,
        &["Setting: Cargo.toml:9:12: `package.metadata.secrets.template` is an integer, expected a string"],
    );
}
