//! Stubs of encrypted modules, and where the environment names what is not there.

use super::*;

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
    // Cargo keeps the values of variables that it watches.
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
            "{variable}: no variable is watched, so it runs"
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

    // What exists is reported, which also shows that the search finds it.
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
