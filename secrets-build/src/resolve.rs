//! Settings from everywhere they can be set.

use std::{env, ffi::OsString, path::PathBuf};

use crate::{
    config::Config,
    error::{ErrorKind, Problem, Problems},
    manifest,
    recipient::{RecipientSetting, key_path, may_be_private},
    run::Watched,
    settings::{self, FileSetting, ProfileSetting, Settings},
    variables,
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
    let files = |list: &[(PathBuf, bool)]| {
        list.iter()
            .map(|(path, optional)| FileSetting::new(base, path, *optional))
            .collect()
    };
    let identity = config.settings.identity.as_ref();
    if identity.is_some_and(|path| may_be_private(&path.to_string_lossy())) {
        problems.push(Problem::new(
            ErrorKind::Setting,
            settings::IDENTITY_IS_NO_PATH,
        ));
    }
    let recipients = |list: &Vec<RecipientSetting>| {
        let absolute = list.iter().map(|recipient| recipient.clone().at(base));
        absolute.collect::<Vec<_>>()
    };
    let profiles = |list: &Vec<ProfileSetting>| {
        let absolute = list.iter().map(|of| ProfileSetting {
            name: of.name.clone(),
            recipients: recipients(&of.recipients),
        });
        absolute.collect()
    };
    let set = &config.settings;
    let path = |path: &PathBuf| key_path(base, path);
    let from_code = Settings {
        files: config.files.as_deref().map(files),
        recipients: set.recipients.as_ref().map(recipients),
        profile_table: set.profile_table.as_ref().map(profiles),
        identity: identity.map(path),
        template: set.template.as_ref().map(path),
        sealed: set.sealed.as_ref().map(path),
        ..set.clone()
    };
    let mut settings = from_code.or(manifests.settings);
    let named = variables::read(variables::FILES).filter(|list| !list.is_empty());
    let named = named.map(|list| {
        env::split_paths(&list)
            .filter(|path| !path.as_os_str().is_empty())
            .map(|path| FileSetting::new(base, path, false))
            .collect()
    });
    match variables::read(variables::PROFILE).map(OsString::into_string) {
        Some(Ok(profile)) => settings.profile = Some(profile),
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
