//! `compat = "streamlit"`: the tree is the one that Streamlit makes of the same files.

use secrets_tests::Folder;

/// A folder with this tree of secrets in `package/mounted`.
fn mounted(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new("compat = \"streamlit\"\nfiles = [\"mounted\"]");
    for (path, text) in files {
        folder.write(format!("package/mounted/{path}"), text);
    }
    folder
}

#[test]
fn the_default_list() {
    let mut folder = Folder::new("compat = \"streamlit\"");
    folder.write("Cargo.toml", "[workspace]\nmembers = [\"package\"]\n");
    let manifest = secrets_tests::MANIFEST;
    let section = "[package.metadata.secrets]\ncompat = \"streamlit\"\n";
    folder.write("package/Cargo.toml", format!("{manifest}{section}"));
    folder.write("home/.config/secrets/secrets.toml", "unused = 1");
    folder.write("package/.secrets/secrets.toml", "unused = 1");
    folder.write(".streamlit/secrets.toml", "unused = 1");
    folder.fails(
        &[],
        &[
            "Source: no secrets found, looked at `TMP/home/.streamlit/secrets.toml`, \
           `.streamlit/secrets.toml`; create one of them",
        ],
    );
    folder.set("XDG_CONFIG_HOME", "TMP/home");
    folder.write(
        "home/.streamlit/secrets.toml",
        "a = 1\n[db]\na = 1\nb = 2\n",
    );
    folder.write("package/.streamlit/secrets.toml", "a = 'x'\n[db]\na = 3\n");
    folder.lists(
        &[],
        &[
            "a: string, from .streamlit/secrets.toml:1:1, over TMP/home/.streamlit/secrets.toml:1:1",
            "db.a: integer, from .streamlit/secrets.toml:3:1, over TMP/home/.streamlit/secrets.toml:3:1",
        ],
    );
}

#[test]
fn a_missing_toml_file_is_skipped_and_a_missing_directory_is_not() {
    let folder = Folder::new("compat = \"streamlit\"");
    folder
        .secrets("a = 1")
        .write("package/plain", "x")
        .write("package/c.TOML", "a = 1");
    folder.lists(
        &["--file", "absent.toml", "--file", "secrets.toml"],
        &["a: integer, from secrets.toml:1:1"],
    );
    folder.fails(
        &["--file", "absent.toml", "--file", "gone/b.toml"],
        &["Source: no secrets found, looked at `absent.toml`, `.../b.toml`; create one of them"],
    );
    let missing = "does not exist; create it, or add it with `Config::optional_file`";
    let not = "is neither a directory nor a `.toml` file; give it a name that ends in `.toml`, or, if the whole file is one secret, name its folder `.`, of which each file is one";
    for (path, message) in [
        ("absent", missing),
        ("absent.TOML", missing),
        ("plain", not),
        ("c.TOML", not),
    ] {
        let (start, message) = if path == "absent" {
            // It may be anything.
            let hidden = "CODE: the source `***` (not shown, as it may be the secret itself) ";
            problems_of(&folder, path, &format!("Source: {hidden}{missing}"));
            continue;
        } else if message == missing {
            ("the source ", message)
        } else {
            ("", not)
        };
        // One bad source fails the whole load.
        folder.fails(
            &["--file", "secrets.toml", "--file", path],
            &[&format!("Source: {start}`{path}` {message}")],
        );
    }
    // To Streamlit, a link to nothing is nothing.
    folder.link("gone.toml", "package/dangling.toml");
    folder.lists(
        &["--file", "dangling.toml", "--file", "secrets.toml"],
        &["a: integer, from secrets.toml:1:1"],
    );
    // Of the default list and of a name alike.
    folder.folder("package/d.toml");
    folder.fails(
        &["--file", "d.toml"],
        &["Source: `d.toml` is a directory, expected a TOML file"],
    );
}

#[test]
fn an_empty_file_counts_as_found_and_an_empty_directory_does_not() {
    let folder = mounted(&[]);
    folder.folder("package/mounted");
    let nothing = ["Source: no secrets found, looked at `mounted`; create one of them"];
    folder.fails(&[], &nothing);
    folder.folder("package/mounted/name/nested");
    folder.fails(&[], &nothing);
    folder.secrets("");
    folder.lists(&["--file", "secrets.toml"], &[]);
    folder.lists(
        &["--file", "mounted", "--file", "secrets.toml"],
        &["name: table, from mounted/name"],
    );
    folder.write("package/mounted/other/file", "");
    folder.lists(
        &[],
        &[
            "name: table, from mounted/name",
            "other: string, from mounted/other/file",
        ],
    );
}

#[test]
fn directories_are_base_name_file() {
    let folder = mounted(&[
        ("one/value", "x"),
        ("two/user", "x"),
        ("two/.hidden", "x"),
        ("two/nested/ignored", "x"),
        (".dot/.value", "x"),
        ("nested/file", "x"),
        ("nested/directory/ignored", "x"),
    ]);
    folder.folder("package/mounted/none");
    folder.link("../two/user", "package/mounted/linked/user");
    folder.link("one", "package/mounted/also-one");
    folder.lists(
        &[],
        &[
            "\".dot\": string, from mounted/.dot/.value",
            "also-one: string, from mounted/also-one/value",
            "linked: string, from mounted/linked/user",
            "nested: string, from mounted/nested/file",
            "none: table, from mounted/none",
            "one: string, from mounted/one/value",
            "two.\".hidden\": string, from mounted/two/.hidden",
            "two.user: string, from mounted/two/user",
        ],
    );
}

#[test]
fn a_stray_file_is_reported() {
    let folder = mounted(&[("one/value", "x"), ("stray", "x"), (".hidden", "x")]);
    folder
        .link("gone", "package/mounted/dangling")
        .link("gone", "package/mounted/one/dangling");
    folder.write("package/mounted/latin/file", b"\xff");
    let way_out = "is a file beside the secrets; mount every secret in a sub-directory of its own";
    let dangling = "is a link to nothing; remove it, or restore its target";
    folder.fails(
        &[],
        &[
            &format!("Source: `mounted/.hidden` {way_out}"),
            &format!("Source: `mounted/dangling` {dangling}"),
            "Source: `mounted/latin/file` is not UTF-8, as `compat = \"streamlit\"` wants; save it as UTF-8, or give its key \
             the type `bytes`",
            &format!("Source: `mounted/one/dangling` {dangling}"),
            &format!("Source: `mounted/stray` {way_out}"),
        ],
    );
}

#[test]
fn values_are_stripped_as_python_does() {
    let cases = [
        ("x", "x"),
        ("", ""),
        (" \t\r\n\u{b}\u{c}x\n\n", "x"),
        (
            "\u{1c}\u{1d}\u{1e}\u{1f}x\u{85}\u{a0}\u{1680}\u{2000}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}",
            "x",
        ),
        ("\u{feff}x\u{feff}", "\u{feff}x\u{feff}"),
        (" \u{feff} x", "\u{feff} x"),
        ("\u{200b}x\u{180e}", "\u{200b}x\u{180e}"),
        ("a\r\nb\rc\nd\r", "a\nb\nc\nd"),
        ("\u{1b}x\u{0}", "\u{1b}x\u{0}"),
    ];
    for (text, value) in cases {
        let folder = mounted(&[("key/file", text)]);
        let quoted: String = value
            .chars()
            .map(|c| format!("\\U{:08X}", u32::from(c)))
            .collect();
        folder.secrets(&format!("key = \"{quoted}\""));
        let expected = folder.values(&["--file", "secrets.toml"]);
        assert_eq!(folder.values(&[]), expected, "{text:?}");
    }
}

#[test]
fn newlines_in_toml_become_one_sort() {
    let folder = Folder::new("");
    let compat = ["--file", "secrets.toml", "--compat", "streamlit"];
    folder.secrets("key = '''a\nb\nc'''\nother = 1\n");
    let expected = folder.values(&compat);
    assert_eq!(folder.values(&compat[..2]), expected);
    folder.secrets("key = '''a\r\nb\r\nc'''\r\nother = 1\r\n");
    assert_eq!(folder.values(&compat), expected);
    assert_ne!(folder.values(&compat[..2]), expected);
    folder.lists(
        &compat,
        &[
            "key: string, from secrets.toml:1:1",
            "other: integer, from secrets.toml:4:1",
        ],
    );
    // Python takes a lone one for a newline too.
    folder.secrets("key = '''a\rb\rc'''\rother = 1\r");
    assert_eq!(folder.values(&compat), expected);
}

#[test]
fn scalars_at_the_root_are_offered_as_variables() {
    let folder = Folder::new("compat = \"streamlit\"");
    folder.secrets("s = 'x'\ni = 5\nf = 1.0\nb = true\nd = 2026-01-01\na = [1]\nt.x = 'y'\nbig = 1e16\ninf = -inf\n");
    let values = folder.values(&["--file", "secrets.toml"]);
    let variables = values
        .split("__ENV_VARS: &[(&str, &str)] =")
        .nth(1)
        .unwrap_or_default();
    let expected = "&[(\"s\", \"x\"), (\"i\", \"5\"), (\"f\", \"1.0\"), (\"big\", \"1e+16\"), (\"inf\", \"-inf\"), ];";
    assert_eq!(variables.trim(), expected);
}

/// One bad source beside a good one has this one problem.
#[track_caller]
fn problems_of(folder: &Folder, path: &str, problem: &str) {
    folder.fails(&["--file", "secrets.toml", "--file", path], &[problem]);
}
