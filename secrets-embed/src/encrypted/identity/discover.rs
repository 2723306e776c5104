//! The places where hosts put a key.

use std::{
    env,
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
};

use secrecy::zeroize::Zeroizing;

use crate::encrypted::{
    error::Error,
    identity::{
        Identity, command,
        warning::{Warning, warn},
    },
    shown,
};

/// Where Docker and Kubernetes mount secrets.
const MOUNTED: &str = "/run/secrets";

impl Identity {
    /// Looks for a key where hosts put one, for a program with this name.
    ///
    /// For `MYAPP` it takes the first of these that exists, which then must be good:
    ///
    /// 1. the file that the variable `MYAPP_SECRETS_KEY_FILE` names,
    /// 2. what the program prints that `MYAPP_SECRETS_KEY_COMMAND` names, such as `op read op://prod/app/key`,
    /// 3. `myapp-secrets-key` in `$CREDENTIALS_DIRECTORY`, where systemd puts credentials,
    /// 4. `/run/secrets/myapp-secrets-key`, where Docker and Kubernetes mount secrets,
    /// 5. the key itself in the variable `MYAPP_SECRETS_KEY`.
    ///
    /// A command is run as [`from_command`](Self::from_command) runs one. Its words are divided by white space,
    /// except between double quotes; there is no shell, and nothing else has a meaning.
    ///
    /// An empty variable counts as not set, and a blank one is an error. In the name of a variable, each
    /// character but ASCII letters and digits becomes `_`.
    ///
    /// The last is the weakest: an environment is inherited by child processes and readable in `/proc`.
    /// The variable is removed after reading, on Linux only while the process has one thread, as its
    /// removal would race with others; elsewhere it is removed on Windows alone, as other systems do not
    /// show how many threads there are. What `/proc/PID/environ` shows is not changed by that.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_embed::Error> {
    /// # // SAFETY: there is one thread.
    /// # unsafe { std::env::set_var("MYAPP_SECRETS_KEY_FILE", "tests/keys/identity.txt") };
    /// let identity = secrets_embed::Identity::discover("MYAPP")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::NoKey`] with what was tried, those of [`from_file`](Self::from_file), and
    /// [`Error::Command`].
    pub fn discover(program: &str) -> Result<Self, Error> {
        let upper = variable(program);
        let file_variable = format!("{upper}_SECRETS_KEY_FILE");
        let command_variable = format!("{upper}_SECRETS_KEY_COMMAND");
        let key_variable = format!("{upper}_SECRETS_KEY");
        let name = format!("{}-secrets-key", program.to_lowercase());
        let mut tried = Vec::new();

        if let Some(path) = env::var_os(&file_variable).filter(|path| !path.is_empty()) {
            return from_file(PathBuf::from(path), file_variable);
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

        if let Some(identity) = from_credentials(&name, &mut tried)? {
            return Ok(identity);
        }
        let path = Path::new(MOUNTED).join(&name);
        if exists(&path)? {
            return Identity::from_file(path);
        }
        tried.push(format!("`{}`", path.display()));

        if let Some(text) = env::var_os(&key_variable).filter(|text| !text.is_empty()) {
            let text = Zeroizing::new(text.into_encoded_bytes());
            remove(&key_variable);
            if names_file(&text) {
                return Err(Error::InvalidKey {
                    origin: format!("the variable `{key_variable}`"),
                    line: None,
                    reason: "this is the path of a file; set the variable that ends in `_KEY_FILE` to it instead",
                });
            }
            return Identity::parse(&text, &format!("the variable `{key_variable}`"));
        }
        tried.push(format!("the variable `{key_variable}`"));
        Err(Error::NoKey { tried })
    }
}

/// The key among the credentials that systemd provides, if it is there; else where it was looked for.
fn from_credentials(name: &str, tried: &mut Vec<String>) -> Result<Option<Identity>, Error> {
    let directory = env::var_os("CREDENTIALS_DIRECTORY").filter(|path| !path.is_empty());
    let Some(directory) = directory.map(PathBuf::from) else {
        tried.push(format!(
            "`{name}` in `$CREDENTIALS_DIRECTORY`, which is not set"
        ));
        return Ok(None);
    };
    let path = directory.join(name);
    if exists(&path)? {
        // systemd guards the directory, and may give the rights to a file by a list that looks like rights of
        // its group.
        return Identity::from_guarded_file(&path).map(Some);
    }
    tried.push(if directory.is_dir() {
        format!("`{}`", shown::escaped(&path))
    } else {
        format!("`{name}` in `$CREDENTIALS_DIRECTORY`, which is not a directory")
    });
    Ok(None)
}

/// Whether a text is the path of a file that is there, and so no key.
fn names_file(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| Path::new(text).is_file())
}

/// The key in the file that a variable names.
fn from_file(path: PathBuf, variable: String) -> Result<Identity, Error> {
    Identity::from_file(path).map_err(|error| match error {
        Error::NoKeyFile { .. } => Error::NoKeyFile {
            variable: Some(variable),
        },
        error => error,
    })
}

/// The key that a program prints, whose name and arguments a variable has.
fn from_command(line: &OsStr, variable: &str) -> Result<Identity, Error> {
    let invalid = |reason| Error::InvalidKey {
        origin: format!("the variable `{variable}`"),
        line: None,
        reason,
    };
    let line = line
        .to_str()
        .ok_or_else(|| invalid("a command is text in UTF-8; correct the variable"))?;
    // It is not run, and so is in no list of processes.
    if shown::may_be_key(line) {
        return Err(invalid(
            "this is a key; the variable takes a program that prints one",
        ));
    }
    let words = command::words(line)
        .ok_or_else(|| invalid("a double quote is not closed; close it, or leave it out"))?;
    match words.first() {
        Some(program) if !program.is_empty() => Identity::from_command(words),
        _ => Err(invalid(
            "it names no program; name one that prints the key, or unset the variable",
        )),
    }
}

fn variable(program: &str) -> String {
    let shown = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    program
        .chars()
        .map(shown)
        .collect::<String>()
        .to_ascii_uppercase()
}

/// Whether there is something at a path, be it a link that leads nowhere. Where that cannot be found out,
/// the next place is not looked at.
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
    if let Some(warning) = reason_to_keep(variable, threads()) {
        return warn(&warning);
    }
    // SAFETY: this is the only thread, or the system guards the environment itself.
    #[allow(unsafe_code)]
    unsafe {
        env::remove_var(variable);
    }
}

/// How many threads may race with a change of the environment, if the system shows it.
fn threads() -> Option<usize> {
    if cfg!(windows) {
        // The system guards the environment.
        return Some(1);
    }
    let threads = std::fs::read_dir("/proc/self/task").ok()?;
    Some(threads.count())
}

/// Why a variable has to stay in the environment of a process with so many threads.
fn reason_to_keep(variable: &str, threads: Option<usize>) -> Option<Warning> {
    let name = variable.to_owned();
    match threads {
        Some(1) => None,
        Some(_) => Some(Warning::VariableStays { name }),
        None => Some(Warning::ThreadsUnknown { name }),
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::reason_to_keep;

    #[test]
    fn a_variable_that_stays_is_reported_with_its_true_reason() {
        assert_eq!(reason_to_keep("KEY", Some(1)), None);
        let text = |threads| {
            let warning = reason_to_keep("KEY", threads).expect("a warning");
            warning.to_string()
        };
        assert_eq!(
            text(Some(2)),
            "the variable `KEY` with the key stays in the environment; read the key before the first thread \
             starts"
        );
        assert_eq!(
            text(None),
            "the variable `KEY` with the key stays in the environment, as this system does not show how many \
             threads the process has; provide the key in a file"
        );
    }
}
