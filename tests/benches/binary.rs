//! The size of a stripped release binary that uses one of many secrets.

use crate::{
    keys::{self, Tables},
    packages::{Package, Tool},
};

const KEYS: usize = 1_000;

/// Measures the program against one with the constant written by hand.
pub(crate) fn run() {
    println!("# binary: stripped release binary that uses one of {KEYS} values");
    let [ours, theirs, hand] = [Tool::Ours, Tool::StaticToml, Tool::Hand].map(|tool| {
        let package = Package::new(tool);
        package
            .secrets(&keys::file(KEYS, Tables::Alike, 0))
            .print(keys::first(Tables::Alike), "the value of key 0")
            .build(&["--release"]);
        package.release_size()
    });
    let ratio = |size: u64| f64::from(u32::try_from(size).unwrap_or(u32::MAX));
    println!(
        "ours {ours}, static-toml {theirs}, by hand {hand} bytes, ours to by hand {:.4}\n",
        ratio(ours) / ratio(hand)
    );
}
