//! A git repository as far as cargo looks at one: which files are tracked, and `.gitignore`.

use std::{fs, path::PathBuf};

use sha1::{Digest, Sha1};

/// A repository without a commit, made without `git`.
pub struct Repository {
    folder: PathBuf,
}

impl Repository {
    /// Makes this folder a repository, in which nothing is tracked.
    #[must_use]
    pub fn init(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        let git = folder.join(".git");
        for inside in ["objects", "refs/heads"] {
            fs::create_dir_all(git.join(inside)).expect("a folder");
        }
        fs::write(git.join("HEAD"), "ref: refs/heads/main\n").expect("a file");
        let config = "[core]\nrepositoryformatversion = 0\nbare = false\n";
        fs::write(git.join("config"), config).expect("a file");
        Self { folder }
    }

    /// Tracks these files of the folder, and no others.
    pub fn track(&self, paths: &[&str]) {
        let mut paths = paths.to_vec();
        paths.sort_unstable();
        // See `gitformat-index`: version 2, with empty time stamps and names of objects.
        let count = u32::try_from(paths.len()).expect("some files");
        let mut index = [&b"DIRC"[..], &2_u32.to_be_bytes(), &count.to_be_bytes()].concat();
        for path in paths {
            let mut entry = vec![0; 62];
            entry[24..28].copy_from_slice(&0o100_644_u32.to_be_bytes());
            let length = u16::try_from(path.len()).expect("a short path");
            entry[60..].copy_from_slice(&length.to_be_bytes());
            entry.extend(path.as_bytes());
            // At least one zero, and a whole number of eights.
            entry.resize(entry.len() / 8 * 8 + 8, 0);
            index.extend(entry);
        }
        index.extend(Sha1::digest(&index));
        fs::write(self.folder.join(".git/index"), index).expect("a file");
    }
}
