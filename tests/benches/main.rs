//! Compares builds with those of the crate `static-toml`, and a binary with one written by hand.
//!
//! ```sh
//! cargo bench -p secrets-tests --bench compare                        # everything, up to 10,000 keys
//! cargo bench -p secrets-tests --bench compare -- touched full      # and 100,000, which takes minutes
//! cargo bench -p secrets-tests --bench compare -- touched 100 10000   # these numbers of keys
//! cargo bench -p secrets-tests --bench compare -- clean binary
//! ```
//!
//! What is compared is measured in turns, in one run; of each the best round counts. The times are of
//! the machine, the ratios are what to look at.

mod binary;
mod clean;
mod keys;
mod packages;
mod touched;

use std::env;

fn main() {
    let arguments: Vec<_> = env::args().skip(1).collect();
    // `cargo test --all-targets` runs this program too, without saying so.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let named = |name: &str| arguments.iter().any(|argument| argument == name);
    let all = !["touched", "clean", "binary"].into_iter().any(named);
    let mut sizes: Vec<usize> = arguments
        .iter()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    if sizes.is_empty() {
        sizes = vec![100, 1_000, 10_000];
        sizes.extend(named("full").then_some(100_000));
    }
    if all || named("binary") {
        binary::run();
    }
    if all || named("touched") {
        touched::run(&sizes);
    }
    if all || named("clean") {
        clean::run();
    }
}
