//! What a module is encrypted with and to is watched, and a passphrase is known to nobody.

use std::fs;

use secrets_tests::{
    Project,
    age::{keygen, project, run, seal},
};

/// The next build runs the script, and the one after it does not.
#[track_caller]
fn changed(what: &str, project: &Project) {
    assert!(
        project.build_ok().ran_script(),
        "{what}: no build script ran"
    );
    let run = project.build_ok();
    assert!(
        !run.ran_script(),
        "{what}: a build script ran for nothing:\n{}",
        run.stderr
    );
}

#[test]
fn recipients_and_files_of_them() {
    let mut project = project("encrypted-rebuild");
    let (one, two) = (keygen(&project), keygen(&project));
    let set = |project: &mut Project, recipient: &str| {
        let text = format!("[package.metadata.secrets]\nrecipients = [\"{recipient}\"]\n");
        project.metadata(&text);
    };
    set(&mut project, &one.recipient);
    changed("first build", &project);
    let before = fs::read(project.out_dir().join("secrets.age")).unwrap();
    project.build_ok();
    assert_eq!(
        before,
        fs::read(project.out_dir().join("secrets.age")).unwrap()
    );
    set(&mut project, &two.recipient);
    changed("another recipient", &project);
    assert_eq!(run(&project, &two), "the value");

    project.write("keys/recipients.txt", &one.recipient);
    set(&mut project, "keys/recipients.txt");
    changed("a file of recipients", &project);
    project.write("keys/recipients.txt", &two.recipient);
    changed("the file was written", &project);
    assert_eq!(run(&project, &two), "the value");
    // Put in its place by a rename, as editors and deployments do it, with an older time.
    project.write("keys-to-be", &one.recipient);
    let file = fs::File::open(project.path("keys-to-be")).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH)
        .unwrap();
    fs::rename(
        project.path("keys-to-be"),
        project.path("keys/recipients.txt"),
    )
    .unwrap();
    changed("an older file took its place", &project);
    assert_eq!(run(&project, &one), "the value");

    project.write(".secrets/secrets.toml", "key = \"another value\"");
    changed("a value", &project);
    assert_eq!(run(&project, &one), "another value");
}

#[test]
fn passphrases() {
    let mut project = project("encrypted-rebuild-passphrase");
    project.write("keys/passphrase", "one long passphrase");
    project.metadata(
        "[package.metadata.secrets]\nrecipients = [{ passphrase-file = \"keys/passphrase\" }]\n",
    );
    changed("first build", &project);
    project.write("keys/passphrase", "another long passphrase");
    changed("the passphrase was written", &project);
    project.metadata(
        "[package.metadata.secrets]\nrecipients = [{ passphrase-env = \"A_PASSPHRASE\" }]\n",
    );
    project.set("A_PASSPHRASE", "a third long passphrase");
    for _ in 0..2 {
        assert!(
            project.build_ok().ran_script(),
            "the variable may have changed"
        );
    }
}

#[test]
fn identities() {
    let mut project = project("encrypted-rebuild-identity");
    let (one, two) = (keygen(&project), keygen(&project));
    let options = ["-r", one.recipient.as_str(), "-r", two.recipient.as_str()];
    seal(&project, &options, "key = \"the value\"", "one.toml.age");
    let set = |project: &mut Project, identity: &str| {
        project.metadata(&format!(
            "[package.metadata.secrets]\nfiles = [\"one.toml.age\"]\nidentity = \"{identity}\"\n\
             recipients = [\"{}\"]\n",
            one.recipient
        ));
    };
    set(&mut project, &one.path);
    changed("first build", &project);
    set(&mut project, &two.path);
    changed("another identity", &project);
    let path = project.path(&one.path);
    project.set("SECRETS_AGE_KEY_FILE", path.to_str().unwrap());
    changed("a variable with a path", &project);
    seal(&project, &options, "key = \"a new value\"", "one.toml.age");
    changed("the source", &project);
    assert_eq!(run(&project, &one), "a new value");
}
