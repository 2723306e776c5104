//! What a build writes, and what it leaves alone.

use std::{collections::BTreeMap, fs, path::PathBuf};

use secrets_tests::{Project, workspace};

use super::{files, marker};

const FILES: [&str; 3] = ["secrets_values.rs", "secrets_doc.rs", "secrets.rs"];

#[test]
fn the_same_inputs_give_the_same_files() {
    let contents = format!(
        "b = \"{}\"\na = 1\n[z]\nk = [1.5, 2.5]\n[y]\nk = [{{ q = 1 }}, {{ p = \"\" }}]\n",
        marker(0)
    );
    let projects = ["leaks-same-here", "leaks-same-there"].map(Project::new);
    let mut seen = Vec::new();
    for project in &projects {
        project.write(".secrets/secrets.toml", &contents);
        project.write_home(".config/secrets/secrets.toml", "c = true\n[z]\nl = \"\"\n");
        for _ in 0..2 {
            project.write(".secrets/secrets.toml", &contents);
            assert!(project.build_ok().ran_script());
            let out_dir = project.out_dir();
            seen.push(FILES.map(|name| fs::read(out_dir.join(name)).unwrap()));
        }
    }
    assert_ne!(projects[0].out_dir(), projects[1].out_dir());
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]));
    for path in [
        workspace(),
        projects[0].path(""),
        projects[0].home(""),
        projects[0].out_dir(),
    ] {
        let path = path.to_str().unwrap().trim_end_matches('/').as_bytes();
        for file in &seen[0] {
            assert!(!file.windows(path.len()).any(|window| window == path));
        }
    }
}

#[test]
#[cfg(unix)]
fn only_the_owner_may_read_the_output() {
    use std::os::unix::fs::PermissionsExt;

    let project = Project::new("leaks-rights");
    let secrets = project.path(".secrets/secrets.toml");
    for value in ["one", "two"] {
        project.write(".secrets/secrets.toml", format!("key = \"{value}\""));
        // The rights of a source are none of the output's.
        fs::set_permissions(&secrets, fs::Permissions::from_mode(0o666)).unwrap();
        project.build_ok();
        let out_dir = project.out_dir();
        let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        assert_eq!(mode(out_dir.clone()), 0o700);
        for name in FILES {
            assert_eq!(mode(out_dir.join(name)), 0o600, "{name}");
            // They are taken back in the next round.
            let wide = fs::Permissions::from_mode(0o666);
            fs::set_permissions(out_dir.join(name), wide).unwrap();
        }
        fs::set_permissions(&out_dir, fs::Permissions::from_mode(0o777)).unwrap();
    }
}

#[test]
fn nothing_is_half_written() {
    let project = Project::new("leaks-whole");
    project.write(".secrets/secrets.toml", "key = \"first\"");
    project.build_ok();
    let out_dir = project.out_dir();
    let read = |name| fs::read(out_dir.join(name)).ok();
    for (number, blocked) in FILES.into_iter().enumerate() {
        fs::remove_file(out_dir.join(blocked)).unwrap();
        fs::create_dir_all(out_dir.join(blocked).join("in the way")).unwrap();
        project.write(".secrets/secrets.toml", format!("key = \"value {number}\""));
        let output = project.build_err();
        let message = format!("failed to write `{}`", out_dir.join(blocked).display());
        assert!(output.contains(&message), "{output}");
        let names = fs::read_dir(&out_dir).unwrap().flatten();
        for name in names.map(|entry| entry.file_name()) {
            assert!(!name.to_string_lossy().contains("tmp"), "{name:?} is left");
        }
        // Nothing may take a file of an earlier build for what this one failed to write.
        assert!(FILES.map(read) == [const { None }; FILES.len()]);
        project.build_ok();
    }

    project.write(".secrets/secrets.toml", "key = \"new\"\nkey = 1");
    assert!(project.build_err().contains("duplicate key"));
    assert!(FILES.map(read) == [const { None }; FILES.len()]);
}

#[test]
#[cfg(unix)]
fn what_is_left_of_a_killed_build_does_no_harm() {
    let project = Project::new("leaks-killed");
    project.write(".secrets/secrets.toml", "key = \"one\"");
    project.build_ok();
    project.write("../victim", "not ours");
    let out_dir = project.out_dir();
    let temporary = |name: &str| out_dir.join(format!("{name}.tmp"));
    std::os::unix::fs::symlink(project.path("../victim"), temporary("secrets_values.rs")).unwrap();
    fs::write(temporary("secrets.rs"), "half of a").unwrap();
    project.write(".secrets/secrets.toml", "key = \"two\"");
    project.build_ok();
    assert_eq!(fs::read(project.path("../victim")).unwrap(), b"not ours");
    assert!(
        FILES
            .iter()
            .all(|name| fs::symlink_metadata(temporary(name)).is_err())
    );
    assert!(
        FILES
            .iter()
            .all(|name| fs::symlink_metadata(out_dir.join(name)).unwrap().is_file())
    );
}

#[test]
fn nothing_outside_of_the_target_folder_is_written() {
    let mut project = Project::new("leaks-outside");
    project.write(".secrets/secrets.toml", "key = \"one\"");
    project.write_home(".config/secrets/secrets.toml", "global = \"one\"");
    project.build_ok();
    let snapshot = || -> BTreeMap<PathBuf, _> {
        let all = files(&project.path("..")).into_iter();
        let modified = |path: &PathBuf| fs::metadata(path).unwrap().modified().unwrap();
        all.map(|path| (path.clone(), (fs::read(&path).unwrap(), modified(&path))))
            .collect()
    };
    project.write(".secrets/secrets.toml", "key = \"two\"");
    let before = snapshot();
    assert!(before.len() >= 6);
    assert!(project.build_ok().ran_script());
    assert!(
        snapshot() == before,
        "a build wrote in the package or the home directory"
    );
    let last = project.path("broken.toml");
    fs::write(&last, "key =").unwrap();
    let before = snapshot();
    project.set("SECRETS_FILES", "broken.toml");
    let failed = project.build_err();
    assert!(failed.contains("broken.toml:1:"), "{failed}");
    let all = files(&project.path(".."));
    assert!(all.iter().eq(before.keys()));
}

#[test]
fn an_optimised_binary_holds_its_secrets_and_no_path() {
    let mut project = Project::new("leaks-optimised");
    project.optimise();
    let value = marker(0);
    let secrets = format!("key = \"{value}\"\nlist = [1, 2]\n[table]\nkey = \"\"\n");
    project.write(".secrets/secrets.toml", secrets);
    project.main(
        r#"
            let key = std::env::args().next().unwrap();
            println!("{:?} {}", secrets::SECRETS, secrets::KEY);
            println!("{:?}", &secrets::SECRETS["table"][&*key]);
            println!("{:?}", &secrets::SECRETS["list"][key.len()]);
        "#,
    );
    project.build_ok();
    let binary = fs::read(project.binary()).unwrap();
    assert!(super::scanner([&value]).find(&binary).is_some());
    for part in [
        project.path("").to_str().unwrap().trim_end_matches('/'),
        project.home("").to_str().unwrap().trim_end_matches('/'),
        project.target().to_str().unwrap(),
        workspace().to_str().unwrap(),
        "secrets_values",
        "secrets.toml",
    ] {
        let found = binary
            .windows(part.len())
            .any(|window| window == part.as_bytes());
        assert!(!found, "`{part}` is in the binary");
    }
}

/// A link to a place where a source may appear would have what was typed in the place of its path.
#[test]
#[cfg(unix)]
fn what_was_typed_for_an_absent_file_is_in_no_link() {
    use std::os::unix::fs::PermissionsExt;

    let secret = "Tr0ub4dor&3xyzzy";
    let links = |project: &Project| -> Vec<String> {
        let directory = project.out_dir().join("secrets-absent");
        let mode = |path: &PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        assert_eq!([mode(&directory), mode(&project.out_dir())], [0o700; 2]);
        let entries = fs::read_dir(directory).expect("links").flatten();
        let targets = entries.map(|entry| fs::read_link(entry.path()).expect("a link"));
        targets
            .map(|target| target.to_str().expect("UTF-8").to_owned())
            .collect()
    };
    let mut project = Project::new("leaks-absent");
    project.own_target();
    project.main("");
    project.write("key.toml", "a = 1\n");
    let script = |call: &str| {
        format!("fn main() {{ secrets_build::Config::new().file(\"key.toml\"){call}.embed(); }}")
    };
    // The first build fails.
    project.build_rs(&script(&format!(".file(\"{secret}\")")));
    let run = project.build();
    assert!(
        !run.success && !run.stderr.contains(secret),
        "{}",
        run.stderr
    );
    assert!(links(&project).iter().all(|link| !link.contains(secret)));
    project.build_rs(&script(&format!(".optional_file(\"{secret}\")")));
    project.build_ok();
    assert!(links(&project).iter().all(|link| !link.contains(secret)));
    // The control: what has the form of a path has its link, and is seen when it comes, also where no folder is yet.
    for path in ["more.toml", "deep/er/mounted"] {
        project.build_rs(&script(&format!(".optional_file(\"{path}\")")));
        project.build_ok();
        assert!(links(&project).iter().any(|link| link.ends_with(path)));
    }
}

/// Cargo records the paths that it watches, and the name of a module is part of them.
#[test]
fn a_key_for_the_name_of_a_module_is_in_no_file() {
    let key = "AGE-SECRET-KEY-1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    let mut project = Project::new("leaks-module");
    project.own_target();
    project.write("src/main.rs", "fn main() {}\n");
    project.write("key.toml", "a = 1\n");
    let build = |project: &Project, call: &str| {
        project.build_rs(&format!(
            "fn main() {{ secrets_build::Config::new().file(\"key.toml\"){call}.embed(); }}"
        ));
        project.build()
    };
    let records = |project: &Project, text: &str| {
        let directory = project.target().join("debug/build");
        let found = files(&directory).into_iter().filter(|path| {
            let is_named = path.to_string_lossy().contains(text);
            let is_record = path.file_name().is_some_and(|name| name == "output");
            let recorded = is_record.then(|| fs::read_to_string(path).unwrap_or_default());
            is_named || recorded.is_some_and(|recorded| recorded.contains(text))
        });
        found.count()
    };
    let run = build(&project, &format!(".module(\"{key}\")"));
    assert!(
        !run.success && !run.stderr.contains("QQPZRY"),
        "{}",
        run.stderr
    );
    assert_eq!(records(&project, "QQPZRY"), 0);
    // The control: a name that is one is in both.
    assert!(build(&project, ".module(\"mail\")").success);
    assert!(records(&project, "mail") > 1);
}
