//! What a running program shows of its secrets by accident: nothing.

use secrets_tests::Project;

use super::marker;

#[test]
fn neither_debug_nor_a_panic_shows_a_value() {
    let mut project = Project::new("leaks-runtime");
    project.features("datetime");
    let [text, more, deep] = [0, 1, 2].map(marker);
    project.write(
        ".secrets/secrets.toml",
        format!(
            "text = \"{text}\"\ninteger = 731337429113\nbig = 17313374291137731337\n\
             float = 7.31337429113\ndate = 2031-11-17T12:34:56.789123Z\nlist = [\"{more}\"]\n\
             mixed = [\"{more}\", 731337429113, {{ key = \"{deep}\" }}]\n\
             [table]\nkey = \"{deep}\"\nlist = [731337429113]\n\
             [[tables]]\nkey = \"{more}\"\n[[tables]]\nother = \"{deep}\"\n"
        ),
    );
    project.main(
        r#"
            use secrets::SECRETS;
            println!("{:?} {:#?}", SECRETS, SECRETS);
            println!("{:?} {:?} {:?}", secrets::TABLE, SECRETS.tables, secrets::TABLES[1]);
            println!("{:?} {:#?}", SECRETS.as_value(), &SECRETS["table"]);
            for (key, value) in SECRETS {
                println!("{key:?} {value:?} {value:#?} {:?}", value.kind());
                for (key, value) in value {
                    println!("{key:?} {value:?} {value:#?}");
                }
            }
            std::panic::set_hook(Box::new(|info| println!("panicked: {info}")));
            let accidents: &[fn()] = &[
                || _ = &SECRETS["missing"],
                || _ = &SECRETS["table"]["missing"],
                || _ = &SECRETS["text"]["missing"],
                || _ = &SECRETS["integer"]["missing"],
                || _ = &SECRETS["list"]["missing"],
                || _ = &SECRETS["text"][0],
                || _ = &SECRETS["table"][0],
                || _ = &SECRETS["list"][1],
                || _ = &SECRETS["mixed"][3],
                || _ = &SECRETS["mixed"][2]["missing"],
                || _ = &SECRETS["tables"][1]["key"],
                || assert_eq!(SECRETS["text"], "another"),
                || assert_eq!(SECRETS["integer"], 1),
            ];
            for accident in accidents {
                assert!(std::panic::catch_unwind(accident).is_err());
            }
            println!("{}", secrets::TEXT);
        "#,
    );
    let printed = project.run_ok();
    let (shown, control) = printed.trim_end().rsplit_once('\n').expect("two lines");
    assert_eq!(shown.matches("panicked: ").count(), 13, "{shown}");
    assert!(shown.contains("`table.missing`"), "{shown}");
    let numbers = [
        "731337429113",
        "17313374291137731337",
        "7.31337429113",
        "2031-11-17T12:34:56.789123Z",
    ];
    let values = [text, more, deep]
        .into_iter()
        .chain(numbers.map(str::to_owned));
    let scanner = super::scanner(values);
    scanner.assert_clean("what the program printed", shown);
    assert!(scanner.find(control.as_bytes()).is_some());
}
