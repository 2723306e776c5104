//! Very deep, very large and absurd secrets, and what a program pays for them.

use std::{fmt::Write, fs};

use secrets_tests::{Folder, Project};

/// Every way to nest, to a depth of `levels` tables and arrays below the root.
fn nested(levels: usize) -> String {
    let repeat = |open: &str, inner: &str, close: &str, times: usize| {
        format!("{}{inner}{}", open.repeat(times), close.repeat(times))
    };
    let half = levels / 2;
    let mut out = format!("inline = {}\n", repeat("{ k = ", "1", " }", levels));
    let _ = writeln!(out, "arrays = {}", repeat("[", "1", "]", levels));
    let _ = writeln!(out, "mixed = {}", repeat("[1, ", "'x'", "]", levels));
    let _ = writeln!(out, "odd = {}", repeat("[1, { k = ", "'x'", "}]", half));
    let _ = writeln!(out, "even = {}", repeat("{ k = [1, ", "'x'", "]}", half));
    let _ = writeln!(out, "[{}]\nleaf = 1", vec!["headers"; levels].join("."));
    for depth in 1..=half {
        let _ = writeln!(out, "[[{}]]\nleaf = 1", vec!["tables"; depth].join("."));
    }
    out
}

#[test]
fn deep_secrets_work_to_the_limit() {
    let project = Project::new("sizes-deep");
    // The root is a level.
    for levels in [100, 127] {
        project.write(".secrets/secrets.toml", nested(levels));
        project.main(&format!(
            r#"
                use secrets::SECRETS;
                let mut values = [&SECRETS["inline"], &SECRETS["headers"]];
                for _ in 1..{levels} {{ values = [&values[0]["k"], &values[1]["headers"]]; }}
                assert!(values[0]["k"] == 1 && values[1]["leaf"] == 1);
                let mut values = [&SECRETS["arrays"], &SECRETS["mixed"]];
                for _ in 1..{levels} {{ values = [&values[0][0], &values[1][1]]; }}
                assert!(values[0][0] == 1 && values[1][1] == "x");
                assert_eq!(SECRETS.inline{}, 1);
                assert!(!format!("{{:?}}", SECRETS).contains('1'));
                print!("held");
            "#,
            ".k".repeat(levels)
        ));
        assert_eq!(project.run_ok(), "held");
    }
}

#[test]
fn beyond_the_limit_is_an_error() {
    let project = Project::new("sizes-limit");
    let limit = "nested more than 128 levels deep";
    let dotted = vec!["a"; 100_000].join(".");
    let files = [
        format!("a = {}1{}", "[".repeat(128), "]".repeat(128)),
        format!("a = {}1{}", "{k = ".repeat(128), "}".repeat(128)),
        format!("[{}]\nx = 1", vec!["a"; 128].join(".")),
        format!("a = {}", "[".repeat(100_000)),
        format!("a = {}", "{a = ".repeat(100_000)),
        "[".repeat(100_000),
        format!("{dotted} = 1"),
        format!("[{dotted}]"),
        format!("a = {{ {dotted} = 1 }}"),
    ];
    for file in files {
        project.write(".secrets/secrets.toml", &file);
        let error = project.build_err();
        let start = &file[..file.len().min(20)];
        assert!(error.contains(limit), "{start}: {error}");
        assert!(error.contains("secrets.toml:1:"), "{start}: {error}");
    }
}

#[test]
fn large_tables_and_arrays_work() {
    let mut file = String::new();
    for key in 0..600 {
        let _ = writeln!(file, "key_{key} = {key}");
    }
    file.push_str("strings = [");
    for index in 0..10_000 {
        let _ = write!(file, "'{index}', ");
    }
    file.push_str("]\nmixed = [");
    for index in 0..100 {
        let _ = write!(file, "{index}, '{index}', ");
    }
    file.push_str("]\n[large]\n");
    for key in 0..600 {
        let _ = writeln!(file, "key_{key} = 'text {key}'");
    }
    file.push_str("[[list]]\n");
    for key in 0..600 {
        let _ = writeln!(file, "key_{key} = [{key}.5]");
    }
    file.push_str("[[list]]\nkey_7 = []\n[list.table]\nx = 1\n");
    for table in 0..2_000 {
        let _ = writeln!(file, "[tables.table_{table}]\nkey = {table}");
    }
    let project = Project::new("sizes-large");
    project.write(".secrets/secrets.toml", file);
    project.main(
        r#"
            use secrets::SECRETS;
            assert!(SECRETS.key_599 == 599 && SECRETS["key_599"] == 599 && SECRETS.len() == 605);
            assert!(SECRETS.large.key_599 == "text 599" && SECRETS["large"]["key_0"] == "text 0");
            let [first, second] = SECRETS.list else { panic!() };
            assert!(first.key_599 == Some(&[599.5][..]) && first["key_599"][0] == 599.5);
            assert!(first.len() == 600 && first.get("table").is_none() && second.len() == 2);
            assert!(second["key_7"].is_empty() && second.table.unwrap().x == 1);
            assert!(SECRETS.strings[9_999] == "9999" && SECRETS["mixed"][199] == "99");
            assert_eq!((SECRETS.mixed.0, SECRETS.mixed.199), (0, "99"));
            assert_eq!(SECRETS["tables"].len(), 2_000);
            assert!(SECRETS.tables.table_1999.key == 1_999);
            print!("held");
        "#,
    );
    assert_eq!(project.run_ok(), "held");

    let module = fs::read_to_string(project.out_dir().join("secrets.rs")).expect("the module");
    let structs = module.matches("pub struct ").count();
    assert_eq!(structs, 7, "equal structs are generated once");
}

/// The size of an optimised program with this file, and whether it holds a text.
fn optimised(name: &str, main: &str, text: &str) -> (usize, bool) {
    let mut project = Project::new(name);
    project.optimise();
    project.write(
        ".secrets/secrets.toml",
        "unused = 'an unused constant that nobody should find anywhere'\n\
         [database]\nuser = 'another unused constant that nobody should find'\n\
         password = 'the one constant that the program does print'\n",
    );
    project.write("src/main.rs", main);
    project.build_ok();
    let binary = fs::read(project.binary()).expect("the program");
    let text = text.as_bytes();
    let found = binary.windows(text.len()).any(|window| window == text);
    (binary.len(), found)
}

#[test]
fn an_optimised_program_holds_what_it_uses() {
    let module = "mod secrets { secrets_embed::include_secrets!(); }\n";
    let by_hand = "const PASSWORD: &str = \"the one constant that the program does print\";\n\
                   fn main() { println!(\"{}\", PASSWORD); }";
    let (size, found) = optimised("sizes-program-a", by_hand, "the one constant that");
    assert!(found, "the scan finds what is there");
    let uses = [
        "secrets::DATABASE.password",
        "secrets::SECRETS.database.password",
    ];
    for (name, expression) in ["sizes-program-b", "sizes-program-c"].into_iter().zip(uses) {
        // By value: a reference to a field, which `println!` takes, keeps the table that it is in.
        let main = format!(
            "{module}fn main() {{ let password: &str = {expression}; println!(\"{{}}\", password); }}"
        );
        let (ours, found) = optimised(name, &main, "unused constant that nobody");
        assert!(!found, "{expression}");
        let difference = ours.abs_diff(size);
        assert!(
            difference * 100 <= size,
            "{expression}: {ours} against {size} bytes"
        );
    }
}

#[test]
fn tables_of_an_array_that_differ_have_a_bound() {
    let folder = Folder::new("");
    let tables = |count: usize| {
        let table = |index: usize| {
            let keys: Vec<_> = (0..5).map(|key| format!("k{index}_{key} = 1\n")).collect();
            format!("[[t]]\n{}", keys.concat())
        };
        (0..count).map(table).collect::<Vec<_>>().concat()
    };
    let problem = |tables: &str, keys: usize, place: &str| {
        format!(
            "Value: secrets.toml:{place}: `t` has {tables} tables with {keys} different keys, all of which would be \
             fields of each; let them have keys in common, or give each a name of its own, outside of an array"
        )
    };
    let file = ["--file", "secrets.toml"];
    folder.secrets(&tables(5000));
    folder.fails(&file, &[&problem("5000", 25_000, "1:3")]);
    // Where they are deeper in it, too.
    let deep = tables(200).replace("[[t]]\n", "[[s]]\n[s.t]\n");
    folder.secrets(&deep);
    let reported = folder.load(&file).unwrap_err();
    assert!(
        reported.contains("`s.t` has 200 tables with 1000 different keys"),
        "{reported}"
    );
    // Two arrays of half as many each, which either would be fine by itself.
    let half = tables(120);
    folder.secrets(&half);
    assert!(folder.load(&file).is_ok());
    folder.secrets(&format!("{half}{}", half.replace("[[t]]", "[[u]]")));
    let reported = folder.load(&file).unwrap_err();
    assert!(
        reported.contains("`u` has 120 tables with 600 different keys"),
        "{reported}"
    );
    // As many that are alike, or a hundred that differ, are none too many.
    let alike: Vec<_> = (0..5000).map(|_| "[[t]]\na = 1\nb = 2\n").collect();
    for text in [alike.concat(), tables(100)] {
        folder.secrets(&text);
        assert_eq!(
            folder.load(&file).unwrap(),
            "t: array, from secrets.toml:1:3\n"
        );
    }
}
