//! The reader without the crate `age`.

use std::{collections::BTreeSet, fs};

use secrets_tests::{Project, age::project};

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
    for features in [
        "encrypted,datetime",
        "post-quantum,datetime",
        "age,datetime",
    ] {
        project.features(features);
        let run = project.cargo(&["run", "-q", "--", "key.txt"]);
        assert_eq!(run.stdout, "the value", "{features}: {}", run.stderr);
    }
}

/// A library without `std` and `alloc` in scope, for a target without an operating system.
#[test]
fn an_encrypted_module_needs_no_std() {
    let mut project = Project::new("encrypted-no-std");
    project.all_build_features();
    project.features("encrypted,datetime");
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{RECIPIENT}\"]\n\
         files = [\".secrets/secrets.toml\", \"mounted\"]\n"
    ));
    let manifest = fs::read_to_string(project.path("Cargo.toml")).expect("a manifest");
    let features = "secrets-embed\", features";
    assert_eq!(manifest.matches(features).count(), 1, "{manifest}");
    project.write(
        "Cargo.toml",
        manifest.replace(
            features,
            "secrets-embed\", default-features = false, features",
        ),
    );
    project.write(
        ".secrets/secrets.toml",
        "texts = ['one', 'two']\nnested = [['a'], ['b', 'c']]\nmixed = [1, 'x', ['y']]\n\
         days = [1979-05-27]\ntime = 1979-05-27T07:32:00Z\n\
         [[tables]]\nname = 'n'\n[[tables]]\nlist = [[1]]\n",
    );
    project.write("mounted/bytes", b"\x01\xff\x02");
    project.write(
        "src/lib.rs",
        r"
            #![no_std]
            #![deny(warnings)]
            pub mod secrets { secrets_embed::include_secrets!(); }
        ",
    );
    project.write(
        "src/main.rs",
        format!(
            r#"
            use encrypted_no_std::secrets;
            use secrets_embed::ExposeSecret;
            fn main() {{
                let identity = "{KEY}".parse().unwrap();
                let all = secrets::Secrets::decrypt(&identity).unwrap();
                assert_eq!(all.bytes.expose_secret(), b"\x01\xff\x02");
                assert_eq!(all.texts[1].expose_secret(), "two");
                assert_eq!(all.nested[1][1].expose_secret(), "c");
                assert_eq!(all.days.len(), 1);
                assert!(all.tables[0].list.is_none());
                assert_eq!(all.tables[1].list.as_ref().unwrap()[0][0], 1);
                print!("held");
            }}
            "#
        ),
    );
    assert_eq!(project.run_ok(), "held");
    // Nothing generated leans on what is in scope there.
    let module = fs::read_to_string(project.out_dir().join("secrets.rs")).expect("a module");
    for path in ["::std", "::alloc", ":: std", ":: alloc"] {
        assert!(!module.contains(path), "{path} in:\n{module}");
    }
}
