//! Decrypts secrets that were sealed before this program was built.

use secrets_embed::{ExposeSecret, Identity};

mod secrets {
    secrets_embed::include_secrets!();
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A plain key is a constant, and needs no key to be read.
    println!("region:   {}", secrets::REGION);

    let identity = Identity::discover("SEALED")?;
    let secrets = secrets::Secrets::decrypt(&identity)?;
    let database = &secrets.database;
    println!("user:     {}", database.user.expose_secret());
    println!("password: {}", database.password.expose_secret());
    println!("port:     {}", database.port);
    Ok(())
}
