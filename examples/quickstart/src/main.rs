//! Shows embedded secrets, by field and by key.

mod secrets {
    secrets_embed::include_secrets!();
}

fn main() {
    // By name: constants and fields with types, known to the compiler.
    println!("key:       {}", secrets::OPEN_AI_KEY);
    println!(
        "database:  {} / {}",
        secrets::DATABASE.user,
        secrets::DATABASE.password
    );
    println!("whitelist: {}", secrets::SECRETS.whitelist.join(", "));

    // By key, as written in the files.
    let database = &secrets::SECRETS["database"];
    println!(
        "by key:    {} / {}",
        show(&database["user"]),
        show(&database["password"])
    );
    println!(
        "keys:      {}",
        secrets::SECRETS
            .iter()
            .map(|(key, _)| key)
            .collect::<Vec<_>>()
            .join(", ")
    );

    // Printed by accident: no value is shown.
    println!("debug:     {:?}", secrets::SECRETS);

    assert_eq!(secrets::SECRETS["OpenAI_key"], secrets::OPEN_AI_KEY);
    assert!(secrets::SECRETS.whitelist.contains(&"sally"));
    assert!(secrets::SECRETS.get("sally").is_none());
}

fn show(value: &secrets_embed::Value) -> &str {
    value.as_str().unwrap_or("not a string")
}
