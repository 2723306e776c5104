//! Settings in code about the sources, and how they are merged.

use std::{panic::Location, path::PathBuf};

use crate::{
    origin::Origin,
    settings::{Compat, Merge, config::Config, file::FileSetting},
};

impl Config {
    /// Adds a source, of higher precedence than those before it. It has to exist.
    ///
    /// The first call replaces the list in `Cargo.toml` and the default list. A path that ends in
    /// `.toml` is a TOML file, one in `.toml.age` such a file encrypted with age, and any other is a
    /// secret directory. It is relative to the package; a leading `~/` is the home directory. It is the
    /// package's own: a key of it that the template does not know is an error.
    ///
    /// A source that is absent, cannot be read or is not TOML is an error of [`embed`](Self::embed) and
    /// [`load`](Self::load), with all others.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .file("local.toml") // wins where both have a key
    ///     .load()?;
    /// assert!(secrets.to_string().starts_with("log: string, from local.toml"));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn file(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        let origin = Origin::code(Location::caller());
        self.add_file(FileSetting::new(path, false, Some(origin)))
    }

    /// Adds a secret directory without some of its entries: names, in which `*` is any text. They are
    /// not looked at. Otherwise as [`file`](Self::file).
    ///
    /// It is for directories that a host shares with others, such as `/run/secrets`.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .directory("mounted", ["kubernetes.io", "rhsm"])
    ///     .load()?;
    /// assert_eq!(secrets.to_string().lines().count(), 2); // `user` and `password`
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn directory(
        &mut self,
        path: impl Into<PathBuf>,
        except: impl IntoIterator<Item = impl Into<String>>,
    ) -> &mut Self {
        let origin = Origin::code(Location::caller());
        self.add_file(FileSetting {
            except: except.into_iter().map(Into::into).collect(),
            ..FileSetting::new(path, false, Some(origin))
        })
    }

    /// Adds a source that may be absent; otherwise as [`file`](Self::file).
    ///
    /// It is for what only some machines have: a developer's own values, say. One that is there and cannot be read is
    /// still an error.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .optional_file("of-this-machine.toml")
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn optional_file(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        let origin = Origin::code(Location::caller());
        self.add_file(FileSetting::new(path, true, Some(origin)))
    }

    fn add_file(&mut self, file: FileSetting) -> &mut Self {
        self.settings.files.get_or_insert_default().push(file);
        self
    }

    /// Sets the profile: `secrets.PROFILE.toml` is laid over each `secrets.toml`. It is an error if no source has
    /// such an overlay, unless [`known_profiles`](Self::known_profiles) lists the profile.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .profile("staging") // and `secrets.staging.toml`
    ///     .load()?;
    /// let user = "database.user: string, from secrets.staging.toml";
    /// assert!(secrets.to_string().contains(user));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn profile(&mut self, profile: impl Into<String>) -> &mut Self {
        self.settings.profile = Some(profile.into());
        self.remember_origin("profile")
    }

    /// Embeds several profiles, each encrypted on its own; see also
    /// [`profile_recipient`](Self::profile_recipient). The variable `SECRETS_PROFILE` picks one of them.
    /// Replaces the list in `Cargo.toml`.
    ///
    /// It is for one binary that runs in several places, each of which may read its own secrets alone. Without recipients
    /// it is an error: anyone who has the binary could read all of them.
    ///
    /// ```
    /// # #[cfg(feature = "age")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .profiles(["staging", "production"])
    ///     .known_profiles(["production"]) // has no overlay
    ///     .recipient("recipients.txt")
    ///     .load()?;
    /// assert!(secrets.to_string().starts_with("[staging]"));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "age"))]
    /// # fn main() {}
    /// ```
    #[track_caller]
    pub fn profiles(&mut self, profiles: impl IntoIterator<Item = impl Into<String>>) -> &mut Self {
        self.settings.profiles = Some(profiles.into_iter().map(Into::into).collect());
        self.remember_origin("profiles")
    }

    /// Lists profiles that no source needs to have an overlay for. A profile that is neither listed nor
    /// has an overlay is an error, as its name may be misspelt. Replaces the list in `Cargo.toml`.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml") // there is no `secrets.test.toml`
    ///     .known_profiles(["staging", "test"])
    ///     .profile("test")
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn known_profiles(
        &mut self,
        profiles: impl IntoIterator<Item = impl Into<String>>,
    ) -> &mut Self {
        self.settings.known_profiles = Some(profiles.into_iter().map(Into::into).collect());
        self.remember_origin("known-profiles")
    }

    /// Sets the prefix of variables that override keys: `PREFIX__DATABASE__PASSWORD` overrides
    /// `database.password`.
    ///
    /// It is for hosts that have secrets in variables, such as CI. A variable with this prefix that no key fits is an error.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .env_prefix("MYAPP") // `MYAPP__DATABASE__PASSWORD` wins over the file
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn env_prefix(&mut self, prefix: impl Into<String>) -> &mut Self {
        self.settings.env_prefix = Some(prefix.into());
        self.remember_origin("env-prefix")
    }

    /// Sets how a layer is laid over the lower ones; deep if not set.
    ///
    /// [`Merge::Shallow`] is for tables that belong together, of which a layer replaces all or nothing. Two layers that
    /// disagree about the type of a key are an error in either.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Merge};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .file("secrets.staging.toml") // replaces the whole table `database`
    ///     .merge(Merge::Shallow)
    ///     .load()?;
    /// assert!(!secrets.to_string().contains("database.password"));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn merge(&mut self, merge: Merge) -> &mut Self {
        self.settings.merge = Some(merge);
        self.remember_origin("merge")
    }

    /// Follows the semantics of another tool exactly.
    ///
    /// Call it in a project that has files of that tool already. It says how layers are merged; to set
    /// [`merge`](Self::merge) to something else beside it is an error.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Compat, Config};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .compat(Compat::Streamlit)
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn compat(&mut self, compat: Compat) -> &mut Self {
        self.settings.compat = Some(compat);
        self.remember_origin("compat")
    }
}
