//! Identities of a plugin, which is a script. Each case is a process with a `PATH` of its own.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use secrets_embed::{Error, Identity};
use secrets_test_tools::age;

use crate::{
    module::{KEY, Secrets, VALUE, good},
    tools::{folder, seal, tool, utf8},
};

/// The public half of [`KEY`].
const KEY_RECIPIENT: &str = "age14tdwmytxxedjck9p309kya6ve5c4wyvavxjdfzpvs8jjgkcx05uq27ljhz";

const RECIPIENT: &str = "age1fake1vysxvcttv5s8yetrd9cxjetwwsvt02hr";
const FITS: &str = "AGE-PLUGIN-FAKE-1VYSXVCTTV5SXKETE5TU4K6";
const OTHER: &str = "AGE-PLUGIN-FAKE-1V9HX7ARGV4EZQ6M90Y2DTKZV";

/// Speaks age's plugin protocol, and "encrypts" the key of a file by leaving it as it is.
const PLUGIN: &str = r#"#!/bin/sh
case "$FAKE_PLUGIN" in
    dies) exit 1 ;;
    nonsense) echo "what is this?" ;;
esac
while read -r arrow command arguments; do
    case "$arrow $command $arguments" in
        "-> add-identity AGE-PLUGIN-FAKE-1VYSXVCTTV5SXKETE5TU4K6") fits=yes ;;
        "-> wrap-file-key "*) read -r key ;;
        "-> recipient-stanza 0 fake"*) read -r key ;;
        "-> done ") read -r empty; break ;;
    esac
done
answer() {
    printf -- '-> %s\n%s\n' "$1" "$2"
    read -r ok && read -r empty
}
case "$1 $FAKE_PLUGIN" in
    "--age-plugin=recipient-v1 "*) answer "recipient-stanza 0 fake" "$key" ;;
    *" fails") answer "error internal" "YSBtZXNzYWdl" ;;
    *" short") answer "file-key 0" "c2hvcnQ" ;;
    *) [ "$fits" ] && answer "file-key 0" "$key" ;;
esac
printf -- '-> done\n\n'
"#;

/// Set in the process of a case: the path of a file to decrypt.
const CASE: &str = "PLUGIN_CASE";

/// The process of a case: says what became of the key.
#[test]
fn case() {
    let Some(path) = env::var_os(CASE) else {
        return;
    };
    let file = fs::read(path).expect("a file");
    let key = env::var("PLUGIN_KEY").expect("a key");
    let parsed = key.parse::<Identity>();
    match parsed.and_then(|identity| Secrets::decrypt_from(&identity, &file)) {
        Ok(_) => println!("\nfits"),
        Err(error @ Error::Plugin) => println!("\nError::Plugin: {error}"),
        Err(error @ Error::WrongIdentity { .. }) => println!("\nError::WrongIdentity: {error}"),
        Err(error) => println!("\nanother error: {error}"),
    }
}

/// What a process with these keys and this plugin says.
fn decrypt(folder: &Path, key: &str, plugin: &str) -> String {
    let output = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", "plugin::case", "--nocapture"])
        .env("PATH", path(folder))
        .env(CASE, folder.join("file.age"))
        .env("PLUGIN_KEY", key)
        .env("FAKE_PLUGIN", plugin)
        .output()
        .expect("the process starts");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{text}");
    assert!(!text.contains(VALUE) && !text.contains(key), "{text}");
    text
}

fn path(folder: &Path) -> String {
    format!("{}:/usr/bin:/bin", utf8(folder))
}

/// A folder with a plugin, and a file that the stock `age` encrypts to the plugin's recipient.
fn sealed(name: &str) -> PathBuf {
    let folder = folder(name);
    // By another process: a file that this one had open cannot be run while a copy of this one does.
    let mut install = Command::new("install");
    install
        .args(["-m", "755", "/dev/stdin"])
        .arg(folder.join("age-plugin-fake"));
    tool(&mut install, PLUGIN.as_bytes());
    let mut age = Command::new(age());
    age.args(["-r", RECIPIENT]).env("PATH", path(&folder));
    let file = tool(&mut age, &good());
    assert!(String::from_utf8_lossy(&file).contains("\n-> fake\n"));
    fs::write(folder.join("file.age"), file).expect("a file");
    folder
}

#[test]
fn a_plugin_finds_the_key_of_a_file() {
    let folder = sealed("plugin");
    for keys in [
        FITS.to_owned(),
        format!("# a comment\r\n{FITS}\r\n"),
        // A key that the file is not for, before and behind.
        format!("{KEY}\n{FITS}\n"),
        format!("{OTHER}\n{FITS}\n{KEY}\n"),
    ] {
        let said = decrypt(&folder, &keys, "");
        assert!(said.contains("\nfits"), "{keys:?}: {said}");
    }
    for keys in [OTHER, KEY] {
        let said = decrypt(&folder, keys, "");
        assert!(said.contains("\nError::WrongIdentity"), "{said}");
    }
    // The file is for another key than that of the plugin.
    fs::write(folder.join("file.age"), seal(&["-r", KEY_RECIPIENT])).expect("a file");
    let said = decrypt(&folder, FITS, "");
    assert!(said.contains("\nError::WrongIdentity"), "{said}");
    let said = decrypt(&folder, &format!("{FITS}\n{KEY}"), "");
    assert!(said.contains("\nfits"), "{said}");
}

#[test]
fn a_plugin_that_fails_is_reported() {
    let folder = sealed("plugin-fails");
    let failed = "\nError::Plugin: the plugin of the identity failed; install it, and connect its \
                  device if it has one";
    for (plugin, reported) in [
        ("fails", failed),
        ("dies", failed),
        ("nonsense", failed),
        ("short", "\nError::WrongIdentity"),
    ] {
        let said = decrypt(&folder, FITS, plugin);
        assert!(said.contains(reported), "{plugin}: {said}");
        // It does not keep another key from being tried.
        fs::copy(folder.join("file.age"), folder.join("kept")).expect("a copy");
        fs::write(folder.join("file.age"), seal(&["-r", KEY_RECIPIENT])).expect("a file");
        let said = decrypt(&folder, &format!("{FITS}\n{KEY}"), plugin);
        assert!(said.contains("\nfits"), "{plugin}: {said}");
        fs::rename(folder.join("kept"), folder.join("file.age")).expect("the file");
    }
}

#[test]
fn an_absent_plugin_is_reported() {
    let folder = sealed("plugin-absent");
    let reported = "another error: the key, line 2: the plugin of this identity is not in `PATH`; \
                install it";
    let keys = format!("{KEY}\n{FITS}");
    fs::remove_file(folder.join("age-plugin-fake")).expect("removed");
    let said = decrypt(&folder, &keys, "");
    assert!(said.contains(reported), "{said}");
    // A file that is not a program is no plugin.
    fs::write(folder.join("age-plugin-fake"), PLUGIN).expect("a file");
    let said = decrypt(&folder, &keys, "");
    assert!(said.contains(reported), "{said}");
}

#[test]
fn a_mistyped_identity_is_reported() {
    let folder = sealed("plugin-mistyped");
    let said = decrypt(&folder, &FITS.replace("TU4K6", "TU4K7"), "");
    let reported = "another error: the key, line 1: this is not an identity of an age plugin";
    assert!(said.contains(reported), "{said}");
}
