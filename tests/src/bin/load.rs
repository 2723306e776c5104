//! Loads the secrets of a package as a build script would, and prints what it found.
//!
//! `load DIRECTORY [--values] [--generate FOLDER] [--SETTING VALUE]...`: the listing, or every constant with
//! its type and value, or nothing, and the files of the module in a folder. Problems are printed one after the other, each behind its kind, and end with failure.

use std::{env, fs, path::Path, process::ExitCode};

use secrets_build::{Compat, Config, Error, Merge};

fn main() -> ExitCode {
    match load() {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            for problem in error.problems() {
                println!("{:?}: {problem}", problem.kind());
            }
            ExitCode::FAILURE
        }
    }
}

fn load() -> Result<String, Error> {
    let mut config = Config::new();
    let mut arguments = env::args().skip(1);
    config.package(arguments.next().expect("a directory"));
    let mut values = false;
    let mut folder = None;
    while let Some(setting) = arguments.next() {
        if setting == "--values" {
            values = true;
            continue;
        }
        let value = arguments.next().expect("a value");
        match (setting.as_str(), value.as_str()) {
            ("--generate", _) => {
                folder = Some(value);
                continue;
            }
            ("--file", _) => config.file(value),
            ("--optional-file", _) => config.optional_file(value),
            ("--profile", _) => config.profile(value),
            ("--env-prefix", _) => config.env_prefix(value),
            ("--module", _) => config.module(value),
            ("--merge", "deep") => config.merge(Merge::Deep),
            ("--merge", "shallow") => config.merge(Merge::Shallow),
            ("--compat", "streamlit") => config.compat(Compat::Streamlit),
            _ => panic!("unknown setting {setting} {value}"),
        };
    }
    let secrets = config.load()?;
    if let Some(folder) = folder {
        for (name, contents) in secrets.generate()?.files() {
            fs::write(Path::new(&folder).join(name), contents).expect("a file is written");
        }
        let warnings = secrets
            .warnings()
            .map(|warning| format!("warning: {warning}\n"));
        return Ok(warnings.collect::<Vec<_>>().concat());
    }
    if !values {
        return Ok(secrets.to_string());
    }
    // An item of the file of values is spread over many lines; here each is one.
    let generated = secrets.generate()?;
    let text = String::from_utf8_lossy(generated.get("secrets_values.rs").unwrap_or_default());
    let items = text.lines().filter(|line| !line.starts_with("//"));
    let items = items.collect::<String>().replace(";pub", ";\npub");
    Ok(items + "\n")
}
