//! Keys that may be absent: an `Option`, with the type from wherever it is set.

use secrets_tests::Project;

use super::{FILE, with};

#[test]
fn an_optional_key_takes_its_type_from_wherever_it_is_set() {
    // Settings, the template if there is one, the source, and the constant that there is.
    let none = "=::core::option::Option::None;";
    let cases = [
        (
            "key = { optional = true }",
            None,
            "key = 5",
            "KEY: ::core::option::Option<i64> =::core::option::Option::Some(5);".to_owned(),
        ),
        (
            "key = { optional = true, type = \"u16\" }",
            None,
            "key = 5",
            "KEY: ::core::option::Option<u16> =::core::option::Option::Some(5);".to_owned(),
        ),
        (
            "key = { optional = true, type = \"u16\" }",
            None,
            "",
            format!("KEY: ::core::option::Option<u16> {none}"),
        ),
        (
            "key = { optional = true }",
            Some("key = 1.5"),
            "",
            format!("KEY: ::core::option::Option<f64> {none}"),
        ),
        (
            "key = { optional = true, type = \"bytes:hex\" }",
            Some("key = '00'"),
            "",
            format!("KEY: ::core::option::Option<& 'static [u8]> {none}"),
        ),
        (
            "'k*' = { optional = true }",
            Some("key = ['x']"),
            "key = []",
            "KEY: ::core::option::Option<& 'static [& 'static str]> \
             =::core::option::Option::Some(&[]);"
                .to_owned(),
        ),
        (
            "key = { optional = true }",
            Some("[key]\nx = 1"),
            "",
            format!(
                "KEY: ::core::option::Option<& 'static __embed :: Table < super :: \
                 tables :: Key >> {none}"
            ),
        ),
        (
            "key = { optional = true }",
            Some("[key]\nx = 1"),
            "key.x = 2",
            "KEY: ::core::option::Option<& 'static __embed :: Table < super :: \
             tables :: Key >> =::core::option::Option::Some(&__embed::Table { __fields: \
             super::tables::Key { x: 2, }, __path: \"key\" });"
                .to_owned(),
        ),
        // A table whose keys are all optional need not be there.
        (
            "'key.*' = { optional = true }",
            Some("[key]\nx = 1"),
            "",
            "KEY: & 'static __embed :: Table < super :: tables :: Key > \
             =&__embed::Table { __fields: super::tables::Key { \
             x: ::core::option::Option::None, }, __path: \"key\" };"
                .to_owned(),
        ),
        (
            "'key.a.b' = { optional = true, type = \"char\" }",
            None,
            "",
            "KEY: & 'static __embed :: Table < super :: tables :: Key > \
             =&__embed::Table { __fields: super::tables::Key { a: &__embed::Table \
             { __fields: super::tables::KeyA { b: ::core::option::Option::None, }, __path: \
             \"key.a\" }, }, __path: \"key\" };"
                .to_owned(),
        ),
    ];
    for (entry, template, text, constant) in cases {
        let setting = template.map_or("", |_| "template = \"template.toml\"\n");
        let settings = format!("{setting}[package.metadata.secrets.keys]\n{entry}");
        let folder = with(&settings, text);
        folder.write("package/template.toml", template.unwrap_or_default());
        let values = folder.values(&FILE);
        let constant = format!("pub(super) const {constant}");
        assert!(
            values.contains(&constant),
            "{entry}:\n{values}\nand not {constant}"
        );
    }
}

#[test]
fn an_optional_key_without_any_type_is_reported() {
    let folder = with("keys.\"mail.*\" = { optional = true }", "a = 1");
    folder.fails(
        &FILE,
        &["Setting: Cargo.toml:9:6: the entry `mail.*` of `keys` fits no key; remove it, or add the key to a source or to the template"],
    );
    let folder = with("keys.mail = { optional = true }", "a = 1");
    folder.fails(
        &FILE,
        &["Setting: Cargo.toml:9:6: the entry `mail` of `keys` fits no key; nothing tells its type; add it to the template, or set `type`"],
    );
    // Elements are declared only where there is the array.
    let folder = with(
        "keys.\"a.list[].x\" = { optional = true, type = \"u8\" }",
        "a.list = []\n",
    );
    assert!(folder.load(&FILE).is_ok());
    folder.secrets("b = 1\n");
    folder.fails(
        &FILE,
        &["Setting: Cargo.toml:9:6: the entry `a.list[].x` of `keys` fits no key; nothing tells its type; add it to the template, or set `type`"],
    );
}

#[test]
fn what_is_in_an_optional_table_is_not_optional() {
    let settings = "template = \"template.toml\"\nkeys.mail = { optional = true }";
    let folder = with(settings, "");
    folder.write("package/template.toml", "[mail]\nhost = 'x'\nport = 25\n");
    folder.lists(&FILE, &[]);
    folder.secrets("[mail]\nhost = 'y'\n");
    folder.fails(
        &FILE,
        &["Shape: `mail.port` is missing: the template has it at template.toml:3:1, and the table at secrets.toml:1:2 has not; add it, or make it optional in `keys`"],
    );
}

const MAIN: &str = r#"
    use secrets::SECRETS;
    let port: Option<u16> = secrets::PORT;
    assert_eq!((port, SECRETS.port), (None, None));
    assert!(SECRETS.get("port").is_none() && !SECRETS.contains_key("port"));
    const NAME: Option<&str> = secrets::NAME;
    assert_eq!((NAME, SECRETS.name), (Some("x"), Some("x")));
    assert!(SECRETS["name"] == "x" && SECRETS.get("name").is_some());
    let mail: Option<&secrets::Mail> = secrets::MAIL;
    assert!(mail.is_none() && SECRETS.mail.is_none());
    let sms: Option<&secrets::Sms> = SECRETS.sms;
    assert_eq!(sms.unwrap().key, 5);
    assert!(SECRETS["sms"]["key"] == 5);
    let log: &secrets::Log = secrets::LOG;
    assert!(log.level.is_none() && log.file.is_none());
    assert_eq!(secrets::LEVEL, Some(secrets::Level::High));
    let servers = SECRETS.server;
    assert_eq!((servers[0].port, servers[1].port), (Some(1), None));
    assert!(SECRETS["server"][1].get("port").is_none());
    let keys: Vec<_> = SECRETS.iter().map(|(key, _)| key.to_owned()).collect();
    assert_eq!(keys, ["name", "sms", "log", "server", "level"]);
    assert_eq!(SECRETS.len(), keys.len());
    assert_eq!(SECRETS.env_vars().collect::<Vec<_>>(), [("name", "x"), ("level", "high")]);
    let _ = format!("{SECRETS:?}");
    print!("held");
"#;

const SETTINGS: &str = r#"
    [package.metadata.secrets]
    template = "template.toml"
    [package.metadata.secrets.keys]
    port = { optional = true, type = "u16" }
    name = { optional = true }
    mail = { optional = true }
    sms = { optional = true }
    "log.*" = { optional = true }
    level = { optional = true, type = "enum:low|high" }
    "server[].port" = { optional = true }
"#;

const TEMPLATE: &str = "port = 1\nname = ''\n[mail]\nhost = ''\n[sms]\nkey = 1\n[log]\n\
    level = 'info'\nfile = ''\n[[server]]\nhost = ''\nport = 1\n";

const SECRETS: &str = "name = 'x'\nlevel = 'high'\n[sms]\nkey = 5\n[[server]]\nhost = 'a'\n\
    port = 1\n[[server]]\nhost = 'b'\n";

#[test]
fn optional_keys_are_options_in_the_program() {
    let mut project = Project::new("keys-optional");
    project.metadata(SETTINGS);
    project.write("template.toml", TEMPLATE);
    project.write(".secrets/secrets.toml", SECRETS);
    project.main(MAIN);
    assert_eq!(project.run_ok(), "held");
}

#[test]
fn a_root_of_many_optional_keys_compiles() {
    let mut project = Project::new("keys-optional-large");
    project.metadata("[package.metadata.secrets.keys]\n'*' = { optional = true }\nnone = { type = \"u16\", optional = true }\n");
    let text: String = (0..600)
        .map(|index| format!("key{index} = {index}\n"))
        .collect();
    project.write(".secrets/secrets.toml", text);
    project.main(
        r#"
            use secrets::SECRETS;
            assert_eq!((secrets::KEY7, SECRETS.key599, secrets::NONE), (Some(7), Some(599), None));
            assert!(SECRETS["key7"] == 7 && SECRETS.get("none").is_none());
            assert_eq!(SECRETS.len(), 600);
            print!("held");
        "#,
    );
    assert_eq!(project.run_ok(), "held");
}
