//! The rooms of each crate: each uses only those below it.

use std::{fs, path::Path};

use secrets_tests::workspace;

/// The rooms of a crate, from the top.
struct Ladder(&'static [&'static str]);

const BUILD: Ladder = Ladder(&[
    "build", "sealed", "write", "secrets", "schema", "read", "crypto", "settings", "model",
    "files", "error", "origin", "shown",
]);

const EMBED: Ladder = Ladder(&[
    "private",
    "encrypted",
    "age_file",
    "wiped",
    "redact",
    "compare",
    "accessors",
    "value",
    "table",
    "deep",
    "array",
    "scalars",
    "kind",
    "key",
    "missing",
    "node",
]);

impl Ladder {
    /// How far down a room is; what is in no room is in `lib.rs`, above all.
    fn floor(&self, room: &str) -> Option<usize> {
        self.0.iter().position(|name| *name == room)
    }

    /// The arrows of a file that run up.
    fn upward<'a>(&self, room: &str, text: &'a str) -> Vec<&'a str> {
        let floor = self.floor(room);
        assert!(floor.is_some(), "`{room}` is not a room of the ladder");
        let mut rooms = used(text);
        rooms.retain(|used| self.floor(used) < floor);
        rooms
    }

    /// Searches a folder for arrows that run up, and counts its files.
    fn check(&self, folder: &Path, room: &str, count: &mut usize, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            // Unit tests may use all of the crate.
            if name == "tests" {
                continue;
            }
            let room = if room.is_empty() { &name } else { room };
            if path.is_dir() {
                self.check(&path, room, count, found);
            } else if room != "lib" {
                *count += 1;
                let text = fs::read_to_string(&path).expect("a text");
                for used in self.upward(room, &text) {
                    found.push(format!("{} uses `{used}`", path.display()));
                }
            }
        }
    }
}

/// What the code of a formatted file names of its crate: `crate::name`, and each entry of `use crate::{ ... }`.
fn used(text: &str) -> Vec<&str> {
    let end = |rest: &str| {
        rest.find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len())
    };
    let mut names = Vec::new();
    for (start, _) in text.match_indices("crate::") {
        let line = text[..start].rsplit('\n').next().unwrap_or_default();
        let is_part = line.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        if line.trim_start().starts_with("//") || is_part {
            continue;
        }
        let part = &text[start + "crate::".len()..];
        match part.strip_prefix('{') {
            None => names.push(&part[..end(part)]),
            Some(list) => names.extend(entries(list).iter().map(|entry| &entry[..end(entry)])),
        }
    }
    // Macros are in `lib.rs` wherever they are defined.
    names.retain(|name| !name.is_empty() && !name.starts_with("__"));
    names
}

/// The entries of a list, up to the brace that closes it.
fn entries(list: &str) -> Vec<&str> {
    let (mut entries, mut depth, mut start) = (Vec::new(), 0, 0);
    for (index, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' => {
                entries.push(list[start..index].trim());
                break;
            }
            ',' if depth == 0 => {
                entries.push(list[start..index].trim());
                start = index + 1;
            }
            _ => {}
        }
    }
    entries
}

#[test]
fn no_room_uses_one_above_it() {
    let (mut count, mut found) = (0, Vec::new());
    for (ladder, folder) in [(BUILD, "secrets-build/src"), (EMBED, "secrets-embed/src")] {
        ladder.check(&workspace().join(folder), "", &mut count, &mut found);
    }
    assert!(count > 130, "{count} files");
    assert!(found.is_empty(), "{found:#?}");
    // The control: one of each form.
    let text = "use crate::{\n    error::Problem,\n    write::{\n        layout::Layout,\n    },\n};\n\
                use crate::sealed::read;\nuse crate::{build, model::tree};\nfn f() { crate::secrets::f() }\n";
    assert_eq!(
        BUILD.upward("schema", text),
        ["write", "sealed", "build", "secrets"]
    );
    assert_eq!(BUILD.upward("shown", "use crate::Error;"), ["Error"]);
    assert_eq!(BUILD.upward("build", text), [""; 0]);
}
