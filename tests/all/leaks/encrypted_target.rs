//! Nothing of a value, an identity or a passphrase is left in the target folder.

use std::{
    cell::Cell,
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use secrets_tests::{
    Project, Scanner,
    age::{keygen, project, seal},
};

/// The files below a folder that hold a part of a value, of those that were written since a time.
fn holding(folder: &Path, since: SystemTime, scanner: &Scanner) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if scanner.find(path.as_os_str().as_encoded_bytes()).is_some() {
            found.push(path.display().to_string());
        }
        let Ok(metadata) = fs::symlink_metadata(&path) else {
            continue;
        };
        if metadata.is_dir() {
            found.extend(holding(&path, since, scanner));
        } else if metadata.is_file() && metadata.modified().is_ok_and(|time| time >= since) {
            // Other tests work in the same folder, and a file may be gone.
            let contents = fs::read(&path).unwrap_or_default();
            let hit = scanner.find(&contents);
            found.extend(hit.map(|_| path.display().to_string()));
        }
    }
    found
}

const TEXT: &str = "vQ7mXw2KcZ9rTf4Yb1NsLd8HgPj5RaUe";
const ELEMENT: &str = "Hb3ZtW6qRk8VnC1xMy5JfGp0DsAe7LuT";
const BYTES: &str = "c9YwTz4BkQ1mXv7RgN2hPd6LfJs8UaEo";
const SEALED: &str = "Tn5KdB8wLq2ZrX9cVf3MhYj6GsPa1RuE";
const VARIABLE: &str = "Xf6PzL1nQv9WkT3dRb7HmCy4JgSa8UeN";
const PASSPHRASE: &str = "Mq2RvK7wXd5TzN9bLf1GhYc4PjSs6AuE";
const OTHER: &str = "Gy8JnT4rVx1QkZ6mWc3BdLh9FpPs5UaE";

fn secrets() -> String {
    format!(
        "text = \"{TEXT}\"\nlist = [\"{ELEMENT}\"]\nmixed = [1, \"{TEXT}\"]\n\
         [table]\ntext = \"{ELEMENT}\"\n[[tables]]\ntext = \"{TEXT}\"\n[[tables]]\nother = 1\n"
    )
}

const PROGRAM: &str = r"
    fn main() {
        let path = std::env::args().nth(1).unwrap_or_default();
        let identity = secrets_embed::Identity::from_file(path).unwrap();
        let all = secrets::Secrets::decrypt(&identity).unwrap();
        assert_eq!(all.len(), 7);
    }
    #[test]
    fn is_tested() {}
";

const MODULE: &str = "mod secrets { secrets_embed::include_secrets!(); }\n";

/// Sets the sources and more, and writes what they read.
fn write(project: &mut Project, more: &str) {
    project.write(".secrets/secrets.toml", secrets());
    project.write("mounted/bytes", [BYTES.as_bytes(), b"\xff"].concat());
    project.metadata(&format!(
        "[package.metadata.secrets]\nenv-prefix = \"TARGET\"\n\
         files = [\".secrets/secrets.toml\", \"mounted\", \"one.toml.age\"]\n{more}"
    ));
}

#[test]
fn nothing_is_left_of_a_value() {
    // File systems keep times coarsely.
    let since = SystemTime::now() - Duration::from_secs(2);
    let mut project = project("encrypted-target");
    let key = keygen(&project);
    let identity = fs::read_to_string(project.path(&key.path)).unwrap();
    let identity = identity.lines().last().unwrap().to_owned();
    let values = [
        TEXT,
        ELEMENT,
        BYTES,
        SEALED,
        VARIABLE,
        PASSPHRASE,
        OTHER,
        identity.strip_prefix("AGE-SECRET-KEY-").unwrap(),
    ];
    let scanner = Scanner::new(8, values);
    let source = format!("sealed = \"{SEALED}\"");
    seal(&project, &["-r", &key.recipient], source, "one.toml.age");
    let recipients = format!("recipients = [\"{}\"]\n", key.recipient);
    write(&mut project, &recipients);
    project.write("src/main.rs", format!("{MODULE}{PROGRAM}"));
    project.set("SECRETS_AGE_KEY", &identity);
    project.set("TARGET__TABLE__TEXT", VARIABLE);
    let target = project.target().to_owned();
    let since = Cell::new(since);
    let clean = |what: &str, project: &Project, arguments: &[&str], succeeds: bool| {
        let run = project.cargo(arguments);
        assert_eq!(
            run.success, succeeds,
            "{what} {arguments:?}:\n{}",
            run.stderr
        );
        for text in [&run.stdout, &run.stderr] {
            scanner.assert_clean(&format!("{what} {arguments:?}"), text);
        }
        // What was written before the last look was clean then.
        let looked = SystemTime::now() - Duration::from_secs(2);
        let found = holding(&target, since.replace(looked), &scanner);
        assert!(found.is_empty(), "{what} {arguments:?}: {found:#?}");
    };
    for arguments in [
        &["build", "-vv", "--message-format", "json"][..],
        &["check", "-vv"],
        &["clippy"],
        &["doc", "--no-deps", "--document-private-items"],
        &["test"],
        &["run", "--", &key.path],
    ] {
        clean("good", &project, arguments, true);
    }
    project.optimise();
    for arguments in [&["build", "-vv"][..], &["run", "--", &key.path]] {
        clean("optimised", &project, arguments, true);
    }
    project.unoptimise();
    failures(&mut project, &recipients, &clean);
    passphrases(&mut project, &clean);

    // The search finds what there is to find.
    write(&mut project, "");
    project.write(
        "src/main.rs",
        format!("{MODULE}fn main() {{ print!(\"{{}}\", secrets::TEXT); }}"),
    );
    project.build_ok();
    let found = holding(&target, since.get(), &scanner);
    assert!(
        found.iter().any(|path| path.ends_with("secrets_values.rs")),
        "{found:#?}"
    );
    assert!(
        found
            .iter()
            .any(|path| path.ends_with("debug/encrypted-target")),
        "{found:#?}"
    );
}

type Clean<'a> = dyn Fn(&str, &Project, &[&str], bool) + 'a;

/// Builds that fail, each for another reason.
fn failures(project: &mut Project, recipients: &str, clean: &Clean<'_>) {
    let builds = |what: &str, project: &Project| {
        clean(what, project, &["build", "-vv"], false);
        clean(what, project, &["check", "--message-format", "json"], false);
    };
    let toml = ".secrets/secrets.toml";
    for (what, text) in [
        ("syntax", format!("text = {TEXT}\n")),
        (
            "range",
            format!("text = \"{TEXT}\"\nbig = 99999999999999999999\n"),
        ),
        ("names", format!("a-b = \"{TEXT}\"\na_b = \"{ELEMENT}\"\n")),
        ("types", format!("bytes = [\"{TEXT}\"]\n")),
    ] {
        project.write(toml, text);
        builds(what, project);
    }
    project.write(toml, secrets());
    project.set("TARGET__MISSING", OTHER);
    builds("a variable for no key", project);
    project.unset("TARGET__MISSING");
    project.set("TARGET__LIST", OTHER);
    builds("a variable of another type", project);
    project.unset("TARGET__LIST");
    write(project, "recipients = [\"age1\"]\n");
    builds("a recipient that does not parse", project);
    write(
        project,
        &format!("recipients = [\"AGE-SECRET-KEY-1{OTHER}\"]\n"),
    );
    builds("an identity as a recipient", project);
    write(project, recipients);
    project.write(
        "src/main.rs",
        format!("{MODULE}fn main() {{ let _: u8 = secrets::Secrets::decrypt; }}"),
    );
    builds("a type error", project);
    project.write(
        "src/main.rs",
        format!("{MODULE}fn main() {{ let _ = secrets::MISSING; }}"),
    );
    builds("a name error", project);
    project.write("src/main.rs", format!("{MODULE}{PROGRAM}"));
    project.features("");
    builds("no feature `encrypted`", project);
    project.features("encrypted,datetime");
    clean("good again", project, &["build"], true);
}

/// A passphrase from a file and from a variable.
fn passphrases(project: &mut Project, clean: &Clean<'_>) {
    project.write("passphrase", PASSPHRASE);
    write(
        project,
        "recipients = [{ passphrase-file = \"passphrase\" }]\n",
    );
    clean("a passphrase from a file", project, &["build", "-vv"], true);
    write(
        project,
        "recipients = [{ passphrase-env = \"THE_PASSPHRASE\" }]\n",
    );
    project.set("THE_PASSPHRASE", PASSPHRASE);
    clean(
        "a passphrase from a variable",
        project,
        &["build", "-vv"],
        true,
    );
    clean("and once more", project, &["build", "-v"], true);
}
