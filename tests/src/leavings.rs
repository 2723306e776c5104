//! What a package leaves in a target folder that others share.

use std::fs;

use crate::project::{Project, Target};

impl Drop for Project {
    /// Removes what the shared target folder has of this package alone, of which the tests together
    /// would leave gigabytes.
    fn drop(&mut self) {
        if matches!(self.target, Target::Own(_)) {
            return;
        }
        let names = [self.name.clone(), self.name.replace('-', "_")];
        for profile in ["debug", "release"] {
            for folder in ["", "build", "deps", "incremental", ".fingerprint"] {
                let folder = self.target().join(profile).join(folder);
                for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                    if is_of_package(&entry.file_name().to_string_lossy(), &names) {
                        let path = entry.path();
                        let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
                    }
                }
            }
        }
    }
}

/// Whether a file or folder in a target folder has one of these names, with a hash or without.
fn is_of_package(entry: &str, names: &[String]) -> bool {
    let entry = entry.split('.').next().unwrap_or_default();
    let entry = entry.strip_prefix("lib").unwrap_or(entry);
    names.iter().any(|name| {
        let rest = entry.strip_prefix(name.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(is_hash))
    })
}

/// Whether this is a hash of cargo's, and not the rest of a longer name.
fn is_hash(text: &str) -> bool {
    text.len() > 11
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_digit())
}
