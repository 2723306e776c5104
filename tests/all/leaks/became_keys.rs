//! A line of a value that became a key is not shown.

use secrets_tests::Folder;

use super::{marker, typed::scanner};

/// Lines of values where keys belong, in files that are TOML.
#[test]
fn a_line_of_a_value_that_became_a_key_is_not_shown() {
    let scanner = scanner();
    let [v, w] = [0, 1].map(marker);
    let short: String = v.chars().take(14).collect();
    for key in [
        &*v,
        &short,
        &format!("{v}-{w}"),
        &format!("\"{v}\""),
        "7c9e66797425",
    ] {
        let cases = [
            // Only the first line of a value is commented out.
            (
                "template = \"t.toml\"",
                format!("a = 1\n{key}=\"\"\"\n\"\"\"\n"),
                "does not know `***`",
            ),
            (
                "template = \"t.toml\"",
                format!("a = 1\n[b]\n{key} = 1\n"),
                "does not know",
            ),
            (
                "",
                format!("{key} = 1\n[t]\n\"{v} a\" = 1\n\"{v}-a\" = 2\n"),
                "both become",
            ),
            (
                "",
                format!("{key} = 99999999999999999999999\n"),
                "the key `***`",
            ),
            ("", format!("{key} = 1e999\n"), "the key `***`"),
            (
                "keys.\"*\".type = \"u8\"",
                format!("{key} = \"x\"\n"),
                "`***` is not of type `u8`",
            ),
            (
                "keys.\"*\".min = 2",
                format!("{key} = 1\n"),
                "`***` is below",
            ),
            (
                "keys.\"*\".min-length = 2",
                format!("{key} = \"1\"\n"),
                "`***` is shorter",
            ),
            ("keys.\"*\".pattern = \"a\"", format!("{key} = 1\n"), ""),
            (
                "keys.\"*\".max = 2",
                format!("{key} = \"1\"\n"),
                "does not fit `***`",
            ),
            ("", format!("{key} = 1\n{key} = 2\n"), "duplicate key"),
            ("", format!("{key} = 1\n{key}.a = 2\n"), "1:"),
            ("", format!("[{key}]\n[{key}]\n"), "duplicate key"),
        ];
        for (settings, text, expected) in cases {
            let folder = Folder::new(settings);
            folder.write("package/t.toml", "a = 1\n[b]\n");
            folder.write("package/.secrets/secrets.toml", &text);
            assert!(scanner.find(text.as_bytes()).is_some() || key.starts_with('7'));
            let reported = folder.load(&["--values"]).expect_err(&text);
            assert!(
                reported.contains(expected),
                "{settings}\n{text}\n{reported}"
            );
            scanner.assert_clean(&text, &reported);
            assert!(!reported.contains("7c9e66"), "{reported}");
        }
        // Two layers that differ.
        let folder = Folder::new("files = [\"a.toml\", \"b.toml\"]");
        folder.write("package/a.toml", format!("{key} = 1\n"));
        folder.write("package/b.toml", format!("{key} = \"x\"\n"));
        scanner.assert_clean("two layers", folder.load(&[]).expect_err("they differ"));
        folder.write("package/b.toml", format!("{key} = 2\n"));
        scanner.assert_clean("the listing", folder.load(&[]).expect("they agree"));
    }
}
