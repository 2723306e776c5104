//! The build after one value of the secrets file was changed.

use std::time::Duration;

use crate::{
    keys::{self, Tables},
    packages::{Package, Tool},
};

/// Measures files of these sizes.
pub(crate) fn run(sizes: &[usize]) {
    println!("# touched: debug build after a value was changed");
    let (ours, theirs) = (Package::new(Tool::Ours), Package::new(Tool::StaticToml));
    for (tables, name) in [
        (Tables::Alike, "tables with the same keys"),
        (Tables::Different, "tables with keys of their own"),
    ] {
        println!("\n{name}");
        println!("    keys      ours  static-toml  ratio  growth");
        let mut last = None;
        for &keys in sizes {
            let [ours, theirs] = measure([&ours, &theirs], keys, tables);
            let growth = last.map(|last: Duration| ours.as_secs_f64() / last.as_secs_f64());
            println!(
                "{keys:>8}  {:>6.0}ms  {:>9.0}ms  {:>5.2}  {}",
                ours.as_secs_f64() * 1e3,
                theirs.as_secs_f64() * 1e3,
                ours.as_secs_f64() / theirs.as_secs_f64(),
                growth.map_or(String::new(), |growth| format!("{growth:>6.1}")),
            );
            last = Some(ours);
        }
    }
    println!();
}

/// The best time of each package.
fn measure(packages: [&Package; 2], keys: usize, tables: Tables) -> [Duration; 2] {
    let rounds = if keys > 10_000 { 2 } else { 5 };
    let mut best = [Duration::MAX; 2];
    for round in 0..=rounds {
        for (package, best) in packages.iter().zip(&mut best) {
            package
                .secrets(&keys::file(keys, tables, round))
                .print(keys::first(tables), "");
            let time = package.build(&[]);
            // The first build is of another file.
            if round > 0 {
                *best = time.min(*best);
            }
        }
    }
    best
}
