//! Ten thousand files with one to three slips of the keyboard, and what is said of them.

use std::{collections::BTreeSet, fmt::Write as _};

use secrets_build::Config;
use secrets_tests::Folder;

use super::{Scanner, marker, scanner};

/// The layers of one load: an error tells all their syntax errors at once.
const LAYERS: usize = 30;
const LOADS: usize = 300;
/// Loads of one file, in which problems of keys and types are found too.
const SINGLE: usize = 10_000 - LAYERS * LOADS;

/// Files as people have them, with the numbers of values in `<>`.
const FILES: &[&str] = &[
    "token = \"<0>\"\npassword = '<1>'\n\n[database]\nuser = \"<2>\"\nport = 5432\npassword = \"<3>\"\n",
    "# <0>\ntoken = \"\"\"\n<1>\n<2>\n\"\"\"\nafter = \"<3>\"\n",
    "pem = '''\n-----BEGIN PRIVATE KEY-----\n<0>\n<1>==\n-----END PRIVATE KEY-----\n'''\nother = '<2>'\n",
    "list = [\n    \"<0>\",\n    '<1>', # <2>\n]\n[[server]]\nhost = \"<3>\"\n[[server]]\nhost = \"<4>\"\n",
    "table = { user = \"<0>\", password = '<1>', nested = { key = \"<2>\" } }\npath.to.key = \"<3>\"\n",
    "url = \"https://me:<0>@example.org/<1>?key=<2>\"\n\"quoted key\" = \"<3>\"\n'literal.key' = '<4>'\n",
    "\"a key\" = \"<1>\"\r\n[\"a.b\".c]\r\nkey = \"\\u00e9<2>\\n<3>\"\r\n",
    "token = \"<0>=\"\nexport = \"<1>==\"\nbytes = \"base64:<2>/+<3>=\"\nnumber = 0xdead_beef\nfloat = 6.25\n\
     day = 1979-05-27\n",
    // Values that end as base64 does, right before the quotes.
    "token = \"\"\"<0>=\"\"\"\nafter = \"<1>\"\n",
    "token = \"\"\"\n<0>\n<1>=\"\"\"\nlater = '''<2>=='''\n",
    "token = \"<0>\"\nkey = '''\n<1> =\n<2>=\n'''\nlast = '<3>='\n",
];

/// What is typed by mistake.
const SLIPS: &[&str] = &[
    "\"", "'", "=", "[", "]", "{", "}", "#", ",", ".", "\\", "\n", "\r", "\t", " ", "\"\"\"",
    "'''", "==", "\u{feff}", "\u{a0}", "\u{201c}", "\0", ":", "-", "+", "$", "x", "1", "[[", "\\u",
    " = ",
];

/// The same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }
}

/// A file with its values, before anything goes wrong.
fn whole(random: &mut Random) -> (String, Vec<String>) {
    let mut text = FILES[random.below(FILES.len())].to_owned();
    let mut values = Vec::new();
    for number in 0..5 {
        let value = marker(u64::try_from(random.below(1 << 20)).expect("a number"));
        let value = value[..[20, 40][random.below(2)]].to_owned();
        text = text.replace(&format!("<{number}>"), &value);
        values.push(value);
    }
    (text, values)
}

/// Makes one slip.
fn slip(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    // Half of them where the syntax is: that is where a slip matters.
    let marks: Vec<usize> = (0..chars.len())
        .filter(|at| "\"'=[]{}#,.\n\\".contains(chars[*at]))
        .collect();
    let at = match random.below(2) {
        0 if !marks.is_empty() => marks[random.below(marks.len())],
        _ => random.below(chars.len().max(1)),
    };
    let line = random.below(lines.len().max(1));
    if chars.is_empty() {
        return SLIPS[random.below(SLIPS.len())].to_owned();
    }
    match random.below(12) {
        0..3 => {
            chars.remove(at);
        }
        3..6 => {
            let typed = SLIPS[random.below(SLIPS.len())].chars();
            chars.splice(at..at, typed);
        }
        6 => {
            chars[at] = SLIPS[random.below(SLIPS.len())]
                .chars()
                .next()
                .expect("a letter");
        }
        7 => chars.insert(at, chars[at]),
        8 if at > 0 => chars.swap(at - 1, at),
        9 => chars.truncate(at),
        10 => {
            let moved = lines.remove(line);
            lines.insert(random.below(lines.len() + 1), moved);
            return lines.concat();
        }
        11 if random.below(2) == 0 => {
            lines.insert(line, lines[line]);
            return lines.concat();
        }
        _ => {
            // A line is commented out, deleted, or joined with the next.
            let changed = match random.below(3) {
                0 => format!("# {}", lines[line]),
                1 => String::new(),
                _ => lines[line].trim_end().to_owned(),
            };
            lines[line] = &changed;
            return lines.concat();
        }
    }
    chars.into_iter().collect()
}

/// A file with one to three slips, and its values.
fn file(random: &mut Random) -> (String, Vec<String>) {
    let (mut text, values) = whole(random);
    for _ in 0..=random.below(3) {
        text = slip(&text, random);
    }
    (text, values)
}

/// All that is said of the files of a folder, whether they load or not.
fn messages(folder: &Folder, names: &[String]) -> (bool, String) {
    let mut config = Config::new();
    config.package(folder.path("package"));
    for name in names {
        config.file(name);
    }
    let mut text = String::new();
    let mut tell = |error: &secrets_build::Error| {
        let _ = write!(text, "{error}\n{error:?}");
        for key in error.problems().filter_map(secrets_build::Problem::key) {
            let _ = writeln!(text, "{key}");
        }
    };
    let loaded = config.load();
    let failed = match &loaded {
        Ok(secrets) => secrets.generate().map_err(|error| tell(&error)).is_err(),
        Err(error) => {
            tell(error);
            true
        }
    };
    if let Ok(secrets) = &loaded {
        let _ = write!(text, "{secrets}");
        for warning in secrets.warnings() {
            let _ = writeln!(text, "{warning}");
        }
    }
    (failed, text)
}

#[test]
fn of_ten_thousand_files_with_slips_no_message_shows_a_value() {
    let random = &mut Random(0x0005_eed0_f511_9500);
    // Keys that the template and the settings know, some of them with other types.
    let folder = Folder::new("template = \"template.toml\"\nkeys.token = { min-length = 30 }\n");
    folder.write(
        "package/template.toml",
        "token = \"\"\npassword = 1\n[database]\nuser = \"\"\n",
    );
    let plain = Folder::new("");
    let (mut failed, mut with_values, mut leaks) = (0, 0, BTreeSet::new());
    for load in 0..LOADS + SINGLE {
        let folder = if load % 2 == 0 { &folder } else { &plain };
        let count = if load < LOADS { LAYERS } else { 1 };
        let files: Vec<_> = (0..count).map(|_| file(random)).collect();
        let names: Vec<_> = (0..count).map(|number| format!("{number}.toml")).collect();
        for ((text, _), name) in files.iter().zip(&names) {
            folder.write(format!("package/{name}"), text);
        }
        let scanner = scanner(files.iter().flat_map(|(_, values)| values));
        // The control: the values are there to be shown.
        let has_values = |text: &str| scanner.find(text.as_bytes()).is_some();
        with_values += files.iter().filter(|(text, _)| has_values(text)).count();
        let (fails, text) = messages(folder, &names);
        failed += usize::from(fails);
        if let Some(leak) = leak(&scanner, &text) {
            let file = names.iter().rposition(|name| leak.contains(name.as_str()));
            leaks.insert(format!("{leak}\n--- of\n{}", files[file.unwrap_or(0)].0));
        }
    }
    assert!(with_values > 9_500, "{with_values} files have a value");
    assert!(failed > LOADS + SINGLE / 2, "{failed} loads failed");
    let first: Vec<_> = leaks.iter().take(20).map(String::as_str).collect();
    assert!(
        leaks.is_empty(),
        "{} leaks, such as\n{}",
        leaks.len(),
        first.join("\n======\n")
    );
}

/// The lines around a part of a value.
fn leak(scanner: &Scanner, text: &str) -> Option<String> {
    let at = scanner.find(text.as_bytes())?;
    let around = &text.as_bytes()[at.saturating_sub(200)..text.len().min(at + 80)];
    Some(String::from_utf8_lossy(around).into_owned())
}
