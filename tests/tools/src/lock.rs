//! One process at a time.

use std::fs::{self, File};

use rustix::fs::{FlockOperation, flock};

/// Waits for this lock in the target folder, and holds it until the file is dropped.
#[must_use]
pub fn lock(name: &str) -> File {
    let file = open(name);
    flock(&file, FlockOperation::LockExclusive).expect("a lock");
    file
}

/// The same if nothing else holds it now.
#[must_use]
pub fn try_lock(name: &str) -> Option<File> {
    let file = open(name);
    flock(&file, FlockOperation::NonBlockingLockExclusive).ok()?;
    Some(file)
}

fn open(name: &str) -> File {
    let folder = crate::target().join("tools");
    fs::create_dir_all(&folder).expect("a folder in the target folder");
    File::create(folder.join(name)).expect("a file in the target folder")
}
