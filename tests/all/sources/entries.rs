//! Entries of a secret directory that are not read: hidden, left out, too deep or too many.

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt};

use secrets_tests::Folder;

use super::directories::MOUNTED;

#[test]
fn hidden_entries_are_skipped_whatever_they_are() {
    let folder = Folder::new("");
    folder
        .write("package/mounted/a", "x")
        .write("package/mounted/.hidden", "x");
    folder
        .write("package/mounted/.git/config", "x")
        .write("package/mounted/s/.keep", "");
    folder.link("gone", "package/mounted/.dangling");
    fs::write(
        folder
            .path("package/mounted")
            .join(OsStr::from_bytes(b".\xff")),
        "x",
    )
    .unwrap();
    folder.lists(
        &MOUNTED,
        &["a: string, from mounted/a", "s: table, from mounted/s"],
    );
}

#[test]
fn directories_end_at_some_depth() {
    let folder = Folder::new("");
    folder.write(format!("package/mounted{}/key", "/d".repeat(127)), "x");
    assert_eq!(folder.load(&MOUNTED).unwrap().lines().count(), 1);
    folder.write(format!("package/mounted{}/key", "/d".repeat(128)), "x");
    let deep = format!("mounted{}", "/d".repeat(128));
    folder.fails(
        &MOUNTED,
        &[&format!(
            "Source: `{deep}` is more than 128 levels deep, where a generated module ends; move it up, or leave it out with \
             `except`"
        )],
    );
}

#[test]
fn links_that_fan_out_end() {
    let folder = Folder::new("");
    // Ten ways to go on at each of ten levels.
    for level in 0..10 {
        for link in 0..10 {
            let target = format!("../level{}", level + 1);
            folder.link(&target, &format!("package/levels/level{level}/{link}"));
        }
    }
    folder.write("package/levels/level10/key", "x");
    folder.folder("package/mounted");
    folder.link("../levels/level0", "package/mounted/all");
    folder.fails(
        &MOUNTED,
        &["Source: `mounted` has more than 1000 directories, those counted again that several links lead to; \
           remove links, or leave entries out with `except`"],
    );
    // A hundred ways are none too many.
    folder.link("../levels/level8", "package/mounted/all");
    assert_eq!(folder.load(&MOUNTED).unwrap().lines().count(), 100);
}

#[test]
fn entries_may_be_left_out_and_are_not_looked_at() {
    let folder = Folder::new(
        "files = [{ path = \"mounted\", except = [\"kubernetes.io\", \"rh*\", \"dangling\"] }]",
    );
    folder
        .write("package/mounted/key", "x")
        .write(
            "package/mounted/kubernetes.io/serviceaccount/token",
            b"\xff",
        )
        .write("package/mounted/rhsm/rhsm.conf", "x")
        .write("package/mounted/table/rhsm", "x")
        .folder("package/mounted/lost+found")
        .folder("package/mounted/table/lost+found")
        .link("gone", "package/mounted/dangling");
    folder.lists(
        &[],
        &[
            "key: string, from mounted/key",
            "table.rhsm: string, from mounted/table/rhsm",
        ],
    );
    // A file of that name is a secret.
    folder.write("package/mounted/table/lost+found/x", "");
    fs::remove_dir_all(folder.path("package/mounted/lost+found")).unwrap();
    folder.write("package/mounted/lost+found", "x");
    assert_eq!(folder.load(&[]).unwrap().lines().count(), 3);

    let folder = Folder::new("files = [{ path = \"secrets.toml\", except = [\"a\"] }]");
    folder.secrets("a = 1");
    folder.fails(
        &[],
        &["Source: `secrets.toml` is a file, and `except` leaves out entries of a secret directory; remove it"],
    );
    let streamlit = Folder::new(
        "compat = \"streamlit\"\nfiles = [{ path = \"mounted\", except = [\"stray\"] }]",
    );
    streamlit
        .write("package/mounted/stray", "x")
        .write("package/mounted/key/file", "x");
    streamlit.lists(&[], &["key: string, from mounted/key/file"]);
}

#[test]
fn a_file_that_is_one_secret_is_reported_with_its_folder() {
    let folder = Folder::new("");
    folder
        .write("package/mounted/db_password", "x")
        .write("package/mounted/sealed", "age-encryption.org/v1\n");
    for (file, message) in [
        (
            "mounted/db_password",
            "is neither a directory nor a `.toml` file; give it a name that ends in `.toml`, or, if the whole \
             file is one secret, name its folder `mounted`, of which each file is one",
        ),
        (
            "mounted/sealed",
            "is encrypted with age; give it a name that ends in `.toml.age`",
        ),
    ] {
        folder.fails(&["--file", file], &[&format!("Source: `{file}` {message}")]);
    }
}
