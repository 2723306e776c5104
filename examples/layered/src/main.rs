//! Tells which layer won for each key, and shows no value.

mod secrets {
    secrets_embed::include_secrets!();
}

/// Keys, types and origins, written by the build script.
const ORIGINS: &str = include_str!(concat!(env!("OUT_DIR"), "/origins.txt"));

fn main() {
    print!("{ORIGINS}");
    println!("{:?}", secrets::SECRETS);
}
