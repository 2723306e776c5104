//! Names in Rust that meet, and keys of any characters.

use secrets_tests::{Folder, Project};

#[test]
fn tables_whose_struct_names_meet() {
    let project = Project::new("names-structs");
    project.write(
        ".secrets/secrets.toml",
        "[a.b]\nx = 1\n[a_b]\ny = 1\n[AB]\nz = 1\n[a.b2]\nv = 1\n[ab]\nw = 1\n[a-b.c]\nu = 1\n\
         [secrets]\ns = 1\n[Self]\nt = 1\n",
    );
    let error = project.build_err();
    assert!(
        error.contains("`a_b`") && error.contains("`a-b`"),
        "{error}"
    );

    project.write(
        ".secrets/secrets.toml",
        "[a.b]\nx = 1\n[a_b]\ny = 1\n[AB]\nz = 1\n[a.b2]\nv = 1\n\
         [secrets]\ns = 1\n[self]\nt = 1\n[option]\no = 1\n[tables]\np = 1\n",
    );
    project.main(
        r#"
            use secrets::SECRETS;
            assert_eq!(SECRETS.a.b.x + SECRETS.a_b.y + SECRETS.ab.z + SECRETS.a.b2.v, 4);
            assert_eq!(SECRETS.secrets.s + SECRETS.self_.t + SECRETS.option.o + SECRETS.tables.p, 4);
            assert_eq!(secrets::SECRETS_.s, 1);
            print!("held");
        "#,
    );
    assert_eq!(project.run_ok(), "held");
}

#[test]
fn keys_that_meet_are_reported_together() {
    let project = Project::new("names-collisions");
    project.write(
        ".secrets/secrets.toml",
        "api-key = 1\napi_key = 2\n[database]\nuser = 'unseen'\nUser = 'unseen'\n\
         [[servers]]\n'a b' = 1\n[[servers]]\n'a.b' = 1\n",
    );
    let error = project.build_err();
    let expected = [
        "the keys `api-key` at .secrets/secrets.toml:1:1 and `api_key` at .secrets/secrets.toml:2:1 \
         both become the field `api_key`; rename one of them",
        "the keys `database.user` at .secrets/secrets.toml:4:1 and `database.User` at \
         .secrets/secrets.toml:5:1 both become the field `user`; rename one of them",
        "the keys `servers[].\"a b\"` at .secrets/secrets.toml:7:1 and `servers[].\"a.b\"` at \
         .secrets/secrets.toml:9:1 both become the field `a_b`; rename one of them",
    ];
    for expected in expected {
        assert!(error.contains(expected), "{expected}\nis not in\n{error}");
    }
    assert!(!error.contains("unseen"), "{error}");

    // Constants can meet where fields do not.
    project.write(".secrets/secrets.toml", "'maße' = 1\nmasse = 2\n");
    let error = project.build_err();
    assert!(
        error.contains("both become the constant `MASSE`"),
        "{error}"
    );
    // One of them in a table is no matter, as only the root has constants.
    project.write(".secrets/secrets.toml", "[table]\n'maße' = 1\nmasse = 2\n");
    project.build_ok();
}

/// The compiler takes two spellings of a letter for one, and would show both lines of the file of values.
#[test]
fn two_spellings_of_one_letter_are_one_name() {
    for (first, second, name) in [
        ("\u{f900}", "\u{8c48}", "\u{8c48}"),
        ("caf\u{e9}", "cafe\u{301}", "caf\u{e9}"),
        (
            "\u{212b}ngstr\u{f6}m",
            "\u{c5}ngstr\u{f6}m",
            "\u{e5}ngstr\u{f6}m",
        ),
    ] {
        let folder = Folder::new("");
        let text = format!("\"{first}\" = \"a\"\n\"{second}\" = \"b\"\n");
        folder.write("package/.secrets/secrets.toml", &text);
        let problems = folder.load(&["--values"]).expect_err("it is one name");
        let expected = format!(
            "Name: the keys `\"{first}\"` at .secrets/secrets.toml:1:1 and `\"{second}\"` at \
             .secrets/secrets.toml:2:1 both become the field `{name}`; rename one of them"
        );
        assert!(problems.starts_with(&expected), "{problems}");
        assert_eq!(problems.lines().count(), 1, "{problems}");
        folder.write("package/.secrets/secrets.toml", format!("[t]\n{text}"));
        assert!(folder.load(&["--values"]).is_err());
    }
}

/// A key that Rust would escape is written as TOML does, and found by that.
#[test]
fn keys_of_any_characters_have_their_types() {
    for (key, written) in [
        ("\u{ad}key", "\\u00ADkey"),
        ("\u{301}key", "\u{301}key"),
        ("key\u{202e}", "key\\u202E"),
        ("a\tb", "a\\tb"),
        ("a\\b\"", "a\\\\b\\\""),
        ("\u{1f511}", "\u{1f511}"),
    ] {
        let escaped: String = key
            .chars()
            .map(|c| format!("\\U{:08X}", u32::from(c)))
            .collect();
        let folder = Folder::new("template = \"t.toml\"\nenv-prefix = \"APP\"");
        folder.write("package/t.toml", format!("\"{escaped}\" = 1\n"));
        folder.write("package/a.toml", format!("\"{escaped}\" = 2\n"));
        folder.write(format!("package/mounted/{key}"), "3");
        let files = ["--file", "a.toml", "--file", "mounted"];
        let listing = folder
            .load(&files)
            .unwrap_or_else(|problems| panic!("{key:?}: {problems}"));
        let expected = format!("\"{written}\": integer, from mounted/");
        assert!(listing.contains(&expected), "{expected}: {listing}");
        folder.write(format!("package/mounted/{key}"), "x");
        let problems = folder.load(&files).expect_err("it is no number");
        assert!(
            problems.contains(&format!("`\"{written}\"` is other text")),
            "{problems}"
        );
        let keys = format!("template = \"t.toml\"\nkeys.'\"{escaped}\"'.max = 2");
        folder
            .settings(&keys)
            .write(format!("package/mounted/{key}"), "3");
        let problems = folder.load(&files).expect_err("it is too large");
        let expected = format!("`\"{written}\"` is above the `max` of 2");
        assert!(problems.contains(&expected), "{expected}: {problems}");
    }
}
