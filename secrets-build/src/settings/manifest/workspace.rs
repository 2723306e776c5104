//! Which workspace a package is a member of.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use toml::de::DeTable;

use crate::{
    error::{ErrorKind, Problem, Problems},
    settings::{manifest::lookup::get, variables},
};

/// The manifest of the workspace that a package is a member of, if it is a member of one. Where cargo does
/// not answer, a workspace above may hold settings for this package, recipients among them, that must not be
/// passed over.
pub(super) fn workspace_manifest(directory: &Path, problems: &mut Problems) -> Option<PathBuf> {
    match ask_cargo(directory) {
        Answer::Root(root) => return Some(root),
        Answer::NoMember => return None,
        Answer::None => {}
    }
    let above = directory
        .ancestors()
        .map(|above| above.join("Cargo.toml"))
        .find(|manifest| is_workspace(manifest))
        .filter(|root| root.parent() != Some(directory))?;
    let above = above.display();
    let message = format!(
        "cargo does not tell the workspace of this package, and `{above}` above has `[workspace]`, whose \
         settings and secrets may hold here; set the variable `CARGO` to the path of cargo, or give the \
         package a `[workspace]` of its own"
    );
    problems.push(Problem::new(ErrorKind::Setting, message));
    None
}

/// Whether a manifest is the root of a workspace.
pub(super) fn is_workspace(manifest: &Path) -> bool {
    let text = fs::read_to_string(manifest).unwrap_or_default();
    DeTable::parse(&text).is_ok_and(|manifest| get(manifest.get_ref(), "workspace").is_some())
}

/// What cargo says of the workspace of a package.
enum Answer {
    Root(PathBuf),
    /// The package is below a workspace, which does not have it: as a packaged copy is.
    NoMember,
    /// Cargo cannot be run, or failed.
    None,
}

/// Asks cargo, which alone knows whether a package is a member of the workspace above it.
fn ask_cargo(directory: &Path) -> Answer {
    let cargo = variables::peek(variables::CARGO).unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["locate-project", "--workspace", "--message-format", "plain"])
        .current_dir(directory)
        .output();
    let Ok(output) = output else {
        return Answer::None;
    };
    let (stdout, stderr) = (String::from_utf8(output.stdout), output.stderr);
    match stdout {
        Ok(path) if output.status.success() => {
            Answer::Root(PathBuf::from(path.trim_end_matches(['\r', '\n'])))
        }
        _ if String::from_utf8_lossy(&stderr).contains("believes it's in a workspace") => {
            Answer::NoMember
        }
        _ => Answer::None,
    }
}
