//! The first build of a small package: all dependencies, the build script, and the program.

use std::time::Duration;

use crate::packages::{Package, Tool};

const ROUNDS: usize = 4;

/// Measures a package with a handful of secrets.
pub(crate) fn run() {
    println!("# clean: debug build of everything");
    let packages = [Tool::Ours, Tool::StaticToml].map(Package::new);
    let mut best = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        for (package, best) in packages.iter().zip(&mut best) {
            package
                .secrets("[database]\nuser = \"somebody\"\npassword = \"something\"\n")
                .print("database.user", "");
            *best = package.build(&[]).min(*best);
            package.clean();
        }
    }
    let [ours, theirs] = best.map(|time| time.as_secs_f64());
    println!(
        "ours {ours:.2}s, static-toml {theirs:.2}s, ratio {:.2}\n",
        ours / theirs
    );
}
