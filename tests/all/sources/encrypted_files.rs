//! Sources that are encrypted, made by the stock tool.

use std::fs;

use secrets_tests::{
    Project,
    age::{Key, keygen, run, seal},
};

/// A package whose sources are these, of a plain module that prints its key.
fn project(name: &str, files: &str) -> Project {
    let mut project = Project::new(name);
    project.all_build_features();
    settings(&mut project, files, "");
    project.main("print!(\"{}\", secrets::KEY);");
    project
}

fn settings(project: &mut Project, files: &str, more: &str) {
    project.metadata(&format!(
        "[package.metadata.secrets]\nfiles = [{files}]\n{more}\n"
    ));
}

fn absolute(project: &Project, key: &Key) -> String {
    project.path(&key.path).to_str().expect("UTF-8").to_owned()
}

#[test]
fn armored_and_binary_with_an_identity_from_anywhere() {
    let mut project = project("encrypted-sources", "\"one.toml.age\"");
    let key = keygen(&project);
    let text = fs::read_to_string(project.path(&key.path)).unwrap();
    let identity = text.lines().last().unwrap();
    seal(
        &project,
        &["-r", &key.recipient],
        "key = \"binary\"",
        "one.toml.age",
    );
    project.set("SECRETS_AGE_KEY", identity);
    assert_eq!(project.run_ok(), "binary");
    project.unset("SECRETS_AGE_KEY");
    project.set("SECRETS_AGE_KEY_FILE", &absolute(&project, &key));
    seal(
        &project,
        &["-a", "-r", &key.recipient],
        "key = \"armored\"",
        "one.toml.age",
    );
    assert_eq!(project.run_ok(), "armored");
    project.unset("SECRETS_AGE_KEY_FILE");

    settings(
        &mut project,
        "\"one.toml.age\"",
        &format!("identity = \"{}\"", key.path),
    );
    assert_eq!(project.run_ok(), "armored");
    project.write_home("key.txt", &text);
    settings(&mut project, "\"one.toml.age\"", "identity = \"~/key.txt\"");
    assert_eq!(project.run_ok(), "armored");
    settings(&mut project, "", "");
    project.build_rs(&format!(
        "fn main() {{ secrets_build::Config::new().file(\"one.toml.age\").identity(\"{}\").embed(); }}",
        key.path
    ));
    assert_eq!(project.run_ok(), "armored");
}

#[test]
fn layers_and_overlays() {
    let files = "\"one.toml\", \".secrets/secrets.toml.age\"";
    let mut project = project("encrypted-layers", files);
    project.main("print!(\"{} {}\", secrets::KEY, secrets::OTHER);");
    let key = keygen(&project);
    project.set("SECRETS_AGE_KEY_FILE", &absolute(&project, &key));
    project.write("one.toml", "key = \"plain\"\nother = \"other\"\n");
    let seal = |text, path| seal(&project, &["-r", &key.recipient], text, path);
    seal("key = \"encrypted\"", ".secrets/secrets.toml.age");
    seal("key = \"staging\"", ".secrets/secrets.staging.toml.age");
    assert_eq!(project.run_ok(), "encrypted other");
    project.set("SECRETS_PROFILE", "staging");
    assert_eq!(project.run_ok(), "staging other");
    project.set("SECRETS_PROFILE", "live");
    let error = project.build_err();
    let create = "create `.secrets/secrets.live.toml.age`, which may be empty";
    assert!(error.contains(create), "{error}");
}

#[test]
fn into_an_encrypted_module() {
    let mut project = secrets_tests::age::project("encrypted-again");
    let (build, host) = (keygen(&project), keygen(&project));
    seal(
        &project,
        &["-r", &build.recipient],
        "key = \"again\"",
        "one.toml.age",
    );
    let more = format!(
        "identity = \"{}\"\nrecipients = [\"{}\"]",
        build.path, host.recipient
    );
    settings(&mut project, "\"one.toml.age\"", &more);
    assert_eq!(run(&project, &host), "again");
    let run = project.cargo(&["run", "-q", "--", &build.path]);
    assert!(
        !run.success && run.stderr.contains("and the identity is that of"),
        "{}",
        run.stderr
    );
}

#[test]
fn every_mistake_names_the_file_and_what_was_tried() {
    let mut project = project("encrypted-source-mistakes", "\"one.toml.age\"");
    let (key, other) = (keygen(&project), keygen(&project));
    let options = ["-r", key.recipient.as_str()];
    let text = fs::read_to_string(project.path(&other.path)).unwrap();
    let identity = text.lines().last().unwrap();
    let fails = |project: &Project, messages: &[&str]| {
        let error = project.build_err();
        for message in messages {
            assert!(error.contains(message), "{message}\n---\n{error}");
        }
        for hidden in ["marker", &identity[20..40]] {
            assert!(!error.contains(hidden), "{hidden} is shown:\n{error}");
        }
    };
    seal(&project, &options, "key = \"marker\"", "one.toml.age");
    fails(
        &project,
        &[
            "error: encrypted-source-mistakes@0.1.0: `one.toml.age` is encrypted and there is no \
           identity to decrypt it; set the variable `SECRETS_AGE_KEY_FILE` or `SECRETS_AGE_KEY`, or \
           the setting `identity`",
        ],
    );

    project.set("SECRETS_AGE_KEY", identity);
    fails(
        &project,
        &["`one.toml.age` is not encrypted to the identity of the variable `SECRETS_AGE_KEY`"],
    );
    project.set("SECRETS_AGE_KEY_FILE", &absolute(&project, &other));
    let place = format!("to the identity of `{}`", absolute(&project, &other));
    fails(&project, &["`one.toml.age` is not encrypted", &place]);
    project.set("SECRETS_AGE_KEY_FILE", "missing.txt");
    fails(
        &project,
        &[
            "the variable `SECRETS_AGE_KEY_FILE` names `missing.txt`, which does not exist; make one with \
           `age-keygen --output`, or correct the path",
        ],
    );
    project.set("SECRETS_AGE_KEY_FILE", identity);
    fails(
        &project,
        &[
            "the variable `SECRETS_AGE_KEY_FILE` holds an identity, expected the path of a file of them",
        ],
    );
    project.unset("SECRETS_AGE_KEY_FILE");
    let none = "no identity, expected `AGE-SECRET-KEY-1...`";
    for (wrong, message) in [
        ("marker", none),
        ("AGE-SECRET-KEY-1MARKER", none),
        (&*key.recipient, "a recipient, the public half of a key"),
    ] {
        project.set("SECRETS_AGE_KEY", wrong);
        let message = format!("the variable `SECRETS_AGE_KEY` holds {message}");
        fails(&project, &[&message]);
    }
    project.unset("SECRETS_AGE_KEY");
    settings(
        &mut project,
        "\"one.toml.age\"",
        &format!("identity = \"{identity}\""),
    );
    fails(
        &project,
        &[
            "Cargo.toml",
            "`identity` holds an identity, expected the path of a file",
        ],
    );
    let pipe = std::process::Command::new("mkfifo")
        .arg(project.path("pipe"))
        .status();
    assert!(pipe.unwrap().success());
    settings(&mut project, "\"one.toml.age\"", "identity = \"pipe\"");
    fails(
        &project,
        &["`identity` names `pipe`, which cannot be read: it is neither a file nor a directory"],
    );
    settings(&mut project, "\"one.toml.age\"", "identity = \"marker\"");
    fails(
        &project,
        &[
            "`identity` names `***` (not shown, as it may be the secret itself), which does not exist; make one",
        ],
    );

    let more = format!("identity = \"{}\"", key.path);
    settings(&mut project, "\"one.toml.age\"", &more);
    let good = fs::read(project.path("one.toml.age")).unwrap();
    let mut flipped = good.clone();
    *flipped.last_mut().unwrap() ^= 1;
    for (damaged, message) in [
        (
            flipped.as_slice(),
            "`one.toml.age` is damaged; encrypt it again",
        ),
        (
            &good[..good.len() - 20],
            "`one.toml.age` is damaged; encrypt it again",
        ),
        (
            &good[..40],
            "`one.toml.age` is not an age file, or damaged; encrypt it again",
        ),
        (
            b"key = \"marker\"",
            "`one.toml.age` is not encrypted; encrypt it, or give it a name that ends in `.toml`",
        ),
        (
            b"",
            "`one.toml.age` is not an age file, or damaged; encrypt it again",
        ),
    ] {
        project.write("one.toml.age", damaged);
        fails(&project, &[message]);
    }
    seal(&project, &options, b"key = \"marker\xff\"", "one.toml.age");
    fails(
        &project,
        &["one.toml.age:1:14: not UTF-8, which TOML must be"],
    );
    seal(
        &project,
        &options,
        "good = 1\nkey = marker\n",
        "one.toml.age",
    );
    fails(&project, &["one.toml.age:2:7: "]);
    seal(
        &project,
        &options,
        "key = 99999999999999999999",
        "one.toml.age",
    );
    fails(&project, &["one.toml.age:1:7: "]);
    fs::remove_file(project.path("one.toml.age")).unwrap();
    fails(&project, &["the source `one.toml.age` does not exist"]);
}

#[test]
fn a_package_to_publish_may_have_encrypted_sources_and_no_key() {
    let mut project = project("encrypted-published", "\"one.toml.age\"");
    let key = keygen(&project);
    let outside = project.path("../key.txt");
    fs::rename(project.path(&key.path), &outside).unwrap();
    project.set("SECRETS_AGE_KEY_FILE", outside.to_str().unwrap());
    let seal = |path| seal(&project, &["-r", &key.recipient], "key = \"value\"", path);
    seal("one.toml.age");
    seal("one.staging.toml.age");
    // Cargo puts this file into every packaged copy, and nowhere else.
    project.write("Cargo.toml.orig", "");
    assert_eq!(project.run_ok(), "value");
    fs::rename(&outside, project.path(&key.path)).unwrap();
    project.unset("SECRETS_AGE_KEY_FILE");
    settings(
        &mut project,
        "\"one.toml.age\"",
        &format!("identity = \"{}\"", key.path),
    );
    let error = project.build_err();
    let message = format!(
        "`{}` is a private key and in the package that is about",
        key.path
    );
    assert!(error.contains(&message), "{error}");
    let passphrase = "recipients = [{ passphrase-file = \"passphrase\" }]";
    project.write("passphrase", "a long passphrase");
    settings(&mut project, "\"one.toml.age\"", passphrase);
    let error = project.build_err();
    let message = "`passphrase` is a private key and in the package that is about to be published";
    assert!(error.contains(message), "{error}");
}
