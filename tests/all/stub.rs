//! Modules that are made from the template, where there are no secrets.

use std::{
    fs::{self, File, FileTimes},
    path::Path,
    time::{Duration, SystemTime},
};

use secrets_tests::{Project, Run};

use crate::{
    encrypted::{keygen, seal, tool},
    folder::Folder,
};

const TEMPLATE: &str = "# Where to listen.\nport = 80\n[database]\npassword = \"example\"\n";
const SECRETS: &str = "port = 443\n[database]\npassword = \"real\"\n";
const SETTINGS: &str = "[package.metadata.secrets]\ntemplate = \"template.toml\"\n";
const MAIN: &str =
    "print!(\"{} {} {}\", secrets::IS_STUB, secrets::PORT, secrets::DATABASE.password);";
const WARNING: &str = "no secrets were found; this build is a stub made from `template.toml`";
const MISSED: &str =
    "; to build a stub from the template instead, set the variable `SECRETS_STUB=1`";

/// A package with a template and no secrets.
fn project(name: &str) -> Project {
    let mut project = Project::new(name);
    project.metadata(SETTINGS);
    project.write("template.toml", TEMPLATE);
    project.main(MAIN);
    project
}

/// Has all times of a file or a folder be long past.
fn age(path: &Path) {
    let old =
        FileTimes::new().set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000));
    File::open(path)
        .and_then(|file| file.set_times(old))
        .unwrap();
}

#[track_caller]
fn builds(project: &Project, prints: &str, is_stub: bool) {
    let run = project.cargo(&["run"]);
    assert!(run.success, "{}", run.stderr);
    assert_eq!(run.stdout, prints);
    assert_eq!(warns(&run), is_stub, "{}", run.stderr);
    let again = project.build_ok();
    assert!(!again.ran_script(), "it ran for nothing:\n{}", again.stderr);
}

fn warns(run: &Run) -> bool {
    run.stderr.contains(&format!("@0.1.0: {WARNING}\n"))
}

#[test]
fn a_stub_is_asked_for_and_gone_when_there_are_secrets() {
    let mut project = project("stub");
    let (stub, real) = ("true 80 example", "false 443 real");
    let missed = |project: &Project| {
        let error = project.build_err();
        assert!(
            error.contains("no secrets found; looked at ") && error.contains(MISSED),
            "{error}"
        );
    };
    missed(&project);
    project.set("SECRETS_STUB", "1");
    builds(&project, stub, true);
    for not_set in ["", "0"] {
        project.set("SECRETS_STUB", not_set);
        missed(&project);
    }
    project.set("SECRETS_STUB", "no");
    let error = project.build_err();
    assert!(
        error.contains("the variable `SECRETS_STUB` is neither `1`, which allows a stub, nor `0`"),
        "{error}"
    );
    project.unset("SECRETS_STUB");
    missed(&project);
    project.set("DOCS_RS", "1");
    builds(&project, stub, true);
    project.unset("DOCS_RS");
    project.set("SECRETS_STUB", "1");
    builds(&project, stub, true);

    // The secrets come with old times, and go again.
    for _ in 0..2 {
        project.write("../elsewhere/secrets.toml", SECRETS);
        age(&project.path("../elsewhere/secrets.toml"));
        age(&project.path("../elsewhere"));
        fs::rename(project.path("../elsewhere"), project.path(".secrets")).unwrap();
        builds(&project, real, false);
        fs::remove_dir_all(project.path(".secrets")).unwrap();
        builds(&project, stub, true);
    }
    project.write(".secrets/secrets.toml", SECRETS);
    builds(&project, real, false);
    let module = fs::read(project.out_dir().join("secrets.rs")).unwrap();
    project.unset("SECRETS_STUB");
    builds(&project, real, false);
    assert_eq!(
        fs::read(project.out_dir().join("secrets.rs")).unwrap(),
        module
    );
    fs::remove_dir_all(project.path(".secrets")).unwrap();
    missed(&project);
}

#[test]
fn a_program_may_refuse_to_be_a_stub() {
    let mut project = project("stub-refused");
    let refuse = "const { assert!(!secrets::IS_STUB, \"this needs its secrets\") };";
    project.main(&format!("{refuse}\n{MAIN}"));
    project.set("SECRETS_STUB", "1");
    let error = project.build_err();
    assert!(error.contains("this needs its secrets"), "{error}");
    project.write(".secrets/secrets.toml", SECRETS);
    assert_eq!(project.run_ok(), "false 443 real");
}

#[test]
fn nothing_else_than_missing_secrets_is_a_stub() {
    let mut folder =
        Folder::new("template = \"template.toml\"\nfiles = [\"secrets.toml\", \"more.toml\"]");
    folder.write("package/template.toml", TEMPLATE);
    let missing = |name: &str| {
        format!(
            "Source: the source `{name}.toml` does not exist; create it, or mark it optional: \
             {{ path = \"...\", optional = true }}{MISSED}"
        )
    };
    folder.fails(&[], &[&missing("secrets"), &missing("more")]);
    folder.set("SECRETS_STUB", "1");
    // The control.
    let stub = [
        "port: integer, from template.toml:2:1",
        "database.password: string, from template.toml:4:1",
    ];
    folder.lists(&[], &stub);
    folder.secrets(SECRETS);
    folder.fails(&[], &[&missing("more")]);
    folder.write("package/more.toml", "");
    folder.lists(
        &[],
        &[
            "port: integer, from secrets.toml:1:1",
            "database.password: string, from secrets.toml:3:1",
        ],
    );
    folder.secrets("port = 443\n");
    let told = folder.load(&[]).unwrap_err();
    let problem = "Template: `database` is missing: the template has it at template.toml:3:2, and \
                   `secrets.toml`, `more.toml` ";
    assert!(told.starts_with(problem), "{told}");
    for (text, problem) in [
        ("port = \n", "Syntax: secrets.toml:1:8: "),
        (
            "port = \"a\"\n[database]\npassword = \"\"\n",
            "Template: `port` is a string at secrets.toml:1:1",
        ),
    ] {
        folder.secrets(text);
        let told = folder.load(&[]).unwrap_err();
        assert!(told.starts_with(problem), "{told}");
    }
    // What is named for this build is wanted, and missed.
    folder.set("SECRETS_FILES", "secret.toml");
    folder.fails(
        &[],
        &["Source: the source `secret.toml` in `SECRETS_FILES` does not exist, did you mean `secrets.toml`?"],
    );
    folder.set("SECRETS_FILES", "");
    folder.link("nowhere", "package/secrets.toml");
    folder.link("nowhere", "package/more.toml");
    let told = folder.load(&[]).unwrap_err();
    assert!(
        told.contains("`secrets.toml` is a link to nothing"),
        "{told}"
    );
    folder.settings("files = [\"none.toml\"]");
    folder.fails(
        &[],
        &["Setting: `SECRETS_STUB` asks for a stub, and there are neither secrets nor a template to make it from; set \
           `template` to a file with all keys and harmless values"],
    );
    folder.settings("files = [\"none.toml\"]\ntemplate = \"none.toml\"");
    let told = folder.load(&[]).unwrap_err();
    assert!(
        told.starts_with(
            "Template: Cargo.toml:10:12: `template` names `none.toml`, which does not exist; "
        ),
        "{told}"
    );
}

/// Prints the stub, and what decryption says.
const ENCRYPTED: &str = r#"
    use secrets_embed::ExposeSecret;
    let stub = secrets::Secrets::stub().unwrap();
    println!("{} {} {}", secrets::IS_STUB, stub.port, stub.database.password.expose_secret());
    let identity = secrets_embed::Identity::passphrase(String::from("any"));
    let Err(error) = secrets::Secrets::decrypt(&identity) else { panic!() };
    println!("{error}");
    let Err(error) = secrets::init(&identity) else { panic!() };
    println!("{error}");
    print!("{} {}", secrets::CIPHERTEXT.len(), secrets::RECIPIENTS.len());
"#;

#[test]
fn an_encrypted_stub_needs_no_key_at_all() {
    let mut project = project("stub-encrypted");
    project.all_features().main(ENCRYPTED);
    let says =
        "this program was built without these secrets, as a stub; build it again where they are";
    let printed = format!("true 80 example\n{says}\n{says}\n0 0");
    project.set("SECRETS_STUB", "1");
    for settings in [
        "recipients = [\"nowhere/recipients.txt\"]\nidentity = \"nowhere/key.txt\"\n",
        "recipients = [{ passphrase-file = \"nowhere\" }]\n",
        "recipients = [{ passphrase-env = \"NOWHERE\" }]\n",
    ] {
        project.metadata(&format!("{SETTINGS}{settings}"));
        let run = project.cargo(&["run"]);
        assert!(run.success && warns(&run), "{settings}{}", run.stderr);
        assert_eq!(run.stdout, printed, "{settings}");
    }

    // With secrets there is no stub to decrypt.
    project.all_build_features();
    let key = keygen(&project);
    project.metadata(&format!("{SETTINGS}recipients = [\"{}\"]\n", key.recipient));
    builds(&project, &printed, true);
    project.write(".secrets/secrets.toml", SECRETS);
    let error = project.build_err();
    assert!(error.contains("IsStub`"), "{error}");
}

#[test]
fn sources_that_nothing_can_decrypt_are_no_secrets() {
    let mut project = project("stub-locked");
    project.all_build_features();
    let key = keygen(&project);
    seal(
        &project,
        &["-r", &key.recipient],
        SECRETS,
        "vault/one.toml.age",
    );
    let set = |project: &mut Project, more: &str| {
        project.metadata(&format!(
            "{SETTINGS}files = [\"vault/one.toml.age\"]\n{more}"
        ));
    };
    set(&mut project, "");
    let error = project.build_err();
    assert!(
        error.contains("is encrypted and there is no identity to decrypt it"),
        "{error}"
    );
    project.set("SECRETS_STUB", "1");
    let (stub, real) = ("true 80 example", "false 443 real");
    builds(&project, stub, true);

    // The identity comes: in each of the ways it may be given.
    let text = fs::read_to_string(project.path(&key.path)).unwrap();
    project.set("SECRETS_AGE_KEY", text.lines().last().unwrap());
    let said = || fs::read_to_string(project.out_dir().with_file_name("output")).unwrap();
    assert!(said().contains("rerun-if-env-changed=SECRETS_AGE_KEY\n"));
    assert_eq!(project.run_ok(), real);
    // Cargo keeps the values of variables that it is told of.
    assert!(!said().contains("rerun-if-env-changed=SECRETS_AGE_KEY\n"));
    project.unset("SECRETS_AGE_KEY");
    project.write("vault/one.toml.age.touched", "");
    set(&mut project, "identity = \"keys/key.txt\"\n");
    builds(&project, stub, true);
    fs::create_dir(project.path("keys")).unwrap();
    fs::copy(project.path(&key.path), project.path("keys/key.txt")).unwrap();
    age(&project.path("keys/key.txt"));
    builds(&project, real, false);
    fs::remove_dir_all(project.path("keys")).unwrap();
    builds(&project, stub, true);
    let path = project.path(&key.path);
    project.set("SECRETS_AGE_KEY_FILE", path.to_str().unwrap());
    builds(&project, real, false);
    // A wrong identity is no missing one.
    tool(
        "age-keygen",
        &["-o", project.path("other.txt").to_str().unwrap()],
    );
    let other = project.path("other.txt");
    project.set("SECRETS_AGE_KEY_FILE", other.to_str().unwrap());
    let error = project.build_err();
    assert!(
        error.contains("is not encrypted to the identity of"),
        "{error}"
    );
}

/// What the environment names for one build is missing: no stub, whatever allows it.
#[test]
fn what_the_environment_names_is_no_stub() {
    let mut folder = Folder::new("template = \"template.toml\"");
    folder.write("package/template.toml", TEMPLATE);
    folder.set("SECRETS_STUB", "1");
    assert!(folder.load(&[]).is_ok(), "the control is no stub");
    folder.set("SECRETS_FILES", "secrts.toml");
    let error = folder.load(&[]).unwrap_err();
    assert!(
        error.contains("the source `secrts.toml` in `SECRETS_FILES` does not exist"),
        "{error}"
    );
    assert!(!error.contains("SECRETS_STUB"), "{error}");

    folder.set("SECRETS_FILES", "");
    folder.write("home/.config/secrets/secrets.toml", "port = 443\n");
    assert!(folder.load(&[]).is_ok(), "the control is no stub");
    folder.set("SECRETS_PROFILE", "stagin");
    let error = folder.load(&[]).unwrap_err();
    assert!(
        error.contains("no source has an overlay for the profile `stagin`"),
        "{error}"
    );
}

/// A secret that was typed where a path or a profile belongs gets into no file of a build, whether that fails or
/// is a stub. It has no hallmark.
#[test]
fn what_variables_hold_in_place_of_paths_is_in_no_file() {
    const TYPED: &str = "Zq7Wk9Xv3Tn5Rb1Yd8Lc";
    let mut project = project("stub-typed");
    project.metadata(&format!("{SETTINGS}files = [\"secrets.toml.age\"]\n"));
    project.all_build_features();
    project.write("secrets.toml.age", "age-encryption.org/v1\n");
    let typed = |project: &Project| {
        let mut holding = Vec::new();
        let debug = project.target().join("debug");
        let folders = [".fingerprint", "build", "incremental", "deps"];
        let entries = folders
            .iter()
            .flat_map(|folder| walk(&debug.join(folder), "stub-typed"));
        for entry in entries {
            let link = fs::read_link(&entry).unwrap_or_default();
            let text = fs::read(&entry).unwrap_or_default();
            let all = [link.as_os_str().as_encoded_bytes(), &text].concat();
            if all
                .windows(TYPED.len())
                .any(|window| window == TYPED.as_bytes())
            {
                holding.push(entry);
            }
        }
        holding
    };
    project.set("SECRETS_STUB", "1");
    builds(&project, "true 80 example", true);

    for variable in [
        "SECRETS_FILES",
        "SECRETS_AGE_KEY_FILE",
        "SECRETS_PROFILE",
        "SECRETS_STUB",
    ] {
        project.set(variable, TYPED);
        let run = project.build();
        assert!(!run.stderr.contains(TYPED), "{variable}: {}", run.stderr);
        assert_eq!(typed(&project), [] as [std::path::PathBuf; 0], "{variable}");
        assert!(
            project.build().ran_script(),
            "{variable}: nothing is told, so it runs"
        );
        if variable == "SECRETS_STUB" {
            project.set(variable, "1");
        } else {
            project.unset(variable);
        }
    }
    // A stub in which the profile has no bearing.
    fs::remove_file(project.path("secrets.toml.age")).unwrap();
    project.set("SECRETS_PROFILE", TYPED);
    let run = project.build_ok();
    assert!(warns(&run), "{}", run.stderr);
    assert_eq!(typed(&project), [] as [std::path::PathBuf; 0]);

    // What exists is told, which also shows that the search finds it.
    project.unset("SECRETS_PROFILE");
    project.write(&format!("{TYPED}.toml"), SECRETS);
    project.set("SECRETS_FILES", &format!("{TYPED}.toml"));
    project.build_ok();
    assert!(!typed(&project).is_empty(), "nothing was found");
}

/// All files and links below a folder, of the entries whose names start so.
fn walk(folder: &Path, start: &str) -> Vec<std::path::PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().replace('_', "-");
        if !name.starts_with(start) || name.starts_with("build-script") {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            all.extend(walk(&path, ""));
        } else {
            all.push(path);
        }
    }
    all
}
