//! Whether the settings can work.

use crate::{
    error::{ErrorKind, Problem, Problems, suggest},
    settings::{
        Merge, differ_in_case, is_profile_name, list::Settings, module::ENDINGS,
        origins::SettingOrigins,
    },
    shown::{self, private::may_be_private},
};

/// Whether the settings can work.
pub(crate) fn check(settings: &Settings, module: &str, problems: &mut Problems) {
    check_files(settings, problems);
    check_names(settings, problems);
    match &settings.profiles {
        Some(profiles) => check_profiles(settings, profiles, problems),
        None => check_no_profiles(settings, problems),
    }
    check_env_prefix(settings, problems);
    check_merge(settings, problems);
    check_module(module, &settings.origins, problems);
    check_private(settings, module, problems);
}

/// Names become parts of names of files and variables, which anybody may see.
fn check_private(settings: &Settings, module: &str, problems: &mut Problems) {
    let names = [
        ("module", Some(module)),
        ("profile", settings.profile.as_deref()),
        ("env-prefix", settings.env_prefix.as_deref()),
    ];
    let lists = [
        ("profiles", &settings.profiles),
        ("known-profiles", &settings.known_profiles),
    ];
    let listed = lists.into_iter().flat_map(|(setting, list)| {
        let names = list.iter().flatten();
        names.map(move |name| (setting, Some(name.as_str())))
    });
    for (setting, name) in names.into_iter().chain(listed) {
        if name.is_some_and(may_be_private) {
            problems.push(settings.origins.problem(
                setting,
                format_args!(
                    "`{setting}` holds a private key, expected a name, which anybody may see; change the key if others \
                     have seen it"
                ),
            ));
        }
    }
}

/// An empty path would be the package itself.
fn check_files(settings: &Settings, problems: &mut Problems) {
    let mut files = settings.files.iter().flatten();
    if let Some(file) = files.find(|file| file.path.as_os_str().is_empty()) {
        let message = "a source has an empty path; name a file or a directory";
        problems.push(match &file.origin {
            Some(origin) => Problem::at(ErrorKind::Setting, origin, message),
            None => Problem::new(ErrorKind::Setting, message),
        });
    }
}

fn check_env_prefix(settings: &Settings, problems: &mut Problems) {
    let Some(prefix) = &settings.env_prefix else {
        return;
    };
    let mut problem = |message: &str| {
        problems.push(settings.origins.problem("env-prefix", message));
    };
    if !shown::can_be_variable(prefix) {
        problem(&format!(
            "`env-prefix` is `{}`, expected the start of a variable's name: letters, digits and `_`",
            shown::name(prefix)
        ));
    }
    if prefix.ends_with('_') {
        problem(
            "`env-prefix` ends in `_`, and `__` follows it by itself; write it without the `_` at its end",
        );
    }
}

fn check_merge(settings: &Settings, problems: &mut Problems) {
    if settings.compat.is_some() && settings.merge == Some(Merge::Deep) {
        problems.push(settings.origins.problem(
            "merge",
            "`compat = \"streamlit\"` merges as Streamlit does, which is not `merge = \"deep\"`; \
             remove one of the two",
        ));
    }
}

/// Whether the names of profiles can be parts of the names of files, and stay apart there.
fn check_names(settings: &Settings, problems: &mut Problems) {
    let origins = &settings.origins;
    let one = settings
        .profile
        .iter()
        .map(|name| ("profile".to_owned(), name));
    let lists = [
        ("profiles", &settings.profiles),
        ("known-profiles", &settings.known_profiles),
    ];
    let several = lists.into_iter().flat_map(|(list, names)| {
        let names = names.iter().flatten().enumerate();
        names.map(move |(index, name)| (format!("{list}[{index}]"), name))
    });
    for (setting, profile) in one.chain(several) {
        if !is_profile_name(profile) {
            let profile = shown::name(profile);
            problems.push(origins.problem(
                &setting,
                format_args!(
                    "the profile `{profile}` cannot be part of a file name; choose another name"
                ),
            ));
        }
    }
    let single = settings.profile.as_deref();
    let mut names: Vec<&str> = settings.listed_profiles().chain(single).collect();
    names.sort_unstable();
    names.dedup();
    if let Some((a, b)) = differ_in_case(&names) {
        let list = match &settings.profiles {
            Some(profiles) if profiles.iter().any(|name| name == b) => "profiles",
            _ if single == Some(a) || single == Some(b) => "profile",
            _ => "known-profiles",
        };
        let (a, b) = (shown::name(a), shown::name(b));
        problems.push(origins.problem(
            list,
            format_args!(
                "the profiles `{a}` and `{b}` differ in case alone, and are one name of a file on some systems; \
                 rename one"
            ),
        ));
    }
}

/// Whether a module may have this name.
pub(crate) fn is_module_name(module: &str) -> bool {
    let is_of_another = ENDINGS.into_iter().any(|ending| module.ends_with(ending));
    is_file_name(module) && !is_of_another && !may_be_private(module)
}

/// Whether a text is the name of a file on every system.
fn is_file_name(module: &str) -> bool {
    let may_occur = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    !module.is_empty() && module.chars().all(may_occur)
}

/// Whether the name of the module can be that of its files.
fn check_module(module: &str, origins: &SettingOrigins, problems: &mut Problems) {
    let shown = shown::name(module);
    if let Some(ending) = ENDINGS.into_iter().find(|ending| module.ends_with(ending)) {
        problems.push(origins.problem(
            "module",
            format_args!(
                "the module name `{shown}` ends in `{ending}`, as files of other modules do; choose another one"
            ),
        ));
    }
    if !is_file_name(module) {
        problems.push(origins.problem(
            "module",
            format_args!(
                "the module name `{shown}` is not a file name of letters, digits, `_` and `-`; choose another one"
            ),
        ));
    }
}

/// Refuses recipients of profiles where `profiles` is not set.
fn check_no_profiles(settings: &Settings, problems: &mut Problems) {
    let table = settings.profile_table.iter().flatten();
    let all: Vec<_> = table
        .clone()
        .map(|profile| format!("\"{}\"", shown::name(&profile.name)))
        .collect();
    let all = all.join(", ");
    for entry in table {
        let name = shown::name(&entry.name);
        problems.push(settings.origins.problem(
            &format!("profile.{}", entry.name),
            format_args!(
                "`profile.{name}` has recipients, but `profiles` does not list it; set profiles = [{all}]"
            ),
        ));
    }
}

/// Whether several profiles can be embedded.
fn check_profiles(settings: &Settings, profiles: &[String], problems: &mut Problems) {
    let origins = &settings.origins;
    if profiles.is_empty() {
        problems.push(origins.problem(
            "profiles",
            "`profiles` is empty; name one, or remove the setting",
        ));
    }
    for (index, profile) in profiles.iter().enumerate() {
        if profiles[..index].contains(profile) {
            let profile = shown::name(profile);
            problems.push(origins.problem(
                &format!("profiles[{index}]"),
                format_args!("`profiles` names `{profile}` twice; remove one"),
            ));
        }
    }
    let table = settings.profile_table.iter().flatten();
    for entry in table.filter(|entry| !profiles.contains(&entry.name)) {
        let near = suggest(&entry.name, profiles.iter().map(String::as_str));
        let way_out = if near.is_empty() {
            "; add it there"
        } else {
            &near
        };
        let name = shown::name(&entry.name);
        problems.push(origins.problem(
            &format!("profile.{}", entry.name),
            format_args!(
                "`profile.{name}` has recipients, but `profiles` does not list it{way_out}"
            ),
        ));
    }
    let profile = settings.profile.as_ref();
    if let Some(profile) = profile.filter(|name| !profiles.contains(name)) {
        let listed: Vec<_> = profiles.iter().map(|name| shown::name(name)).collect();
        problems.push(origins.problem(
            "profile",
            format_args!(
                "the profile `{}` is none of those in `profiles`: `{}`; add it there, or name one of these",
                shown::name(profile),
                listed.join("`, `")
            ),
        ));
    }
    if settings.sealed.is_none() && !settings.is_encrypted() {
        problems.push(origins.problem(
            "profiles",
            "`profiles` embeds one ciphertext for each profile, and there are no `recipients`; \
             set some, or use `profile`",
        ));
    }
}
