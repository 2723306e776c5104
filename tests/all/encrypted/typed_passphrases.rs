//! Passphrases that are typed on a terminal.
#![cfg(target_os = "linux")]

use std::{ffi::OsString, fs};

use secrets_tests::{
    Project, Terminal,
    age::{Key, keygen, project, tool},
    age_tool,
};

/// With a letter of more than one byte.
pub(super) const PASSPHRASE: &str = "correct hörse";

/// Reads a line, and becomes the program.
const READS: &str = "read -r line; exec \"$@\"";

/// Encrypts a file of the package with `age -p`.
#[track_caller]
pub(super) fn seal(project: &Project, options: &str, from: &str, to: &str) {
    let [from, to] = [from, to].map(|path| project.path(path).into_os_string());
    let options = options.split_whitespace().map(OsString::from);
    let arguments = [OsString::from("-p"), "-o".into(), to, from];
    let mut terminal = Terminal::start(age_tool("age"), options.chain(arguments));
    // What `age` and `rage` ask begins with different words.
    for question in [" passphrase", "Confirm passphrase"] {
        terminal.wait_for(question);
        terminal.wait_until_hidden();
        terminal.enter(&format!("{PASSPHRASE}\n"));
    }
    let _ = terminal.end();
}

/// A package with this program.
fn built(name: &str, main: &str) -> (Project, Key) {
    let mut project = project(name);
    project.all_features();
    project.main(main);
    let key = keygen(&project);
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\n",
        key.recipient
    ));
    project.build_ok();
    (project, key)
}

fn program(project: &Project) -> String {
    project.binary().to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_key_file_that_age_encrypts_is_read() {
    let name = "encrypted-key-file";
    let main = r#"
        use secrets_embed::{ExposeSecret, Identity};
        let arguments: Vec<String> = std::env::args().collect();
        match Identity::from_encrypted_file(&arguments[1], arguments[2].as_str()) {
            Ok(identity) => {
                let secrets = secrets::Secrets::decrypt(&identity).unwrap();
                print!("{}", secrets.key.expose_secret());
            }
            Err(error) => print!("{error}"),
        }
    "#;
    let (project, key) = built(name, main);
    let program = program(&project);
    for (options, path) in [("", "key.age"), ("--armor", "armored.age")] {
        seal(&project, options, &key.path, path);
        let path = project.path(path);
        let path = path.to_str().expect("UTF-8");
        let print = |passphrase: &str| tool(&program, &[path, passphrase]);
        assert_eq!(print(PASSPHRASE), b"the value");
        let wrong =
            format!("`{path}`: the passphrase of this key file is wrong; provide the right one");
        assert_eq!(print("correct horse"), wrong.as_bytes());
    }
    let damaged = fs::read(project.path("key.age")).expect("the file");
    project.write("damaged.age", &damaged[..damaged.len() - 1]);
    let path = project.path("damaged.age");
    let path = path.to_str().expect("UTF-8");
    let reported = format!(
        "`{path}`: this is not a file that `age -p` made, or it is damaged; restore it, or encrypt the keys again"
    );
    assert_eq!(tool(&program, &[path, PASSPHRASE]), reported.as_bytes());
}

#[test]
fn a_prompt_takes_what_is_typed_and_does_not_show_it() {
    let name = "encrypted-prompt";
    let main = r#"
        use secrets_embed::{Error, ExposeSecret, Identity};
        let path = std::env::args().nth(1).unwrap();
        if path == "secrets.age" {
            return std::fs::write(path, secrets::CIPHERTEXT).unwrap();
        }
        let file = std::fs::read(path).unwrap();
        match Identity::prompt("Passphrase of the program: ") {
            Ok(identity) => match secrets::Secrets::decrypt_from(&identity, &file) {
                Ok(secrets) => println!("[{}]", secrets.key.expose_secret()),
                Err(Error::WrongIdentity { .. }) => println!("[wrong]"),
                Err(error) => println!("[another error: {error}]"),
            },
            Err(error @ Error::Prompt(_)) => println!("[Error::Prompt: {error}]"),
            Err(error) => println!("[another error: {error}]"),
        }
    "#;
    let (project, key) = built(name, main);
    let program = program(&project);
    // The module, encrypted to the passphrase instead of the key.
    let run = project.cargo(&["run", "--", "secrets.age"]);
    assert!(run.success, "{}", run.stderr);
    let paths = [&*key.path, "secrets.age"].map(|path| project.path(path));
    let paths = paths.each_ref().map(|path| path.to_str().expect("UTF-8"));
    project.write("payload", tool("age", &["-d", "-i", paths[0], paths[1]]));
    seal(&project, "", "payload", "sealed.age");
    let file = project.path("sealed.age");
    let file = file.to_str().expect("UTF-8");

    for (typed, printed) in [
        (&*format!("{PASSPHRASE}\n"), "[the value]"),
        ("correct horse\n", "[wrong]"),
        ("\n", "[wrong]"),
        // The end of the input.
        (
            "\x04",
            "[Error::Prompt: no passphrase could be read from the terminal: ",
        ),
    ] {
        // The control: what the shell reads is shown.
        let mut terminal = Terminal::start("sh", ["-c", READS, "sh", &program, file]);
        terminal.enter("typed for all to see\n");
        terminal.wait_for("typed for all to see");
        terminal.wait_for("Passphrase of the program: ");
        terminal.wait_until_hidden();
        terminal.enter(typed);
        let shown = terminal.end();
        assert!(shown.contains(printed), "{typed:?}: {shown:?}");
        let typed = typed.trim();
        assert!(typed.len() < 2 || !shown.contains(typed), "{shown:?}");
    }

    // In a session without a terminal.
    let detached = secrets_tests::program("detached");
    let printed = tool(detached.to_str().expect("UTF-8"), &[&program, file]);
    let printed = String::from_utf8(printed).expect("text");
    let expected = "[Error::Prompt: no passphrase could be read from the terminal: ";
    assert!(printed.starts_with(expected), "{printed}");
}
