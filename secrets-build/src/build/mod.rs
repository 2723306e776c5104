//! The run from settings to merged secrets.

pub(crate) mod cargo;
pub(crate) mod encryption;
pub(crate) mod out_dir;
pub(crate) mod sources;
pub(crate) mod stub;
pub(crate) mod watch;
pub(crate) mod watched;

use crate::{
    build::{
        stub::{check_variable, stub_wanted},
        watched::Watched,
    },
    crypto::identities,
    error::{Error, Problems},
    model::{infer, shape::TableType},
    read::{missing, publish, source::Search},
    schema::{
        entry::Needs,
        fit::{Standard, fit},
        keys::Keys,
        rules::Rules,
        template::Template,
    },
    sealed,
    secrets::{Part, Secrets},
    settings::{FileSetting, Settings, config::Config, resolve::resolve, variables},
};

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The secrets of the sources.
    Load,
    /// What is to be embedded: the sealed file, if one is set.
    Embed,
}

/// Loads the secrets, and tells what was looked at even if that failed.
pub(crate) fn run(config: &Config, purpose: Purpose) -> (Result<Secrets, Error>, Watched) {
    let mut watched = Watched::default();
    let mut problems = Problems::default();
    variables::forget_names_read();
    let (settings, named) = resolve(config, &mut watched, &mut problems);
    if !problems.is_empty() {
        watched.variables = variables::take_names_read(&watched.package);
        return (problems.or(()).map(|()| Secrets::default()), watched);
    }
    // The list of the variable wins over the sealed file.
    let is_sealed = purpose == Purpose::Embed && settings.sealed.is_some();
    let base = match (is_sealed, &named) {
        (false, _) => Base::Sources,
        (true, None) => Base::SealedFile,
        (true, Some(_)) => Base::SourcesNotSealed,
    };
    let needs = match base {
        Base::SealedFile => Needs::Names,
        Base::Sources | Base::SourcesNotSealed => Needs::Values,
    };
    let entries = settings.keys.as_deref().unwrap_or_default();
    watched.always = settings.always.unwrap_or_default();
    let mut run = Run {
        keys: Keys::new(entries, needs, &mut problems),
        settings,
        base,
        named,
        watched,
        problems,
    };
    let secrets = run.secrets();
    run.watched.variables = variables::take_names_read(&run.watched.package);
    (run.problems.or(secrets), run.watched)
}

/// What a module is made from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    Sources,
    SealedFile,
    /// Sources that `SECRETS_FILES` names in place of the sealed file.
    SourcesNotSealed,
}

struct Run {
    settings: Settings,
    base: Base,
    /// The list of the variable `SECRETS_FILES`.
    named: Option<Vec<FileSetting>>,
    keys: Keys,
    watched: Watched,
    problems: Problems,
}

impl Run {
    /// The secrets, which are only whole if there are no problems.
    fn secrets(&mut self) -> Secrets {
        check_variable(&mut self.problems);
        self.check_key_file();
        self.check_plugin_output();
        let template = self.template();
        let mut secrets = Secrets {
            package: self.watched.name.clone(),
            is_encrypted: self.settings.is_encrypted() || self.base != Base::Sources,
            keys: self.keys.clone(),
            has_profiles: self.settings.profiles.is_some(),
            profiles: self.settings.profiles.clone().unwrap_or_default(),
            ..Secrets::default()
        };
        secrets.warnings.extend(self.guard());
        let sealed = self.settings.sealed.clone();
        if let Some(file) = sealed.filter(|_| self.base == Base::SealedFile) {
            let path = file.path.clone();
            if path.symlink_metadata().is_ok() || !stub_wanted() {
                self.watched.public.push(path);
                sealed::read::read(
                    &file,
                    &self.watched.package,
                    self.settings.profile.as_deref(),
                    template.as_ref(),
                    &mut secrets,
                    &mut self.problems,
                );
                return secrets;
            }
            self.watched.sources.absent.push(path);
            self.refuse_variables();
            self.watch_variables(template.as_ref());
            self.stub(template, &mut secrets);
            return secrets;
        }
        self.watched_keys();
        let keys = identities::Keys::new(self.settings.identity.clone(), &self.watched.package);
        let profiles = self.profiles();
        let sources = self.find(&profiles);
        for warning in sources.iter().flat_map(|sources| &sources.warnings) {
            if !secrets.warnings.contains(warning) {
                secrets.warnings.push(warning.clone());
            }
        }
        if self.is_stub(&sources, &keys, template.as_ref()) {
            self.watch_identity();
            self.watch_variables(template.as_ref());
            self.stub(template, &mut secrets);
            return secrets;
        }
        for (profile, sources) in profiles.iter().zip(&sources) {
            let warnings = &mut secrets.warnings;
            let part = self.part(profile.clone(), sources, &keys, template.as_ref(), warnings);
            secrets.parts.push(part);
        }
        let is_short = self.shared_are_short(&sources, &secrets.parts, template.as_ref());
        if is_short && stub_wanted() && template.is_some() {
            self.stub(template, &mut secrets);
            return secrets;
        }
        // What is missing in a layer that was not read is no finding.
        if self.problems.is_empty() {
            self.shape(template.as_ref(), &mut secrets);
        }
        if let (true, Some(sources)) = (is_short, sources.first()) {
            let problem = missing::only_shared(&self.search(None), sources);
            self.problems.push(problem);
        }
        self.encryption(&mut secrets);
        if !secrets.is_encrypted && self.keys.any_plain() {
            let message = "`keys` says `plain` of a key, and all are: there are no `recipients`";
            secrets.warnings.push(message.to_owned());
        }
        secrets
    }

    fn template(&mut self) -> Option<Template> {
        let Some(file) = self.settings.template.clone() else {
            self.keys.without_template(&mut self.problems);
            return None;
        };
        let template = Template::read(&file, &self.watched.package, &self.keys, &mut self.problems);
        self.watched.public.push(file.path);
        template
    }

    /// The profiles to embed: several, or the one that is set, or none.
    fn profiles(&self) -> Vec<Option<String>> {
        match (&self.settings.profiles, &self.settings.profile) {
            (Some(profiles), None) => profiles.iter().cloned().map(Some).collect(),
            (_, profile) => vec![profile.clone()],
        }
    }

    /// What the list of sources of a profile is made from.
    fn search<'a>(&'a self, profile: Option<&'a str>) -> Search<'a> {
        Search {
            package: &self.watched.package,
            workspace: &self.watched.workspace,
            named: self.named.clone(),
            files: self.settings.files.clone(),
            profile,
            compat: self.settings.compat,
            variables: self
                .settings
                .env_prefix
                .as_deref()
                .filter(|_| self.settings.template.is_some() || self.keys.any_typed()),
            allows_stub: self.settings.template.is_some() && self.variable_set().is_none(),
        }
    }

    /// Refuses to publish a source or a key, whether or not this build reads it. Returns a warning if not all files
    /// were searched.
    fn guard(&mut self) -> Option<String> {
        let mut found = Problems::default();
        let warning = publish::check(
            &self.search(None),
            &self.settings.private(),
            &self.settings.public(),
            &mut found,
        );
        self.problems.absorb(found);
        warning
    }

    /// Finds the shape, and fits the trees to it.
    fn shape(&mut self, template: Option<&Template>, secrets: &mut Secrets) {
        let rules = Rules::Real {
            template: template.map(|template| &template.tree),
        };
        for part in &mut secrets.parts {
            self.keys.apply(&mut part.tree, rules, &mut self.problems);
        }
        // Without a template, what the profiles have in common is not known before all is converted.
        if !self.problems.is_empty() && template.is_none() {
            return;
        }
        let needs_fit = template.is_some() || secrets.parts.len() > 1 || !self.keys.is_empty();
        secrets.shape = match template {
            Some(template) => template.shape.clone(),
            None => self.common_shape(&secrets.parts),
        };
        if !needs_fit {
            return;
        }
        let name = match template {
            Some(_) => "the template",
            None => "another profile",
        };
        for part in &mut secrets.parts {
            let standard = Standard {
                name,
                sources: &part.sources,
            };
            fit(&secrets.shape, &mut part.tree, standard, &mut self.problems);
        }
        if secrets.is_encrypted {
            secrets.check_plain(&mut self.problems);
        }
    }

    /// The shape that all profiles have in common. What only some have is there, and has to be optional.
    fn common_shape(&mut self, parts: &[Part]) -> TableType {
        let mut common: Option<TableType> = None;
        for part in parts {
            let shape = infer::of(&part.tree);
            common = Some(match common {
                None => shape,
                Some(mut known) => {
                    known.unite(&shape);
                    known
                }
            });
        }
        let mut common = common.unwrap_or_default();
        self.keys.mark(&mut common, &mut self.problems);
        common
    }
}
