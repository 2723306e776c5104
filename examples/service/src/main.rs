//! Answers with the version of the database that an encrypted password opens.

use std::sync::Arc;

use axum::{Router, extract::State, http::StatusCode, routing::get};
use secrets_embed::{ExposeSecret, Identity};
use tokio::net::TcpListener;
use tokio_postgres::{Client, Config, NoTls};

mod secrets {
    secrets_embed::include_secrets!();
}

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    // Before the first thread starts: only then can a key be taken out of the environment.
    let identity = Identity::discover("SERVICE")?;
    let secrets = secrets::Secrets::decrypt(&identity)?;
    drop(identity);
    tokio::runtime::Runtime::new()?.block_on(serve(secrets))
}

async fn serve(secrets: secrets::Secrets) -> Result<(), Failure> {
    let client = connect(&secrets.database).await?;
    let app = Router::new()
        .route("/", get(version))
        .with_state(Arc::new(client));
    let listener = TcpListener::bind(secrets.listen.expose_secret()).await?;
    println!("listening on {}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}

async fn connect(database: &secrets::Database) -> Result<Client, Failure> {
    let (client, connection) = Config::new()
        .host(database.host.expose_secret())
        .port(u16::try_from(database.port)?)
        .user(database.user.expose_secret())
        .password(database.password.expose_secret())
        .dbname(database.name.expose_secret())
        .connect(NoTls)
        .await?;
    tokio::spawn(connection);
    Ok(client)
}

async fn version(State(client): State<Arc<Client>>) -> Result<String, StatusCode> {
    let row = client.query_one("select version()", &[]).await;
    let row = row.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    row.try_get(0)
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}
