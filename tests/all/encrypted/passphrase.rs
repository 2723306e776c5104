//! What a running program has in its memory of a passphrase, and of a key that one opens.
#![cfg(target_os = "linux")]

use std::process::Command;

use secrets_tests::age::{KEY, RECIPIENT, project};

use super::{
    memory::{Program, count, raw},
    typed_passphrases::{PASSPHRASE, seal},
};

const MAIN: &str = r#"
    use std::io::{Read, Write};
    use secrets_embed::{ExposeSecret, Identity, SecretString};

    fn stop(at: &str) {
        println!("{at}");
        std::io::stdout().flush().unwrap();
        std::io::stdin().read_exact(&mut [0]).unwrap();
    }

    let passphrase = SecretString::from(std::fs::read_to_string("passphrase").unwrap());
    let identity = match std::env::args().nth(1).unwrap().as_str() {
        "passphrase" => Identity::passphrase(passphrase),
        _ => {
            let identity = Identity::from_encrypted_file("key.age", passphrase).unwrap();
            let secrets = secrets::Secrets::decrypt(&identity).unwrap();
            assert_eq!(secrets.key.expose_secret(), "the value");
            identity
        }
    };
    stop("open");
    drop(identity);
    stop("dropped");
"#;

#[test]
fn a_passphrase_and_the_key_it_opens_are_wiped() {
    let mut project = project("encrypted-key-memory");
    project.all_features();
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{RECIPIENT}\"]\n"
    ));
    project.main(MAIN);
    project.build_ok();
    project.write("passphrase", PASSPHRASE);
    project.write("key.txt", format!("# a comment\n{KEY}\n"));
    seal(&project, "", "key.txt", "key.age");

    let look = |kind: &str| {
        let mut program = Program::start(
            Command::new(project.binary())
                .arg(kind)
                .current_dir(project.path("")),
        );
        ["open", "dropped"].map(|step| {
            program.wait_for(step);
            let memory = program.memory();
            program.go_on();
            let text = KEY.as_bytes()[16..].windows(16);
            let text: usize = text.map(|part| count(&memory, part)).sum();
            assert_eq!(text, 0, "{kind}, {step}: a part of the key as text");
            let passphrase = PASSPHRASE.as_bytes();
            let passphrase = passphrase
                .windows(10)
                .map(|part| count(&memory, part))
                .max();
            let key = raw(KEY);
            let key = key.windows(8).map(|part| count(&memory, part)).max();
            (passphrase, key)
        })
    };
    // What is searched for is found as long as it must be there.
    assert_eq!(look("passphrase"), [(Some(1), Some(0)), (Some(0), Some(0))]);
    assert_eq!(look("key"), [(Some(0), Some(1)), (Some(0), Some(0))]);
}
