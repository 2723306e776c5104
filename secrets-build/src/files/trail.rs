//! The links that a path leads through.

use std::{
    collections::VecDeque,
    ffi::OsString,
    fs, io,
    path::{Component, Path, PathBuf},
};

/// How many links are followed: as many as Linux does.
const MAX_LINKS: usize = 40;

/// A path, each link on its way, and where it ends.
pub(crate) struct Trail {
    pub(crate) start: PathBuf,
    /// The links, in the order in which they are followed, each without a link in its own path but for
    /// the last part.
    pub(crate) links: Vec<PathBuf>,
    /// The real path.
    pub(crate) end: PathBuf,
}

impl Trail {
    /// Follows an absolute path link by link, as the system does.
    pub(crate) fn follow(start: &Path) -> io::Result<Self> {
        let owned = |path: &Path| -> VecDeque<OsString> {
            path.components()
                .map(|part| part.as_os_str().to_owned())
                .collect()
        };
        let mut links = Vec::new();
        let mut end = PathBuf::new();
        let mut pending = owned(start);
        while let Some(part) = pending.pop_front() {
            match Path::new(&part).components().next() {
                Some(Component::ParentDir) => {
                    end.pop();
                    continue;
                }
                Some(Component::Normal(_)) => {}
                // A root replaces all that was before it.
                _ => {
                    end.push(part);
                    continue;
                }
            }
            let path = end.join(&part);
            if !fs::symlink_metadata(&path)?.is_symlink() {
                end = path;
                continue;
            }
            let mut target = owned(&fs::read_link(&path)?);
            target.append(&mut pending);
            pending = target;
            links.push(path);
            if links.len() > MAX_LINKS {
                return Err(io::Error::other("too many links"));
            }
        }
        Ok(Self {
            start: start.to_owned(),
            links,
            end,
        })
    }

    /// The links and the end.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Path> {
        self.links.iter().chain([&self.end]).map(PathBuf::as_path)
    }
}
