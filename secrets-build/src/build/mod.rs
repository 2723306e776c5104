//! The build step: its phases in their order, and what cargo is told of them.
//!
//! In comes a [`Config`], out go the secrets, or the files of a module. Settings are resolved, sources found and
//! read to layers, the layers merged, and the merged trees fitted to their schema; [`run`] lists these phases, and
//! [`Config::embed`] goes on to the module and to cargo. Read the files in that order: `sources`, `layers`,
//! `shape`, `encryption`; `stub` takes the place of all four where there are no secrets; `watched` collects what
//! was read, `watch` tells cargo of it, and `out_dir` writes.

mod base;
mod cargo;
mod encryption;
mod environment;
mod layers;
mod out_dir;
mod shape;
mod sources;
mod stub;
mod watch;
mod watched;

use std::process::ExitCode;

use crate::{
    build::{
        base::{Base, Purpose},
        watched::{Inputs, Watched},
    },
    crypto::Identities,
    error::{Error, Problems},
    schema::Schema,
    sealed,
    secrets::{MadeFrom, Mode, ProfileCount, Secrets, Shapes},
    settings::{
        config::Config,
        named::NamedFile,
        resolve::{Resolved, resolve},
        variables,
    },
};

impl Config {
    /// Reads and merges the sources, and prints nothing. A sealed file is not read, it is written from
    /// these; see [`load_sealed`](Self::load_sealed).
    ///
    /// It is for tools and tests; a build script calls [`embed`](Self::embed).
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .load()?;
    /// assert!(secrets.to_string().contains("database.port: integer, from secrets.toml:6:1"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// All problems with the settings; or else all with sources, their text, what they disagree
    /// about, and variables that fit no key.
    pub fn load(&self) -> Result<Secrets, Error> {
        let (secrets, _) = run(self, Purpose::Load);
        secrets
    }

    /// What [`embed`](Self::embed) embeds: the sealed file if one is set, and else what
    /// [`load`](Self::load) finds.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .load_sealed()?; // no sealed file is set, and so the sources are read
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`load`](Self::load); for a sealed file, that it is absent, was edited, or does not fit
    /// the settings or the template.
    pub fn load_sealed(&self) -> Result<Secrets, Error> {
        let (secrets, _) = run(self, Purpose::Embed);
        secrets
    }

    /// Embeds the secrets: writes the module to `OUT_DIR`, and tells cargo what to watch.
    ///
    /// Every problem is reported to cargo, which then fails the build and shows it; the exit code can be
    /// ignored. A build script that something else than cargo runs returns it from `main`: it is a failure
    /// if this call failed or an earlier one of the same run did. After a failure none of our files of an
    /// earlier run is left in `OUT_DIR`.
    ///
    /// ```
    /// fn main() -> std::process::ExitCode {
    /// #   let out = std::env::temp_dir().join("secrets-build-embed-example");
    /// #   std::fs::create_dir_all(&out).expect("a folder");
    /// #   // SAFETY: there is one thread.
    /// #   unsafe { std::env::set_var("OUT_DIR", &out) };
    ///     secrets_build::Config::new()
    /// #       .package("tests/app")
    ///         .file("secrets.toml")
    ///         .embed()
    /// }
    /// ```
    #[allow(clippy::must_use_candidate)] // Cargo reads what was printed.
    pub fn embed(&self) -> ExitCode {
        cargo::embed(&self.module, || run(self, Purpose::Embed))
    }
}

/// The phases from settings to secrets. What cargo has to watch is returned even where there are problems.
fn run(config: &Config, purpose: Purpose) -> (Result<Secrets, Error>, Watched) {
    variables::forget_names();
    let mut problems = Problems::default();
    let resolved = resolve(config, &mut problems);
    if !problems.is_empty() {
        let watched = Watched::new(&resolved, Inputs::default());
        return (Err(problems.into_error()), watched);
    }
    let base = Base::new(&resolved, purpose);
    environment::check(&mut problems);
    let schema = Schema::read(&resolved, base.needs(), &mut problems);
    let warnings = Vec::from_iter(sources::refuse_to_publish(
        &resolved,
        &schema,
        &mut problems,
    ));
    let (secrets, mut inputs) = match (&base, &resolved.settings.sealed) {
        (Base::SealedFile, Some(file)) => {
            from_sealed_file(file, &resolved, &schema, warnings, &mut problems)
        }
        _ => from_sources(&resolved, base, &schema, warnings, &mut problems),
    };
    inputs.public.extend(resolved.settings.template_path());
    let secrets = secrets
        .filter(|_| problems.is_empty())
        .ok_or_else(|| problems.into_error());
    (secrets, Watched::new(&resolved, inputs))
}

/// The secrets of the sources: found, read, merged, fitted to their schema, and given their encryption. None if
/// something is wrong.
fn from_sources(
    resolved: &Resolved,
    base: Base,
    schema: &Schema,
    mut warnings: Vec<String>,
    problems: &mut Problems,
) -> (Option<Secrets>, Inputs) {
    let settings = &resolved.settings;
    let mode = base.mode(settings);
    let mut inputs = Inputs::of_keys(settings);
    let identities = Identities::new(settings.identity.clone(), &resolved.package);
    let sources = sources::find(resolved, schema, problems);
    inputs.sources = sources::union(&sources);
    warnings.extend(sources::warnings(&sources));
    if stub::replaces(resolved, schema, &sources, &identities, problems) {
        if let Some(path) = stub::watch_identity(settings) {
            inputs.sources.note_absent(&path, &resolved.package);
        }
        inputs.overrides = layers::watch_variables(resolved, schema, problems);
        let stub = stub::make(resolved, schema, mode, warnings, problems);
        return (stub, inputs);
    }
    let layers = layers::read(resolved, schema, &sources, &identities, problems);
    inputs.overrides = layers.overrides;
    warnings.extend(layers.warnings);
    let mut profiles = layers.profiles;
    let is_short = stub::shared_are_short(resolved, schema, &sources, &profiles, problems);
    if is_short && schema.template.is_some() && stub::is_wanted() {
        let stub = stub::make(resolved, schema, mode, warnings, problems);
        return (stub, inputs);
    }
    // A layer that failed to load may have held the missing keys.
    let shapes = if problems.is_empty() {
        shape::apply_schema(schema, mode, &mut profiles, problems)
    } else {
        Shapes::default()
    };
    if let (true, Some(sources)) = (is_short, sources.first()) {
        problems.push(sources::only_shared(resolved, schema, sources));
    }
    if mode == Mode::Encrypted {
        encryption::add(settings, base, &mut profiles, problems);
    } else if schema.keys.any_plain() {
        let message = "`keys` says `plain` of a key, and all are: there are no `recipients`";
        warnings.push(message.to_owned());
    }
    let secrets = Secrets {
        package: resolved.name.clone(),
        mode,
        made_from: MadeFrom::Secrets,
        profile_count: ProfileCount::of(settings),
        shape: shapes.shape,
        plain: shapes.plain,
        profiles,
        warnings,
    };
    (Some(secrets), inputs)
}

/// The secrets of the sealed file, or a stub where there is none. None if something is wrong.
fn from_sealed_file(
    file: &NamedFile,
    resolved: &Resolved,
    schema: &Schema,
    warnings: Vec<String>,
    problems: &mut Problems,
) -> (Option<Secrets>, Inputs) {
    let mut inputs = Inputs::default();
    if file.path.symlink_metadata().is_ok() || !stub::is_wanted() {
        inputs.public.push(file.path.clone());
        let secrets = sealed::read::read(file, resolved, schema, warnings, problems);
        return (secrets, inputs);
    }
    inputs.sources.note_absent(&file.path, &resolved.package);
    stub::refuse_variables(resolved, problems);
    inputs.overrides = layers::watch_variables(resolved, schema, problems);
    let stub = stub::make(resolved, schema, Mode::Encrypted, warnings, problems);
    (stub, inputs)
}
