//! Keys that another program prints.

use std::{
    ffi::{OsStr, OsString},
    io,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use secrecy::zeroize::Zeroizing;

use super::{error::Error, files, identity::Identity, keyfile, shown};

/// How long a command may take.
const LIMIT: Duration = Duration::from_secs(30);

/// How often a command that has closed its output is asked whether it has ended.
const PAUSE: Duration = Duration::from_millis(5);

impl Identity {
    /// Runs a program that prints a key, as a file of keys has it: a password manager, the client of a
    /// secret store. It may take 30 seconds; see [`from_command_within`](Self::from_command_within).
    ///
    /// ```no_run
    /// # fn main() -> Result<(), secrets_embed::Error> {
    /// let identity = secrets_embed::Identity::from_command(["op", "read", "op://prod/app/key"])?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The first word is the program, the others are its arguments. There is no shell: nothing in them is
    /// expanded. The program inherits the environment and standard error, its standard input is empty, and it
    /// may print 64 KiB.
    ///
    /// # Errors
    ///
    /// [`Error::Command`] if it does not start, fails, prints too much or takes too long,
    /// [`Error::InvalidKey`] if what it prints is no key.
    pub fn from_command<S: AsRef<OsStr>>(
        words: impl IntoIterator<Item = S>,
    ) -> Result<Self, Error> {
        Self::from_command_within(words, LIMIT)
    }

    /// The same, with another limit. A program that takes longer is ended.
    ///
    /// # Errors
    ///
    /// Those of [`from_command`](Self::from_command).
    pub fn from_command_within<S: AsRef<OsStr>>(
        words: impl IntoIterator<Item = S>,
        limit: Duration,
    ) -> Result<Self, Error> {
        let mut words = words.into_iter();
        let program = words
            .next()
            .map(|word| word.as_ref().to_owned())
            .unwrap_or_default();
        let failed = |reason: String| Error::Command {
            // No argument: one may be a password.
            program: shown::escaped(Path::new(&program)),
            reason,
        };
        if program.is_empty() {
            return Err(failed("there is no program; name one".into()));
        }
        let mut command = Command::new(&program);
        command
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut child = command
            .spawn()
            .map_err(|error| failed(format!("it does not start: {error}")))?;
        let printed = output(&mut child, limit).map_err(|error| {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
            failed(match error.kind() {
                io::ErrorKind::TimedOut => format!(
                    "it took longer than {} s, and was ended",
                    limit.as_secs_f64()
                ),
                _ => error.to_string(),
            })
        })?;
        let place = format!("what `{}` printed", shown::escaped(Path::new(&program)));
        keyfile::parse(&printed, &place)
    }
}

/// What a program prints until it ends, which has to be well.
fn output(child: &mut Child, limit: Duration) -> io::Result<Zeroizing<Vec<u8>>> {
    let start = Instant::now();
    let pipe = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    // A thread, as nothing else can stop waiting for a pipe that a program of the program may hold open.
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody may be waiting any longer.
        let _ = sender.send(files::read(pipe));
    });
    let printed = receiver.recv_timeout(limit).map_err(|error| match error {
        RecvTimeoutError::Timeout => io::ErrorKind::TimedOut,
        RecvTimeoutError::Disconnected => io::ErrorKind::BrokenPipe,
    })??;
    let status = loop {
        match child.try_wait()? {
            Some(status) => break status,
            None if start.elapsed() >= limit => return Err(io::ErrorKind::TimedOut.into()),
            None => thread::sleep(PAUSE),
        }
    };
    if status.success() {
        Ok(printed)
    } else {
        Err(io::Error::other(ended(status)))
    }
}

/// How a program ended that failed.
fn ended(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("it failed with exit code {code}; run it by hand to see why"),
        None => "it was ended by a signal".into(),
    }
}

/// The words of a command line: divided by white space, except between double quotes. Nothing else has a
/// meaning.
pub(super) fn words(line: &str) -> Vec<OsString> {
    let mut words: Vec<String> = Vec::new();
    let (mut quoted, mut inside) = (false, false);
    for c in line.chars() {
        if c == '"' {
            quoted = !quoted;
            if !inside {
                words.push(String::new());
            }
            inside = true;
        } else if c.is_whitespace() && !quoted {
            inside = false;
        } else {
            if !inside {
                words.push(String::new());
            }
            inside = true;
            if let Some(word) = words.last_mut() {
                word.push(c);
            }
        }
    }
    words.into_iter().map(OsString::from).collect()
}
