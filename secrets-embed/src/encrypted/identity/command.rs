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

use crate::encrypted::{
    error::Error,
    identity::{Identity, files},
    shown,
};

/// How long a command may take.
const LIMIT: Duration = Duration::from_secs(30);

/// How often a command that has closed its output is asked whether it has ended.
const PAUSE: Duration = Duration::from_millis(5);

/// How long it may take a program to end that was ended.
const GRACE: Duration = Duration::from_secs(1);

impl Identity {
    /// Runs a program that prints a key, as a file of keys has it: a password manager, the client of a
    /// secret store. It may take 30 seconds; see [`from_command_within`](Self::from_command_within).
    ///
    /// ```
    /// # #[cfg(unix)]
    /// # fn main() -> Result<(), secrets_embed::Error> {
    /// // Such as `["op", "read", "op://prod/app/key"]`.
    /// let identity = secrets_embed::Identity::from_command(["cat", "tests/keys/identity.txt"])?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(unix))]
    /// # fn main() {}
    /// ```
    ///
    /// The first word is the program, the others are its arguments. There is no shell: nothing in them is
    /// expanded. The program inherits the environment and standard error, its standard input is empty, and it
    /// may print 64 KiB. All that it prints is read, until no process has its output open any more: a program
    /// that leaves another one running, which has inherited the output, comes to the limit.
    ///
    /// # Errors
    ///
    /// [`Error::Command`] if it does not start, fails, prints too much or takes too long, or may be the key itself,
    /// [`Error::InvalidKey`] if what it prints is not a key.
    pub fn from_command<S: AsRef<OsStr>>(
        words: impl IntoIterator<Item = S>,
    ) -> Result<Self, Error> {
        Self::from_command_within(words, LIMIT)
    }

    /// The same, with another limit. A program that takes longer is ended, if it may be: one that has become another
    /// user's, as by `sudo`, goes on. Programs that it has started go on too. None of them is waited for: this
    /// returns a second after the limit at the latest.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// # #[cfg(unix)]
    /// # fn main() -> Result<(), secrets_embed::Error> {
    /// // Such as `["vault", "kv", "get", "-field=key", "secret/app"]`.
    /// let words = ["cat", "tests/keys/identity.txt"];
    /// let identity = secrets_embed::Identity::from_command_within(words, Duration::from_secs(5))?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(unix))]
    /// # fn main() {}
    /// ```
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
        // No argument: one may be a password.
        let shown = shown::program(Path::new(&program));
        let failed = |reason: String| Error::Command {
            program: shown.clone(),
            reason,
        };
        // It is not run, and so is in no list of processes.
        if shown::may_be_key(&program.to_string_lossy()) {
            return Err(failed(
                "expected the name of a program that prints one".into(),
            ));
        }
        if program.is_empty() {
            return Err(failed("there is no program; name one".into()));
        }
        let mut command = Command::new(&program);
        command
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| {
            failed(format!(
                "it does not start: {error}; install it, or correct its name"
            ))
        })?;
        let printed = read_output(&mut child, limit).map_err(|failure| {
            let has_ended = end(&mut child);
            failed(failure.describe(limit, has_ended))
        })?;
        Self::parse(&printed, &format!("what `{shown}` printed"))
    }
}

/// Why a program that was started gave no key.
enum NoKey {
    /// It has not ended at the limit.
    TooSlow,
    /// It has ended, but another program still has its output open at the limit.
    OutputOpen,
    /// It has ended, and says that it failed.
    Failed(ExitStatus),
    /// The system's reason.
    System(io::Error),
}

impl NoKey {
    /// What went wrong, and the way out.
    fn describe(&self, limit: Duration, has_ended: bool) -> String {
        let seconds = limit.as_secs_f64();
        match self {
            Self::TooSlow if !has_ended => format!(
                "it took longer than {seconds} s, and still runs, as it cannot be ended from here; end it, and run it \
                 by hand to see why"
            ),
            Self::TooSlow => format!(
                "it took longer than {seconds} s, and was ended; run it by hand to see why, or give it more time"
            ),
            Self::OutputOpen => format!(
                "it ended, but a program that it started still had its output open after {seconds} s; let that \
                 one close its output"
            ),
            Self::Failed(status) => match status.code() {
                Some(code) => {
                    format!("it failed with exit code {code}; run it by hand to see why")
                }
                None => "it was ended by a signal; run it by hand to see why".into(),
            },
            Self::System(error) => error.to_string(),
        }
    }
}

impl From<io::Error> for NoKey {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// Reads what a program prints; an error unless it exits successfully in time.
fn read_output(child: &mut Child, limit: Duration) -> Result<Zeroizing<Vec<u8>>, NoKey> {
    let closed = || NoKey::System(io::ErrorKind::BrokenPipe.into());
    let start = Instant::now();
    let pipe = child.stdout.take().ok_or_else(closed)?;
    // A thread, as nothing else can stop waiting for a pipe that a program of the program may hold open.
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new().spawn(move || {
        // Nobody may be waiting any longer.
        let _ = sender.send(files::read(pipe));
    })?;
    let printed = match receiver.recv_timeout(limit) {
        Ok(printed) => printed?,
        Err(RecvTimeoutError::Timeout) if ending(child)?.is_some() => {
            return Err(NoKey::OutputOpen);
        }
        Err(RecvTimeoutError::Timeout) => return Err(NoKey::TooSlow),
        Err(RecvTimeoutError::Disconnected) => return Err(closed()),
    };
    let ending = loop {
        match ending(child)? {
            Some(ending) => break ending,
            None if start.elapsed() >= limit => return Err(NoKey::TooSlow),
            None => thread::sleep(PAUSE),
        }
    };
    match ending {
        Ending::Known(status) if !status.success() => Err(NoKey::Failed(status)),
        Ending::Known(_) | Ending::Forgotten => Ok(printed),
    }
}

/// How a program ended.
enum Ending {
    Known(ExitStatus),
    /// This process ignores `SIGCHLD`, as it may have inherited, and the system keeps nothing of its children. What
    /// was printed is a key or not.
    Forgotten,
}

/// The system's "no child process", the same number on every Unix.
const ECHILD: i32 = 10;

/// How a program ended, if it has.
fn ending(child: &mut Child) -> io::Result<Option<Ending>> {
    match child.try_wait() {
        Ok(status) => Ok(status.map(Ending::Known)),
        Err(error) if cfg!(unix) && error.raw_os_error() == Some(ECHILD) => {
            Ok(Some(Ending::Forgotten))
        }
        Err(error) => Err(error),
    }
}

/// Ends a program, and returns whether it has ended: one that has become another user's cannot be, and is not
/// waited for.
fn end(child: &mut Child) -> bool {
    // The number of one that has ended may be that of another by now.
    if matches!(ending(child), Ok(Some(_))) {
        return true;
    }
    let _ = child.kill();
    let start = Instant::now();
    loop {
        match ending(child) {
            Ok(Some(_)) => return true,
            Ok(None) if start.elapsed() < GRACE => thread::sleep(PAUSE),
            Ok(None) | Err(_) => return false,
        }
    }
}

/// The words of a command line: divided by white space, except between double quotes. Nothing else has a
/// meaning. None if a quote is not closed.
pub(crate) fn words(line: &str) -> Option<Vec<OsString>> {
    let mut words: Vec<String> = Vec::new();
    let (mut quoted, mut inside) = (false, false);
    for c in line.chars() {
        if c.is_whitespace() && !quoted {
            inside = false;
            continue;
        }
        if !inside {
            words.push(String::new());
            inside = true;
        }
        if c == '"' {
            quoted = !quoted;
        } else if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    (!quoted).then(|| words.into_iter().map(OsString::from).collect())
}
