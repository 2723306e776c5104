//! What is set in code as it could be in `Cargo.toml`.

use secrets_tests::Folder;

/// What the manifest can say of keys and profiles, code can say, too.
#[test]
fn keys_are_encrypted_and_profiles_have_passphrases_in_code() {
    let folder = Folder::new("");
    folder.secrets("[database]\nhost = \"h\"\npassword = \"v4lue\"\n");
    let config = || {
        let mut config = secrets_build::Config::new();
        config.package(folder.path("package")).file("secrets.toml");
        config
    };
    let key = secrets_build::Key::new;
    let recipient = "age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq";
    let mut plain = config();
    plain.recipient(recipient).key("database", key().plain());
    let text = |config: &secrets_build::Config, file: &str| {
        let error = match config.load().and_then(|secrets| secrets.generate()) {
            Ok(generated) => {
                let bytes = generated.get(file).expect("the file");
                return String::from_utf8_lossy(bytes).into_owned();
            }
            Err(error) => error,
        };
        error.to_string()
    };
    // The control.
    assert!(text(&plain, "secrets_plain_values.rs").contains("v4lue"));
    plain.key("database.password", key().encrypted());
    let values = text(&plain, "secrets_plain_values.rs");
    assert!(
        values.contains("\"h\"") && !values.contains("v4lue"),
        "{values}"
    );

    folder.write("package/empty", "");
    let mut profiles = config();
    profiles
        .profiles(["one", "two"])
        .known_profiles(["one", "two"])
        .profile_passphrase_file("one", "empty")
        .profile_passphrase_variable("two", "NO_SUCH_PASSPHRASE");
    let error = text(&profiles, "");
    assert!(
        error.contains("holds no passphrase; write one into it"),
        "{error}"
    );
    let variable = "`profile.two.recipients[0]` names the variable `NO_SUCH_PASSPHRASE`, which is not set or empty";
    assert!(error.contains(variable), "{error}");
}
