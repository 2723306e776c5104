//! A sealed file that someone edited who knows how its checksum is made: what a build can see, and what
//! only the program can, which has the key.

use std::{fmt::Write, fs};

use secrets_tests::{
    Project,
    age::{Key, keygen},
};

use super::{FILE, problems, seal, sealed, set, text};

const EDITED: &str = "this sealed file was edited or cut off since it was sealed; restore it, or seal the \
     secrets again";

/// A text with the checksum that is right for it.
fn with_checksum(text: &str) -> String {
    let (own, others): (Vec<&str>, Vec<&str>) = text
        .lines()
        .partition(|line| line.starts_with("checksum = "));
    assert_eq!(own.len(), 1);
    let hashed: String = others.iter().flat_map(|line| [line, "\n"]).collect();
    let hash = hmac_sha256::Hash::hash(hashed.as_bytes());
    let hash = hash.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    let line = format!("checksum = \"{hash}\"");
    text.replace(own[0], &line)
}

/// The text before the ciphertexts, and each of them.
fn parts(text: &str) -> (&str, Vec<&str>) {
    let (head, _) = text.split_once("[[ciphertext]]").expect("a ciphertext");
    let mut parts = text[head.len()..].split("[[ciphertext]]\n");
    assert_eq!(parts.next(), Some(""));
    (head, parts.collect())
}

#[test]
fn profiles_that_are_not_as_they_were_sealed_are_refused() {
    let (folder, key) = sealed("profiles = [\"staging\", \"production\"]\n", "key = 1\n");
    let several = text(&folder);
    set(&folder, &key, "");
    super::seal_in(&folder.path("package"));
    let single = text(&folder);

    let says = |text: &str| {
        folder.write(format!("package/{FILE}"), with_checksum(text));
        problems(&folder)
    };
    let staging = "profile = \"staging\"\n";
    // The controls.
    set(&folder, &key, "profiles = [\"staging\", \"production\"]\n");
    assert_eq!(says(&several), None);
    set(&folder, &key, "");
    assert_eq!(says(&several), None);
    assert_eq!(says(&single), None);

    let (head, ciphertexts) = parts(&several);
    let named = |names: [&str; 2]| {
        let ciphertexts = ciphertexts.iter().zip(names);
        let named = ciphertexts.map(|(ciphertext, name)| {
            let (_, rest) = ciphertext.split_once('\n').expect("a line");
            format!("[[ciphertext]]\n{name}{rest}")
        });
        format!("{head}{}", named.collect::<String>())
    };
    let above = "profile = \"../../elsewhere\"\n";
    let of_file = |text: &str, name: &str| {
        let line = format!("package = \"app\"\nprofile = {name}\n");
        text.replace("package = \"app\"\n", &line)
    };
    for (what, text) in [
        ("one with a profile, one without", named([staging, ""])),
        ("one without, one with a profile", named(["", staging])),
        ("two without", named(["", ""])),
        ("one profile twice", named([staging, staging])),
        (
            "other only in case",
            named([staging, "profile = \"Staging\"\n"]),
        ),
        ("a path", named([staging, above])),
        ("a name of the file too", of_file(&several, "\"staging\"")),
        (
            "a path of the file",
            of_file(&single, "\"../../elsewhere\""),
        ),
        ("an empty name", of_file(&single, "\"\"")),
        ("a number", named([staging, "profile = 1\n"])),
        ("a number of the file", of_file(&single, "1")),
    ] {
        assert_eq!(says(&text), Some(format!("{FILE}:1:1: {EDITED}")), "{what}");
    }
}

#[test]
fn what_would_take_no_end_is_refused() {
    let (folder, _) = sealed("", "key = 1\n[table]\nkey = 1\n");
    let good = text(&folder);
    let says = |text: &str| {
        folder.write(format!("package/{FILE}"), with_checksum(text));
        problems(&folder).expect("a problem")
    };
    let deep = |count: usize| format!("more = {}{}\n", "[".repeat(count), "]".repeat(count));
    let line = |path: &str| good.replace("    \"key: i64\",\n", &format!("    \"{path}: i64\",\n"));
    for (what, text) in [
        (
            "brackets",
            good.replace("package =", &(deep(20_000) + "package =")),
        ),
        (
            "a dotted key",
            good.replace(
                "package =",
                &format!("{}a = 1\npackage =", "a.".repeat(20_000)),
            ),
        ),
        ("tables", line(&vec!["a"; 20_000].join("."))),
        ("arrays", line(&format!("a{}", "[]".repeat(20_000)))),
        ("tuples", line(&format!("a{}", "(0)".repeat(20_000)))),
        ("a key twice", line("table.key")),
        (
            "a table in two places",
            line("table.other").replace("    \"table.key", "    \"key: i64\",\n    \"table.key"),
        ),
    ] {
        let reported = says(&text);
        assert!(reported.ends_with(EDITED), "{what}: {reported}");
    }
    assert_eq!(
        {
            folder.write(format!("package/{FILE}"), &good);
            problems(&folder)
        },
        None
    );
}

/// Decrypts each profile, and says what came of it.
const MAIN: &str = r#"
    use secrets_embed::{Error, ExposeSecret, Identity};
    let identity = Identity::from_file(std::env::args().nth(1).unwrap()).unwrap();
    print!("{};", secrets::ENDPOINT);
    for profile in ["staging", "production"] {
        match secrets::Secrets::decrypt_profile(profile, &identity) {
            Ok(all) => print!(" {profile}={};", all.key.expose_secret()),
            Err(error @ (Error::OtherProfile { .. } | Error::OtherPlainKeys)) => print!(" {error};"),
            Err(error) => print!(" another error: {error};"),
        }
    }
"#;

/// One key opens both, as one of the operator's own might.
#[test]
fn exchanged_ciphertexts_and_edited_plain_keys_do_not_open() {
    let mut project = Project::new("sealed-exchanged");
    let key = keygen(&project);
    project
        .features("encrypted,datetime")
        .all_build_features()
        .main(MAIN);
    project.metadata(&format!(
        "[package.metadata.secrets]\nprofiles = [\"staging\", \"production\"]\n\
         recipients = [\"{}\"]\nsealed = \"{FILE}\"\n\
         [package.metadata.secrets.keys]\nendpoint = {{ plain = true }}\n\
         \"numbers.*\" = {{ plain = true }}\n",
        key.recipient
    ));
    let endpoint = "endpoint = \"https://example.org\"\n";
    // Whatever has more than one way to be written.
    let numbers = "[numbers]\nnan = [nan, -nan, -0.0, 1e300]\ntime = 07:32\nmore = 07:32:00.500\n";
    project.write(
        ".secrets/secrets.toml",
        format!("{endpoint}key = \"live\"\n{numbers}"),
    );
    project.write(".secrets/secrets.staging.toml", "key = \"tried\"\n");
    project.features("encrypted,datetime").build_features("");
    seal(&project);
    let good = fs::read_to_string(project.path(FILE)).expect("a sealed file");
    let prints = |text: &str, expected: &str| {
        project.write(FILE, with_checksum(text));
        assert_eq!(run(&project, &key), expected);
    };
    prints(
        &good,
        "https://example.org; staging=tried; production=live;",
    );

    let (head, ciphertexts) = parts(&good);
    let bodies = ciphertexts
        .iter()
        .map(|ciphertext| ciphertext.split_once('\n').expect("lines"));
    let bodies: Vec<_> = bodies.collect();
    let exchanged = format!(
        "{head}[[ciphertext]]\n{}\n{}[[ciphertext]]\n{}\n{}",
        bodies[0].0, bodies[1].1, bodies[1].0, bodies[0].1
    );
    let other = |sealed: &str, wanted: &str| {
        format!(
            " the encrypted secrets are those of the profile `{sealed}`, and not of the profile \
             `{wanted}`; seal them again, and build the program again;"
        )
    };
    let expected = [
        other("production", "staging"),
        other("staging", "production"),
    ]
    .concat();
    prints(&exchanged, &format!("https://example.org;{expected}"));

    let plain = " the plain keys of this program, or their values, are not those that were sealed with \
                 the encrypted secrets; restore them, or seal the secrets again;";
    let edited = good.replace("https://example.org", "https://example.com");
    prints(&edited, &format!("https://example.com;{plain}{plain}"));
}

#[track_caller]
fn run(project: &Project, key: &Key) -> String {
    let run = project.cargo(&["run", "-q", "--", &key.path]);
    assert!(run.success, "{}", run.stderr);
    run.stdout
}
