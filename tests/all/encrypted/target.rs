//! Nothing of a value, an identity or a passphrase is left in the target folder.

use std::{
    cell::Cell,
    collections::HashSet,
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use secrets_tests::Project;

use super::{keygen, project, seal};

/// How much of a value counts as found: a compiler may cut a constant into pieces.
const WINDOW: usize = 8;

/// The same in hex and in UTF-16; eight digits of hex are in many a symbol's name by chance.
const WIDE: usize = 2 * WINDOW;

/// Parts of values as they are, in hex, in base64 and in UTF-16.
struct Needles {
    parts: HashSet<[u8; WINDOW]>,
    wide: HashSet<[u8; WIDE]>,
    starts: Vec<bool>,
}

impl Needles {
    fn new(values: &[&str]) -> Self {
        let mut needles = Self {
            parts: HashSet::new(),
            wide: HashSet::new(),
            starts: vec![false; 1 << 16],
        };
        for value in values {
            let value = value.as_bytes();
            let digit = |nibble: u8| b"0123456789abcdef"[usize::from(nibble)];
            let hex: Vec<u8> = value
                .iter()
                .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
                .collect();
            needles.add(value);
            needles.add_wide(&hex);
            needles.add_wide(&hex.to_ascii_uppercase());
            needles.add_wide(&value.iter().flat_map(|byte| [*byte, 0]).collect::<Vec<_>>());
            (0..3).for_each(|skip| needles.add(&base64(&value[skip..])));
        }
        needles
    }

    fn add(&mut self, text: &[u8]) {
        for window in text.windows(WINDOW) {
            let part: [u8; WINDOW] = window.try_into().expect("a window");
            self.starts[start(window)] = true;
            self.parts.insert(part);
        }
    }

    fn add_wide(&mut self, text: &[u8]) {
        for window in text.windows(WIDE) {
            let part: [u8; WIDE] = window.try_into().expect("a window");
            self.starts[start(window)] = true;
            self.wide.insert(part);
        }
    }

    fn are_in(&self, text: &[u8]) -> bool {
        let is_wide = |at: usize| {
            let window = text.get(at..at + WIDE);
            window.is_some_and(|window| self.wide.contains(window))
        };
        let mut windows = text.windows(WINDOW).enumerate();
        windows.any(|(at, window)| {
            self.starts[start(window)] && (self.parts.contains(window) || is_wide(at))
        })
    }
}

fn start(window: &[u8]) -> usize {
    usize::from(window[0]) << 8 | usize::from(window[1])
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |three: &[u8]| {
        let bits = three
            .iter()
            .fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        [18, 12, 6, 0].map(|shift| letters[bits >> shift & 63])
    };
    bytes.chunks_exact(3).flat_map(group).collect()
}

/// The files below a folder that hold a needle, of those that were written since a time.
fn holding(folder: &Path, since: SystemTime, needles: &Needles) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if needles.are_in(path.as_os_str().as_encoded_bytes()) {
            found.push(path.display().to_string());
        }
        let Ok(metadata) = fs::symlink_metadata(&path) else {
            continue;
        };
        if metadata.is_dir() {
            found.extend(holding(&path, since, needles));
        } else if metadata.is_file() && metadata.modified().is_ok_and(|time| time >= since) {
            // Other tests work in the same folder, and a file may be gone.
            let contents = fs::read(&path).unwrap_or_default();
            found.extend(
                needles
                    .are_in(&contents)
                    .then(|| path.display().to_string()),
            );
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
    let needles = Needles::new(&values);
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
            assert!(
                !needles.are_in(text.as_bytes()),
                "{what} {arguments:?}:\n{text}"
            );
        }
        // What was written before the last look was clean then.
        let looked = SystemTime::now() - Duration::from_secs(2);
        let found = holding(&target, since.replace(looked), &needles);
        assert!(found.is_empty(), "{what} {arguments:?}: {found:#?}");
    };
    for arguments in [
        &["build", "-vv", "--message-format", "json"][..],
        &["check", "-vv"],
        &["clippy"],
        &["doc", "--no-deps", "--document-private-items"],
        &["test"],
        &["run", "--", &key.path],
        &["build", "--release"],
        &["run", "--release", "--", &key.path],
    ] {
        clean("good", &project, arguments, true);
    }
    failures(&mut project, &recipients, &clean);
    passphrases(&mut project, &clean);

    // The search finds what there is to find.
    write(&mut project, "");
    project.write(
        "src/main.rs",
        format!("{MODULE}fn main() {{ print!(\"{{}}\", secrets::TEXT); }}"),
    );
    project.build_ok();
    let found = holding(&target, since.get(), &needles);
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
    builds("no feature `age`", project);
    project.features("age");
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
