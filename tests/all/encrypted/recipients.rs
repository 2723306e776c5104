//! To whom a module may be encrypted, and what is said of anything else.

use std::fs;

use secrets_tests::{
    Folder, Project, SshKey, SshKind,
    age::{Key, keygen, open, project, run},
};

/// Sets `recipients`, written as TOML.
fn recipients(project: &mut Project, list: &str) {
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [{list}]\n"
    ));
}

/// The build fails, says this, and shows nothing of these.
#[track_caller]
fn fails(project: &Project, message: &str, hidden: &[&str]) {
    let error = project.build_err();
    assert!(error.contains(message), "{message}\n---\n{error}");
    for hidden in hidden {
        assert!(!error.contains(hidden), "{hidden} is shown:\n{error}");
    }
}

/// Loading fails with these recipients and says this in the tests themselves, which have the feature `age` and neither
/// `ssh` nor `plugin`.
#[track_caller]
fn fails_without_features(list: &str, message: &str) {
    let folder = Folder::new(&format!("recipients = [{list}]"));
    folder.secrets("key = \"the value\"\n");
    let error = folder.load(&[]).unwrap_err();
    assert!(error.contains(message), "{message}\n---\n{error}");
}

#[test]
fn keys_in_cargo_toml_in_the_workspace_and_in_code() {
    let mut project = project("encrypted-recipients");
    let [one, two, three]: [Key; 3] = std::array::from_fn(|_| keygen(&project));
    let all = format!("\"{}\", \"{}\"", one.recipient, two.recipient);
    recipients(&mut project, &all);
    for key in [&one, &two] {
        assert_eq!(run(&project, key), "the value");
    }
    assert!(!open(&project, &three).status.success());

    let workspace = format!(
        "[workspace.metadata.secrets]\nrecipients = [\"{}\"]\n",
        three.recipient
    );
    project.metadata(&workspace);
    assert_eq!(run(&project, &three), "the value");
    assert!(!open(&project, &one).status.success());

    project.build_rs(&format!(
        "fn main() {{ secrets_build::Config::new().recipient(\"{}\").embed(); }}",
        one.recipient
    ));
    assert_eq!(run(&project, &one), "the value");
    assert!(!open(&project, &three).status.success());
}

#[test]
fn a_file_of_recipients_has_comments() {
    let mut project = project("encrypted-recipient-files");
    let [one, two]: [Key; 2] = std::array::from_fn(|_| keygen(&project));
    let contents = format!(
        "# who may\n\n{}\r\n  # another\n  {}  \n",
        one.recipient, two.recipient
    );
    project.write("recipients.txt", &contents);
    recipients(&mut project, "\"recipients.txt\"");
    for key in [&one, &two] {
        assert_eq!(run(&project, key), "the value");
    }
    project.write_home("recipients.txt", &contents);
    recipients(&mut project, "\"~/recipients.txt\"");
    assert_eq!(run(&project, &two), "the value");
}

#[test]
fn ssh_keys_are_recipients_with_the_feature_ssh() {
    let mut project = project("encrypted-ssh");
    let mut list = Vec::new();
    for (kind, path) in [(SshKind::Ed25519, "ed25519"), (SshKind::Rsa, "rsa")] {
        let key = SshKey::new(kind);
        project.write(path, key.openssh());
        // A comment may be anything, in which words are no recipients.
        list.push(format!(
            "\"{} and age1 friends, ssh-rsa too\"",
            key.public()
        ));
    }
    let list = list.join(", ");
    let remedy = "this recipient is an SSH key; give `secrets-build` the feature `ssh`, as in \
                  secrets-build = { version = \"0.1\", features = [\"ssh\"] }";
    fails_without_features(&list, &format!("Cargo.toml:9:15: {remedy}"));

    recipients(&mut project, &list);
    project.all_features();
    for path in ["ed25519", "rsa"] {
        assert_eq!(run(&project, &Key::of_file(path)), "the value");
    }
    recipients(&mut project, "\"ssh-dss AAAAB3NzaC1kc3MAAACBAPmarker\"");
    let expected =
        "this recipient is an SSH key of a kind that age does not know, expected ed25519 or RSA";
    fails(&project, expected, &["marker"]);
    recipients(&mut project, "\"ed25519\"");
    let expected = "holds a private key; use its public half";
    fails(&project, expected, &["OPENSSH", "b3BlbnNzaC1rZXk"]);
}

#[test]
fn recipients_of_plugins_need_the_feature_and_the_plugin() {
    let mut project = project("encrypted-plugin");
    let recipient = "\"age1yubikey1q2w7u3vpya839jxxuq8g0sedh3d740d4xvn639sqhr95ejj8vu3hyfumptt\"";
    recipients(&mut project, recipient);
    fails_without_features(recipient, "give `secrets-build` the feature `plugin`");
    project.all_features();
    let message = "this recipient needs the plugin `age-plugin-yubikey`, which is not in `PATH`";
    fails(&project, message, &[]);
    // age would have the plugin and the key of the file shown.
    project.set("AGEDEBUG", "plugin");
    let message = "the variable `AGEDEBUG` has age write keys to the output, which cargo keeps below `target/`; \
                   unset it";
    fails(&project, message, &[]);
}

#[test]
fn a_tagged_recipient_needs_no_plugin() {
    let mut project = project("encrypted-tag");
    let tag = "age1tag1qt8lw0ual6avlwmwatk888yqnmdamm7xfd0wak53ut6elz5c4swx2yqdj4e";
    recipients(&mut project, &format!("\"{tag}\""));
    project.build_ok();
    let file = fs::read(project.out_dir().join("secrets.age")).unwrap();
    assert!(String::from_utf8_lossy(&file).contains("-> p256tag "));
}

#[test]
fn a_passphrase_comes_from_a_file_or_a_variable() {
    let mut project = project("encrypted-passphrase");
    project.all_features();
    project.main(
        r#"
            use secrets_embed::ExposeSecret;
            let passphrase = std::env::args().nth(1).unwrap();
            let identity = secrets_embed::Identity::passphrase(passphrase);
            let secrets = secrets::Secrets::decrypt(&identity).unwrap();
            assert!(secrets::RECIPIENTS.is_empty());
            print!("{}", secrets.key.expose_secret());
        "#,
    );
    project.write("passphrase", "a long passphrase \r\n");
    recipients(&mut project, "{ passphrase-file = \"passphrase\" }");
    let run = |project: &Project, passphrase| {
        let run = project.cargo(&["run", "-q", "--", passphrase]);
        assert!(run.success, "{}", run.stderr);
        run.stdout
    };
    assert_eq!(run(&project, "a long passphrase "), "the value");
    let file = fs::read(project.out_dir().join("secrets.age")).unwrap();
    let header = String::from_utf8_lossy(&file).into_owned();
    let stanza = header.lines().nth(1).unwrap();
    assert!(
        stanza.starts_with("-> scrypt ") && stanza.ends_with(" 16"),
        "{stanza}"
    );

    recipients(&mut project, "{ passphrase-env = \"THE_PASSPHRASE\" }");
    fails(
        &project,
        "`recipients[0].passphrase-env` names the variable `THE_PASSPHRASE`, which is not set or empty; set it to the \
         passphrase",
        &[],
    );
    project.set("THE_PASSPHRASE", "another long passphrase");
    assert_eq!(run(&project, "another long passphrase"), "the value");

    project.build_rs(
        "fn main() { secrets_build::Config::new().passphrase_file(\"passphrase\").embed(); }",
    );
    assert_eq!(run(&project, "a long passphrase "), "the value");
    project.write("passphrase", "\n");
    fails(&project, "passphrase` holds no passphrase; write one", &[]);
    project.write("passphrase", b"secret\xff");
    fails(&project, "passphrase` is not UTF-8", &["secret\u{fffd}"]);
}

#[test]
fn every_mistake_is_reported_and_shows_no_key() {
    let mut project = project("encrypted-mistakes");
    let key = keygen(&project);
    let text = fs::read_to_string(project.path(&key.path)).unwrap();
    let identity = text.lines().last().unwrap();
    let (upper, lower) = (&identity[20..40], &identity[20..40].to_lowercase());
    let hidden = [upper, lower.as_str()];
    let is_identity = "Cargo.toml:15:15: this recipient is an identity, the private half of a key; \
                       use the public half, which `age-keygen -y` prints";
    let unknown = "this recipient does not parse, expected";
    let cases = [
        (
            String::new(),
            "`recipients` is empty; name one, or remove the setting",
        ),
        (format!("\"{identity}\""), is_identity),
        (format!("\"  {}\"", identity.to_lowercase()), is_identity),
        (format!("\"key: {identity}\""), is_identity),
        (
            format!("\"\"\"-----BEGIN OPENSSH PRIVATE KEY-----\n{upper}\"\"\""),
            "is an identity",
        ),
        // As examples write it.
        ("\"age1...\"".to_owned(), unknown),
        (format!("\"{}\"", &key.recipient[..30]), unknown),
        (format!("\"{}\"", key.recipient.clone() + "q"), unknown),
        (
            format!(
                "\"{}\", {{ passphrase-file = \"passphrase\" }}",
                key.recipient
            ),
            "a passphrase must be the only recipient; remove it, or the others",
        ),
        (
            "{ passphrase-file = \"missing\" }".to_owned(),
            "Cargo.toml:15:15: `recipients[0].passphrase-file` names `***` (not shown, as it may be the secret itself), \
             which does not exist; write the passphrase there, or correct the path",
        ),
        (
            "\"missing.txt\"".to_owned(),
            "Cargo.toml:15:15: `recipients[0]` names `missing.txt`, which does not exist; write the recipients there, \
             one a line, or correct the path",
        ),
        (
            "\"empty.txt\"".to_owned(),
            "empty.txt` has no recipient; add one a line",
        ),
        (
            "7".to_owned(),
            "Cargo.toml:15:15: `package.metadata.secrets.recipients[0]` is an integer",
        ),
        (
            "{ passphrase = \"x\" }".to_owned(),
            "expected a recipient, a path, `{ passphrase-file = \"...\" }` or",
        ),
        (
            format!("\"{}\"", key.path),
            "key.txt:3:1: this recipient is an identity",
        ),
        (
            "\"several.txt\"".to_owned(),
            "several.txt:2:1: this recipient does not parse",
        ),
        (
            "\"missing.txt\", \"empty.txt\"".to_owned(),
            "empty.txt` has no recipient",
        ),
    ];
    project.write("empty.txt", "# nobody\n\n");
    project.write("several.txt", format!("{}\nage1marker\n", key.recipient));
    for (list, message) in cases {
        recipients(&mut project, &list);
        let message = message.replace("key.txt", &key.path);
        fails(&project, &message, &hidden);
    }
    project.metadata("[package.metadata.secrets]\nrecipients = \"age1\"\n");
    fails(
        &project,
        "expected an array of recipients, or paths of files of them",
        &[],
    );
    project.metadata("");
    project.build_rs("fn main() { secrets_build::Config::new().recipient(\"age1x\").embed(); }");
    fails(
        &project,
        "build.rs:1:42: this recipient does not parse",
        &[],
    );
}

#[test]
fn both_crates_need_the_feature() {
    let mut project = project("encrypted-features");
    let key = keygen(&project);
    recipients(&mut project, &format!("\"{}\"", key.recipient));
    project.features("");
    let remedy = "the secrets are encrypted: in Cargo.toml, give `secrets-embed` the feature `encrypted`, \
                  as in secrets-embed = { version = \"0.1\", features = [\"encrypted\"] }";
    fails(&project, remedy, &[]);
    project.features("encrypted,datetime").build_features("");
    let remedy = "`recipients` asks for an encrypted module; give `secrets-build` the feature `age`, \
                  as in secrets-build = { version = \"0.1\", features = [\"age\"] }";
    fails(&project, remedy, &[]);
    project.metadata("[package.metadata.secrets]\nfiles = [\"secrets.toml.age\"]\n");
    project.write("secrets.toml.age", "");
    let remedy = "`secrets.toml.age` is encrypted; give `secrets-build` the feature `age`, as in";
    fails(&project, remedy, &[]);
}
