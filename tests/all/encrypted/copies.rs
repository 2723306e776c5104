//! Copies of values: those that decryption makes are gone when it is done, and those that a program makes
//! on purpose are wiped like what they are made from.
#![cfg(target_os = "linux")]

use std::{fmt::Write, process::Command};

use secrets_tests::{
    Project,
    age::{Key, keygen, project},
};

use super::memory::{Program, count};

/// So many numbers, each of which ends in these bytes, the lowest first.
const COUNT: usize = 2000;
const BYTES: [u8; 6] = [0xb2, 0x11, 0x7a, 0x2e, 0xc1, 0x5e];

/// Nothing is moved here but by what is called.
const MAIN: &str = r#"
    use std::{io::{Read, Write}, sync::Arc};
    use secrets_embed::{ExposeSecret, Identity};

    fn stop(at: &str) {
        println!("{at}");
        std::io::stdout().flush().unwrap();
        std::io::stdin().read_exact(&mut [0]).unwrap();
    }

    /// As another part of a program would, whose stack is used again.
    #[inline(never)]
    fn copy(of: &secrets::Secrets) -> Arc<secrets::Secrets> {
        Arc::new(of.clone())
    }

    let identity = Identity::from_file(std::env::args().nth(1).unwrap()).unwrap();
    let global = secrets::init(&identity).unwrap();
    stop("global");
    let result = secrets::Secrets::decrypt(&identity);
    stop("decrypted");
    let copied = copy(global);
    assert!(Arc::clone(&copied)["text"] == "a text");
    stop("copied");
    drop(copied);
    stop("dropped");

    // Taken apart: each field by value, and a table in a table.
    let secrets::tables::Secrets { text, client, list, deep, .. } = global.clone().into_fields();
    let secrets::tables::Client { key, port } = client.into_fields();
    assert_eq!((text.expose_secret(), key.expose_secret(), port), ("a text", "a key", 80));
    let mut hosts = list.into_iter().map(|table| table.into_fields().host.unwrap());
    assert_eq!(hosts.next().unwrap().expose_secret(), "one");
    assert_eq!(deep.a.clone().b.c.d, [1, 2]);
    assert!(result.is_ok());
"#;

#[test]
fn copies_of_decryption_are_gone_and_those_of_a_program_are_wiped() {
    let mut project = project("encrypted-copies");
    let key = keygen(&project);
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\n",
        key.recipient
    ));
    let mut secrets = "text = \"a text\"\n".to_owned();
    for index in 0..COUNT {
        let _ = writeln!(secrets, "n_{index} = 0x5ec12e7a11b2{index:04x}");
    }
    secrets.push_str(
        "[client]\nkey = \"a key\"\nport = 80\n[deep.a.b.c]\nd = [1, 2]\n\
         [[list]]\nhost = \"one\"\n[[list]]\nport = 1\n",
    );
    project.write(".secrets/secrets.toml", secrets);
    project.main(MAIN);
    for profile in ["unoptimised", "optimised"] {
        project.build_ok();
        look(&project, profile, &key);
        project.optimise();
    }
}

fn look(project: &Project, profile: &str, key: &Key) {
    let mut program = Program::start(Command::new(project.binary()).arg(project.path(&key.path)));
    let mut step = |name: &str, expected: Option<usize>, without_stack: usize| {
        program.wait_for(name);
        let all = count(&program.memory(), &BYTES);
        if let Some(expected) = expected {
            assert_eq!(all, expected * COUNT, "{profile}: {name}");
        }
        let without = count(&program.memory_without_stack(), &BYTES);
        assert_eq!(
            without,
            without_stack * COUNT,
            "{profile}: {name}, off the stack"
        );
        program.go_on();
    };
    step("global", Some(1), 1);
    step("decrypted", Some(2), 1);
    // The control, which has one more; what the program moved on its stack is its own.
    step("copied", None, 2);
    step("dropped", None, 1);
}
