//! A key in the environment, which is taken out of it where that is safe.
#![cfg(target_os = "linux")]

use std::process::Command;

use secrets_tests::age::{keygen, project};

const MAIN: &str = r#"
    use secrets_embed::{ExposeSecret, Identity, Warning, set_warning_hook};
    set_warning_hook(|warning| match warning {
        Warning::VariableStays { name } => println!("stays: {name}, {warning}"),
        other => println!("another warning: {other}"),
    });
    let threads = std::env::args().nth(1).unwrap() == "two";
    let (end, ended) = std::sync::mpsc::channel::<()>();
    let second = threads.then(|| std::thread::spawn(move || ended.recv()));
    match Identity::discover("MYAPP") {
        Ok(identity) => {
            let secrets = secrets::Secrets::decrypt(&identity).unwrap();
            println!("{}", secrets.key.expose_secret());
        }
        Err(error) => println!("{error}"),
    }
    println!("here: {}", std::env::var_os("MYAPP_SECRETS_KEY").is_some());
    println!("other: {}", std::env::var("MYAPP_OTHER").unwrap());
    let child = std::process::Command::new("env").output().unwrap();
    let child = String::from_utf8(child.stdout).unwrap();
    println!("in a child: {}", child.contains("MYAPP_SECRETS_KEY="));
    println!("other in a child: {}", child.contains("MYAPP_OTHER=untouched"));
    drop(end);
    if let Some(second) = second {
        let _ = second.join();
    }
"#;

#[test]
fn the_variable_is_removed_while_there_is_one_thread() {
    let mut project = project("encrypted-discover");
    project.main(MAIN);
    let key = keygen(&project);
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\n",
        key.recipient
    ));
    project.build_ok();
    let run = |threads: &str, key: &str| {
        let mut command = Command::new(project.binary());
        command
            .arg(threads)
            .env_clear()
            .env("PATH", "/usr/bin:/bin");
        command.envs([("MYAPP_SECRETS_KEY", key), ("MYAPP_OTHER", "untouched")]);
        let output = command.output().expect("the program starts");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{error}");
        String::from_utf8(output.stdout).expect("text")
    };
    let removed = "here: false\nother: untouched\nin a child: false\nother in a child: true\n";
    let stays = "here: true\nother: untouched\nin a child: true\nother in a child: true\n";
    let warning = "stays: MYAPP_SECRETS_KEY, the variable `MYAPP_SECRETS_KEY` with the key stays in \
                   the environment; read the key before the first thread starts\n";
    let text = std::fs::read_to_string(project.path(&key.path)).expect("a key");
    assert_eq!(run("one", &text), format!("the value\n{removed}"));
    assert_eq!(run("two", &text), format!("{warning}the value\n{stays}"));

    // Nor does a key that is not whole stay where others can see it.
    let mistyped = "the variable `MYAPP_SECRETS_KEY`, line 1: this identity is damaged or cut off; copy it \
                    again, whole\n";
    let half = text.lines().last().expect("a key").split_at(40).0;
    assert_eq!(run("one", half), format!("{mistyped}{removed}"));
    assert_eq!(run("two", half), format!("{warning}{mistyped}{stays}"));
}
