//! Rules for the value of a key.

use crate::settings::key::{Key, bound::Bound};

impl Key {
    /// Sets the lowest value of a number or a duration.
    ///
    /// A lower value is an error, which shows the bound and not the value. So is a bound of another kind than the key has.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database.port", Key::new().min(1024))
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn min(mut self, min: impl Into<Bound>) -> Self {
        self.min = Some(min.into());
        self
    }

    /// Sets the highest value of a number or a duration.
    ///
    /// A higher value is an error, as with [`min`](Self::min).
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database.port", Key::new().max(65535))
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn max(mut self, max: impl Into<Bound>) -> Self {
        self.max = Some(max.into());
        self
    }

    /// Sets the least number of characters of a string, of bytes, of elements of an array, or of keys of
    /// a table.
    ///
    /// A shorter value is an error.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database.password", Key::new().min_length(7))
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn min_length(mut self, length: usize) -> Self {
        self.min_length = Some(length);
        self
    }

    /// Sets the greatest number of characters of a string, of bytes, of elements of an array, or of keys
    /// of a table.
    ///
    /// A longer value is an error.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database.user", Key::new().max_length(63))
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn max_length(mut self, length: usize) -> Self {
        self.max_length = Some(length);
        self
    }

    /// The same as a least length of 1.
    ///
    /// It is for what somebody may leave blank. An empty value is an error.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database.password", Key::new().non_empty())
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn non_empty(mut self) -> Self {
        self.non_empty = Some(true);
        self
    }

    /// Sets a regular expression that the whole of a string has to match, in the syntax of the crate
    /// `regex`. Needs the feature `pattern`.
    ///
    /// A string that does not match is an error, and so is what is not a regular expression.
    ///
    /// ```
    /// # #[cfg(feature = "pattern")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database.user", Key::new().pattern("[a-z][a-z0-9-]*"))
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "pattern"))]
    /// # fn main() {}
    /// ```
    #[must_use]
    pub fn pattern(mut self, pattern: impl Into<String>) -> Self {
        self.pattern = Some(pattern.into());
        self
    }

    /// The value may not be the one that the template has.
    ///
    /// It is for what somebody may forget to fill in: a value that was copied with the template is then an error.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// use secrets_build::{Config, Key};
    ///
    /// let secrets = Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .key("database.password", Key::new().not_template())
    ///     .template("secrets.example.toml")
    ///     .load()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn not_template(mut self) -> Self {
        self.not_template = Some(true);
        self
    }
}
