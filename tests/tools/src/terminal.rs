//! Programs that run on a terminal, and without one.

use std::{
    ffi::OsStr,
    io::{self, Read, Write},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use pty_process::blocking::{Pty, open};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    termios::{LocalModes, tcgetattr},
};

/// Nothing may wait for ever.
const PATIENCE: Duration = Duration::from_secs(120);

/// A program that runs on a terminal of its own.
pub struct Terminal {
    child: Child,
    pty: Pty,
    /// What is on the screen, and bytes of a letter that is not whole yet.
    shown: String,
    partial: Vec<u8>,
}

impl Terminal {
    /// Starts a program with these arguments.
    #[must_use]
    pub fn start<Argument: AsRef<OsStr>>(
        program: impl AsRef<OsStr>,
        arguments: impl IntoIterator<Item = Argument>,
    ) -> Self {
        let (pty, child_end) = open().expect("a terminal");
        let command = pty_process::blocking::Command::new(program);
        // `rage` would ask in a window where it can.
        let command = command.env("PINENTRY_PROGRAM", "");
        let child = command.args(arguments).spawn(child_end);
        Self {
            child: child.expect("the program starts"),
            pty,
            shown: String::new(),
            partial: Vec::new(),
        }
    }

    /// Waits until this is on the screen.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        while !self.shown.contains(text) {
            assert!(self.read(), "no {text:?} in {:?}", self.shown);
        }
    }

    /// Waits until what is typed is not shown any more.
    #[track_caller]
    pub fn wait_until_hidden(&self) {
        let start = Instant::now();
        loop {
            let state = tcgetattr(&self.pty).expect("the state of the terminal");
            if !state.local_modes.contains(LocalModes::ECHO) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{}", self.shown);
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Types a text.
    pub fn enter(&mut self, text: &str) {
        self.pty.write_all(text.as_bytes()).expect("it reads");
    }

    /// Waits for the end, and returns all that was shown.
    #[track_caller]
    #[must_use]
    pub fn end(mut self) -> String {
        while self.read() {}
        let status = self.child.wait().expect("its status");
        assert!(status.success(), "{}", self.shown);
        self.shown
    }

    /// Reads what is there; returns whether there may be more.
    #[track_caller]
    fn read(&mut self) -> bool {
        let patience = Timespec::try_from(PATIENCE).expect("a time");
        let mut ready = [PollFd::new(&self.pty, PollFlags::IN)];
        let count = poll(&mut ready, Some(&patience)).expect("the terminal is there");
        if count == 0 {
            let _ = self.child.kill();
            panic!("nothing happens after {:?}", self.shown);
        }
        let mut bytes = [0; 1024];
        // On Linux the end is an error.
        let count = self.pty.read(&mut bytes).unwrap_or(0);
        self.partial.extend(&bytes[..count]);
        let whole = match std::str::from_utf8(&self.partial) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let text: Vec<_> = self.partial.drain(..whole).collect();
        self.shown += &String::from_utf8_lossy(&text);
        count > 0
    }
}

/// Becomes this program, in a session without a terminal.
///
/// # Errors
///
/// Returns why the program could not be started.
pub fn leave_terminal(command: &mut Command) -> io::Error {
    use std::os::unix::process::CommandExt;

    match rustix::process::setsid() {
        Ok(_) => command.exec(),
        Err(error) => error.into(),
    }
}
