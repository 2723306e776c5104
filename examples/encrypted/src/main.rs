//! Decrypts embedded secrets with a key that the host provides.

use secrets_embed::{ExposeSecret, Identity};

mod secrets {
    secrets_embed::include_secrets!();
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // `ENCRYPTED_SECRETS_KEY_FILE`, systemd's and Docker's places, or `ENCRYPTED_SECRETS_KEY`.
    let identity = Identity::discover("ENCRYPTED")?;
    let secrets = secrets::Secrets::decrypt(&identity)?;

    let database = &secrets.database;
    println!("user:     {}", database.user.expose_secret());
    println!("password: {}", database.password.expose_secret());
    println!("port:     {}", database.port);
    // Printed by accident: no value is shown.
    println!("debug:    {secrets:?}");
    Ok(())
}
