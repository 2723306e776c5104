//! What users get, kept as files that are reviewed like code.
//!
//! They are in `tests/golden`. `UPDATE_EXPECT=1 cargo test -p secrets-tests --test all -- golden` makes them anew.

mod messages;
mod modules;

use std::path::PathBuf;

fn folder(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "golden", name]
        .iter()
        .collect()
}
