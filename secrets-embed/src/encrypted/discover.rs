//! The places where hosts put a key.

use std::{
    env,
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
};

use secrecy::zeroize::Zeroizing;

use super::{
    command,
    error::Error,
    identity::Identity,
    keyfile, shown,
    warning::{Warning, warn},
};

/// Where Docker and Kubernetes mount secrets.
const MOUNTED: &str = "/run/secrets";

/// See [`Identity::discover`].
pub(super) fn discover(program: &str) -> Result<Identity, Error> {
    let upper = variable(program);
    let file_variable = format!("{upper}_SECRETS_KEY_FILE");
    let command_variable = format!("{upper}_SECRETS_KEY_COMMAND");
    let key_variable = format!("{upper}_SECRETS_KEY");
    let name = format!("{}-secrets-key", program.to_lowercase());
    let mut tried = Vec::new();

    if let Some(path) = env::var_os(&file_variable).filter(|path| !path.is_empty()) {
        let identity = Identity::from_file(PathBuf::from(path));
        return identity.map_err(|error| match error {
            Error::NoKeyFile { .. } => Error::NoKeyFile {
                variable: Some(file_variable),
            },
            error => error,
        });
    }
    tried.push(format!(
        "the file that the variable `{file_variable}` names"
    ));

    if let Some(line) = env::var_os(&command_variable).filter(|line| !line.is_empty()) {
        return from_command(&line, &command_variable);
    }
    tried.push(format!(
        "the program that the variable `{command_variable}` names"
    ));

    match env::var_os("CREDENTIALS_DIRECTORY").filter(|path| !path.is_empty()) {
        Some(directory) => {
            let path = Path::new(&directory).join(&name);
            if exists(&path)? {
                // systemd guards the directory, and may give the rights to a file by a list that looks
                // like rights of its group.
                return Identity::from_guarded_file(&path);
            }
            tried.push(if Path::new(&directory).is_dir() {
                format!("`{}`", shown::escaped(&path))
            } else {
                format!("`{name}` in `$CREDENTIALS_DIRECTORY`, which is no directory")
            });
        }
        None => tried.push(format!(
            "`{name}` in `$CREDENTIALS_DIRECTORY`, which is not set"
        )),
    }

    let path = Path::new(MOUNTED).join(&name);
    if exists(&path)? {
        return Identity::from_file(path);
    }
    tried.push(format!("`{}`", path.display()));

    if let Some(text) = env::var_os(&key_variable).filter(|text| !text.is_empty()) {
        let text = Zeroizing::new(text.into_encoded_bytes());
        remove(&key_variable);
        return keyfile::parse(&text, &format!("the variable `{key_variable}`"));
    }
    tried.push(format!("the variable `{key_variable}`"));
    Err(Error::NoKey { tried })
}

/// The key that a program prints, whose name and arguments a variable has.
fn from_command(line: &OsStr, variable: &str) -> Result<Identity, Error> {
    let invalid = |reason| Error::InvalidKey {
        place: format!("the variable `{variable}`"),
        line: None,
        reason,
    };
    let line = line
        .to_str()
        .ok_or_else(|| invalid("a command is text in UTF-8"))?;
    // It is not run, and so is in no list of processes.
    if shown::may_be_key(line) {
        return Err(invalid(
            "this is a key; the variable takes a program that prints one",
        ));
    }
    Identity::from_command(command::words(line))
}

fn variable(program: &str) -> String {
    let shown = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    program
        .chars()
        .map(shown)
        .collect::<String>()
        .to_ascii_uppercase()
}

/// Whether there is something at a path, be it a link that leads nowhere. Where that cannot be told, it
/// is no reason to go on to the next place.
fn exists(path: &Path) -> Result<bool, Error> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(Error::KeyFile {
            path: path.to_owned(),
            error,
        }),
    }
}

/// Takes a variable out of the environment, if no other thread can be reading it.
fn remove(variable: &str) {
    let alone = cfg!(windows)
        || std::fs::read_dir("/proc/self/task").is_ok_and(|threads| threads.count() == 1);
    if !alone {
        warn(&Warning::VariableStays {
            name: variable.to_owned(),
        });
        return;
    }
    // SAFETY: this is the only thread, or the system guards the environment itself.
    #[allow(unsafe_code)]
    unsafe {
        env::remove_var(variable);
    }
}
