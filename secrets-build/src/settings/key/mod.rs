//! What holds for keys: types, rules, and whether a key may be absent or stays plain.

mod bound;
mod rules;

pub use bound::Bound;

use std::fmt;

use crate::origin::Origin;

/// What holds for a key, or for all keys that a pattern fits: an entry of the setting `keys`.
///
/// ```
/// # fn main() -> Result<(), secrets_build::Error> {
/// use secrets_build::{Config, Key};
///
/// let secrets = Config::new()
/// #   .package("tests/app")
///     .file("secrets.toml")
///     .key("database.port", Key::new().ty("u16").min(1024))
///     .key("sentry.dsn", Key::new().ty("string").optional())
///     .load()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Key {
    pub(crate) ty: Option<String>,
    pub(crate) optional: Option<bool>,
    pub(crate) plain: Option<bool>,
    pub(crate) keep_newline: Option<bool>,
    pub(crate) min: Option<Bound>,
    pub(crate) max: Option<Bound>,
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    pub(crate) non_empty: Option<bool>,
    pub(crate) pattern: Option<String>,
    pub(crate) not_template: Option<bool>,
    pub(crate) name: Option<String>,
}

/// Shows no setting: a secret may have been typed in the place of a text.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").finish_non_exhaustive()
    }
}

impl Key {
    /// Nothing yet.
    ///
    /// Without a rule an entry says only that a package without a template takes the key from shared sources.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database.port", Key::new()) // no rule: the key must only be there
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the type, as the setting `type` names it: `string`, `bool`, an integer type such as `u16`,
    /// `f64`, `f32`, `date-time`, `date`, `time`, `char`, `ip-addr`, `socket-addr`, `duration`, `url`,
    /// `bytes`, `bytes:base64`, `bytes:hex`, `bytes:utf8`, or the texts of an enum, as in `enum:debug|info|warn`.
    ///
    /// A value that is not of the type is an error; so is a type that does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database.port", Key::new().ty("u16"))
    ///     .key("log", Key::new().ty("enum:debug|info|warn"))
    ///     .load()?;
    /// assert!(secrets.to_string().contains("database.port: u16"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn ty(mut self, ty: impl Into<String>) -> Self {
        self.ty = Some(ty.into());
        self
    }

    /// The key may be absent: its field is an `Option`.
    ///
    /// Without a value anywhere its type must be known: from the template, or by [`ty`](Self::ty).
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database.replica", Key::new().ty("string").optional())
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = Some(true);
        self
    }

    /// Sets the name of the field, in `snake_case`, from which those of the constant and of the type derive.
    /// The key itself stays as it is written, and is what key notation takes. For one key, not a pattern.
    ///
    /// Call it where two keys would have one name in Rust, or a key makes a poor one.
    ///
    /// What is not a name in `snake_case` is an error, and so is one name for two keys of a table.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("log", Key::new().name("log_level")) // `SECRETS.log_level`, `SECRETS["log"]`
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The key, and all below it, is a plain constant in an encrypted module.
    ///
    /// It is for what is not a secret and is wanted before there is an identity: a host, a level of a log. Without recipients
    /// all keys are plain, which a warning says.
    ///
    /// ```
    /// # #[cfg(feature = "age")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database.port", Key::new().plain())
    ///     .recipient("recipients.txt")
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "age"))]
    /// # fn main() {}
    /// ```
    #[must_use]
    pub fn plain(mut self) -> Self {
        self.plain = Some(true);
        self
    }

    /// The key, and all below it, is encrypted, though it is in a table that stays [`plain`](Self::plain).
    ///
    /// ```
    /// # #[cfg(feature = "age")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database", Key::new().plain())
    ///     .key("database.password", Key::new().encrypted())
    ///     .recipient("recipients.txt")
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "age"))]
    /// # fn main() {}
    /// ```
    #[must_use]
    pub fn encrypted(mut self) -> Self {
        self.plain = Some(false);
        self
    }

    /// The text of a file in a secret directory keeps the newline that it ends in.
    ///
    /// It is for files that another program reads again, such as an SSH key; otherwise one newline is cut off.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .directory("mounted", ["kubernetes.io"])
    ///     .key("password", Key::new().keep_newline())
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn keep_newline(mut self) -> Self {
        self.keep_newline = Some(true);
        self
    }
}

/// An entry as it was set.
#[derive(Clone, Debug)]
pub(crate) struct KeySetting {
    /// The key or pattern as written.
    pub(crate) pattern: String,
    pub(crate) origin: Origin,
    pub(crate) key: Key,
}
