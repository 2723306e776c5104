//! A module with very many keys on the stack of an ordinary thread.

use std::fmt::Write;

use secrets_tests::age::{keygen, project, run};

#[test]
fn ten_thousand_keys_are_decrypted_on_two_mebibytes() {
    let mut project = project("encrypted-stack");
    let key = keygen(&project);
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\n",
        key.recipient
    ));
    let mut secrets = String::new();
    for index in 0..10_000 {
        let _ = writeln!(secrets, "key_{index} = \"value {index}\"");
    }
    project.write(".secrets/secrets.toml", secrets);
    project.main(
        r#"
            use secrets_embed::{ExposeSecret, Identity};
            let path = std::env::args().nth(1).unwrap();
            let program = move || {
                let identity = Identity::from_file(path).unwrap();
                let secrets = secrets::Secrets::decrypt(&identity).unwrap();
                assert!(secrets.len() == 10_000 && secrets["key_5000"] == "value 5000");
                print!("{} ", secrets.key_0.expose_secret());
                drop(secrets);
                let secrets = secrets::init(&identity).unwrap();
                print!("{}", secrets.key_9999.expose_secret());
            };
            // What a thread has that nobody asks more for.
            let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(program);
            thread.unwrap().join().unwrap();
        "#,
    );
    assert_eq!(run(&project, &key), "value 0 value 9999");
}
