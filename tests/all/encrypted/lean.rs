//! The reader without the crate `age`.

use std::collections::BTreeSet;

use super::project;

const KEY: &str = "AGE-SECRET-KEY-1AFN0F7R9EENS0L5E7FUHGPC7S3YZGV6XX2PTTVYH0GDHJCLC3JCQWF45NZ";
const RECIPIENT: &str = "age14tdwmytxxedjck9p309kya6ve5c4wyvavxjdfzpvs8jjgkcx05uq27ljhz";

/// The crates below `secrets-embed` with some features, itself among them.
fn crates(features: &str) -> BTreeSet<String> {
    let manifest = secrets_tests::workspace().join("secrets-embed/Cargo.toml");
    let output = std::process::Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--prefix",
            "none",
            "-e",
            "normal,build",
        ])
        .args(["--features", features, "--manifest-path"])
        .arg(manifest)
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let name = |line: &str| line.split(" (").next().map(str::to_owned);
    text.lines().filter_map(name).collect()
}

#[test]
fn few_crates_are_needed() {
    for (features, most) in [("", 1), ("encrypted", 45), ("post-quantum", 60)] {
        let crates = crates(features);
        assert!(crates.len() <= most, "{features}: {crates:?}");
        assert!(
            !crates.iter().any(|name| name.starts_with("age")),
            "{crates:?}"
        );
        // Decryption needs no random numbers.
        assert!(
            !crates.iter().any(|name| name.starts_with("getrandom")),
            "{crates:?}"
        );
    }
    assert!(crates("age").iter().any(|name| name.starts_with("age v")));
}

#[test]
fn each_reader_opens_the_same_module() {
    let mut project = project("encrypted-readers");
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{RECIPIENT}\"]\n"
    ));
    project.write("key.txt", KEY);
    for features in ["encrypted", "post-quantum", "age"] {
        project.features(features);
        let run = project.cargo(&["run", "-q", "--", "key.txt"]);
        assert_eq!(run.stdout, "the value", "{features}: {}", run.stderr);
    }
}
