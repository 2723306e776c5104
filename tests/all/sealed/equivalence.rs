//! One program against the secrets, the sealed file and the stub: the same items in all three.

use std::{collections::BTreeMap, fs};

use secrets_tests::{
    Project,
    age::{Key, keygen},
};

use super::{FILE, seal};

/// Every type, encrypted at the root and plain in `public`.
const KEYS: [(&str, &str); 11] = [
    ("level", "type = \"enum:debug|info\""),
    ("port", "type = \"u16\""),
    ("big", "type = \"u64\""),
    ("wide", "type = \"u128\""),
    ("signed", "type = \"i128\""),
    ("ratio", "type = \"f32\""),
    ("letter", "type = \"char\""),
    ("address", "type = \"ip-addr\""),
    ("wait", "type = \"duration\""),
    ("blob", "type = \"bytes:base64\""),
    ("dsn", "type = \"string\", optional = true"),
];

const TEMPLATE: &str = r#"
    # How much is reported.
    level = "debug"
    port = 1
    big = 1
    wide = 1
    signed = 1
    ratio = 0.5
    letter = "x"
    address = "::1"
    wait = "1s"
    blob = ""
    dsn = "x"
    text = "x"
    integer = 1
    float = 1.5
    yes = false
    date = 1979-05-27
    time = 07:32:00
    stamp = 1979-05-27T07:32:00Z
    list = ["x"]
    lists = [[1]]
    mixed = [1, "x", { a = 1 }]
    "a key \"with\" quotes" = 1
    one = { a = 1 }
    two = { a = 1 }
    servers = [{ host = "x", port = 1 }, { host = "x" }]
    nothing = {}
"#;

const SECRETS: &str = r#"
    level = "info"
    port = 65535
    big = 18446744073709551615
    wide = "340282366920938463463374607431768211455"
    signed = "-170141183460469231731687303715884105728"
    ratio = 3.4028235e38
    letter = "\u0007"
    address = "192.0.2.1"
    wait = "31557600s 1ns"
    blob = "/wA="
    text = "a \"text\"\n\\ with\tall \u0000\u007F\u0085 ü \U0001F511"
    integer = -9223372036854775808
    float = -0.0
    yes = true
    date = 0001-01-01
    time = 23:59:59.999999999
    stamp = 1979-05-27T00:32:00.5-07:30
    list = []
    lists = [[], [-1]]
    mixed = [9223372036854775807, "\"", { a = -7 }]
    "a key \"with\" quotes" = 7
    one = { a = 7 }
    two = { a = 8 }
    servers = [{ host = "a" }, { port = 80, host = "b" }]
    nothing = {}
"#;

/// Uses every item, and prints what it decrypts or why it does not.
const MAIN: &str = r#"
    use secrets_embed::{Error, ExposeSecret, Identity};
    let identity = Identity::from_file(std::env::args().nth(1).unwrap());
    let public: &secrets::plain::Public = secrets::PUBLIC;
    let all = &secrets::plain::SECRETS["public"];
    let level = match public.level { secrets::plain::PublicLevel::Debug => 0, secrets::plain::PublicLevel::Info => 1 };
    let (port, big, wide, signed): (u16, u64, u128, i128) = (public.port, public.big, public.wide, public.signed);
    let (ratio, letter): (f32, char) = (public.ratio, public.letter);
    let (address, wait): (std::net::IpAddr, std::time::Duration) = (public.address, public.wait);
    let (blob, dsn): (&[u8], Option<&str>) = (public.blob, public.dsn);
    let extra: Option<i64> = public.extra.a;
    println!("{level} {port} {big} {wide} {signed} {ratio:?} {letter:?} {address} {wait:?} {blob:?} {dsn:?} {extra:?}");
    println!("{:?} {} {:?} {} {}", public.text, public.integer, public.float, public.yes, all["port"] == 65535);
    println!("{} {} {} {:?} {:?}", public.date, public.time, public.stamp, public.list, public.lists);
    println!("{:?} {:?} {}", public.mixed.0, public.mixed.1, public.mixed.2.a);
    for server in public.servers {
        println!("{:?} {:?}", server.host, server.port);
    }
    let opened: Result<secrets::Secrets, Error> = match secrets::CIPHERTEXT {
        [] => secrets::Secrets::decrypt(&Identity::passphrase(String::new())),
        ciphertext => {
            let identity = identity.unwrap();
            assert!(secrets::Secrets::decrypt_from(&identity, ciphertext).is_ok());
            secrets::Secrets::decrypt(&identity)
        }
    };
    let recipients: &[&str] = secrets::RECIPIENTS;
    print!("{} {} ", secrets::IS_STUB, recipients.len());
    let all = match opened {
        Ok(all) => all,
        Err(error) => return print!("{error}"),
    };
    assert!(all.get("public").is_none() && secrets::plain::SECRETS.get("text").is_none());
    assert!(matches!(all.level, secrets::Level::Info));
    let (port, big, wide): (u16, u64, u128) = (all.port, all.big, all.wide);
    let dsn = all.dsn.as_ref().map(|dsn| dsn.expose_secret().to_owned());
    let (one, two): (&secrets::One, &secrets::Two) = (&all.one, &all.two);
    print!("{port} {big} {wide} {dsn:?} {:?} {} {} ", all.text.expose_secret(), one.a, two.a);
    print!("{} {} {:?} {}", all.stamp, all.wait.as_secs(), all.servers[1].port, all["a key \"with\" quotes"] == 7);
"#;

/// What `MAIN` prints of the plain keys of `SECRETS`.
const PLAIN: &str = r#"1 65535 18446744073709551615 340282366920938463463374607431768211455 -170141183460469231731687303715884105728 3.4028235e38 '\u{7}' 192.0.2.1 31557600.000000001s [255, 0] None None
"a \"text\"\n\\ with\tall \0\u{7f}\u{85} ü 🔑" -9223372036854775808 -0.0 true true
0001-01-01 23:59:59.999999999 1979-05-27T00:32:00.5-07:30 [] [[], [-1]]
9223372036854775807 "\"" -7
"a" None
"b" Some(80)
"#;

const OPENED: &str = r#"65535 18446744073709551615 340282366920938463463374607431768211455 None "a \"text\"\n\\ with\tall \0\u{7f}\u{85} ü 🔑" 7 8 1979-05-27T00:32:00.5-07:30 31557600 Some(80) true"#;

/// A text for the root, and the same for `public`.
fn twice(text: &str, more: &str) -> String {
    let one: Vec<_> = text.lines().map(str::trim).collect();
    let one = one.join("\n");
    format!("{one}\n[public]\n{one}\n[public.extra]\n{more}\n")
}

fn settings(key: &Key, more: &str) -> String {
    let keys: String = KEYS
        .iter()
        .map(|(key, rules)| format!("{key} = {{ {rules} }}\n\"public.{key}\" = {{ {rules} }}\n"))
        .collect();
    format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\ntemplate = \"template.toml\"\n{more}\n\
         [package.metadata.secrets.keys]\npublic = {{ plain = true }}\n\
         \"public.extra.a\" = {{ type = \"i64\", optional = true }}\n{keys}",
        key.recipient
    )
}

/// The generated files, without what cargo looks at.
fn generated(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(project.out_dir()).expect("a folder").flatten();
    let files =
        files.filter(|entry| entry.path().is_file() && entry.file_name() != ".secrets-build");
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().expect("UTF-8");
        (name, fs::read(entry.path()).expect("a file"))
    };
    files.map(read).collect()
}

/// Lines of one text that the other does not have, without those of the hash of the plain keys, whose values
/// differ.
fn differing<'a>(one: &'a [u8], other: &'a [u8]) -> Vec<&'a str> {
    let text = |bytes: &'a [u8]| std::str::from_utf8(bytes).expect("UTF-8");
    let (one, other) = (text(one), text(other));
    let missing = |line: &&str| !other.lines().any(|known| known == *line);
    let is_hash = |line: &&str| {
        line.bytes()
            .all(|byte| byte.is_ascii_digit() || b", ".contains(&byte))
    };
    let lines = one.lines().filter(missing).map(str::trim);
    lines.filter(|line| !is_hash(line)).collect()
}

#[track_caller]
fn prints(project: &Project, key: &Key, expected: &str) {
    let run = project.cargo(&["run", "-q", "--", &key.path]);
    assert!(run.success, "{}", run.stderr);
    assert_eq!(run.stdout, expected);
}

#[test]
fn secrets_sealed_file_and_stub_are_one_module() {
    let mut project = Project::new("sealed-same");
    project.all_features().all_build_features();
    project.main(MAIN);
    let key = keygen(&project);
    project.metadata(&settings(&key, ""));
    project.write("template.toml", twice(TEMPLATE, "a = 1"));
    project.write(".secrets/secrets.toml", twice(SECRETS, ""));
    prints(&project, &key, &format!("{PLAIN}false 1 {OPENED}"));
    let from_secrets = generated(&project);

    // Nothing is left to read, and `secrets-build` has no `age`.
    seal(&project);
    fs::remove_dir_all(project.path(".secrets")).unwrap();
    project.metadata(&settings(&key, &format!("sealed = \"{FILE}\"")));
    project.build_features("");
    prints(&project, &key, &format!("{PLAIN}false 1 {OPENED}"));
    let sealed = generated(&project);
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    let expected = [
        "secrets.age",
        "secrets.rs",
        "secrets_plain.rs",
        "secrets_plain_doc.rs",
        "secrets_plain_values.rs",
    ];
    assert_eq!(names(&from_secrets), expected);
    assert_eq!(names(&sealed), expected);
    for name in &expected[1..] {
        assert_eq!(
            differing(&from_secrets[*name], &sealed[*name]),
            [""; 0],
            "{name}"
        );
        assert!(from_secrets[*name] == sealed[*name], "{name}");
    }
    assert_ne!(from_secrets["secrets.age"], sealed["secrets.age"]);

    // Comments of the template may change under a sealed file, also such that tables which were
    // documented alike no longer are.
    let text = twice(TEMPLATE, "a = 1").replace("one = {", "# The first.\none = {");
    project.write("template.toml", text);
    prints(&project, &key, &format!("{PLAIN}false 1 {OPENED}"));
    let documented = generated(&project);
    let new = differing(&documented["secrets.rs"], &sealed["secrets.rs"]);
    assert!(
        new.iter().any(|line| line.contains("The first.")),
        "{new:?}"
    );
    project.write("template.toml", twice(TEMPLATE, "a = 1"));

    // The same main again.
    fs::remove_file(project.path(FILE)).unwrap();
    project.set("SECRETS_STUB", "1");
    let run = project.cargo(&["run", "-q", "--", "no-key.txt"]);
    let why = "true 0 this program was built without these secrets, as a stub; build it again where they are";
    assert!(run.stdout.ends_with(why), "{}{}", run.stdout, run.stderr);
    let stub = generated(&project);
    assert_eq!(
        names(&stub),
        [
            "secrets.rs",
            "secrets.stub",
            "secrets_plain.rs",
            "secrets_plain_doc.rs",
            "secrets_plain_values.rs",
        ]
    );
    let (real, stubbed) = (&sealed["secrets.rs"], &stub["secrets.rs"]);
    let recipient = format!("\"{}\",", key.recipient);
    assert_eq!(
        differing(real, stubbed),
        [
            "pub const IS_STUB: bool = false;",
            "pub const CIPHERTEXT: &[u8] = ::core::include_bytes!(",
            "::core::concat!(::core::env!(\"OUT_DIR\"), \"/secrets.age\")",
            ");",
            "pub const RECIPIENTS: &[&str] = &[",
            recipient.as_str(),
            "];",
        ]
    );
    let come = differing(stubbed, real);
    assert_eq!(
        come,
        [
            "pub const IS_STUB: bool = true;",
            "pub const CIPHERTEXT: &[u8] = &[];",
            "pub const RECIPIENTS: &[&str] = &[];",
            "impl __embed::IsStub for Secrets {",
            "const PAYLOAD: &'static [u8] = ::core::include_bytes!(",
            "::core::concat!(::core::env!(\"OUT_DIR\"), \"/secrets.stub\")",
            ");",
        ]
    );
    assert_eq!(
        differing(&stub["secrets_plain.rs"], &sealed["secrets_plain.rs"]),
        ["pub const IS_STUB: bool = true;"]
    );
    assert!(stub["secrets_plain_doc.rs"] == sealed["secrets_plain_doc.rs"]);
}
