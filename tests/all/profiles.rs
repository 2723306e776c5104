//! Several profiles in one binary, each with a ciphertext and recipients of its own.

use std::fs;

use secrets_tests::Project;

use crate::{
    encrypted::{Key, keygen, keygen_in, tool_output},
    folder::Folder,
    sealed::{self, FILE},
};

const KEYS: &str = "\n[package.metadata.secrets.keys]\nname = { plain = true }\n\
     debug = { optional = true, type = \"bool\" }\n";

const MAIN: &str = r#"
    use secrets_embed::{Error, ExposeSecret, Identity};
    let arguments: Vec<String> = std::env::args().collect();
    let identity = Identity::from_file(&arguments[1]).unwrap();
    let profiles: &[secrets_embed::Profile] = secrets::PROFILES;
    print!("{} {} ", secrets::NAME, secrets::IS_STUB);
    for profile in profiles {
        let opened: Result<secrets::Secrets, Error> = secrets::Secrets::decrypt_profile(profile.name, &identity);
        match opened {
            Ok(all) => print!("{}={} {:?}; ", profile.name, all.key.expose_secret(), all.debug),
            Err(Error::WrongIdentity) => print!("{} is not ours; ", profile.name),
            Err(error) => print!("{}: {error}; ", profile.name),
        }
    }
    if let Err(error) = secrets::Secrets::decrypt_profile("none", &identity) {
        print!("{error}");
    }
    if secrets::init_profile("staging", &identity).is_ok() {
        assert!(!secrets::get().key.expose_secret().is_empty());
    }
"#;

/// Settings for profiles with these keys; the second has no recipients of its own.
fn settings(staging: &Key, production: &Key, more: &str) -> String {
    format!(
        "[package.metadata.secrets]\nprofiles = [\"staging\", \"production\"]\n\
         recipients = [\"{}\"]\ntemplate = \"template.toml\"\n{more}\n\
         [package.metadata.secrets.profile.staging]\nrecipients = [\"{}\"]\n{KEYS}",
        production.recipient, staging.recipient
    )
}

#[track_caller]
fn prints(project: &Project, key: &Key, expected: &str) {
    let run = project.cargo(&["run", "-q", "--", &key.path]);
    assert!(run.success, "{}", run.stderr);
    assert_eq!(run.stdout, expected);
}

fn ciphertexts(project: &Project) -> Vec<String> {
    let names = fs::read_dir(project.out_dir()).unwrap().flatten();
    let names = names.map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<_> = names
        .filter(|name| name.ends_with(".age") || name.ends_with(".stub"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_host_opens_what_its_key_fits() {
    let mut project = Project::new("profiles");
    project.features("age").build_features("age").main(MAIN);
    let (staging, production) = (keygen(&project), keygen(&project));
    project.metadata(&settings(&staging, &production, ""));
    project.write("template.toml", "name = \"x\"\nkey = \"x\"\n");
    project.write(".secrets/secrets.toml", "name = \"app\"\nkey = \"live\"\n");
    project.write(
        ".secrets/secrets.staging.toml",
        "key = \"tried\"\ndebug = true\n",
    );
    let known = "no profile `none` in this program; use one of: ";
    let both = format!("{known}`staging`, `production`; or build the program with it");
    let on_staging = format!("app false staging=tried Some(true); production is not ours; {both}");
    let on_production = format!("app false staging is not ours; production=live None; {both}");
    prints(&project, &staging, &on_staging);
    prints(&project, &production, &on_production);
    let names = ["secrets.production.age", "secrets.staging.age"];
    assert_eq!(ciphertexts(&project), names);
    for (name, key) in names.into_iter().zip([&production, &staging]) {
        let (identity, file) = (project.path(&key.path), project.out_dir().join(name));
        let paths = [identity.to_str().unwrap(), file.to_str().unwrap()];
        let opened = tool_output("age", &["-d", "-i", paths[0], paths[1]]);
        assert!(opened.status.success(), "{name}");
    }

    // One of them alone, and then all again.
    project.set("SECRETS_PROFILE", "staging");
    let one = format!("{known}`staging`; or build the program with it");
    prints(
        &project,
        &staging,
        &format!("app false staging=tried Some(true); {one}"),
    );
    assert_eq!(ciphertexts(&project), ["secrets.staging.age"]);
    project.unset("SECRETS_PROFILE");

    // The same of a sealed file.
    sealed::seal(&project);
    fs::rename(project.path(".secrets"), project.path("away")).unwrap();
    project.metadata(&settings(
        &staging,
        &production,
        &format!("sealed = \"{FILE}\""),
    ));
    project.build_features("");
    prints(&project, &staging, &on_staging);
    prints(&project, &production, &on_production);
    project.set("SECRETS_PROFILE", "staging");
    prints(
        &project,
        &staging,
        &format!("app false staging=tried Some(true); {one}"),
    );
    assert_eq!(ciphertexts(&project), ["secrets.staging.age"]);
    project.unset("SECRETS_PROFILE");

    // And of a stub.
    fs::remove_file(project.path(FILE)).unwrap();
    project.set("SECRETS_STUB", "1");
    let stub =
        "this program was built without these secrets, as a stub; build it again where they are";
    prints(
        &project,
        &staging,
        &format!("x true staging: {stub}; production: {stub}; {both}"),
    );
    assert_eq!(ciphertexts(&project), ["secrets.stub"]);
    project.main("print!(\"{:?}\", secrets::Secrets::stub().unwrap().debug);");
    prints(&project, &staging, "None");
}

#[test]
fn on_docs_rs_there_is_each_profile_and_no_key() {
    let mut project = Project::new("profiles-docs");
    project.features("age");
    project.metadata(
        "[package.metadata.secrets]\nprofiles = [\"staging\", \"production\"]\nrecipients = [\"age1\"]\n",
    );
    project
        .main("for of in secrets::PROFILES { print!(\"{} {};\", of.name, of.ciphertext.len()); }");
    project.set("DOCS_RS", "1");
    assert_eq!(project.run_ok(), "staging 0;production 0;");
}

/// A package that is loaded without cargo's build, for two profiles.
fn folder(settings: &str) -> Folder {
    let folder = Folder::new("");
    let key = keygen_in(&folder.path("package"));
    // To load is to look whether this is a recipient, for which there is no `age` here.
    folder.write("package/recipient.txt", &key.recipient);
    set(&folder, settings);
    folder
}

/// The sealed file is not read, and has nobody ask for recipients before there are any.
fn set(folder: &Folder, settings: &str) {
    folder.settings(&format!(
        "sealed = \"{FILE}\"\nfiles = [\"secrets.toml\"]\n\
         profiles = [\"staging\", \"production\"]\n{settings}"
    ));
}

#[test]
fn profiles_have_one_shape() {
    let folder = folder("");
    folder.secrets("a = 1\n");
    folder.write("package/secrets.staging.toml", "b = \"x\"\n");
    folder.write("package/secrets.production.toml", "b = \"y\"\n");
    folder.lists(
        &[],
        &[
            "[staging]",
            "a: integer, from secrets.toml:1:1",
            "b: string, from secrets.staging.toml:1:1",
            "[production]",
            "a: integer, from secrets.toml:1:1",
            "b: string, from secrets.production.toml:1:1",
        ],
    );
    let missing = |path: &str, place: &str, sources: &str| {
        format!(
            "Template: `{path}` is missing: another profile has it at {place}, and {sources} has \
             not; add it, or make it optional in `keys`"
        )
    };
    let production = "`secrets.toml`, `secrets.production.toml`";
    let staging = "`secrets.toml`, `secrets.staging.toml`";
    folder.write("package/secrets.production.toml", "");
    folder.fails(
        &[],
        &[&missing("b", "secrets.staging.toml:1:1", production)],
    );
    folder.write("package/secrets.production.toml", "b = \"y\"\n[c]\nd = 1\n");
    folder.fails(
        &[],
        &[&missing("c", "secrets.production.toml:2:2", staging)],
    );
    folder.write("package/secrets.production.toml", "b = 1\n");
    folder.fails(
        &[],
        &[
            "Template: `b` is an integer at secrets.production.toml:1:1, but a string in another \
           profile at secrets.staging.toml:1:1; change one of the two",
        ],
    );
    // Nothing of a value is told, and an optional key may be anywhere.
    folder.write("package/secrets.production.toml", "");
    set(
        &folder,
        "[package.metadata.secrets.keys]\nb = { optional = true }\n",
    );
    assert!(folder.load(&[]).is_ok());
    // One of them by itself has no other to agree with.
    set(&folder, "");
    folder.lists(
        &["--profile", "production"],
        &["[production]", "a: integer, from secrets.toml:1:1"],
    );
}

#[test]
fn plain_keys_are_the_same_in_all_profiles() {
    let folder = Folder::new("");
    let key = keygen_in(&folder.path("package"));
    let set = |keys: &str| {
        folder.settings(&format!(
            "files = [\"secrets.toml\"]\nprofiles = [\"staging\", \"production\"]\n\
             recipients = [\"{}\"]\n[package.metadata.secrets.keys]\n{keys}\n",
            key.recipient
        ));
    };
    let seal = || {
        sealed::try_seal(
            &folder.path("package"),
            &[],
            "sources",
            &folder.path("out.toml"),
        )
    };
    let both = |staging: &str, production: &str| {
        folder.secrets("key = 1\n");
        folder.write("package/secrets.staging.toml", staging);
        folder.write("package/secrets.production.toml", production);
    };
    set("\"a.*\" = { plain = true }");
    both("a.b = 1\nkey = 2\n", "a.b = 1\n");
    assert_eq!(seal(), Ok(()));
    both("a.b = 1\n", "a.b = 2\n");
    assert_eq!(
        seal().unwrap_err(),
        "`a.b` is plain, so it is one constant, but the profiles differ: for `staging` it is at \
         secrets.staging.toml:1:3, for `production` it is at secrets.production.toml:1:3; give it one \
         value, or remove `plain`"
    );
    set("a = { plain = true }\n\"a.c\" = { optional = true }");
    both("a = { b = 1, c = 1 }\n", "a.b = 1\n");
    assert_eq!(
        seal().unwrap_err(),
        "`a.c` is plain, so it is one constant, but the profiles differ: for `staging` it is at \
         secrets.staging.toml:1:14, for `production` it is absent; give it one value, or remove `plain`"
    );
}

#[test]
fn settings_that_do_not_fit_profiles() {
    let folder = Folder::new("");
    folder.write("package/.secrets/secrets.toml", "key = 1\n");
    let table = "[package.metadata.secrets.profile.stagin]\nrecipients = [\"age1\"]\n";
    for (settings, expected) in [
        (
            "profiles = []\nrecipients = [\"age1\"]\n".to_owned(),
            "Setting: `profiles` is empty; name one, or remove the setting",
        ),
        (
            "profiles = [\"a\", \"b\", \"a\"]\nrecipients = [\"age1\"]\n".to_owned(),
            "Setting: `profiles` names `a` twice",
        ),
        (
            "profiles = [\"a/b\"]\nrecipients = [\"age1\"]\n".to_owned(),
            "Setting: the profile `a/b` is no part of a file name",
        ),
        (
            "profiles = [\"a\"]\n".to_owned(),
            "Setting: `profiles` embeds one ciphertext for each profile, and there are no `recipients`; set \
             some, or use `profile`",
        ),
        (
            format!("profiles = [\"staging\"]\n{table}"),
            "Setting: `profile.stagin` has recipients, but `profiles` does not list it, did you mean \
             `staging`?",
        ),
        (
            table.to_owned(),
            "Setting: `profile.stagin` has recipients, but `profiles` does not list it; set profiles = \
             [\"stagin\"]",
        ),
        (
            format!(
                "profiles = [\"stagin\"]\n{}",
                table.replace("recipients", "recipient")
            ),
            "Setting: Cargo.toml:11:1: unknown key in `profile.stagin`: \
             `recipient`, did you mean `recipients`?",
        ),
        (
            "profiles = \"staging\"\n".to_owned(),
            "Setting: Cargo.toml:9:12: `package.metadata.secrets.profiles` is a string, expected an array \
             of strings",
        ),
    ] {
        folder.settings(&settings);
        let told = folder.load(&[]).unwrap_err();
        assert!(
            told.lines().any(|line| line == expected),
            "{expected}\n---\n{told}"
        );
    }
    folder.settings("profiles = [\"a\", \"b\"]\nrecipients = [\"age1\"]\n");
    folder.fails(
        &["--profile", "c"],
        &["Setting: the profile `c` is none of those in `profiles`: `a`, `b`"],
    );
}
