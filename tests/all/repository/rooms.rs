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
    "node",
]);

impl Ladder {
    /// How far down a room is.
    fn floor(&self, room: &str) -> usize {
        let floor = self.0.iter().position(|name| *name == room);
        floor.unwrap_or_else(|| panic!("`{room}` is no room of the ladder"))
    }

    /// The arrows of a file that run up.
    fn upward<'a>(&self, room: &str, text: &'a str) -> Vec<&'a str> {
        let mut rooms = used(text);
        rooms.retain(|used| self.0.contains(used) && self.floor(used) < self.floor(room));
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

/// The rooms that a formatted file names: `crate::room`, and each entry of `use crate::{ ... }`.
fn used(text: &str) -> Vec<&str> {
    let end = |rest: &str| {
        rest.find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len())
    };
    let mut rooms = Vec::new();
    for part in text.split("crate::").skip(1) {
        match part.strip_prefix('{') {
            None => rooms.push(&part[..end(part)]),
            Some(list) => {
                let list = list.split("};").next().unwrap_or(list);
                let entries = list.lines().filter_map(|line| line.strip_prefix("    "));
                let entries = entries.filter(|entry| entry.starts_with(char::is_alphabetic));
                rooms.extend(entries.map(|entry| &entry[..end(entry)]));
                // A list of one line.
                if !list.contains('\n') {
                    let entries = list.split([',', '{', '}']).map(str::trim);
                    rooms.extend(entries.filter_map(|entry| entry.split("::").next()));
                }
            }
        }
    }
    rooms
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
    assert_eq!(BUILD.upward("build", text), [""; 0]);
}
