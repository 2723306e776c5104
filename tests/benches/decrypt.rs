//! What decryption costs, in release: time against age alone and against age with a TOML parser, peak
//! memory, and the size of a program.
//!
//! `cargo bench -p secrets-tests --bench decrypt`

use std::{fmt::Write, fs, path::PathBuf, process::Command};

use secrets_tests::Project;

const KEY: &str = "AGE-SECRET-KEY-1AFN0F7R9EENS0L5E7FUHGPC7S3YZGV6XX2PTTVYH0GDHJCLC3JCQWF45NZ";
const RECIPIENT: &str = "age14tdwmytxxedjck9p309kya6ve5c4wyvavxjdfzpvs8jjgkcx05uq27ljhz";

/// Keys in one table.
const TABLE: usize = 10;

/// The number of keys; how much of `age::decrypt` alone it may take; how much of that and
/// `toml::from_str`, where that is measured.
const TIMES: [(usize, f64, Option<f64>); 3] = [
    (100, 1.15, Some(1.0)),
    (1_000, 1.15, Some(0.35)),
    (10_000, 1.4, None),
];

/// How much larger than one that calls age alone a program may be.
const SIZE: f64 = 1.05;

fn main() {
    // Only `cargo bench` says this; a run of all targets as tests does not.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let report = |name: String, ratio: f64, limit: f64| {
        let verdict = if ratio <= limit { "good" } else { "MISSED" };
        println!("{name}: {ratio:.3}, at most {limit}: {verdict}");
    };
    for (keys, age, toml) in TIMES {
        let program = times(keys, toml.is_some());
        let measured = run(&program, &[]);
        let number = |name| value(&measured, name);
        let (ours, alone) = (number("ours"), number("age"));
        println!("\n{keys} keys: {ours:.1} us; age {alone:.1} us");
        report(format!("{keys} keys to age"), ours / alone, age);
        if let Some(limit) = toml {
            let parsed = number("toml");
            println!("age and toml {parsed:.1} us");
            report(format!("{keys} keys to age and toml"), ours / parsed, limit);
        }
        let compared = &["ours", "age", "toml"][..if toml.is_some() { 3 } else { 2 }];
        for what in compared {
            let peak = value(&run(&program, &[what]), "peak");
            println!("peak memory, {what}: {peak} KiB");
        }
    }
    let (ours, alone) = (size(OURS, "ours"), size(ALONE, "alone"));
    println!("\nstripped program: {ours} bytes; with age alone {alone} bytes");
    #[allow(clippy::cast_precision_loss)]
    report("size".into(), ours as f64 / alone as f64, SIZE);
}

/// A package that is built in release, with the program in `main.rs`.
fn package(name: &str, secrets: &str, main: &str) -> PathBuf {
    let mut project = Project::new(name);
    project
        .features("encrypted")
        .build_features("age")
        .metadata(&format!(
            "[package.metadata.secrets]\nrecipients = [\"{RECIPIENT}\"]\n\
         [dependencies.age]\nversion = \"0.12\"\ndefault-features = false\nfeatures = [\"armor\"]\n\
         [dependencies.serde]\nversion = \"1\"\nfeatures = [\"derive\"]\n\
         [dependencies.toml]\nversion = \"1.2\"\n\
         [profile.release]\nstrip = true\n"
        ));
    project.write(".secrets/secrets.toml", secrets);
    project.write("src/main.rs", main);
    let run = project.cargo(&["build", "--release"]);
    assert!(run.success, "cargo build failed:\n{}", run.stderr);
    project.target().join("release").join(name)
}

/// The program that measures, for a number of keys.
fn times(keys: usize, with_toml: bool) -> PathBuf {
    let (mut secrets, mut root, mut tables) = (String::new(), String::new(), String::new());
    for table in 0..keys / TABLE {
        writeln!(secrets, "[table_{table}]").expect("a string grows");
        writeln!(root, "table_{table}: Table,").expect("a string grows");
        for key in 0..TABLE - 2 {
            let text = format!("a secret of usual length {table:05}{key:03}");
            writeln!(secrets, "key_{key} = \"{text}\"").expect("a string grows");
        }
        write!(secrets, "port = {}\nenabled = true\n", 5000 + table).expect("a string grows");
    }
    for key in 0..TABLE - 2 {
        writeln!(tables, "key_{key}: String,").expect("a string grows");
    }
    if !with_toml {
        root.clear();
    }
    let structs = format!(
        "#[derive(serde::Deserialize)]\nstruct Root {{\n{root}}}\n\
         #[derive(serde::Deserialize)]\nstruct Table {{\n{tables}port: i64,\nenabled: bool,\n}}\n"
    );
    package(
        &format!("bench-{keys}"),
        &secrets,
        &format!("{MEASURE}\n{structs}"),
    )
}

/// The size of a program.
fn size(main: &str, name: &str) -> u64 {
    let secrets = "[database]\nuser = \"a user\"\npassword = \"a password\"\nport = 5432\n";
    let program = package(&format!("bench-size-{name}"), secrets, main);
    fs::metadata(program).expect("a program").len()
}

fn run(program: &PathBuf, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .env("KEY", KEY)
        .output()
        .expect("the program starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The number in the line `name number`.
fn value(text: &str, name: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|number| number.trim().parse().ok());
    number.unwrap_or_else(|| panic!("no `{name}` in {text}"))
}

const MEASURE: &str = r#"
#![allow(dead_code)]
use std::{hint::black_box, time::{Duration, Instant}};

mod secrets { secrets_embed::include_secrets!(); }

const TOML: &str = include_str!("../.secrets/secrets.toml");

fn main() {
    let key = std::env::var("KEY").unwrap();
    let identity: secrets_embed::Identity = key.parse().unwrap();
    let age: age::x25519::Identity = key.parse().unwrap();
    let toml = age::encrypt(&age.to_public(), TOML.as_bytes()).unwrap();
    let ours = || timed(|| secrets::Secrets::decrypt(&identity));
    let alone = || timed(|| age::decrypt(&age, secrets::CIPHERTEXT));
    let parsed = || timed(|| {
        let text = String::from_utf8(age::decrypt(&age, &toml).unwrap()).unwrap();
        toml::from_str::<Root>(&text).unwrap()
    });
    match std::env::args().nth(1).as_deref() {
        Some("ours") => { ours(); }
        Some("age") => { alone(); }
        Some("toml") => { parsed(); }
        _ => {
            let [ours, age] = in_turns(&ours, &alone);
            println!("ours {ours}\nage {age}");
            return println!("toml {}", in_turns(&parsed, &parsed)[0]);
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    println!("peak {}", peak.trim().trim_end_matches(" kB"));
}

// How long it takes to have the values; giving them back is not in it, nor what the allocator has
// left of that to the next large allocation.
fn timed<T>(run: impl Fn() -> T) -> Duration {
    drop(black_box(Vec::<u8>::with_capacity(2_000)));
    let start = Instant::now();
    // And not moved, which takes its time as well.
    let values = run();
    black_box(&values);
    let time = start.elapsed();
    drop(values);
    time
}

// In turns, so that what else the machine does meets both alike; of each the time that a tenth of its
// runs stays below, in microseconds.
fn in_turns(one: &dyn Fn() -> Duration, other: &dyn Fn() -> Duration) -> [f64; 2] {
    let mut times = [const { Vec::new() }; 2];
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(5) {
        times[0].push(one());
        times[1].push(other());
    }
    times.map(|mut times| {
        times.sort();
        times[times.len() / 10].as_nanos() as f64 / 1e3
    })
}
"#;

const OURS: &str = r#"
mod secrets { secrets_embed::include_secrets!(); }

fn main() {
    let key = std::env::var("KEY").unwrap();
    let identity: secrets_embed::Identity = key.parse().unwrap();
    let secrets = secrets::Secrets::decrypt(&identity).unwrap();
    println!("{}", secrets.database.port);
}
"#;

const ALONE: &str = r#"
const CIPHERTEXT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/secrets.age"));

fn main() {
    let key = std::env::var("KEY").unwrap();
    let identity: age::x25519::Identity = key.parse().unwrap();
    let plain = age::decrypt(&identity, CIPHERTEXT).unwrap();
    println!("{}", plain.len());
}
"#;
