//! The text of a sealed file, and how it is written.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
};

use secrets_tests::{Folder, age::tool_output};

use super::{FILE, problems, seal_in, sealed, set, text, try_seal};

const SETTINGS: &str = "[package.metadata.secrets.keys]\n\"public.*\" = { plain = true }\n\
     \"port\" = { type = \"u16\" }\n\"level\" = { type = \"enum:a|b: c\", optional = true }\n\
     \"blob\" = { type = \"bytes:base64\" }\n";

const SECRETS: &str = r#"
    key = "KxQ7vT2mRw9ZpLd4"
    port = 443
    blob = "AAEC"
    empty = []
    nothing = {}
    "a.b \"c\" ü" = 1.5
    mixed = [1, "two", { a = true }]
    when = 1979-05-27
    [public]
    endpoint = "https://example.org"
    list = [[1], []]
    [[server]]
    host = "one"
    [[server]]
    port = 18446744073709551615
"#;

const EXPECTED: &str = r#"# Secrets, sealed by secrets-build: names and types in clear, values encrypted with age.
# Do not edit or merge this file; seal the secrets again.
version = 2
payload = 2
checksum = "SUM"
package = "app"

shape = [
    "key: string",
    "port: u16",
    "blob: bytes",
    "empty[]: string",
    "nothing: {}",
    "\"a.b \\\"c\\\" ü\": f64",
    "mixed(0): i64",
    "mixed(1): string",
    "mixed(2).a: bool",
    "when: date",
    "server[].host?: string",
    "server[].port?: u64",
    "level?: enum:a|b: c",
]

plain-shape = [
    "public.endpoint: string",
    "public.list[][]: i64",
]

[plain]
"public"."endpoint" = "https://example.org"
"public"."list" = [[1], []]

[[ciphertext]]
recipients = [
    "RECIPIENT",
]
age = """
-----BEGIN AGE ENCRYPTED FILE-----
ARMOR
-----END AGE ENCRYPTED FILE-----
"""
"#;

/// The text with what differs each time taken out, and the armored age file.
fn split(text: &str, recipient: &str) -> (String, String) {
    let (begin, end) = (
        "-----BEGIN AGE ENCRYPTED FILE-----\n",
        "\n-----END AGE ENCRYPTED FILE-----\n",
    );
    let from = text.find(begin).expect("a beginning");
    let to = text.find(end).expect("an end");
    let armor = &text[from..to + end.len()];
    let lines = armor.lines();
    assert!(lines.clone().all(|line| line.len() <= 64), "{armor}");
    let sum = text
        .lines()
        .find(|line| line.starts_with("checksum = "))
        .expect("a sum");
    assert_eq!(sum.len(), "checksum = ".len() + 66);
    let rest = text.replace(&text[from + begin.len()..to], "ARMOR");
    (
        rest.replace(sum, "checksum = \"SUM\"")
            .replace(recipient, "RECIPIENT"),
        armor.to_owned(),
    )
}

#[test]
fn its_layout_is_fixed_and_age_opens_it() {
    let (folder, key) = sealed(SETTINGS, SECRETS);
    let package = folder.path("package");
    let first = text(&folder);
    let (layout, armor) = split(&first, &key.recipient);
    assert_eq!(layout, EXPECTED);
    assert_eq!(problems(&folder), None);

    folder.write("one.age", &armor);
    let (file, identity) = (folder.path("one.age"), package.join(&key.path));
    let paths = [identity.to_str().unwrap(), file.to_str().unwrap()];
    let opened = tool_output("age", &["-d", "-i", paths[0], paths[1]]);
    assert!(opened.status.success(), "{opened:?}");
    let has = |text: &[u8], value: &str| {
        text.windows(value.len())
            .any(|part| part == value.as_bytes())
    };
    assert!(has(&opened.stdout, "KxQ7vT2mRw9ZpLd4"));
    assert!(!has(&opened.stdout, "example.org"));
    assert!(has(first.as_bytes(), "example.org"));
    assert!(!has(first.as_bytes(), "KxQ7vT2mRw9ZpLd4"));

    // Sealed again: another ciphertext, and nothing else.
    seal_in(&package);
    let second = text(&folder);
    assert_ne!(first, second);
    assert_eq!(split(&second, &key.recipient).0, EXPECTED);
    // Another value: nothing but the ciphertext. Another key: one line.
    folder.write(
        "package/.secrets/secrets.toml",
        SECRETS.replace("443", "444"),
    );
    seal_in(&package);
    assert_eq!(split(&text(&folder), &key.recipient).0, EXPECTED);
    folder.write(
        "package/.secrets/secrets.toml",
        SECRETS.replace("empty", "new = 1\nempty"),
    );
    seal_in(&package);
    let new = EXPECTED.replace("    \"empty[]", "    \"new: i64\",\n    \"empty[]");
    assert_eq!(split(&text(&folder), &key.recipient).0, new);

    // What was read of a sealed file is the same file.
    let read = text(&folder);
    let copy = folder.path("copy.toml");
    try_seal(&package, &[], "sealed", &copy).unwrap();
    assert_eq!(fs::read_to_string(copy).unwrap(), read);
}

#[test]
fn what_cannot_be_sealed() {
    let (folder, key) = sealed("", "key = 1\n");
    let package = folder.path("package");
    let file = package.join(FILE);
    let good = fs::read(&file).unwrap();
    let fails = |variables: &[(&str, &str)], to: &std::path::Path, message: &str| {
        assert_eq!(
            try_seal(&package, variables, "sources", to),
            Err(message.to_owned())
        );
        assert_eq!(fs::read(&file).unwrap(), good, "{message}");
        let names = fs::read_dir(&package).unwrap().count();
        assert_eq!(names, 6, "something is left over: {message}");
    };
    folder.write("package/template.toml", "key = 2\n");
    folder.settings("sealed = \"secrets.sealed.toml\"\n");
    fails(
        &[],
        &file,
        "a sealed file is encrypted, and there are no `recipients`; set them",
    );
    set(
        &folder,
        &key,
        "template = \"template.toml\"\nfiles = [\"none.toml\"]\n",
    );
    fails(
        &[("SECRETS_STUB", "1")],
        &file,
        "this is a stub, made from the template, and a sealed file is made from secrets; provide them, and unset `SECRETS_STUB`",
    );
    fails(
        &[],
        &file,
        "the source `none.toml` does not exist; create it, or mark it optional: { path = \"...\", \
         optional = true }; to build a stub from the template instead, set the variable \
         `SECRETS_STUB=1`",
    );
    set(&folder, &key, "");
    folder.write("package/.secrets/secrets.toml", "a-b = 1\na_b = 2\n");
    fails(
        &[],
        &file,
        "the keys `a-b` at .secrets/secrets.toml:1:1 and `a_b` at .secrets/secrets.toml:2:1 both become \
         the field `a_b`; rename one of them, or name one in `keys`, as in \"a_b\" = { name = \"...\" }",
    );
    folder.write("package/.secrets/secrets.toml", "key = 1\n");
    let nowhere = folder.path("nowhere/at/all.toml");
    fails(
        &[],
        &nowhere,
        "failed to write `.../all.toml`: No such file or directory (os error 2)",
    );
    let occupied = folder.path("package/.secrets");
    fails(
        &[],
        &occupied,
        &format!(
            "failed to write `{}`: Is a directory (os error 21)",
            occupied.display()
        ),
    );
    let dangling = folder.path("dangling");
    std::os::unix::fs::symlink(folder.path("nowhere"), &dangling).unwrap();
    fails(
        &[],
        &dangling,
        &format!(
            "failed to write `{}`: it is a link to nothing; remove it, or restore its target",
            dangling.display()
        ),
    );
    assert!(dangling.is_symlink() && !folder.path("nowhere").exists());
    // The control.
    seal_in(&package);
    assert_ne!(fs::read(&file).unwrap(), good);
}

#[test]
fn it_takes_the_place_of_another_whole() {
    let (folder, key) = sealed("", "key = 1\n");
    let package = folder.path("package");
    let file = package.join(FILE);
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o644);
    // Who has it open reads what was there, to its end.
    let before = fs::read(&file).unwrap();
    let other = folder.path("other-name");
    fs::hard_link(&file, &other).unwrap();
    let number = fs::metadata(&file).unwrap().ino();
    seal_in(&package);
    assert_eq!(fs::read(&other).unwrap(), before);
    assert_ne!(fs::metadata(&file).unwrap().ino(), number);
    // A link that someone left where the new one is written is not followed.
    let victim = folder.path("victim");
    fs::write(&victim, "mine").unwrap();
    for entry in ["rs.tmp", "tmp"] {
        let link = file.with_extension(entry);
        std::os::unix::fs::symlink(&victim, link).unwrap();
    }
    // Nor under any name that the next processes would take.
    let last = std::process::id();
    for process in last..last + 2000 {
        for name in [
            format!(".{FILE}.{process}.tmp"),
            format!(".{FILE}.{process}-0.tmp"),
        ] {
            std::os::unix::fs::symlink(&victim, package.join(name)).unwrap();
        }
    }
    seal_in(&package);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    assert_eq!(problems(&folder), None);
    let folder = Folder::new("");
    set(&folder, &key, "");
    assert!(problems(&folder).unwrap().contains("does not exist"));
}
