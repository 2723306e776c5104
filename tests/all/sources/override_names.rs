//! Which variable overrides which key.

use std::{ffi::OsString, os::unix::ffi::OsStringExt};

use super::overrides::{PREFIX, with};

#[test]
fn names_are_found_without_case_and_with_underscores_for_dashes() {
    let cases = [
        ("database.password", "APP__DATABASE__PASSWORD"),
        ("database.password", "APP__database__password"),
        ("database.password", "APP__Database__passWord"),
        ("api-key", "APP__API_KEY"),
        ("api-key", "APP__api-key"),
        ("Api_Key", "APP__api_key"),
        ("my-db.api-key", "APP__MY_DB__API_KEY"),
        ("a.b.c.d", "APP__A__B__C__D"),
        ("a__b", "APP__A__B"),
        ("\"with space\"", "APP__WITH SPACE"),
        ("\"größe\"", "APP__GRÖSSE"),
        ("\"größe\"", "APP__GR__E"),
        ("\"with space\"", "APP__WITH_SPACE"),
        ("tls.\"ca.crt\"", "APP__TLS__CA_CRT"),
        ("tls.\"ca.crt\"", "APP__tls__ca_crt"),
        ("tls.\"ca.crt\"", "APP__TLS__CA.CRT"),
        ("\"straße\"", "APP__STRA_E"),
        ("\"straße\"", "APP__STRASSE"),
        ("\"a/b:c\".\"d e\"", "APP__A_B_C__D_E"),
        ("\"ключ\"", "APP__КЛЮЧ"),
        ("\"\".a", "APP____A"),
        ("\"\"", "APP__"),
    ];
    for (key, variable) in cases {
        let mut folder = with(&format!("{key} = 'old'\nother = 1"));
        folder.set(variable, "new");
        let listing = folder.load(&PREFIX).unwrap();
        let start = format!("{key}: string, from the variable `{variable}`, over secrets.toml:1:");
        assert!(listing.starts_with(&start), "{variable}:\n{listing}");
    }
}

#[test]
fn the_prefix_is_matched_exactly() {
    let mut folder = with("key = 'old'");
    for other in [
        "app__KEY",
        "APP_KEY",
        "APPKEY",
        "XAPP__KEY",
        "APP2__NONE",
        "APP",
        "APP_",
    ] {
        folder.set(other, "new");
    }
    folder.lists(&PREFIX, &["key: string, from secrets.toml:1:1"]);
    // Without a prefix nothing is overridden.
    folder.set("APP__NONE", "new");
    folder.lists(&PREFIX[..2], &["key: string, from secrets.toml:1:1"]);
}

#[test]
fn variables_that_fit_no_key_or_two_are_reported_in_order() {
    let mut folder = with(
        "name = 1\nuser-id = 1\nuser_id = 1\n[database]\npassword = 'x'\n[a]\nb = 1\n[\"a__b\"]\n",
    );
    for variable in [
        "APP__A__B",
        "APP__DATABASE",
        "APP__DATABASE__PASWORD",
        "APP__NAME",
        "APP__Name",
        "APP__USER_ID",
        "APP__ZQX",
    ] {
        folder.set(variable, "1");
    }
    folder.set("APP__DATABASE__PASSWORD__X", "1");
    let name = OsString::from_vec(b"APP__QQ\xff".to_vec());
    folder.fails(
        &PREFIX,
        &[
            "Variable: the variable `APP__A__B` fits two keys, `a.b` and `a__b`; rename one of them",
            "Variable: the variable `APP__DATABASE` names the table `database`; set one of its keys, `APP__DATABASE__KEY`",
            "Variable: the variable `APP__DATABASE__PASSWORD__X` fits no key of the secrets, did you mean `APP__DATABASE__PASSWORD`?",
            "Variable: the variable `APP__DATABASE__PASWORD` fits no key of the secrets, did you mean `APP__DATABASE__PASSWORD`?",
            "Variable: the variables `APP__NAME` and `APP__Name` override one key; unset one of them",
            "Variable: the variable `APP__USER_ID` fits two keys, `user-id` and `user_id`; rename one of them",
            "Variable: the variable `APP__ZQX` fits no key of the secrets; unset it, or add the key to a source",
        ],
    );
    let mut folder = with("key = 1");
    folder.set_os(name, "1");
    folder.fails(
        &PREFIX,
        &["Variable: the variable `APP__QQ\u{fffd}` fits no key of the secrets; unset it, or add the key to a source"],
    );
}

#[test]
fn what_is_proposed_can_be_typed() {
    let source = "\"user id\" = 'x'\ntls.\"ca.crt\" = 'x'\ntls.ca-crt = 'x'\n\"größe\" = 1\n\"grüsse\" = 1\n\"ключ\" = 1\n[\"my table\"]\na = 1\n";
    let mut folder = with(source);
    for variable in [
        "APP__GR__E",
        "APP__GR__SE",
        "APP__MY TABLE",
        "APP__TLS__CA_CRT",
        "APP__USR ID",
        "APP______",
    ] {
        folder.set(variable, "1");
    }
    folder.fails(
        &PREFIX,
        &[
            "Variable: the variable `APP__GR__SE` fits no key of the secrets, did you mean `APP__GR__E`?",
            "Variable: the variable `APP__MY TABLE` names the table `\"my table\"`; set one of its keys, `APP__MY_TABLE__KEY`",
            "Variable: the variable `APP__TLS__CA_CRT` fits two keys, `tls.\"ca.crt\"` and `tls.ca-crt`; rename one of them",
            "Variable: the variable `APP__USR ID` fits no key of the secrets, did you mean `APP__USER_ID`?",
            "Variable: the variable `APP______` has nothing of the key `\"ключ\"` but its length; name it `APP__КЛЮЧ`, which `env` and containers can set, or rename the key",
        ],
    );
    // By another spelling, the same key is still one.
    let mut folder = with("\"user id\" = 'x'");
    folder.set("APP__USER_ID", "1").set("APP__user id", "1");
    folder.fails(
        &PREFIX,
        &["Variable: the variables `APP__USER_ID` and `APP__user id` override one key; unset one of them"],
    );
    // Letters that a shell does not take tell two keys apart.
    let mut folder = with("\"größe\" = 'old'\n\"grüüe\" = 'old'");
    folder.set("APP__GRÖSSE", "new");
    let listing = folder.load(&PREFIX).unwrap();
    assert!(
        listing.starts_with("\"größe\": string, from the variable"),
        "{listing}"
    );
    folder.set("APP__GR__E", "new");
    let problems = folder.load(&PREFIX).unwrap_err();
    assert!(
        problems.contains("fits two keys, `\"größe\"` and `\"grüüe\"`"),
        "{problems}"
    );
}
