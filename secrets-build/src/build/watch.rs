//! What cargo is told to watch.
//!
//! Cargo knows time stamps alone, and of a directory it takes the newest one of all that is in it. A file
//! that an older one replaced is therefore only seen where its directory is watched, and then everything
//! else in that directory is seen too. So a directory is watched whole if it holds nothing but secrets, and
//! the files themselves otherwise.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use crate::{
    build::{
        out_dir::{guard, write_failed},
        watched::Watched,
    },
    error::{Error, ErrorKind, Problem},
    files::trail::Trail,
    read::source::SourceKind,
    settings::module::{absent_directory, never},
};

/// How far in the future a time stamp may be before it is reported: clocks differ, and some file systems round.
const TOLERANCE: Duration = Duration::from_secs(5);

/// How many entries of directories are looked at.
const MAX_ENTRIES: usize = 10_000;

/// Tells cargo when to run the build script again, and returns the warnings about that.
///
/// A path that does not exist must not be named, or the script would run in every build. Places where
/// a source may appear are links to nothing in a directory of ours. Cargo follows links when it looks
/// for the newest file of a directory, and passes over those that lead nowhere; once the source is
/// there, the link itself is newer than this run.
pub(crate) fn tell(
    out_dir: &Path,
    module: &str,
    watched: &Watched,
    started: SystemTime,
) -> Result<Vec<String>, Error> {
    for variable in &watched.variables.public {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    for variable in &watched.inputs.overrides.unset {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    let mut paths: BTreeSet<PathBuf> = watched.manifests.iter().cloned().collect();
    paths.extend(inputs(watched));
    let warnings = dated_in_the_future(&paths, &watched.package);
    if watched.inputs.overrides.any
        || watched.inputs.secret_variable
        || watched.variables.any_private
        || watched.inputs.sources.unwatched
        || watched.always
    {
        // The value of a variable must not get into cargo's files; a path that never exists runs the
        // script in every build.
        paths.insert(out_dir.join(never(module)));
    }
    paths.insert(make_links(
        out_dir,
        module,
        &watched.inputs.sources.absent,
        started,
    )?);

    for path in paths {
        let Some(path) = path.to_str().filter(|path| !path.contains(['\n', '\r'])) else {
            let path = path.display().to_string().escape_debug().to_string();
            let message = format!("cargo cannot watch the path `{path}`; rename it");
            return Err(Problem::new(ErrorKind::Source, message).into());
        };
        println!("cargo::rerun-if-changed={path}");
    }
    Ok(warnings.into_iter().collect())
}

/// The paths of all that was read, and of the directories that are watched for the sake of files in them.
fn inputs(watched: &Watched) -> BTreeSet<PathBuf> {
    let keys = watched.inputs.public.iter().chain(&watched.inputs.private);
    let mut files: BTreeSet<PathBuf> = keys.cloned().collect();
    let mut directories = BTreeSet::new();
    for source in &watched.inputs.sources.list {
        if source.kind == SourceKind::Directory {
            linked_out_of(&source.path, &mut files);
            directories.insert(source.path.clone());
        } else {
            files.insert(source.path.clone());
        }
    }
    // What is not there failed this run, which makes the next build run it again.
    let trails: Vec<Trail> = files
        .iter()
        .chain(&directories)
        .filter_map(|path| Trail::follow(path).ok())
        .collect();
    let ours: BTreeSet<&Path> = trails.iter().flat_map(Trail::places).collect();
    let mut inputs = directories.clone();
    // Directories that may be watched for the sake of what is in them, by the path that cargo is told. Of a
    // link to a directory that is named to it, cargo sees the link itself.
    let mut around = BTreeSet::new();
    for trail in &trails {
        inputs.insert(trail.start.clone());
        inputs.insert(trail.end.clone());
        around.extend(trail.links.iter().filter(|link| link.is_dir()).cloned());
        around.extend(trail.places().filter_map(Path::parent).map(Path::to_owned));
    }
    around.retain(|directory| holds_only_secrets(directory, &ours));
    inputs.extend(around);
    inputs
}

/// The files that a secret directory has by links that lead out of it.
fn linked_out_of(directory: &Path, files: &mut BTreeSet<PathBuf>) {
    let Ok(root) = fs::canonicalize(directory) else {
        return;
    };
    let mut visited = BTreeSet::from([root.clone()]);
    let mut pending = vec![directory.to_owned()];
    let mut count = 0;
    while let Some(directory) = pending.pop() {
        for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
            count += 1;
            if count > MAX_ENTRIES {
                return;
            }
            // As the directory is read, see `read::directory`.
            let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            let path = entry.path();
            let Some(real) = fs::canonicalize(&path).ok().filter(|_| !is_hidden) else {
                continue;
            };
            if real.is_dir() {
                if visited.insert(real) {
                    pending.push(path);
                }
            } else if !real.starts_with(&root) {
                files.insert(path);
            }
        }
    }
}

/// Whether a directory may be watched whole: it is a mounted volume, which is changed by its link `..data`,
/// or holds nothing but what this build reads and what lies beside that by design. Once something else
/// lies in it, an editor's swap file or a note, each change of that would be one of the directory.
fn holds_only_secrets(directory: &Path, ours: &BTreeSet<&Path>) -> bool {
    if fs::symlink_metadata(directory.join("..data")).is_ok() {
        return true;
    }
    let (Ok(entries), Ok(trail)) = (fs::read_dir(directory), Trail::follow(directory)) else {
        return false;
    };
    let real = trail.end;
    let stems: BTreeSet<&OsStr> = ours
        .iter()
        .filter(|path| path.parent() == Some(&real))
        .filter_map(|path| first_part(path.file_name()?))
        .collect();
    let is_named_for_secrets = real
        .file_name()
        .is_some_and(|name| name.to_string_lossy().contains("secret"));
    let belongs = |entry: io::Result<fs::DirEntry>| {
        let Ok(name) = entry.map(|entry| entry.file_name()) else {
            return false;
        };
        let path = real.join(&name);
        let is_beside = matches!(name.to_str(), Some(".gitignore" | ".gitkeep" | "README.md"))
            || (is_named_for_secrets && SourceKind::of_name(&path).is_some())
            || first_part(&name).is_some_and(|stem| stems.contains(stem));
        ours.contains(&*path) || (is_beside && path.is_file())
    };
    entries.into_iter().all(belongs)
}

/// The part of a name that an overlay or a backup of the file has in common with it: `secrets` of
/// `secrets.staging.toml`.
fn first_part(name: &OsStr) -> Option<&OsStr> {
    let name = name.to_str()?;
    let (first, _) = name.split_once('.')?;
    (!first.is_empty() && name != "Cargo.toml").then_some(OsStr::new(first))
}

/// The warning about time stamps that lie in the future: until then cargo takes them for a change.
fn dated_in_the_future(paths: &BTreeSet<PathBuf>, package: &Path) -> Option<String> {
    let limit = SystemTime::now() + TOLERANCE;
    let mut late = BTreeSet::new();
    let mut pending: Vec<PathBuf> = paths.iter().cloned().collect();
    let mut visited = BTreeSet::new();
    while let Some(path) = pending.pop().filter(|_| visited.len() < MAX_ENTRIES) {
        let Ok(real) = fs::canonicalize(&path) else {
            continue;
        };
        if !visited.insert(real.clone()) {
            continue;
        }
        let modified = fs::metadata(&real).and_then(|metadata| metadata.modified());
        if modified.is_ok_and(|modified| modified > limit) {
            late.insert(path.strip_prefix(package).unwrap_or(&path).to_owned());
        }
        if let Ok(entries) = fs::read_dir(&real) {
            pending.extend(entries.flatten().map(|entry| path.join(entry.file_name())));
        }
    }
    let names: Vec<String> = late
        .iter()
        .map(|path| format!("`{}`", path.display().to_string().escape_debug()))
        .collect();
    let (names, are) = match names.as_slice() {
        [] => return None,
        [name] => (name.clone(), "is"),
        names => (names.join(", "), "are"),
    };
    Some(format!(
        "{names} {are} dated in the future, so that each build until then builds this package anew; `touch` \
         what it names, or set the clock"
    ))
}

/// Makes the directory of links to places where a source may appear anew.
fn make_links(
    out_dir: &Path,
    module: &str,
    absent: &[PathBuf],
    started: SystemTime,
) -> Result<PathBuf, Error> {
    let directory = out_dir.join(absent_directory(module));
    let failed = |error: io::Error| write_failed(&directory, &error);
    match fs::remove_dir_all(&directory) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => fs::create_dir(&directory).map_err(failed)?,
    }
    guard(&directory)?;
    for (index, path) in absent.iter().enumerate() {
        link(path, &directory.join(index.to_string()), started).map_err(failed)?;
    }
    // The directory is of this run and would seem newer than it.
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
    fs::File::open(&directory)
        .and_then(|file| file.set_modified(old))
        .map_err(failed)?;
    Ok(directory)
}

/// Makes a link that is newer than the start of this run, by the clock of the file system.
#[cfg(unix)]
fn link(path: &Path, link: &Path, started: SystemTime) -> io::Result<()> {
    let deadline = started + Duration::from_millis(100);
    loop {
        std::os::unix::fs::symlink(path, link)?;
        let newer = fs::symlink_metadata(link)?.modified()? > started;
        if newer || SystemTime::now() > deadline {
            return Ok(());
        }
        fs::remove_file(link)?;
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Elsewhere links need rights that a build has not.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
fn link(_: &Path, _: &Path, _: SystemTime) -> io::Result<()> {
    Ok(())
}
