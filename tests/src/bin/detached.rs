//! Runs a program in a session without a terminal: `detached PROGRAM ARGUMENTS...`.

use std::{env, process::Command};

fn main() {
    let mut arguments = env::args_os().skip(1);
    let program = arguments.next().expect("a program");
    let error = secrets_tests::leave_terminal(Command::new(program).args(arguments));
    panic!("it does not start: {error}");
}
