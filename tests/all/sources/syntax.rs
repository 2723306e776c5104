//! Mistakes in files: what is wrong, its line, and the mark below the place.

use secrets_tests::Folder;

#[test]
fn a_key_that_is_there_twice_is_reported_with_the_first() {
    let cases = [
        ("a = 1\nb = 2\na = 3\n", "3:1", "1:1"),
        ("[t]\n  a = 1\n\n[u]\na = 2\n a = 3\n", "6:2", "5:1"),
        ("t.a = 1\n\"t\" . 'a' = 2\n", "2:7", "1:1"),
        ("[[t]]\na = 1\n[[t]]\na = 2\na = 3\n", "5:1", "4:1"),
        ("[t]\na = 1\n[b]\n[t]\n", "4:2", "1:2"),
    ];
    for (text, place, first) in cases {
        let folder = Folder::new("");
        folder.secrets(text);
        let problems = folder.load(&["--file", "secrets.toml"]).expect_err(text);
        let expected = format!(
            "Syntax: secrets.toml:{place}: duplicate key, the first is at secrets.toml:{first}\n"
        );
        assert!(
            problems.contains(&expected),
            "{expected}\nis not in\n{problems}"
        );
    }
    // What is doubled inside a value has no place of the first.
    let folder = Folder::new("");
    folder.secrets("t = { a = 1, a = 2 }\n");
    let problems = folder.load(&["--file", "secrets.toml"]).expect_err("twice");
    assert!(problems.contains("duplicate key\n"), "{problems}");
}

#[test]
fn a_number_without_digits_is_no_number() {
    for number in ["0x", "0o", "0b", "[0x]", "{ b = 0b }", "-0x1", "0x_"] {
        let folder = Folder::new("");
        folder.secrets(&format!("a = {number}\n"));
        let problems = folder.load(&["--file", "secrets.toml"]).expect_err(number);
        assert!(
            problems.starts_with("Syntax: secrets.toml:1:"),
            "{problems}"
        );
        assert!(!problems.contains("fits neither"), "{problems}");
    }
}

#[test]
fn a_long_line_is_cut_and_the_caret_stays_right() {
    let value = "x".repeat(300);
    for (text, has_start) in [
        (format!("key = \"{value}\n"), false),
        (format!("key = [x, \"{value}\"]\n"), true),
        (format!("key = [\"{value}\" \"{value}\"]\n"), false),
        (format!("key = \"{}\" x\n", &value[..60]), true),
        (format!("key = \"{}\" x\n", &value[..75]), false),
    ] {
        let folder = Folder::new("");
        folder.secrets(&text);
        let problems = folder
            .load(&["--file", "secrets.toml"])
            .expect_err("it is wrong");
        let lines: Vec<_> = problems.lines().collect();
        let (line, caret) = (lines[2], lines[3]);
        let (shown, caret) = (&line["1 | ".len()..], &caret["  | ".len()..]);
        assert!(
            shown.len() <= 80 && caret.len() <= shown.len() + 1,
            "{problems}"
        );
        assert_eq!(shown.starts_with("key = "), has_start, "{problems}");
        assert!(!shown.contains('x'), "{problems}");
        let column: usize = lines[0].split(':').nth(3).unwrap().parse().unwrap();
        // Before the caret are as many characters of the line as are shown, and it is not in what is cut.
        if has_start {
            assert_eq!(caret.len(), column, "{problems}");
        }
        assert!(
            !shown[..caret.len() - 1].ends_with("...") || shown.starts_with("..."),
            "{problems}"
        );
    }
}

#[test]
fn paths_and_names_are_escaped() {
    let folder = Folder::new("");
    let name = "a\u{202e}b\u{1b}[31m\n.toml";
    folder.write(format!("package/{name}"), "key = \n");
    folder.write(format!("package/mounted/{name}"), "a");
    folder.write("package/mounted/a\u{202e}b\u{1b}[31m\n.TOML", "a");
    for arguments in [vec!["--file", name], vec!["--file", "mounted", "--values"]] {
        let reported = folder.load(&arguments).expect_err("it is wrong");
        assert!(!reported.contains(['\u{202e}', '\u{1b}']), "{reported:?}");
        assert!(reported.contains("\\u{202e}"), "{reported:?}");
    }
}

#[test]
fn columns_count_characters_and_problems_have_parts() {
    let folder = Folder::new("");
    folder.secrets("\"schlüssel\" = 99999999999999999999\n\"ö\" = é\n");
    let error = secrets_build::Config::new()
        .package(folder.path("package"))
        .file("secrets.toml")
        .load()
        .unwrap_err();
    let [problem] = error.problems().collect::<Vec<_>>()[..] else {
        panic!("{error}");
    };
    let origin = problem.origin().expect("a place");
    assert_eq!((origin.line(), origin.column()), (Some(2), Some(7)));
    let path = origin.path().expect("a file");
    assert!(path.ends_with("secrets.toml") && origin.variable().is_none());
    // The caret stands below the same character.
    let excerpt = problem.excerpt().expect("the line");
    let caret = excerpt.lines().find_map(|line| line.find('^'));
    assert_eq!(caret, Some("2 | \"o\" = ".len()), "{excerpt}");

    folder.secrets("\"schlüssel\" = 99999999999999999999\n");
    let message = "Value: secrets.toml:1:15: the key `\"schlüssel\"` has an integer that fits neither `i64` nor `u64`; \
                   write it as a string";
    folder.fails(&["--file", "secrets.toml"], &[message]);
}

#[test]
fn cargo_shows_the_way_out_in_a_line_of_its_own() {
    let project = secrets_tests::Project::new("mistakes-lines");
    project.write(".secrets/secrets.toml", "a = 99999999999999999999\n");
    let output = project.command(&["build"]).output().expect("cargo starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    let at = "error: mistakes-lines@0.1.0: ";
    let expected = format!(
        "{at}.secrets/secrets.toml:1:5: the key `a` has an integer that fits neither `i64` nor `u64`\n\
         {at}help: write it as a string\n"
    );
    assert!(stderr.contains(&expected), "{stderr}");
}
