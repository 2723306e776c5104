//! A service that decrypts its secrets with a credential of systemd.

use secrets_embed::{ExposeSecret, Identity};

mod secrets {
    secrets_embed::include_secrets!();
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // systemd puts the key at `$CREDENTIALS_DIRECTORY/systemd-example-secrets-key`.
    let identity = Identity::discover("systemd-example")?;
    let secrets = secrets::init(&identity)?;
    // The key is not needed any more; it is wiped here.
    drop(identity);

    println!("connecting as {}", secrets.database.user.expose_secret());
    println!(
        "with a password of {} bytes",
        secrets::get().database.password.expose_secret().len()
    );
    Ok(())
}
