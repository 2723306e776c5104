//! Secret directories.

use std::{
    ffi::OsStr,
    fs,
    os::unix::{ffi::OsStrExt, net::UnixListener},
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use secrets_tests::Folder;

pub(super) const MOUNTED: [&str; 2] = ["--file", "mounted"];

/// Writes what Kubernetes mounts: files behind `..data`, which is a link itself.
pub(super) fn mount(folder: &Folder, at: &str, version: &str, files: &[(&str, &str)]) {
    for (name, text) in files {
        folder.write(format!("package/{at}/..{version}/{name}"), text);
        let top = name.split('/').next().unwrap_or(name);
        folder.link(&format!("..data/{top}"), &format!("package/{at}/{top}"));
    }
    folder.link(&format!("..{version}"), &format!("package/{at}/..data"));
}

#[test]
fn a_volume_is_read_directly_and_one_level_down() {
    let files = [("user", "me"), ("password", "secret\n"), ("tls/key", "k")];
    let folder = Folder::new("");
    mount(&folder, "mounted", "2026_01", &files);
    folder.lists(
        &MOUNTED,
        &[
            "password: string, from mounted/password",
            "tls.key: string, from mounted/tls/key",
            "user: string, from mounted/user",
        ],
    );
    let folder = Folder::new("");
    mount(&folder, "mounted/app", "2026_01", &files);
    mount(&folder, "mounted/db", "2026_02", &files[..1]);
    folder.lists(
        &MOUNTED,
        &[
            "app.password: string, from mounted/app/password",
            "app.tls.key: string, from mounted/app/tls/key",
            "app.user: string, from mounted/app/user",
            "db.user: string, from mounted/db/user",
        ],
    );
    // The directory may itself be a link.
    folder.link("mounted/app", "package/linked");
    folder.lists(
        &["--file", "linked"],
        &[
            "password: string, from linked/password",
            "tls.key: string, from linked/tls/key",
            "user: string, from linked/user",
        ],
    );
}

#[test]
fn one_trailing_newline_is_trimmed() {
    let cases: [(&[u8], &str); 9] = [
        (b"", "''"),
        (b"\n", "''"),
        (b"a", "'a'"),
        (b"a\n", "'a'"),
        (b"a\n\n", "\"a\\n\""),
        (b"a\r\n", "'a'"),
        (b"a\r", "\"a\\r\""),
        (b" a\nb \n", "\" a\\nb \""),
        ("\u{feff}größe\u{a0}\n".as_bytes(), "\"größe\\u00A0\""),
    ];
    for (contents, toml) in cases {
        let folder = Folder::new("");
        folder.write("package/mounted/key", contents);
        folder.secrets(&format!("key = {toml}"));
        let expected = folder.values(&["--file", "secrets.toml"]);
        assert_eq!(folder.values(&MOUNTED), expected, "{contents:?}");
    }
}

#[test]
fn a_file_that_is_not_utf8_is_bytes_as_they_are() {
    let folder = Folder::new("");
    folder.write("package/mounted/key", b"\xff\x00\n");
    folder.lists(&MOUNTED, &["key: bytes, from mounted/key"]);
    let values = folder.values(&MOUNTED);
    assert!(
        values.contains("b\"\\xff\\x00\\n\"") || values.contains("[255, 0, 10]"),
        "{values}"
    );
}

#[test]
fn an_empty_directory_is_an_empty_layer() {
    let folder = Folder::new("");
    folder.folder("package/mounted");
    folder.lists(&MOUNTED, &[]);
    folder.lists(&["--optional-file", "mounted"], &[]);
    folder.secrets("a = 1");
    folder.lists(
        &["--file", "secrets.toml", "--file", "mounted"],
        &["a: integer, from secrets.toml:1:1"],
    );
}

#[test]
fn what_cannot_be_a_secret_is_reported_all_at_once() {
    let folder = Folder::new("");
    folder.write("package/mounted/good", "x");
    folder
        .link("gone", "package/mounted/dangling")
        .link("itself", "package/mounted/itself");
    folder
        .link("..", "package/mounted/s/up")
        .link("/dev/null", "package/mounted/null");
    let _socket = UnixListener::bind(folder.path("package/mounted/socket")).unwrap();
    let pipe = Command::new("mkfifo")
        .arg(folder.path("package/mounted/pipe"))
        .status();
    assert!(pipe.unwrap().success());
    fs::write(
        folder
            .path("package/mounted")
            .join(OsStr::from_bytes(b"z\xff")),
        "x",
    )
    .unwrap();
    folder.fails(
        &MOUNTED,
        &[
            "Source: `mounted/dangling` is a link to nothing; remove it, or restore its target",
            "Source: failed to read `mounted/itself`: Too many levels of symbolic links (os error 40)",
            "Source: `mounted/null` is neither a file nor a directory; remove it",
            "Source: `mounted/pipe` is neither a file nor a directory; remove it",
            "Source: `mounted/s/up` leads back to a directory above it; remove the link",
            "Source: `mounted/socket` is neither a file nor a directory; remove it",
            "Source: the name of the file `mounted/z\u{fffd}` is not UTF-8 and so no key; rename it",
        ],
    );
}

#[test]
fn directories_and_files_merge() {
    let folder = Folder::new("");
    folder.secrets("user = 'a'\nport = 1\n[tls]\ncert = 'c'\n[list]\n");
    folder
        .write("package/mounted/user", "b")
        .write("package/mounted/tls/key", "k");
    folder.lists(
        &["--file", "secrets.toml", "--file", "mounted"],
        &[
            "user: string, from mounted/user, over secrets.toml:1:1",
            "port: integer, from secrets.toml:2:1",
            "tls.cert: string, from secrets.toml:4:1",
            "tls.key: string, from mounted/tls/key",
            "list: table, from secrets.toml:5:2",
        ],
    );
    let way_out = "give it one type, or rename one of the two";
    folder
        .write("package/other/tls", "x")
        .write("package/other/user/name", "x");
    folder.write("package/other/port", "1");
    folder.fails(
        &["--file", "secrets.toml", "--file", "mounted", "--file", "other"],
        &[
            "Merge: `port` is an integer at secrets.toml:2:1 but a string at other/port; a file of a secret directory is \
             a text; fix the type of the key in `keys` or in the template, or rename one of the two",
            &format!("Merge: `tls` is a table at secrets.toml:3:2 but a string at other/tls; {way_out}"),
            &format!("Merge: `user` is a string at mounted/user but a table at other/user; {way_out}"),
        ],
    );
}

#[test]
fn a_swap_is_seen_whole() {
    let folder = Folder::new("");
    let names: Vec<_> = (0..50).map(|index| format!("key{index}")).collect();
    for version in ["one", "two"] {
        let files: Vec<_> = names.iter().map(|name| (name.as_str(), version)).collect();
        mount(&folder, "mounted", version, &files);
    }
    let done = AtomicBool::new(false);
    let mixed = thread::scope(|scope| {
        scope.spawn(|| {
            let data = folder.path("package/mounted/..data");
            let new = folder.path("package/mounted/..new");
            for version in ["..one", "..two"].into_iter().cycle() {
                std::os::unix::fs::symlink(version, &new).unwrap();
                fs::rename(&new, &data).unwrap();
                if done.load(Ordering::Relaxed) {
                    return;
                }
                // Longer than the clock of the file system takes for a step.
                thread::sleep(Duration::from_millis(11));
            }
        });
        let mixed = (0..30).find_map(|_| {
            // It may give up, and says so.
            let values = folder.load(&["--file", "mounted", "--values"]).ok()?;
            let constants = values.split("pub(super) const SECRETS").next()?.to_owned();
            (constants.contains("\"one\"") && constants.contains("\"two\"")).then_some(constants)
        });
        done.store(true, Ordering::Relaxed);
        mixed
    });
    assert_eq!(mixed, None, "two states in one");
}
