//! Uses secrets whose types a template and a table of keys fix.

use std::net::SocketAddr;

mod secrets {
    secrets_embed::include_secrets!();
}

use secrets::LogLevel;

fn main() {
    // A program that must not be one says `const { assert!(!secrets::IS_STUB) }`, and does not compile.
    println!("stub:     {}", secrets::IS_STUB);

    // An enum: `match` has to know all of its variants.
    let log = match secrets::LOG_LEVEL {
        LogLevel::Debug => "all",
        LogLevel::Info => "what happens",
        LogLevel::Warn => "what goes wrong",
    };
    println!("log:      {log} ({})", secrets::LOG_LEVEL.as_str());

    // Ready to be used, without parsing and without an error to handle.
    let database = secrets::DATABASE;
    let address = SocketAddr::new(database.address, database.port);
    println!("database: {address}, within {:?}", database.timeout);
    println!("key:      {} bytes", secrets::SIGNING_KEY.len());

    // Optional keys are an `Option`, and so is the table.
    println!("sentry:   {}", secrets::SENTRY_DSN.unwrap_or("off"));
    match secrets::MAIL {
        Some(mail) => println!("mail:     {}:{}", mail.host, mail.port),
        None => println!("mail:     off"),
    }
}
