//! Rules over several layers, and over the template.

use super::{FILE, with};

#[test]
fn a_rule_is_for_what_stays_and_not_for_what_was_replaced() {
    let settings = "[package.metadata.secrets.keys]\na = { min = 5 }\n'list[]' = { min = 5 }\n\
                    'ips[]' = { type = \"ip-addr\" }";
    let mut folder = with(settings, "a = 1\nlist = [1]\nips = ['change me']\n");
    folder.write("package/upper.toml", "a = 5\nlist = []\nips = []\n");
    let files = ["--file", "secrets.toml", "--file", "upper.toml"];
    let values = folder.values(&files);
    assert!(
        values.contains("const LIST: & 'static [i64] =&[];"),
        "{values}"
    );
    assert!(
        values.contains("const IPS: & 'static [:: core :: net :: IpAddr] =&[];"),
        "{values}"
    );
    folder.write("package/upper.toml", "a = 5\nlist = [1]\nips = ['::1']\n");
    folder.set("APP__LIST", "[6]");
    let variables = [&files[..], &["--env-prefix", "APP"]].concat();
    assert!(folder.values(&variables).contains("=&[6, ];"));
    folder.fails(
        &files,
        &["Rule: upper.toml:2:9: `list[]` is below the `min` of 5 that `keys` sets at Cargo.toml:11:1"],
    );
}

#[test]
fn an_example_that_was_left_is_reported() {
    let settings = "template = \"template.toml\"\n[package.metadata.secrets.keys]\n\
                    '*' = { not-template = true }\n'*.*' = { not-template = true }\n\
                    'list[]' = { not-template = true }\n'server[].key' = { not-template = true }\n\
                    'wait' = { type = \"duration\" }";
    let template = "key = 'change me'\nwait = '60s'\nlist = ['one', 'two']\nother = 1\n\
                    [t]\nkey = 1\n[[server]]\nkey = 'a'\n[[server]]\nkey = 'b'\n";
    let text = "key = 'change me'\nwait = '1m'\nlist = ['two', 'three']\nother = 2\n\
                t.key = 1\n[[server]]\nkey = 'c'\n[[server]]\nkey = 'a'\n";
    let folder = with(settings, text);
    folder.write("package/template.toml", template);
    let reported = |place: &str, key: &str, template: &str| {
        format!(
            "Rule: secrets.toml:{place}: `{key}` is the example that the template has at \
             template.toml:{template}; set a value of your own"
        )
    };
    let expected = [
        reported("1:1", "key", "1:1"),
        reported("2:1", "wait", "2:1"),
        reported("3:9", "list[]", "3:16"),
        reported("5:1", "t", "5:2"),
        reported("5:3", "t.key", "6:1"),
        reported("9:1", "server[].key", "8:1"),
    ];
    folder.fails(&FILE, &expected.each_ref().map(String::as_str));
    folder.secrets(
        "key = ''\nwait = '61s'\nlist = []\nother = 0\nt.key = 2\nserver = [{ key = 'c' }]\n",
    );
    assert!(folder.load(&FILE).is_ok());
}
