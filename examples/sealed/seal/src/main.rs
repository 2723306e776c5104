//! Writes the sealed file of the example `sealed`.
//!
//! A package of its own: the build script of `sealed` wants the sealed file, so no program of that
//! package could write the first one, and only this one needs the feature `age` of `secrets-build`.

use std::path::Path;

fn main() -> Result<(), secrets_build::Error> {
    let package = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let secrets = secrets_build::Config::new().package(package).load()?;
    // Names, types and origins; no values.
    print!("{secrets}");
    secrets.seal(package.join("secrets.sealed.toml"))
}
