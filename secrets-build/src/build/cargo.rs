//! What cargo is told: warnings, errors, and the exit code.

use std::{
    path::PathBuf,
    process::ExitCode,
    sync::atomic::{AtomicBool, Ordering},
    time::SystemTime,
};

use crate::{
    build::{out_dir, watch, watched::Watched},
    error::{self, Error, ErrorKind, Problem},
    secrets::Secrets,
    settings::{check::is_module_name, variables},
};

/// Stands for the name of a module that is refused.
const UNNAMED: &str = "unnamed";

/// Whether a module failed in this run of the build script, which may embed several.
static FAILED: AtomicBool = AtomicBool::new(false);

/// Writes a module with what a run comes to, tells cargo what to watch, and reports what went wrong.
pub(super) fn embed(
    module: &str,
    run: impl FnOnce() -> (Result<Secrets, Error>, Watched),
) -> ExitCode {
    let started = SystemTime::now();
    // A name that is refused, and may be a secret, is in no name of a file.
    let module = if is_module_name(module) {
        module
    } else {
        UNNAMED
    };
    let (secrets, watched) = run();
    let embedded = out_dir().and_then(|out_dir| {
        let warnings = out_dir::guard(&out_dir)
            .and_then(|()| watch::tell(&out_dir, module, &watched, started));
        let written = error::join(secrets, warnings).and_then(|(secrets, warnings)| {
            for warning in warnings.iter().chain(&secrets.warnings) {
                println!("cargo::warning={warning}");
            }
            out_dir::write(&out_dir, module, &secrets.generate_as(module)?)
        });
        // What an earlier build wrote must not be taken for what this one failed to write.
        written.inspect_err(|_| {
            if let Err(error) = out_dir::clear(&out_dir, module) {
                report(&error);
            }
        })
    });
    if let Err(error) = embedded {
        FAILED.store(true, Ordering::Relaxed);
        report(&error);
    }
    if FAILED.load(Ordering::Relaxed) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Has cargo show what is wrong, and fail.
fn report(error: &Error) {
    for problem in error.problems() {
        for line in problem.lines() {
            println!("cargo::error={line}");
        }
    }
}

fn out_dir() -> Result<PathBuf, Error> {
    let missing = "`OUT_DIR` is not set; call this from a build script, or use `Config::load`";
    let out_dir = variables::peek(variables::OUT_DIR).map(PathBuf::from);
    out_dir.ok_or_else(|| Problem::new(ErrorKind::Output, missing).into())
}
