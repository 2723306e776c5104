//! What is put in the place of encrypted sources, identities, recipients and passphrases, and is something
//! else: each is reported for what it is.

use secrets_tests::{
    Folder, Project,
    age::{KEY, RECIPIENT},
};

/// What loading says with each of these settings in code, in one build. It shows no value and no key.
fn errors(
    name: &str,
    has_features: bool,
    prepare: impl Fn(&Project),
    settings: &[String],
) -> Vec<String> {
    let mut project = Project::new(name);
    if has_features {
        project.all_build_features();
    }
    project.write("src/main.rs", "fn main() {}\n");
    let loads: String = settings
        .iter()
        .map(|set| format!("tell(secrets_build::Config::new(){set}.load());\n"))
        .collect();
    project.build_rs(&format!(
        "fn tell(result: Result<secrets_build::Secrets, secrets_build::Error>) {{\n\
             let text = result.map_or_else(|error| error.to_string(), |_| \"fine\".to_owned());\n\
             println!(\"cargo::warning=case {{}}\", text.replace('\\n', \" \"));\n\
         }}\nfn main() {{\n{loads}}}\n"
    ));
    prepare(&project);
    let output = project.build_ok().stderr;
    for hidden in ["v4lue", &KEY[20..40], &RECIPIENT[10..30]] {
        assert!(!output.contains(hidden), "{hidden} is shown:\n{output}");
    }
    let lines = output
        .lines()
        .filter(|line| line.starts_with("warning: "))
        .filter_map(|line| line.split_once(": case "));
    let errors: Vec<String> = lines.map(|(_, error)| error.to_owned()).collect();
    assert_eq!(errors.len(), settings.len(), "{output}");
    errors
}

#[track_caller]
fn each_says(errors: &[String], expected: &[&str]) {
    assert_eq!(errors.len(), expected.len());
    for (error, expected) in errors.iter().zip(expected) {
        assert!(error.contains(expected), "{expected}\n---\n{error}");
    }
}

/// The front of a file as `age -p` makes it.
fn of_passphrase() -> Vec<u8> {
    let (salt, body) = ("A".repeat(22), "A".repeat(43));
    let header = format!("age-encryption.org/v1\n-> scrypt {salt} 18\n{body}\n--- {body}\n");
    [header.as_bytes(), &[0; 48]].concat()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

#[test]
fn encrypted_sources_that_are_something_else() {
    let plain = "is not encrypted; encrypt it, or give it a name that ends in `.toml`";
    let cases: [(&[u8], &str); 5] = [
        (b"key = \"v4lue\"\n", plain),
        (
            &of_passphrase(),
            "is encrypted to a passphrase, and a build asks for none; encrypt it to a recipient",
        ),
        (
            b"\0GITCRYPT\0v4lue",
            "is locked by git-crypt; unlock the checkout first",
        ),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:v4lue\n",
            "is a pointer of Git LFS and not the file itself",
        ),
        (
            &utf16("-----BEGIN AGE ENCRYPTED FILE-----\n"),
            "is UTF-16; save it as UTF-8",
        ),
    ];
    let prepare = |project: &Project| {
        project.write("identity", KEY);
        for (index, (contents, _)) in cases.iter().enumerate() {
            project.write(&format!("{index}.toml.age"), contents);
        }
    };
    let load = |index, more: &str| format!(".file(\"{index}.toml.age\"){more}");
    // With an identity and without one, it is the same.
    let settings: Vec<String> = (0..cases.len())
        .flat_map(|index| [load(index, ""), load(index, ".identity(\"identity\")")])
        .collect();
    let expected: Vec<&str> = cases.iter().flat_map(|(_, what)| [*what; 2]).collect();
    let reported = errors("mistaken-sources", true, prepare, &settings);
    each_says(&reported, &expected);
    // And without the feature.
    let reported = errors("mistaken-sources-off", false, prepare, &[load(0, "")]);
    each_says(&reported, &[plain]);
}

/// What looks like a key of SSH, and is none.
const SSH: &str = "-----BEGIN OPENSSH PRIVATE KEY-----\nv4lue\n-----END OPENSSH PRIVATE KEY-----\n";

/// A source. What it is encrypted to does not matter before there is an identity.
fn source() -> Vec<u8> {
    let point = format!("{}A", "B".repeat(42));
    let header = format!("age-encryption.org/v1\n-> X25519 {point}\n{point}\n--- {point}\n");
    [header.as_bytes(), &[0; 48]].concat()
}

/// The tests themselves have the feature `age`, and neither of these.
#[test]
fn identities_that_need_a_feature() {
    let folder = Folder::new("files = [\"one.toml.age\"]\nidentity = \"identity\"");
    folder.write("package/one.toml.age", source());
    for (identity, message) in [
        (
            "AGE-PLUGIN-YUBIKEY-1V4LUE",
            "holds an identity of an age plugin; give `secrets-build` the feature `plugin`, as in",
        ),
        (
            SSH,
            "holds an SSH key; give `secrets-build` the feature `ssh`, as in",
        ),
    ] {
        folder.write("package/identity", identity);
        let error = folder.load(&[]).unwrap_err();
        assert!(error.contains(message), "{message}\n---\n{error}");
        assert!(!error.to_lowercase().contains("v4lue"), "{error}");
    }
}

#[test]
fn identities_that_are_something_else() {
    let source = source();
    let public = "holds the public half of an SSH key; the private half starts with `-----BEGIN`";
    let marked = format!("\u{feff}{KEY}\n");
    let cases: [(&[u8], &str); 10] = [
        (
            RECIPIENT.as_bytes(),
            "holds a recipient, the public half of a key; the identity starts with `AGE-SECRET-KEY-1`",
        ),
        (b"ssh-ed25519 AAAAC3v4lue me@host", public),
        (b"ecdsa-sha2-nistp256 AAAAv4lue me@host", public),
        (
            b"# a comment\nAGE-SECRET-KEY-PQ-1V4LUE",
            "holds a post-quantum identity, which the crate `age` does not know yet",
        ),
        (
            SSH.as_bytes(),
            "holds no SSH key that age knows, expected ed25519 or RSA",
        ),
        (
            &of_passphrase(),
            "is encrypted itself, and a build asks for no passphrase",
        ),
        (
            b"-----BEGIN AGE ENCRYPTED FILE-----\nv4lue\n",
            "is encrypted itself, and a build asks for no passphrase",
        ),
        (&utf16(KEY), "is UTF-16; save it as UTF-8"),
        (
            b"v4lue",
            "holds no identity, expected `AGE-SECRET-KEY-1...`",
        ),
        // With a byte order mark it is one; the file is encrypted to another.
        (
            marked.as_bytes(),
            "`one.toml.age` is not encrypted to the identity of",
        ),
    ];
    let prepare = |project: &Project| {
        project.write("one.toml.age", &source);
        for (index, (contents, _)) in cases.iter().enumerate() {
            project.write(&format!("identity-{index}"), contents);
        }
    };
    let settings: Vec<String> = (0..cases.len())
        .map(|index| format!(".file(\"one.toml.age\").identity(\"identity-{index}\")"))
        .collect();
    let reported = errors("mistaken-identities", true, prepare, &settings);
    each_says(&reported, &cases.map(|(_, what)| what));
}

#[test]
fn recipients_and_passphrases_that_are_something_else() {
    let several = "is more than one; write each by itself, without a comma";
    let kind = "is an SSH key of a kind that age does not know, expected ed25519 or RSA";
    let lines = "has more than one line, and a passphrase is one; remove the others";
    let recipients = [
        (format!("{RECIPIENT},{RECIPIENT}"), several),
        (format!("{RECIPIENT}, {RECIPIENT}"), several),
        (format!("{RECIPIENT} {RECIPIENT}"), several),
        (format!("{RECIPIENT},"), several),
        ("ecdsa-sha2-nistp256 AAAAv4lue me@host".to_owned(), kind),
        ("sk-ssh-ed25519@openssh.com AAAAv4lue".to_owned(), kind),
        ("ssh-dss AAAAv4lue me@host".to_owned(), kind),
        (
            "age1pq1v4lue".to_owned(),
            "is post-quantum, which the crate `age` does not know yet",
        ),
    ];
    let listed = format!("\u{feff}# all\n{RECIPIENT},{RECIPIENT}\n");
    let marked = format!("\u{feff}{RECIPIENT}\n");
    let files: [(&[u8], &str); 3] = [
        (listed.as_bytes(), several),
        (&utf16(RECIPIENT), "it is UTF-16; save it as UTF-8"),
        (marked.as_bytes(), "fine"),
    ];
    let passphrases: [(&[u8], &str); 5] = [
        (b"v4lue one\nv4lue two\n", lines),
        (b"v4lue\n\n", lines),
        (b"v4lue one\rv4lue two", lines),
        (&utf16("v4lue"), "is UTF-16; save it as UTF-8"),
        ("\u{feff}\n".as_bytes(), "holds no passphrase"),
    ];
    let prepare = |project: &Project| {
        project.write(".secrets/secrets.toml", "key = \"v4lue\"\n");
        for (index, (contents, _)) in files.iter().enumerate() {
            project.write(&format!("recipients-{index}"), contents);
        }
        for (index, (contents, _)) in passphrases.iter().enumerate() {
            project.write(&format!("passphrase-{index}"), contents);
        }
    };
    let texts = recipients
        .iter()
        .map(|(text, _)| format!(".recipient({text:?})"));
    let of_files = (0..files.len()).map(|index| format!(".recipient(\"recipients-{index}\")"));
    let of_passphrases =
        (0..passphrases.len()).map(|index| format!(".passphrase_file(\"passphrase-{index}\")"));
    let settings: Vec<String> = texts.chain(of_files).chain(of_passphrases).collect();
    let reported = errors("mistaken-recipients", true, prepare, &settings);
    let expected: Vec<&str> = recipients.iter().map(|(_, what)| *what).collect();
    let expected = [
        expected,
        files.map(|(_, what)| what).to_vec(),
        passphrases.map(|(_, what)| what).to_vec(),
    ];
    each_says(&reported, &expected.concat());
}

/// The crate `age` takes the square of the time for twice the recipients: ten thousand would take minutes.
#[test]
fn a_header_that_would_take_minutes_is_refused() {
    let header = |count: usize| {
        let stanzas = "-> x y\n\n".repeat(count);
        format!("age-encryption.org/v1\n{stanzas}--- AAAA\n").into_bytes()
    };
    let folder = Folder::new("files = [\"one.toml.age\"]\nidentity = \"identity\"");
    folder.write("package/identity", KEY);
    let limit = "`one.toml.age` has a header of more than 1,024 recipients or 2 MiB; encrypt it again, to fewer";
    let mut unending = header(1);
    unending.truncate(unending.len() - "--- AAAA\n".len());
    unending.resize(3 * 1024 * 1024, b'A');
    for (file, is_refused) in [
        (header(10), false),
        (header(1_025), true),
        (header(300_000), true),
        (unending, true),
    ] {
        folder.write("package/one.toml.age", file);
        let problems = folder.load(&[]).expect_err("no secrets");
        assert_eq!(problems.contains(limit), is_refused, "{problems}");
    }
}
