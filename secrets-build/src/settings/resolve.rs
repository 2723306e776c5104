//! Settings from everywhere they can be set.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use crate::{
    build::watched::Watched,
    error::{ErrorKind, Problem, Problems},
    origin::Origin,
    settings::{
        FileSetting, ProfileSetting, Settings, check,
        config::Config,
        manifest,
        named::NamedFile,
        recipient::RecipientSetting,
        variables::{self, FILES, PROFILE},
    },
    shown,
};

/// Code over `Cargo.toml`; and the list of the variable `SECRETS_FILES`, which replaces theirs.
pub(crate) fn resolve(
    config: &Config,
    watched: &mut Watched,
    problems: &mut Problems,
) -> (Settings, Option<Vec<FileSetting>>) {
    let package = config
        .package
        .clone()
        .or_else(|| env::var_os("CARGO_MANIFEST_DIR").map(Into::into));
    let package = package.unwrap_or_else(|| PathBuf::from("."));
    watched.package = std::path::absolute(&package).unwrap_or(package);
    let manifests = manifest::read(&watched.package, problems);
    watched.workspace = manifests.workspace;
    watched.manifests = manifests.files;
    watched.name = manifests.name;

    let base = &watched.package;
    let from_code = from_code(config, base, problems);
    let mut settings = from_code.or(manifests.settings);
    let named = named_files(base, problems);
    match variables::read(PROFILE).map(OsString::into_string) {
        Some(Ok(profile)) => {
            settings.profile = Some(profile);
            settings.places.set("profile", Origin::variable(PROFILE));
        }
        None => {}
        Some(Err(_)) => {
            problems.push(Problem::new(
                ErrorKind::Setting,
                "the variable `SECRETS_PROFILE` is not UTF-8; set it to the name of a profile",
            ));
        }
    }
    settings.profile = settings.profile.filter(|profile| !profile.is_empty());
    check::check(&settings, &config.module, problems);
    (settings, named)
}

/// What was set in code, with absolute paths.
fn from_code(config: &Config, base: &Path, problems: &mut Problems) -> Settings {
    let set = &config.settings;
    let places = &set.places;
    let files = config.files.as_deref().map(|files| {
        let files = files.iter().enumerate();
        let files = files.filter_map(|(index, (typed, optional))| {
            let name = format!("files[{index}]");
            let place = places.get(&name).cloned();
            let except = config.except.iter().find(|(of, _)| *of == index);
            let file = FileSetting {
                except: except.map(|(_, names)| names.clone()).unwrap_or_default(),
                ..FileSetting::new(base, typed, *optional, place)
            };
            let checked = places.check_path(&name, typed, &file.path);
            problems.keep(checked.map(|()| file))
        });
        files.collect()
    });
    let mut file = |file: &Option<NamedFile>| {
        let file = file.clone()?;
        problems.keep(file.resolve(base))
    };
    let (identity, template, sealed) =
        (file(&set.identity), file(&set.template), file(&set.sealed));
    let mut recipients = |list: &Vec<RecipientSetting>| {
        let resolved = list.iter().map(|recipient| recipient.clone().resolve(base));
        resolved
            .filter_map(|resolved| problems.keep(resolved))
            .collect::<Vec<_>>()
    };
    let own = set.recipients.as_ref().map(&mut recipients);
    let profiles = set.profile_table.as_ref().map(|table| {
        let absolute = table.iter().map(|of| ProfileSetting {
            name: of.name.clone(),
            recipients: recipients(&of.recipients),
        });
        absolute.collect()
    });
    Settings {
        files,
        recipients: own,
        profile_table: profiles,
        identity,
        template,
        sealed,
        ..set.clone()
    }
}

/// The list of the variable `SECRETS_FILES`, which replaces the configured one.
fn named_files(base: &Path, problems: &mut Problems) -> Option<Vec<FileSetting>> {
    let list = variables::read(FILES).filter(|list| !list.is_empty())?;
    let place = Origin::variable(FILES);
    let mut files = Vec::new();
    for typed in env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()) {
        let file = FileSetting::new(base, &typed, false, Some(place.clone()));
        if shown::is_secret(&typed, &file.path) {
            // One that looks so may be a part of one with a `:` in it.
            let message = shown::no_path(&place.to_string());
            problems.push(Problem::new(ErrorKind::Setting, message));
            return None;
        }
        files.push(file);
    }
    Some(files)
}
