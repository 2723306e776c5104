//! Target folders that packages share.
//!
//! Cargo builds one package at a time in a target folder, and most of a build is one step after the other. So
//! there are as many folders as tests commonly run at once, and a test takes one of them for all of its
//! packages. The dependencies that most tests have are built once and copied.

use std::{
    cell::RefCell,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Once, Weak},
};

use secrets_test_tools::{lock, target, try_lock};

use crate::{
    Project,
    project::{ALL_BUILD_FEATURES, ALL_FEATURES},
};

/// How many tests build at once. More of them wait for each other.
const COUNT: usize = 2;

/// How a program that most tests have the dependencies of is built.
struct Common {
    features: &'static str,
    build_features: &'static str,
    is_optimised: bool,
}

/// The first has none of the features.
const COMMON: [Common; 4] = [
    Common {
        features: "datetime",
        build_features: "",
        is_optimised: false,
    },
    Common {
        features: "encrypted,datetime",
        build_features: ALL_BUILD_FEATURES,
        is_optimised: false,
    },
    Common {
        features: ALL_FEATURES,
        build_features: ALL_BUILD_FEATURES,
        is_optimised: false,
    },
    Common {
        features: "encrypted,datetime",
        build_features: ALL_BUILD_FEATURES,
        is_optimised: true,
    },
];

/// A target folder that one test has, unless there are more of them than folders.
pub(crate) struct Lane {
    folder: PathBuf,
    _lock: Option<File>,
}

impl Lane {
    /// The folder of this thread, which is that of a test.
    pub(crate) fn take() -> Arc<Self> {
        thread_local! {
            static TAKEN: RefCell<Weak<Lane>> = const { RefCell::new(Weak::new()) };
        }
        static WARM: Once = Once::new();
        WARM.call_once(warm);
        TAKEN.with_borrow_mut(|taken| {
            taken.upgrade().unwrap_or_else(|| {
                let lane = Arc::new(Self::free());
                *taken = Arc::downgrade(&lane);
                lane
            })
        })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    fn free() -> Self {
        let free =
            (0..COUNT).find_map(|number| Some((number, try_lock(&format!("lane-{number}"))?)));
        match free {
            Some((number, lock)) => Self {
                folder: folder(number),
                _lock: Some(lock),
            },
            None => Self {
                folder: folder(0),
                _lock: None,
            },
        }
    }
}

fn folder(number: usize) -> PathBuf {
    target().join("tests").join(number.to_string())
}

/// Builds the common dependencies in the first folder, and copies it, unless that was done before.
fn warm() {
    let _lock = lock("lanes");
    let last = folder(COUNT - 1);
    if last.is_dir() {
        return;
    }
    let first = Arc::new(Lane {
        folder: folder(0),
        _lock: None,
    });
    for (index, common) in COMMON.iter().enumerate() {
        let mut project = Project::in_lane("warm", Arc::clone(&first));
        project
            .features(common.features)
            .build_features(common.build_features);
        if common.is_optimised {
            project.optimise();
        }
        project.write(".secrets/secrets.toml", "key = 1\n");
        project.build_ok();
        if index == 0 {
            copy(first.folder(), &plain());
        }
    }
    for number in 1..COUNT {
        copy(first.folder(), &folder(number));
    }
}

/// A target folder with the dependencies that no feature brings.
fn plain() -> PathBuf {
    target().join("tests/plain")
}

/// Makes such a folder.
pub(crate) fn copy_plain(to: &Path) {
    copy(&plain(), to);
}

/// Copies a target folder, whole or not at all.
fn copy(from: &Path, to: &Path) {
    let partial = to.with_extension("partial");
    let _ = fs::remove_dir_all(&partial);
    // Cargo goes by time stamps, which stay so.
    let mut copy = Command::new("cp");
    let copied = copy.arg("-Rp").arg(from).arg(&partial).status();
    assert!(copied.expect("cp starts").success(), "a copy of the folder");
    // A run that was stopped leaves one.
    let _ = fs::remove_dir_all(to);
    fs::rename(partial, to).expect("a name");
}
