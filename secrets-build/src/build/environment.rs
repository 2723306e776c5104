//! What is refused in the environment whatever is embedded.

use crate::{
    error::{ErrorKind, Problem, Problems},
    settings::{names_read::misplaced_key, variables},
};

pub(super) fn check(problems: &mut Problems) {
    check_stub(problems);
    // Refused even where there is nothing to decrypt: the next build may have something, and would tell cargo what
    // the variable holds.
    problems.extend(misplaced_key());
    check_plugin_output(problems);
}

/// Anything but yes and no in `SECRETS_STUB` is a mistake.
fn check_stub(problems: &mut Problems) {
    let value = variables::read(variables::STUB).unwrap_or_default();
    if !value.is_empty() && value != "0" && value != "1" {
        problems.push(Problem::new(
            ErrorKind::Setting,
            "the variable `SECRETS_STUB` is neither `1`, which allows a stub, nor `0`; set it to one of them, or \
             unset it",
        ));
    }
}

/// Refuses to run plugins that write what they are told, the key of the module, to the output, which
/// cargo keeps. Cargo need not know of the variable: it changes nothing that is embedded.
fn check_plugin_output(problems: &mut Problems) {
    let is_set = variables::peek(variables::AGE_DEBUG).is_some_and(|value| !value.is_empty());
    if cfg!(feature = "plugin") && is_set {
        let message = "the variable `AGEDEBUG` has age write keys to the output, which cargo keeps below \
                       `target/`; unset it";
        problems.push(Problem::new(ErrorKind::Recipient, message));
    }
}
