//! The messages of problems and warnings, each with a small input that makes it.
//!
//! `messages/KIND.md` has the cases of a kind, in this form: an introduction; then for each case a heading, its
//! inputs, each a line that names it and a fenced block, and last what is printed. Values of secrets have
//! `v4lue` in them, and no print has.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use expect_test::expect_file;
use secrets_tests::{Folder, workspace};

/// What marks values of secrets in inputs.
const VALUE: &str = "v4lue";

/// The file of warnings; the others are named after their kind of problem.
const WARNINGS: &str = "warnings";

/// A heading, inputs with their blocks, and what is printed.
struct Case {
    heading: String,
    inputs: Vec<(Input, String)>,
    print: String,
}

/// What a block is.
#[derive(Clone)]
enum Input {
    Settings,
    File(String),
    Variables,
    Arguments,
}

/// The lines of a file, with their place.
struct Lines<'a> {
    path: &'a Path,
    all: Vec<&'a str>,
    next: usize,
}

#[test]
fn messages_are_those_that_were_reviewed() {
    let entries = fs::read_dir(super::folder("messages")).expect("the folder");
    let paths: BTreeSet<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    let (mut cases, mut values, mut mistakes) = (0, 0, Vec::new());
    let mut files = Vec::new();
    let kinds = kinds();
    let expected = kinds.iter().map(String::as_str).chain([WARNINGS]);
    let expected = expected.map(|kind| super::folder("messages").join(format!("{kind}.md")));
    assert_eq!(paths, expected.collect::<BTreeSet<_>>());
    for path in paths {
        let kind = path.file_stem().and_then(|stem| stem.to_str());
        let kind = kind.expect("a name").to_owned();
        let text = fs::read_to_string(&path).expect("a file");
        let (mut rendered, read) = parse(&path, &text);
        let named = tests_named(&rendered);
        assert!(named + read.len() > 0, "{}: nothing", path.display());
        for mut case in read {
            cases += 1;
            values += usize::from(case.inputs.iter().any(|(_, text)| text.contains(VALUE)));
            case.print = print(&case, &kind);
            mistakes.extend(mistake(&case, &kind));
            case.render(&mut rendered);
        }
        files.push((path, rendered));
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    assert!(cases >= 60, "{cases} cases");
    assert!(values >= 10, "only {values} cases have a marked value");
    for (path, rendered) in files {
        expect_file![path].assert_eq(&rendered);
    }
}

/// Every kind of problem: the variants of `ErrorKind`.
fn kinds() -> Vec<String> {
    let path = workspace().join("secrets-build/src/error/kind.rs");
    let text = fs::read_to_string(path).expect("the kinds");
    let variants = text.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?.strip_suffix(',')?;
        name.chars()
            .all(char::is_alphanumeric)
            .then(|| name.to_owned())
    });
    variants.collect()
}

/// Counts the tests that an introduction names for what is not made here, which are there.
fn tests_named(introduction: &str) -> usize {
    let names = introduction
        .lines()
        .filter_map(|line| line.strip_prefix("- `"));
    let names = names.map(|name| name.trim_end_matches('`'));
    names
        .inspect(|name| {
            let (module, function) = name.rsplit_once("::").expect("a module and a test");
            let path = format!("all/{}", module.replace("::", "/"));
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            let (file, folder) = (path.with_extension("rs"), path.join("mod.rs"));
            let path = if file.exists() { file } else { folder };
            let text = fs::read_to_string(path).expect("a file of tests");
            let opening = format!("\n#[test]\nfn {function}() {{");
            assert!(text.contains(&opening), "there is no test `{name}`");
        })
        .count()
}

/// What the inputs of a case make the program print.
fn print(case: &Case, kind: &str) -> String {
    let mut folder = Folder::new("");
    let mut arguments = Vec::new();
    for (input, text) in &case.inputs {
        match input {
            Input::Settings => drop(folder.settings(text.trim_end())),
            Input::File(path) => drop(folder.write(path, text)),
            Input::Variables => {
                for line in text.lines() {
                    let (name, value) = line.split_once('=').expect("NAME=VALUE");
                    folder.set(name, value);
                }
            }
            Input::Arguments => arguments.extend(text.split_whitespace()),
        }
    }
    let generated = folder.path("generated").display().to_string();
    let is_warning = kind == WARNINGS;
    if is_warning {
        folder.folder("generated");
        arguments.extend(["--generate", &generated]);
    }
    let outcome = folder.load(&arguments);
    outcome.unwrap_or_else(|problems| problems)
}

/// What is wrong with a case: a print is of its kind, and has no value of a secret.
fn mistake(case: &Case, kind: &str) -> Option<String> {
    let Case { heading, print, .. } = case;
    let prefix = match kind {
        WARNINGS => "warning: ".to_owned(),
        _ => format!("{kind}: "),
    };
    if case.inputs.is_empty() {
        Some(format!("{kind}: {heading}: no inputs"))
    } else if !print.lines().any(|line| line.starts_with(&prefix)) {
        Some(format!("{kind}: {heading}: it prints {print:?}"))
    } else if print.contains(VALUE) {
        Some(format!("{kind}: {heading}: a value is printed"))
    } else {
        None
    }
}

/// The introduction of a file, and its cases.
fn parse<'a>(path: &'a Path, text: &'a str) -> (String, Vec<Case>) {
    let mut lines = Lines {
        path,
        all: text.lines().collect(),
        next: 0,
    };
    let mut introduction = String::new();
    while let Some(line) = lines.take_unless(|line| line.starts_with("## ")) {
        introduction.push_str(line);
        introduction.push('\n');
    }
    let mut cases = Vec::new();
    while lines.next < lines.all.len() {
        cases.push(lines.case());
    }
    (introduction, cases)
}

impl<'a> Lines<'a> {
    /// The next line, unless there is none or it is one of those.
    fn take_unless(&mut self, is_end: impl Fn(&str) -> bool) -> Option<&'a str> {
        let line = self.all.get(self.next).copied()?;
        (!is_end(line)).then(|| {
            self.next += 1;
            line
        })
    }

    fn take(&mut self) -> &'a str {
        let line = self.take_unless(|_| false);
        line.unwrap_or_else(|| self.fail("the file ends in a case"))
    }

    fn fail(&self, what: &str) -> ! {
        panic!("{}:{}: {what}", self.path.display(), self.next)
    }

    fn case(&mut self) -> Case {
        let Some(heading) = self.take().strip_prefix("## ") else {
            self.fail("expected a heading")
        };
        let mut inputs = Vec::new();
        loop {
            self.blank();
            let name = self.take();
            let input = match name {
                "It prints:" => None,
                "Settings:" => Some(Input::Settings),
                "Variables:" => Some(Input::Variables),
                "Arguments:" => Some(Input::Arguments),
                _ => match name.strip_prefix("The file `") {
                    Some(path) => Some(Input::File(path.trim_end_matches("`:").to_owned())),
                    None => self.fail("expected the name of an input, or `It prints:`"),
                },
            };
            self.blank();
            let block = self.block();
            if let Some(input) = input {
                inputs.push((input, block));
                continue;
            }
            if self.next < self.all.len() {
                self.blank();
            }
            return Case {
                heading: heading.to_owned(),
                inputs,
                print: block,
            };
        }
    }

    fn blank(&mut self) {
        if !self.take().is_empty() {
            self.fail("expected an empty line");
        }
    }

    fn block(&mut self) -> String {
        if !self.take().starts_with("```") {
            self.fail("expected a fenced block");
        }
        let mut block = String::new();
        while let Some(line) = self.take_unless(|line| line == "```") {
            block.push_str(line);
            block.push('\n');
        }
        self.take();
        block
    }
}

impl Case {
    fn render(&self, out: &mut String) {
        // The introduction, and each case but the last, end with an empty line.
        if !out.ends_with("\n\n") {
            out.push('\n');
        }
        write!(out, "## {}\n\n", self.heading).expect("a string");
        for (input, block) in &self.inputs {
            let (name, language) = match input {
                Input::Settings => ("Settings:".to_owned(), "toml"),
                Input::File(path) => (format!("The file `{path}`:"), "toml"),
                Input::Variables => ("Variables:".to_owned(), "sh"),
                Input::Arguments => ("Arguments:".to_owned(), "sh"),
            };
            write!(out, "{name}\n\n```{language}\n{block}```\n\n").expect("a string");
        }
        write!(out, "It prints:\n\n```text\n{}```\n", self.print).expect("a string");
    }
}
