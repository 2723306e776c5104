//! Every bit of the ciphertext of a generated module matters.

use secrets_tests::age::{keygen, project};

const SECRETS: &str = r#"
    text = "a text that nothing may ever show"
    small = -7
    above = 9223372036854775808
    float = 0.5
    yes = true
    when = 1979-05-27T07:32:00Z
    mixed = [1, "two"]
    list = ["first", "second"]
    [[server]]
    host = "one.example.org"
    port = 8080
    [[server]]
    host = "two.example.org"
"#;

/// Changes the ciphertext in every way, and counts what the errors are.
const MAIN: &str = r#"
    use secrets_embed::{Error, ExposeSecret, Identity};
    let identity = Identity::from_file(std::env::args().nth(1).unwrap()).unwrap();
    let open = |file: &[u8]| match secrets::Secrets::decrypt_from(&identity, file) {
        Ok(_) => "opened",
        Err(error) => {
            let text = format!("{error} {error:?}");
            for value in ["a text that", "example", "8080"] {
                assert!(!text.contains(value), "{text}");
            }
            match error {
                Error::Corrupt => "Corrupt",
                Error::WrongIdentity { .. } => "WrongIdentity",
                Error::PassphraseMismatch { .. } => "PassphraseMismatch",
                _ => panic!("{text}"),
            }
        }
    };
    let good = secrets::CIPHERTEXT;
    assert_eq!(open(good), "opened");
    let secrets = secrets::Secrets::decrypt_from(&identity, good).unwrap();
    assert_eq!(secrets.server[0].host.expose_secret(), "one.example.org");
    assert!(secrets.server[1].port.is_none());

    let header = good.windows(4).position(|bytes| bytes == b"\n---").unwrap();
    let mut file = good.to_vec();
    for position in 0..good.len() {
        for change in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
            file[position] = good[position] ^ change;
            let result = open(&file);
            assert_ne!(result, "opened", "byte {position} ^ {change}");
            assert!(position < header || result == "Corrupt", "byte {position}: {result}");
        }
        file[position] = good[position];
    }
    for length in 0..good.len() {
        assert_eq!(open(&good[..length]), "Corrupt", "{length} bytes");
        // And with zeros in the place of the rest.
        file[length..].fill(0);
        assert_ne!(open(&file), "opened", "{length} bytes and zeros");
        file.copy_from_slice(good);
    }
    assert_eq!(open(good), "opened");
    print!("{} bytes", good.len());
"#;

/// Optimised, as there are thousands of files to open.
#[test]
fn no_change_of_the_ciphertext_is_a_value_or_a_panic() {
    let mut project = project("encrypted-tampering");
    project.features("encrypted,datetime");
    let key = keygen(&project);
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\n",
        key.recipient
    ));
    project.write(".secrets/secrets.toml", SECRETS);
    project.main(MAIN);
    project.optimise();
    let run = project.cargo(&["run", "-q", "--", &key.path]);
    assert!(run.success, "{}", run.stderr);
    let length = run.stdout.strip_suffix(" bytes").expect("a length");
    assert!(length.parse::<usize>().expect("a number") > 256, "{length}");
}
