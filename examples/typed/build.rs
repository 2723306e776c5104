//! Embeds the secrets that `Cargo.toml` names.

fn main() {
    secrets_build::embed();
}
