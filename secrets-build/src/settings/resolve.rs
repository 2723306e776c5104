//! Settings from everywhere they can be set.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use crate::{
    error::{ErrorKind, Problem, Problems},
    origin::Origin,
    settings::{
        check,
        config::Config,
        file::FileSetting,
        list::Settings,
        manifest,
        named::NamedFile,
        recipient::{ProfileSetting, RecipientSetting},
        variables::{self, FILES, PROFILE},
    },
};

/// The settings of a package, and what its manifests and the environment say beside them.
pub(crate) struct Resolved {
    pub(crate) settings: Settings,
    /// The list of the variable `SECRETS_FILES`, which replaces that of the settings.
    pub(crate) files_override: Option<Vec<FileSetting>>,
    /// The name of the package.
    pub(crate) name: String,
    /// The directory of the package's manifest.
    pub(crate) package: PathBuf,
    /// The directory of the workspace's manifest; the package's own if there is no workspace.
    pub(crate) workspace: PathBuf,
    /// The manifests that were read.
    pub(crate) manifests: Vec<PathBuf>,
}

/// Code over `Cargo.toml`, and the variables `SECRETS_FILES` and `SECRETS_PROFILE` over both.
pub(crate) fn resolve(config: &Config, problems: &mut Problems) -> Resolved {
    let package = config
        .package
        .clone()
        .or_else(|| variables::peek(variables::MANIFEST_DIR).map(Into::into))
        .unwrap_or_else(|| PathBuf::from("."));
    let package = std::path::absolute(&package).unwrap_or(package);
    let manifests = manifest::read(&package, problems);
    let mut settings = from_code(&config.settings, &package, problems).or(manifests.settings);
    let files_override = files_override(&package, problems);
    override_profile(&mut settings, problems);
    check::check(&settings, &config.module, problems);
    Resolved {
        settings,
        files_override,
        name: manifests.name,
        package,
        workspace: manifests.workspace,
        manifests: manifests.files,
    }
}

/// The profile of the variable `SECRETS_PROFILE`. An empty one takes the configured one away.
fn override_profile(settings: &mut Settings, problems: &mut Problems) {
    match variables::read(PROFILE).map(OsString::into_string) {
        Some(Ok(profile)) => {
            settings.profile = Some(profile);
            settings
                .origins
                .set("profile", Origin::of_variable(PROFILE));
        }
        None => {}
        Some(Err(_)) => {
            problems.push(Problem::new(
                ErrorKind::Setting,
                "the variable `SECRETS_PROFILE` is not UTF-8; set it to the name of a profile",
            ));
        }
    }
    settings.profile.take_if(|profile| profile.is_empty());
}

/// What was set in code, with absolute paths.
fn from_code(set: &Settings, base: &Path, problems: &mut Problems) -> Settings {
    let files = set.files.as_ref().map(|files| {
        let resolved = files
            .iter()
            .enumerate()
            .map(|(index, file)| file.clone().resolve(base, &format!("`files[{index}]`")));
        resolved
            .filter_map(|resolved| problems.keep(resolved))
            .collect()
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
        let absolute = table.iter().map(|entry| ProfileSetting {
            name: entry.name.clone(),
            recipients: recipients(&entry.recipients),
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
fn files_override(base: &Path, problems: &mut Problems) -> Option<Vec<FileSetting>> {
    let list = variables::read(FILES).filter(|list| !list.is_empty())?;
    let origin = Origin::of_variable(FILES);
    let mut files = Vec::new();
    for typed in env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()) {
        match FileSetting::new(typed, false, None).resolve(base, &origin.to_string()) {
            Ok(file) => files.push(FileSetting {
                origin: Some(origin.clone()),
                ..file
            }),
            Err(problem) => {
                // A secret with a `:` in it was split: the rest of the list is a part of it.
                problems.push(problem);
                return None;
            }
        }
    }
    Some(files)
}
