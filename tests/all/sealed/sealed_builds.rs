//! Builds with a sealed file: what they read, when they run again, and what comes of them.

use std::{
    fs::{self, File},
    path::Path,
    process::Command,
    time::SystemTime,
};

use secrets_build::Config;
use secrets_tests::{
    Project,
    age::{Key, keygen, project, run, tool},
};

use super::{FILE, seal, sealed, set, try_seal};

const SECRETS: &str = "key = \"Tq8vLm3KzX5wRb9N\"\n";

fn settings(key: &Key, file: &str, more: &str) -> String {
    format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\nsealed = \"{file}\"\n{more}\n",
        key.recipient
    )
}

/// Whether the crate `age` is compiled for a package.
fn uses_age(project: &Project) -> bool {
    let run = project.cargo(&["tree", "-e", "normal,build", "--prefix", "none"]);
    assert!(run.success, "{}", run.stderr);
    run.stdout.lines().any(|line| line.starts_with("age v"))
}

#[test]
fn nothing_but_the_sealed_file_is_read() {
    let mut project = project("sealed-build");
    let key = keygen(&project);
    project.write(".secrets/secrets.toml", SECRETS);
    project.metadata(&settings(&key, FILE, ""));
    seal(&project);

    // Everything else is broken or missing, and there is no `age` for the build script.
    project.build_features("");
    project.write(".secrets/secrets.toml", "this is = no TOML\n");
    let more =
        "identity = \"nowhere/key.txt\"\nenv-prefix = \"SEALED\"\nfiles = [\"nowhere.toml\"]\n";
    let broken = settings(&key, FILE, more);
    project.metadata(&broken.replace(&key.recipient, "nowhere/recipients.txt"));
    project.set("SEALED__NO_SUCH_KEY", "x");
    assert_eq!(run(&project, &key), "Tq8vLm3KzX5wRb9N");
    assert!(!project.build_ok().ran_script());

    // The ciphertext is that of the file, byte for byte.
    let text = fs::read_to_string(project.path(FILE)).unwrap();
    let armor: String = text
        .lines()
        .skip_while(|line| !line.starts_with("-----BEGIN"))
        .skip(1)
        .take_while(|line| !line.starts_with("-----END"))
        .collect();
    project.write("../armor", armor);
    let bytes = tool(
        "base64",
        &["-d", project.path("../armor").to_str().unwrap()],
    );
    let embedded = fs::read(project.out_dir().join("secrets.age")).unwrap();
    assert!(embedded.starts_with(b"age-encryption.org/v1\n") && embedded == bytes);

    // The crate `age` is compiled neither for the program nor for the build script.
    project.features("encrypted,datetime");
    assert!(!uses_age(&project));
    project.all_build_features();
    assert!(uses_age(&project));

    // Without the setting all of that is read.
    project.metadata(&broken.replace("sealed =", "merge = \"deep\" #"));
    let error = project.build_err();
    assert!(error.contains("nowhere.toml"), "{error}");
    assert!(!error.contains("Tq8vLm3KzX5wRb9N"), "{error}");
}

#[test]
fn a_change_is_in_the_next_build() {
    let mut project = project("sealed-rebuild");
    let key = keygen(&project);
    let file = "sealed/secrets.toml";
    project.metadata(&settings(&key, file, "template = \"template.toml\""));
    project.write("template.toml", "key = \"x\"\n");
    let seal = |value: &str, to: &str| {
        project.write(".secrets/secrets.toml", format!("key = \"{value}\"\n"));
        fs::create_dir_all(project.path(to).parent().unwrap()).unwrap();
        try_seal(&project.path(""), &[], "sources", &project.path(to)).unwrap();
    };
    let changed = |value: &str| {
        assert_eq!(run(&project, &key), value);
        assert!(
            !project.build_ok().ran_script(),
            "{value}: it ran for nothing"
        );
    };
    let old = |path: &Path| {
        let file = File::open(path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    };
    seal("first", file);
    changed("first");
    seal("second", file);
    changed("second");
    // Sources are no concern of this build.
    project.write(".secrets/secrets.toml", "");
    assert!(!project.build_ok().ran_script());
    seal("third", "../third.toml");
    old(&project.path("../third.toml"));
    fs::rename(project.path("../third.toml"), project.path(file)).unwrap();
    changed("third");
    fs::rename(project.path("sealed"), project.path("../away")).unwrap();
    let error = project.build_err();
    assert!(
        error.contains("`sealed` names `.../secrets.toml`, which does not exist"),
        "{error}"
    );
    old(&project.path("../away/secrets.toml"));
    fs::rename(project.path("../away"), project.path("sealed")).unwrap();
    changed("third");
}

#[test]
fn it_takes_the_place_of_a_stub() {
    let mut project = project("sealed-stub");
    let key = keygen(&project);
    project.metadata(&settings(
        &key,
        "sealed/secrets.toml",
        "template = \"template.toml\"",
    ));
    project.write("template.toml", "key = \"x\"\n");
    project.main("print!(\"{}\", secrets::IS_STUB);");
    fs::create_dir(project.path("../away")).unwrap();
    try_seal(
        &project.path(""),
        &[],
        "sources",
        &project.path("../away/secrets.toml"),
    )
    .unwrap();
    File::open(project.path("../away/secrets.toml"))
        .unwrap()
        .set_modified(SystemTime::UNIX_EPOCH)
        .unwrap();
    project.build_features("").set("SECRETS_STUB", "1");
    for _ in 0..2 {
        assert_eq!(project.run_ok(), "true");
        assert!(!project.build_ok().ran_script());
        fs::rename(project.path("../away"), project.path("sealed")).unwrap();
        assert_eq!(project.run_ok(), "false");
        fs::rename(project.path("sealed"), project.path("../away")).unwrap();
    }
    // A damaged one is no missing one.
    project.write("sealed/secrets.toml", "version = 2\n");
    let error = project.build_err();
    assert!(
        error.contains("this sealed file was edited or cut off"),
        "{error}"
    );
}

/// Copies a folder with all times.
fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-a").arg(from).arg(to).status();
    assert!(copied.expect("`cp` starts").success());
}

#[test]
fn two_folders_give_one_binary() {
    let name = "sealed-same-binary";
    let package = || {
        let mut project = project(name);
        // The names of symbols are made from that of the folder.
        project.build_rs(
            "fn main() { println!(\"cargo::rustc-link-arg=-s\"); secrets_build::embed(); }",
        );
        project.own_target().optimise();
        project
    };
    let mut one = package();
    let key = keygen(&one);
    one.write(".secrets/secrets.toml", SECRETS);
    one.metadata(&settings(&key, FILE, ""));
    seal(&one);
    one.build_features("");
    let mut other = package();
    other.metadata(&settings(&key, FILE, "")).build_features("");
    fs::copy(one.path(FILE), other.path(FILE)).unwrap();
    fs::remove_dir_all(one.path(".secrets")).unwrap();
    fs::remove_dir_all(other.path(".secrets")).unwrap();

    let binary = |project: &Project| {
        let run = project.build_ok();
        assert!(
            run.stderr.contains(&format!("Compiling {name}")),
            "{}",
            run.stderr
        );
        fs::read(project.binary()).unwrap()
    };
    let first = binary(&one);
    // Dependencies are where they were, and so need not be compiled again.
    copy(one.target(), other.target());
    assert!(binary(&other) == first, "the folder is in the binary");
    // The control: sealed again, and nothing else.
    try_seal(&other.path(""), &[], "sealed", &other.path("again.toml")).unwrap();
    assert_eq!(
        fs::read(other.path("again.toml")).unwrap(),
        fs::read(one.path(FILE)).unwrap()
    );
    other.write(".secrets/secrets.toml", SECRETS);
    seal(&other);
    assert!(
        binary(&other) != first,
        "the ciphertext is not in the binary"
    );
}

#[test]
fn what_would_be_published_with_it() {
    let (folder, key) = sealed("", "key = 1\n");
    let load = |expected: &[&str]| {
        let loaded = Config::new().package(folder.path("package")).load_sealed();
        let reported = loaded
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert_eq!(reported.lines().collect::<Vec<_>>(), expected);
    };
    load(&[]);
    // Cargo puts this file into every packaged copy, and nowhere else.
    folder.write("package/Cargo.toml.orig", "");
    load(&[
        "`.secrets/secrets.toml` is a source of secrets and in the package that is about to be \
            published; add exclude = [\"/.secrets/secrets.toml\"] to `[package]`, or, if git does not track \
            it, `/.secrets/secrets.toml` to `.gitignore`",
    ]);
    fs::remove_file(folder.path("package/.secrets/secrets.toml")).unwrap();
    load(&[]);
    // The sealed file is no overlay of a source beside it.
    set(&folder, &key, "files = [\"secrets.toml\"]\n");
    load(&[]);
    set(&folder, &key, &format!("identity = \"{}\"\n", key.path));
    load(&[&format!(
        "`{0}` is a private key and in the package that is about to be published; add exclude = \
         [\"/{0}\"] to `[package]`, or, if git does not track it, `/{0}` to `.gitignore`",
        key.path
    )]);
}
