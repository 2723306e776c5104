//! Several profiles in one binary, each with a ciphertext and recipients of its own.

mod one_shape;

use std::fs;

use secrets_tests::{
    Project,
    age::{Key, keygen, tool_output},
};

use crate::sealed::{self, FILE};

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
            Err(Error::WrongIdentity { .. }) => print!("{} is not ours; ", profile.name),
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
        .filter(|name| {
            let is_other = name == ".secrets-build" || name.ends_with("-absent");
            !is_other && name != "secrets.rs" && !name.contains("plain")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_host_opens_what_its_key_fits() {
    let mut project = Project::new("profiles");
    project
        .features("encrypted,datetime")
        .all_build_features()
        .main(MAIN);
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
    project.features("encrypted,datetime");
    project.metadata(
        "[package.metadata.secrets]\nprofiles = [\"staging\", \"production\"]\nrecipients = [\"age1\"]\n",
    );
    project
        .main("for of in secrets::PROFILES { print!(\"{} {};\", of.name, of.ciphertext.len()); }");
    project.set("DOCS_RS", "1");
    assert_eq!(project.run_ok(), "staging 0;production 0;");
}
