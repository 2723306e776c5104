//! The one part that writes files and speaks to cargo.

use std::{
    collections::BTreeSet,
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use crate::{
    config::Config,
    error::{Error, ErrorKind, Problem},
    run::{self, Purpose, Watched},
    secrets::Generated,
    source::FoundKind,
};

/// Variables that tell where sources are. Cargo keeps their values in its own files, so only such that
/// hold no secret may be named here.
const VARIABLES: [&str; 9] = [
    "SECRETS_FILES",
    "SECRETS_PROFILE",
    "SECRETS_STUB",
    "SECRETS_AGE_KEY_FILE",
    "DOCS_RS",
    "HOME",
    "USERPROFILE",
    "XDG_CONFIG_HOME",
    "APPDATA",
];

/// A directory with more entries than this is not watched for the sake of one file in it.
const SMALL: usize = 64;

/// Runs the whole build step, and reports to cargo what went wrong.
pub(crate) fn embed(config: &Config) {
    let started = SystemTime::now();
    let (secrets, watched) = run::run(config, Purpose::Embed);
    let module = &config.module;
    let result = out_dir().and_then(|out_dir| {
        watch(&out_dir, module, &watched, started)?;
        let secrets = secrets?;
        for warning in &secrets.warnings {
            println!("cargo::warning={warning}");
        }
        write(&out_dir, module, &secrets.generate_as(module)?)
    });
    if let Err(error) = result {
        for problem in error.problems() {
            for line in problem.to_string().lines() {
                println!("cargo::error={line}");
            }
        }
    }
}

fn out_dir() -> Result<PathBuf, Error> {
    let missing = "`OUT_DIR` is not set; call this from a build script, or use `Config::load`";
    let out_dir = env::var_os("OUT_DIR").map(PathBuf::from);
    out_dir.ok_or_else(|| Problem::new(ErrorKind::Output, missing).into())
}

/// Tells cargo when to run the build script again.
///
/// A path that does not exist must not be named, or the script would run in every build. Places where
/// a source may appear are links to nothing in a directory of ours. Cargo follows links when it looks
/// for the newest file of a directory, and passes over those that lead nowhere; once the source is
/// there, the link itself is newer than this run.
fn watch(
    out_dir: &Path,
    module: &str,
    watched: &Watched,
    started: SystemTime,
) -> Result<(), Error> {
    for variable in VARIABLES {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    for variable in &watched.overrides.unset {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    let mut paths: BTreeSet<PathBuf> = watched.manifests.iter().cloned().collect();
    let sources = watched.sources.found.iter();
    let sources = sources.map(|found| (&found.path, found.kind == FoundKind::Directory));
    // A file of keys that is not there failed this run, which makes the next build run it again.
    let keys = watched.public.iter().chain(&watched.private);
    let keys = keys.filter(|path| path.exists()).map(|path| (path, false));
    for (path, is_directory) in sources.chain(keys) {
        // Where a link leads is watched too.
        let real = fs::canonicalize(path).ok();
        for path in real.iter().chain([path]) {
            let directory = path.parent().filter(|_| !is_directory);
            let directory = directory.filter(|directory| is_small(directory));
            paths.insert(directory.unwrap_or(path).to_owned());
        }
    }
    if watched.overrides.any || watched.secret_variable {
        // The value of a variable must not get into cargo's files; a path that never exists runs the
        // script in every build as long as one is set.
        paths.insert(out_dir.join(format!("{module}-runs-while-a-variable-is-set")));
    }
    paths.insert(links(out_dir, module, &watched.sources.absent, started)?);

    for path in paths {
        let Some(path) = path.to_str().filter(|path| !path.contains(['\n', '\r'])) else {
            let path = path.display().to_string().escape_debug().to_string();
            let message = format!("cargo cannot watch the path `{path}`; rename it");
            return Err(Problem::new(ErrorKind::Source, message).into());
        };
        println!("cargo::rerun-if-changed={path}");
    }
    Ok(())
}

/// Whether all that a directory holds is a few files, so that it may be watched whole. A file in a
/// watched directory is seen to be replaced even by an older one, or by way of the link `..data`,
/// which together with its target is part of a Kubernetes volume.
fn is_small(directory: &Path) -> bool {
    let Ok(entries) = fs::read_dir(directory) else {
        return false;
    };
    let mut count = 0;
    for entry in entries {
        let is_directory = entry.map_or(true, |entry| {
            let of_volume = entry.file_name().as_encoded_bytes().starts_with(b"..");
            !of_volume && entry.path().is_dir()
        });
        count += 1;
        if is_directory || count > SMALL {
            return false;
        }
    }
    true
}

/// A directory of links to places where a source may appear.
fn links(
    out_dir: &Path,
    module: &str,
    absent: &[PathBuf],
    started: SystemTime,
) -> Result<PathBuf, Error> {
    let directory = out_dir.join(format!("{module}-absent"));
    let failed = |error: io::Error| {
        let message = format!("failed to write `{}`: {error}", directory.display());
        Error::from(Problem::new(ErrorKind::Output, message))
    };
    match fs::remove_dir_all(&directory) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => fs::create_dir(&directory).map_err(failed)?,
    }
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
    let patience = started + Duration::from_millis(100);
    loop {
        std::os::unix::fs::symlink(path, link)?;
        let newer = fs::symlink_metadata(link)?.modified()? > started;
        if newer || SystemTime::now() > patience {
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

/// Writes the files of a module, each whole, readable by their owner alone, and removes those of
/// another mode: a module that is encrypted now leaves no values of before.
fn write(out_dir: &Path, module: &str, generated: &Generated) -> Result<(), Error> {
    restrict(out_dir, 0o700).map_err(|error| output(out_dir, &error))?;
    for name in written_before(out_dir, module) {
        if generated.get(&name).is_none() {
            let path = out_dir.join(name);
            fs::remove_file(&path).map_err(|error| output(&path, &error))?;
        }
    }
    for (name, contents) in generated.files() {
        let path = out_dir.join(name);
        write_whole(&path, contents).map_err(|error| output(&path, &error))?;
    }
    Ok(())
}

/// The files that a module of a name can have, as far as they are there.
fn written_before(out_dir: &Path, module: &str) -> Vec<String> {
    let parts = ["_values", "_doc", "_plain", "_plain_values", "_plain_doc"];
    let files = parts.map(|part| format!("{module}{part}.rs"));
    // What a run that was killed may have left.
    let temporary = [
        "",
        "_values",
        "_doc",
        "_plain",
        "_plain_values",
        "_plain_doc",
    ];
    let temporary = temporary.map(|part| format!("{module}{part}.rs.tmp"));
    let entries = fs::read_dir(out_dir).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let is_ours = |name: &String| {
        let ending = name
            .strip_prefix(module)
            .filter(|rest| rest.starts_with('.'));
        let ending = ending.and_then(|ending| ending.rsplit('.').next());
        let is_data = matches!(ending, Some("age" | "stub"));
        is_data || files.contains(name) || temporary.contains(name)
    };
    names.filter(is_ours).collect()
}

fn output(path: &Path, error: &io::Error) -> Error {
    Problem::new(
        ErrorKind::Output,
        format!("failed to write `{}`: {error}", path.display()),
    )
    .into()
}

/// Writes a file for others, whole. A link stays one, and a file that is there keeps its rights.
pub(crate) fn write_public(path: &Path, contents: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let rights = fs::metadata(&path).map(|metadata| metadata.permissions());
    let written = fs::write(&temporary, contents).and_then(|()| match rights {
        Ok(rights) => fs::set_permissions(&temporary, rights),
        Err(_) => Ok(()),
    });
    rename(&temporary, &path, written)
}

/// Writes a file whole, readable by its owner alone.
fn write_whole(path: &Path, contents: &[u8]) -> io::Result<()> {
    let temporary = path.with_extension("rs.tmp");
    // What stands there is left over, or a link that leads elsewhere.
    if let Err(error) = fs::remove_file(&temporary) {
        if error.kind() != io::ErrorKind::NotFound {
            return Err(error);
        }
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&temporary).and_then(|mut file| {
        restrict(&temporary, 0o600)?;
        file.write_all(contents)
    });
    rename(&temporary, path, written)
}

/// Puts a file that was written in its place. Nothing half-written stays, whatever went wrong.
fn rename(temporary: &Path, path: &Path, written: io::Result<()>) -> io::Result<()> {
    let renamed = written.and_then(|()| fs::rename(temporary, path));
    renamed.inspect_err(|_| {
        let _ = fs::remove_file(temporary);
    })
}

/// Takes all rights from others.
#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

/// Elsewhere the rights of the user's own directories hold.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
fn restrict(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
