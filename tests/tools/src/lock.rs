//! One process at a time.

use std::fs::{self, File};

use rustix::fs::{FlockOperation, flock};

/// Waits for this lock in the target folder, and holds it until the file is dropped.
pub(crate) fn lock(name: &str) -> File {
    let folder = crate::target().join("tools");
    fs::create_dir_all(&folder).expect("a folder in the target folder");
    let file = File::create(folder.join(name)).expect("a file in the target folder");
    flock(&file, FlockOperation::LockExclusive).expect("a lock");
    file
}
