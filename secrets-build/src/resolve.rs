//! Settings from everywhere they can be set.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use crate::{
    config::Config,
    error::{ErrorKind, Problem, Problems},
    manifest,
    origin::Origin,
    recipient::{RecipientSetting, key_path, may_be_private},
    run::Watched,
    settings::{self, FileSetting, Places, ProfileSetting, Settings},
    shown,
    variables::{self, FILES, PROFILE},
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
                "the variable `SECRETS_PROFILE` is not UTF-8",
            ));
        }
    }
    settings.profile = settings.profile.filter(|profile| !profile.is_empty());
    settings::check(&settings, &config.module, problems);
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
    let identity = set.identity.as_ref().and_then(|typed| {
        if may_be_private(&typed.to_string_lossy()) {
            problems.push(places.problem("identity", settings::IDENTITY_IS_NO_PATH));
            return None;
        }
        path_of("identity", typed, base, places, problems)
    });
    let mut path = |name: &str, typed: Option<&PathBuf>| {
        typed.and_then(|typed| path_of(name, typed, base, places, problems))
    };
    let (template, sealed) = (
        path("template", set.template.as_ref()),
        path("sealed", set.sealed.as_ref()),
    );
    let mut recipients = |list: &Vec<RecipientSetting>| {
        let absolute = list.iter().enumerate().filter_map(|(index, recipient)| {
            let name = format!("recipients[{index}]");
            if let Some(message) = recipient.misplaced(&name, base) {
                problems.push(places.problem(&name, message));
                return None;
            }
            Some(recipient.clone().at(base))
        });
        absolute.collect::<Vec<_>>()
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

/// A path that was set in code, unless a secret stands in its place.
fn path_of(
    name: &str,
    typed: &Path,
    base: &Path,
    places: &Places,
    problems: &mut Problems,
) -> Option<PathBuf> {
    let path = key_path(base, typed);
    let checked = places.check_path(name, typed, &path);
    problems.keep(checked.map(|()| path))
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
