//! The crates of every feature, before anything is built without a network.

use std::sync::Once;

use crate::{cargo, lock::lock, run, tell};

/// Sees to it that cargo's home has all crates of the workspace's lock file. `cargo test` itself
/// fetches only those of the features that it builds with.
pub fn fetch_crates() {
    static FETCHED: Once = Once::new();
    FETCHED.call_once(|| {
        let _lock = lock("fetch.lock");
        let offline = cargo(&["fetch", "--locked", "--offline"]).output();
        if offline.expect("cargo starts").status.success() {
            return;
        }
        tell("fetching the crates of all features, for the packages that the tests build");
        let remedy = "the tests need the crates of the lock file";
        run(cargo(&["fetch", "--locked"]), remedy);
    });
}
