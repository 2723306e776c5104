//! The generated files of small packages.
//!
//! A case is a folder: `settings.toml`, what is in the section of `Cargo.toml`; `package/`, the files of the
//! package; and `expected/`, the files of the module, binary ones as text.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
};

use expect_test::expect_file;
use secrets_tests::Folder;

#[test]
fn modules_are_those_that_were_reviewed() {
    let cases: Vec<PathBuf> = entries(&super::folder("generated"));
    assert!(cases.len() >= 8, "{} cases", cases.len());
    for case in cases {
        let settings = fs::read_to_string(case.join("settings.toml")).expect("settings");
        let mut folder = Folder::new(&settings);
        copy(&case.join("package"), &folder.path("package"));
        if case.ends_with("stub") {
            folder.set("SECRETS_STUB", "1");
        }
        let expected = case.join("expected");
        if is_updating() {
            fs::create_dir_all(&expected).expect("a folder is made");
        }
        let mut names = BTreeSet::new();
        for (name, contents) in folder.generate() {
            expect_file![expected.join(&name)].assert_eq(&text(&name, &contents));
            names.insert(name);
        }
        for file in entries(&expected) {
            let name = file
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            if !names.contains(&name) {
                assert!(
                    is_updating(),
                    "{} is not generated any more",
                    file.display()
                );
                fs::remove_file(file).expect("the file is removed");
            }
        }
    }
}

/// A file as it is kept.
fn text(name: &str, contents: &[u8]) -> String {
    match name.rsplit('.').next() {
        // It differs each time.
        Some("age") => "an age file\n".to_owned(),
        Some("stub") => contents.chunks(16).map(dump).collect::<Vec<_>>().concat(),
        _ => String::from_utf8(contents.to_owned()).expect("UTF-8"),
    }
}

/// Bytes as two digits each, and as letters.
fn dump(bytes: &[u8]) -> String {
    let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let letters = bytes.iter().map(|byte| match byte {
        b' '..=b'~' => char::from(*byte),
        _ => '.',
    });
    format!("{:<48} {}\n", digits.join(" "), letters.collect::<String>())
}

fn is_updating() -> bool {
    env::var_os("UPDATE_EXPECT").is_some()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder is made");
    for path in entries(from) {
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("a copy");
        }
    }
}
