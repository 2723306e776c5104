//! A sealed file that was edited, cut off, or merged by hand.

use std::fs;

use diffy::{ConflictStyle, MergeOptions};

use super::{FILE, problems, seal_in, sealed, text};

const SETTINGS: &str = "[package.metadata.secrets.keys]\n\"public.*\" = { plain = true }\n";

const SECRETS: &str = "key = \"a value\"\n[public]\nendpoint = \"https://example.org\"\nports = [1, 2]\n\
     [table]\nport = 5432\nlist = [\"a\", \"b\"]\n";

/// The endings of what a damaged file can be called.
const EDITED: &str = "this sealed file was edited or cut off since it was sealed; restore it, or seal the \
     secrets again";
const NO_FILE: &str =
    "this is not a sealed file, or it was edited or cut off; seal the secrets again";
const OTHER_VERSION: &str = "; use the secrets-build that sealed it, or seal the secrets again";
const CONFLICT: &str = "there is an unresolved conflict in this sealed file; take one of the two versions \
     whole, or seal the secrets again";

#[test]
fn every_edit_is_found() {
    let (folder, _) = sealed(SETTINGS, SECRETS);
    let good = text(&folder);
    assert_eq!(problems(&folder), None);
    let lines: Vec<&str> = good.split_inclusive('\n').collect();
    let mut edits: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |what: String, text: &[u8]| {
        if text != good.as_bytes() {
            edits.push((what, text.to_vec()));
        }
    };
    let mut start = 0;
    for index in 0..lines.len() {
        let (before, after) = (lines[..index].concat(), lines[index + 1..].concat());
        let line = lines[index];
        add(
            format!("without line {index}"),
            (before.clone() + &after).as_bytes(),
        );
        add(
            format!("line {index} twice"),
            (before.clone() + line + line + &after).as_bytes(),
        );
        add(format!("up to line {index}"), before.as_bytes());
        add(
            format!("cut in line {index}"),
            &good.as_bytes()[..start + line.len() / 2],
        );
        add(
            format!("a space in front of line {index}"),
            format!("{before} {line}{after}").as_bytes(),
        );
        add(
            format!("a line before {index}"),
            format!("{before}\n{line}{after}").as_bytes(),
        );
        add(
            format!("a comment before {index}"),
            format!("{before}# a\n{line}{after}").as_bytes(),
        );
        add(
            format!("another checksum before {index}"),
            format!("{before}checksum = \"x\"\n{line}{after}").as_bytes(),
        );
        // Where the checksum stands, and what follows it, is the same.
        let is_sum = |line: &str| line.starts_with("checksum");
        if !is_sum(line) {
            let trailing = format!("{before}{} \n{after}", line.trim_end());
            add(
                format!("a space at the end of line {index}"),
                trailing.as_bytes(),
            );
        }
        let next = lines.get(index + 1).filter(|next| !is_sum(next));
        if let Some(next) = next.filter(|_| !is_sum(line)) {
            let swapped = format!("{before}{next}{line}{}", lines[index + 2..].concat());
            add(format!("line {index} behind the next"), swapped.as_bytes());
        }
        // Bytes of every kind, and in each line others.
        for (offset, change) in [
            (0, 1),
            (1, 0x20),
            (index, 2),
            (index / 2, 0x80),
            (2 * index, 4),
        ] {
            let mut flipped = good.clone().into_bytes();
            let at = start + offset % line.len();
            flipped[at] ^= change;
            add(format!("byte {at} ^ {change}"), &flipped);
        }
        start += line.len();
    }
    assert!(edits.len() > 300, "{}", edits.len());
    for (what, text) in edits {
        folder.write(format!("package/{FILE}"), &text);
        let reported = problems(&folder).unwrap_or_else(|| panic!("{what} is no problem"));
        let known = [EDITED, NO_FILE, OTHER_VERSION];
        assert!(
            known.iter().any(|known| reported.ends_with(known)),
            "{what}: {reported}"
        );
        assert!(!reported.contains("example.org"), "{what}: {reported}");
    }
    folder.write(format!("package/{FILE}"), &good);
    assert_eq!(problems(&folder), None);
}

#[test]
fn ends_of_lines_and_a_mark_in_front_are_no_edits() {
    let (folder, _) = sealed(SETTINGS, SECRETS);
    let good = text(&folder);
    let windows = good.replace('\n', "\r\n");
    assert_ne!(good, windows);
    for same in [
        windows.clone(),
        format!("\u{feff}{good}"),
        format!("\u{feff}{windows}"),
        good.trim_end().to_owned(),
    ] {
        folder.write(format!("package/{FILE}"), &same);
        assert_eq!(problems(&folder), None, "{same}");
    }
    // The control: the same with an edit.
    let edited = windows.replace("5432", "port");
    folder.write(
        format!("package/{FILE}"),
        edited.replace("a: ", "b: ").replace("key: ", "kee: "),
    );
    assert_eq!(problems(&folder), Some(format!("{FILE}:1:1: {EDITED}")));
}

#[test]
fn what_git_makes_of_two_versions_is_reported() {
    let (folder, _) = sealed(SETTINGS, SECRETS);
    let base = text(&folder);
    let package = folder.path("package");
    let again = |text: &str| {
        folder.write("package/.secrets/secrets.toml", text);
        seal_in(&package);
        super::text(&folder)
    };
    let ours = again(&SECRETS.replace("port =", "port2 = 1\nport ="));
    let theirs = again(&SECRETS.replace("a value", "another value"));
    for style in [ConflictStyle::Diff3, ConflictStyle::Merge] {
        let mut merge = MergeOptions::new();
        let merged = merge.set_conflict_style(style).merge(&base, &ours, &theirs);
        let merged = merged.expect_err("a conflict");
        let line = merged.lines().position(|line| line.starts_with("<<<<<<< "));
        let line = line.expect("a conflict") + 1;
        folder.write(format!("package/{FILE}"), &merged);
        assert_eq!(
            problems(&folder),
            Some(format!("{FILE}:{line}:1: {CONFLICT}")),
            "{style:?}"
        );
        // Someone removes the marks and keeps both sides, or one side of each conflict.
        let is_mark = |line: &&str| {
            ["<<<<<<< ", "=======", ">>>>>>> ", "||||||| "]
                .iter()
                .any(|mark| line.starts_with(mark))
        };
        let both: Vec<_> = merged.lines().filter(|line| !is_mark(line)).collect();
        folder.write(format!("package/{FILE}"), both.join("\n"));
        let reported = problems(&folder).expect("a problem");
        assert!(reported.ends_with(NO_FILE), "{style:?}: {reported}");
    }
    // The head of one and the ciphertext of the other.
    let half = |text: &str, head: bool| {
        let at = text.find("[[ciphertext]]").expect("a ciphertext");
        if head {
            text[..at].to_owned()
        } else {
            text[at..].to_owned()
        }
    };
    folder.write(
        format!("package/{FILE}"),
        half(&ours, true) + &half(&theirs, false),
    );
    assert_eq!(problems(&folder), Some(format!("{FILE}:1:1: {EDITED}")));
    // The controls: each of them whole.
    for whole in [base, ours, theirs] {
        folder.write(format!("package/{FILE}"), whole);
        assert_eq!(problems(&folder), None);
    }
}

#[test]
fn no_file_an_empty_one_and_a_folder() {
    let (folder, _) = sealed(SETTINGS, SECRETS);
    let file = folder.path("package").join(FILE);
    fs::write(&file, "").unwrap();
    assert_eq!(problems(&folder), Some(format!("{FILE}:1:1: {EDITED}")));
    fs::write(&file, "key = \"a value\"\n").unwrap();
    assert_eq!(problems(&folder), Some(format!("{FILE}:1:1: {EDITED}")));
    fs::write(&file, "nothing of the kind\n").unwrap();
    assert_eq!(problems(&folder), Some(format!("{FILE}:1:9: {NO_FILE}")));
    fs::remove_file(&file).unwrap();
    assert_eq!(
        problems(&folder),
        Some(format!(
            "Cargo.toml:10:10: `sealed` names `{FILE}`, which does not exist; write it with `Secrets::seal`, or correct \
             the path"
        ))
    );
    fs::create_dir(&file).unwrap();
    assert_eq!(
        problems(&folder),
        Some(format!(
            "Cargo.toml:10:10: `sealed` names `{FILE}`, which cannot be read: it is a directory, expected a file"
        ))
    );
    fs::remove_dir(&file).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(&file).status();
    assert!(pipe.unwrap().success());
    let reported = problems(&folder).unwrap();
    assert!(
        reported.contains("it is neither a file nor a directory"),
        "{reported}"
    );
}
