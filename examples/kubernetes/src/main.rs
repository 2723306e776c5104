//! Shows what was mounted when it was built.

mod secrets {
    secrets_embed::include_secrets!();
}

fn main() {
    println!("username: {}", secrets::DATABASE.username);
    println!("password: {}", secrets::DATABASE.password);
}
