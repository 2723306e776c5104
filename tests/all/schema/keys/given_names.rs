//! Names that keys are given in Rust.

use std::fs;

use secrets_tests::{
    Project,
    age::{self, Key},
    workspace,
};

use super::{FILE, LINE, with};
use crate::sealed::{self, FILE as SEALED};

/// Keys that end in one name.
const TEXT: &str = "api_key = 'one'\napi-key = 'two'\ntpye = 'three'\n[bare-key]\nx = 1\n[bare_key]\ny = 2\n\
                    [[servers]]\nhost-name = 'a'\nhost_name = 'b'\n";
const KEYS: &str = "[package.metadata.secrets.keys]\napi-key = { name = \"other_key\" }\ntpye = { name = \"type\" }\n\
                    bare-key = { name = \"old_2\" }\n\"servers[].host-name\" = { name = \"host\" }\n";
const MAIN: &str = r#"
    use secrets::SECRETS;
    fn table(of: &secrets::Old2) -> i64 { of.x }
    assert_eq!([secrets::API_KEY, secrets::OTHER_KEY, secrets::TYPE], ["one", "two", "three"]);
    assert_eq!((SECRETS.other_key, SECRETS.r#type, table(&SECRETS.old_2)), ("two", "three", 1));
    assert_eq!((secrets::OLD_2.x, secrets::BARE_KEY.y), (1, 2));
    assert_eq!((SECRETS.servers[0].host, SECRETS.servers[0].host_name), ("a", "b"));
    // By key it is as written.
    assert!(SECRETS["api-key"] == "two" && SECRETS["bare-key"]["x"] == 1 && SECRETS["tpye"] == "three");
    assert!(SECRETS.get("other_key").is_none() && SECRETS["servers"][0]["host-name"] == "a");
    let names: Vec<_> = SECRETS.env_vars().map(|(name, _)| name).collect();
    assert_eq!(names, ["api_key", "api-key", "tpye"]);
    print!("{:?}", SECRETS.servers[0]);
"#;

#[test]
fn a_name_is_a_way_out_for_keys_that_meet() {
    let mut project = Project::new("keys-name");
    project.write(".secrets/secrets.toml", TEXT);
    let reported = project.build_err();
    for (first, second, name) in [
        ("api_key", "api-key", "api_key"),
        ("bare-key", "bare_key", "bare_key"),
        ("servers[].host-name", "servers[].host_name", "host_name"),
    ] {
        assert!(
            reported.contains(&format!("the keys `{first}` at ")),
            "{reported}"
        );
        let way_out = format!(
            "both become the field `{name}`; rename one of them, or name one in `keys`, as in \"{second}\" = {{ name = \"...\" }}"
        );
        assert!(
            reported.contains(&way_out),
            "{way_out} is not in:\n{reported}"
        );
    }
    project.metadata(&format!("[package.metadata.secrets]\n{KEYS}"));
    project.main(MAIN);
    let debug = "Servers { host: [REDACTED], host_name: [REDACTED] }";
    assert_eq!(project.run_ok(), debug);

    // With a template, and as Streamlit reads it.
    project.write("template.toml", TEXT);
    project.write(".streamlit/secrets.toml", TEXT);
    project.metadata(&format!(
        "[package.metadata.secrets]\ncompat = \"streamlit\"\ntemplate = \"template.toml\"\n{KEYS}"
    ));
    assert_eq!(project.run_ok(), debug);
}

#[test]
fn a_name_needs_no_new_sealing() {
    let mut project = Project::new("keys-name-sealed");
    project.features("encrypted,datetime").all_build_features();
    let example = workspace().join("examples/sealed");
    fs::copy(example.join("key.txt"), project.path("key.txt")).unwrap();
    let recipient = fs::read_to_string(example.join("recipients.txt")).unwrap();
    let key = Key {
        path: "key.txt".to_owned(),
        recipient: recipient.lines().last().unwrap().to_owned(),
    };
    let settings = |name: &str, more: &str| {
        let recipient = &key.recipient;
        format!(
            "[package.metadata.secrets]\nrecipients = [\"{recipient}\"]\n{more}\n[package.metadata.secrets.keys]\n\
             plain = {{ plain = true, name = \"{name}_plain\" }}\nkey = {{ name = \"{name}\" }}\n\
             \"a.x\" = {{ name = \"{name}_x\" }}\n"
        )
    };
    let main = |name: &str| {
        format!(
            "use secrets_embed::ExposeSecret;
             let identity = secrets_embed::Identity::from_file(\"key.txt\").unwrap();
             let secrets = secrets::Secrets::decrypt(&identity).unwrap();
             print!(\"{{}} {{}} {{}} {{}}\", secrets.{name}.expose_secret(), secrets.a.{name}_x, secrets.b.x, secrets::{}_PLAIN);",
            name.to_uppercase()
        )
    };
    project.write(
        ".secrets/secrets.toml",
        "key = 'value'\nplain = 3\na.x = 1\nb.x = 2\n",
    );
    project.metadata(&settings("first", ""));
    project.main(&main("first"));
    assert_eq!(age::run(&project, &key), "value 1 2 3");
    sealed::seal(&project);
    fs::remove_dir_all(project.path(".secrets")).unwrap();
    project.build_features("");
    for name in ["first", "second"] {
        project.metadata(&settings(name, &format!("sealed = \"{SEALED}\"")));
        project.main(&main(name));
        assert_eq!(age::run(&project, &key), "value 1 2 3");
    }
}

#[test]
fn what_is_no_name_is_reported() {
    let no_field = |name: &str, way_out: &str| {
        format!("`name` is `{name}`, which no field can have; {way_out}")
    };
    let as_in = |name: &str| {
        format!("expected words of letters and digits in `snake_case`, as in `{name}`")
    };
    let word = "choose another word, as Rust has this one for itself";
    let pattern = "`name` is for one key, which this pattern is not; write the key itself";
    for (key, name, message) in [
        ("a", "two-words", no_field("two-words", &as_in("two_words"))),
        (
            "a",
            "camelCase",
            no_field("camelCase", &as_in("camel_case")),
        ),
        ("a", "2fa", no_field("2fa", &as_in("_2fa"))),
        ("a", "", no_field("", &as_in("empty"))),
        // Nor are its words shown in another form.
        (
            "a",
            "Zq7Wk9Xv3Tn5Rb1Yd8Lc",
            no_field(
                "***",
                "expected words of letters and digits in `snake_case`",
            ),
        ),
        ("a", "self", no_field("self", word)),
        ("a*", "b", pattern.to_owned()),
        ("a[]", "b", pattern.to_owned()),
    ] {
        let folder = with(&format!("keys.{key:?} = {{ name = {name:?} }}"), "a = [1]");
        let place = format!("Setting: Cargo.toml:{LINE}:6: the entry `{key}` of `keys`: ");
        folder.fails(&FILE, &[&format!("{place}{message}")]);
    }
    let folder = with(
        "keys.a = { name = \"b\" }\nkeys.\"'a'\" = { name = \"c\" }",
        "a = 1",
    );
    let reported = folder.load(&FILE).unwrap_err();
    assert!(
        reported.contains("contradict each other in `name`"),
        "{reported}"
    );
    // Two that are named alike, or as another key is.
    for keys in [
        "keys.a = { name = \"b\" }",
        "keys.a = { name = \"c\" }\nkeys.b = { name = \"c\" }",
    ] {
        let folder = with(keys, "a = 1\nb = 2");
        let arguments = [FILE.as_slice(), &["--values"]].concat();
        let reported = folder.load(&arguments).unwrap_err();
        assert!(
            reported.starts_with(
                "Name: the keys `a` at secrets.toml:1:1 and `b` at secrets.toml:2:1 both"
            ),
            "{reported}"
        );
    }
}
