//! Settings in code about whom the module is encrypted to, and what decrypts sources.

use std::{panic::Location, path::PathBuf};

use crate::{
    origin::Origin,
    settings::{
        config::{Config, named_file},
        named::FileRole,
        recipient::{ProfileSetting, RecipientSetting},
    },
    shown,
};

impl Config {
    /// Adds a recipient, which makes the module encrypted: `age1...`, `ssh-ed25519 ...`, `ssh-rsa ...`,
    /// or the path of a file with one a line. The first call replaces the list in `Cargo.toml`.
    ///
    /// Needs the feature `age`; SSH keys the feature `ssh`, and those of plugins `plugin`.
    ///
    /// Call it when the binary leaves your machines. What is not a recipient, and a file without one, is an error.
    ///
    /// ```
    /// # #[cfg(feature = "age")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .recipient("age14tdwmytxxedjck9p309kya6ve5c4wyvavxjdfzpvs8jjgkcx05uq27ljhz")
    ///     .recipient("recipients.txt")
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "age"))]
    /// # fn main() {}
    /// ```
    #[track_caller]
    pub fn recipient(&mut self, recipient: impl AsRef<str>) -> &mut Self {
        self.add_recipient(|name, origin| RecipientSetting::new(recipient.as_ref(), name, origin))
    }

    /// Encrypts the module to the passphrase in a file, one trailing newline cut off.
    ///
    /// scrypt takes a work factor of 2^16: 64 MiB and about a fifth of a second where the program
    /// decrypts, and some seconds in a build script, which is not optimised. A passphrase is the only
    /// recipient of a module.
    ///
    /// It is for programs whose user types the passphrase. A file that is absent, empty or of two lines is an error.
    ///
    /// ```
    /// # #[cfg(feature = "age")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .passphrase_file("passphrase.txt")
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "age"))]
    /// # fn main() {}
    /// ```
    #[track_caller]
    pub fn passphrase_file(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.add_recipient(|name, origin| {
            RecipientSetting::passphrase_file(path.into(), name, origin)
        })
    }

    /// Encrypts the module to the passphrase in an environment variable; see
    /// [`passphrase_file`](Self::passphrase_file). As cargo must not learn it, the build script runs in
    /// every build.
    ///
    /// A variable that is not set or empty is an error.
    ///
    /// ```
    /// # #[cfg(feature = "age")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// # // SAFETY: there is one thread.
    /// # unsafe { std::env::set_var("MYAPP_PASSPHRASE", "a made up passphrase") };
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .passphrase_variable("MYAPP_PASSPHRASE")
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "age"))]
    /// # fn main() {}
    /// ```
    #[track_caller]
    pub fn passphrase_variable(&mut self, name: impl Into<String>) -> &mut Self {
        self.add_recipient(|setting, origin| RecipientSetting::PassphraseVariable {
            name: name.into(),
            setting: setting.to_owned(),
            origin,
        })
    }

    #[track_caller]
    fn add_recipient(
        &mut self,
        recipient: impl FnOnce(&str, Origin) -> RecipientSetting,
    ) -> &mut Self {
        let recipients = self.settings.recipients.get_or_insert_default();
        let name = format!("recipients[{}]", recipients.len());
        recipients.push(recipient(&name, Origin::code(Location::caller())));
        self.remember_origin(name)
    }

    /// Adds a recipient of one of several profiles. Profiles without recipients of their own use those of
    /// [`recipient`](Self::recipient). The first call replaces the recipients of profiles in `Cargo.toml`.
    ///
    /// So that whoever runs one profile cannot read another. A profile that [`profiles`](Self::profiles) does not list is an
    /// error.
    ///
    /// ```
    /// # #[cfg(feature = "age")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// const PRODUCTION: &str = "age14tdwmytxxedjck9p309kya6ve5c4wyvavxjdfzpvs8jjgkcx05uq27ljhz";
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .profiles(["staging", "production"])
    ///     .known_profiles(["production"])
    ///     .profile_recipient("staging", "recipients.txt")
    ///     .profile_recipient("production", PRODUCTION)
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "age"))]
    /// # fn main() {}
    /// ```
    #[track_caller]
    pub fn profile_recipient(
        &mut self,
        profile: impl Into<String>,
        recipient: impl AsRef<str>,
    ) -> &mut Self {
        self.add_profile_recipient(&profile.into(), |name, origin| {
            RecipientSetting::new(recipient.as_ref(), name, origin)
        })
    }

    /// Encrypts one of several profiles to the passphrase in a file. Profiles without recipients of their own use that
    /// of [`passphrase_file`](Self::passphrase_file).
    ///
    /// A profile that [`profiles`](Self::profiles) does not list is an error, and so is a second recipient beside a passphrase.
    ///
    /// ```
    /// # #[cfg(feature = "age")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .profiles(["staging"])
    ///     .profile_passphrase_file("staging", "passphrase.txt")
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "age"))]
    /// # fn main() {}
    /// ```
    #[track_caller]
    pub fn profile_passphrase_file(
        &mut self,
        profile: impl Into<String>,
        path: impl Into<PathBuf>,
    ) -> &mut Self {
        self.add_profile_recipient(&profile.into(), |name, origin| {
            RecipientSetting::passphrase_file(path.into(), name, origin)
        })
    }

    /// Encrypts one of several profiles to the passphrase in an environment variable. Profiles without recipients of
    /// their own use that of [`passphrase_variable`](Self::passphrase_variable).
    ///
    /// A profile that [`profiles`](Self::profiles) does not list is an error, and so is a second recipient beside a passphrase.
    ///
    /// ```
    /// # #[cfg(feature = "age")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// # // SAFETY: there is one thread.
    /// # unsafe { std::env::set_var("STAGING_PASSPHRASE", "a made up passphrase") };
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .profiles(["staging"])
    ///     .profile_passphrase_variable("staging", "STAGING_PASSPHRASE")
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "age"))]
    /// # fn main() {}
    /// ```
    #[track_caller]
    pub fn profile_passphrase_variable(
        &mut self,
        profile: impl Into<String>,
        name: impl Into<String>,
    ) -> &mut Self {
        self.add_profile_recipient(&profile.into(), |setting, origin| {
            RecipientSetting::PassphraseVariable {
                name: name.into(),
                setting: setting.to_owned(),
                origin,
            }
        })
    }

    #[track_caller]
    fn add_profile_recipient(
        &mut self,
        profile: &str,
        recipient: impl FnOnce(&str, Origin) -> RecipientSetting,
    ) -> &mut Self {
        let table = self.settings.profile_table.get_or_insert_default();
        let index = table
            .iter()
            .position(|entry| entry.name == profile)
            .unwrap_or_else(|| {
                table.push(ProfileSetting {
                    name: profile.to_owned(),
                    recipients: Vec::new(),
                });
                table.len() - 1
            });
        let recipients = &mut table[index].recipients;
        let count = recipients.len();
        let name = format!("profile.{}.recipients[{count}]", shown::name(profile));
        recipients.push(recipient(&name, Origin::code(Location::caller())));
        self.remember_origin(format!("profile.{profile}"))
    }

    /// Sets the path of the identity file that decrypts encrypted sources (`*.toml.age`). The variables
    /// `SECRETS_AGE_KEY_FILE`, a path, and `SECRETS_AGE_KEY`, an identity, win over it.
    ///
    /// A source that it does not open is an error. An identity inside the package is an error too where the package
    /// could be published with it.
    ///
    /// ```
    /// # #[cfg(feature = "age")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml.age")
    ///     .identity("identity.txt") // better: a path outside of the package
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "age"))]
    /// # fn main() {}
    /// ```
    #[track_caller]
    pub fn identity(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.settings.identity = Some(named_file(FileRole::Identity, path, "identity"));
        self.remember_origin("identity")
    }
}
