//! The directory that a packaged copy was made from.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use toml::de::DeValue;

use crate::settings::{
    manifest::{lookup::name, workspace::is_workspace},
    variables,
};

/// The directories that a packaged copy may have been made from: the packages of its name that are members of
/// a workspace in one of these directories, or are where git had the package, below one of them.
pub(super) fn originals(package: &Path, directories: &[PathBuf]) -> Vec<PathBuf> {
    let Some(wanted) = name(&package.join("Cargo.toml")) else {
        return Vec::new();
    };
    let info = fs::read_to_string(package.join(".cargo_vcs_info.json")).unwrap_or_default();
    let below = strings(&info, "path_in_vcs");
    let mut candidates = Vec::new();
    for directory in directories {
        candidates.extend(below.iter().map(|path| directory.join(path)));
        if is_workspace(&directory.join("Cargo.toml")) {
            candidates.extend(members(directory));
        }
    }
    candidates.retain(|directory| {
        directory != package && name(&directory.join("Cargo.toml")).as_ref() == Some(&wanted)
    });
    candidates
}

/// The members of a workspace, which only cargo knows: patterns and dependencies add some. Without cargo's
/// answer there are none.
fn members(workspace: &Path) -> Vec<PathBuf> {
    let cargo = variables::peek(variables::CARGO).unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
        .current_dir(workspace)
        .output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    strings(&text.unwrap_or_default(), "manifest_path")
        .iter()
        .filter_map(|manifest| Path::new(manifest).parent().map(Path::to_owned))
        .collect()
}

/// All strings in a text of JSON that have this key, at whatever depth.
fn strings(json: &str, key: &str) -> Vec<String> {
    let key = format!("\"{key}\"");
    let values = json.split(&key).skip(1).filter_map(|rest| {
        let rest = rest.trim_start().strip_prefix(':')?.trim_start();
        let inside = rest.strip_prefix('"')?;
        let mut escaped = false;
        let end = inside.find(|c: char| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        // What cargo escapes in JSON, TOML escapes in the same way.
        let value = DeValue::parse(&rest[..end + 2]).ok()?;
        value.get_ref().as_str().map(str::to_owned)
    });
    values.collect()
}

#[cfg(test)]
mod tests {
    use super::strings;

    #[test]
    fn strings_of_json_are_read() {
        let json =
            r#"{"id":"manifest_path","manifest_path":"C:\\a \"b\"","x":{"manifest_path": "/é"}}"#;
        assert_eq!(strings(json, "manifest_path"), ["C:\\a \"b\"", "/é"]);
        assert!(strings(json, "path").is_empty());
    }
}
