//! What holds for keys: types, rules, and whether a key may be absent or stays plain.

use std::{fmt, time::Duration};

use crate::origin::Origin;

/// What holds for a key, or for all keys that a pattern fits: an entry of the setting `keys`.
///
/// ```no_run
/// use secrets_build::{Config, Key};
///
/// Config::new()
///     .key("database.port", Key::new().ty("u16").min(1024))
///     .key("sentry.dsn", Key::new().ty("url").optional())
///     .key("mail.*", Key::new().optional())
///     .embed();
/// ```
#[derive(Clone, Debug, Default)]
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

/// The lowest or highest value of a key.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Bound {
    /// Of an integer, or of a float.
    Integer(i128),
    /// Of a float.
    Float(f64),
    /// Of a duration.
    Duration(Duration),
}

impl Key {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the type, as the setting `type` names it: `string`, `bool`, an integer type such as `u16`,
    /// `f64`, `f32`, `date-time`, `date`, `time`, `char`, `ip-addr`, `socket-addr`, `duration`, `url`,
    /// `bytes`, `bytes:base64`, `bytes:hex`, `bytes:utf8`, or the texts of an enum, as in `enum:debug|info|warn`.
    #[must_use]
    pub fn ty(mut self, ty: impl Into<String>) -> Self {
        self.ty = Some(ty.into());
        self
    }

    /// The key may be absent: its field is an `Option`.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = Some(true);
        self
    }

    /// Sets the name of the field, in `snake_case`, from which those of the constant and of the type derive.
    /// The key itself stays as it is written, and is what key notation takes. For one key, not a pattern.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The key, and all below it, is a plain constant in an encrypted module.
    #[must_use]
    pub fn plain(mut self) -> Self {
        self.plain = Some(true);
        self
    }

    /// The key, and all below it, is encrypted, though it is in a table that stays [`plain`](Self::plain).
    ///
    /// ```no_run
    /// use secrets_build::{Config, Key};
    ///
    /// Config::new()
    ///     .key("database", Key::new().plain())
    ///     .key("database.password", Key::new().encrypted())
    ///     .embed();
    /// ```
    #[must_use]
    pub fn encrypted(mut self) -> Self {
        self.plain = Some(false);
        self
    }

    /// The text of a file in a secret directory keeps the newline that it ends in.
    #[must_use]
    pub fn keep_newline(mut self) -> Self {
        self.keep_newline = Some(true);
        self
    }

    /// Sets the lowest value of a number or a duration.
    #[must_use]
    pub fn min(mut self, min: impl Into<Bound>) -> Self {
        self.min = Some(min.into());
        self
    }

    /// Sets the highest value of a number or a duration.
    #[must_use]
    pub fn max(mut self, max: impl Into<Bound>) -> Self {
        self.max = Some(max.into());
        self
    }

    /// Sets the least number of characters of a string, of bytes, of elements of an array, or of keys of
    /// a table.
    #[must_use]
    pub fn min_length(mut self, length: usize) -> Self {
        self.min_length = Some(length);
        self
    }

    /// Sets the greatest number of characters of a string, of bytes, of elements of an array, or of keys
    /// of a table.
    #[must_use]
    pub fn max_length(mut self, length: usize) -> Self {
        self.max_length = Some(length);
        self
    }

    /// The same as a least length of 1.
    #[must_use]
    pub fn non_empty(mut self) -> Self {
        self.non_empty = Some(true);
        self
    }

    /// Sets a regular expression that the whole of a string has to match, in the syntax of the crate
    /// `regex`. Needs the feature `pattern`.
    #[must_use]
    pub fn pattern(mut self, pattern: impl Into<String>) -> Self {
        self.pattern = Some(pattern.into());
        self
    }

    /// The value may not be the one that the template has.
    #[must_use]
    pub fn not_template(mut self) -> Self {
        self.not_template = Some(true);
        self
    }
}

/// As the settings write it.
impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(integer) => integer.fmt(f),
            Self::Float(float) => write!(f, "{float:?}"),
            Self::Duration(duration) => humantime::format_duration(*duration).fmt(f),
        }
    }
}

macro_rules! integers {
    ($($type:ty)*) => {
        $(impl From<$type> for Bound {
            fn from(bound: $type) -> Self {
                Self::Integer(bound.into())
            }
        })*
    };
}

integers!(i8 i16 i32 i64 i128 u8 u16 u32 u64);

impl From<f64> for Bound {
    fn from(bound: f64) -> Self {
        Self::Float(bound)
    }
}

impl From<Duration> for Bound {
    fn from(bound: Duration) -> Self {
        Self::Duration(bound)
    }
}

/// An entry as it was set.
#[derive(Clone, Debug)]
pub(crate) struct KeySetting {
    /// The key or pattern as written.
    pub(crate) pattern: String,
    pub(crate) place: Origin,
    pub(crate) key: Key,
}
