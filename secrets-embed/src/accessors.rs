//! The values of leaves that were reached by key, as Rust types.

use core::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use crate::node::{Value, View};

impl Value {
    /// The string, if this is one, or the name of a choice.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self.view() {
            View::Str(value) | View::Choice(value) => Some(value),
            _ => None,
        }
    }

    /// The integer, if this is one that fits `i64`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.integer()
    }

    /// The integer, if this is one that fits `u64`.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.integer()
    }

    /// The integer, if this is one that fits `i128`.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        self.integer()
    }

    /// The integer, if this is one that fits `u128`.
    #[must_use]
    pub fn as_u128(&self) -> Option<u128> {
        self.integer()
    }

    /// The integer, if this is one that fits.
    fn integer<T>(&self) -> Option<T>
    where
        T: TryFrom<i64> + TryFrom<u64> + TryFrom<i128> + TryFrom<u128>,
    {
        match self.view() {
            View::I64(value) => value.try_into().ok(),
            View::U64(value) => value.try_into().ok(),
            View::I128(value) => value.try_into().ok(),
            View::U128(value) => value.try_into().ok(),
            _ => None,
        }
    }

    /// The float, if this is one; an `f32` is widened, which is exact. An integer is not converted.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self.view() {
            View::F64(value) => Some(value),
            View::F32(value) => Some(value.into()),
            _ => None,
        }
    }

    /// The boolean, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.view() {
            View::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The character, if this is one. A string of one character is not converted.
    #[must_use]
    pub fn as_char(&self) -> Option<char> {
        match self.view() {
            View::Char(value) => Some(value),
            _ => None,
        }
    }

    /// The IP address, if this is one. That of a socket address is not taken out.
    #[must_use]
    pub fn as_ip_addr(&self) -> Option<IpAddr> {
        match self.view() {
            View::IpAddr(value) => Some(value),
            _ => None,
        }
    }

    /// The IP address with a port, if this is one.
    #[must_use]
    pub fn as_socket_addr(&self) -> Option<SocketAddr> {
        match self.view() {
            View::SocketAddr(value) => Some(value),
            _ => None,
        }
    }

    /// The duration, if this is one.
    #[must_use]
    pub fn as_duration(&self) -> Option<Duration> {
        match self.view() {
            View::Duration(value) => Some(value),
            _ => None,
        }
    }

    /// The date-time, if this is one; a local date or time has only that part.
    #[cfg(feature = "datetime")]
    #[cfg_attr(docsrs, doc(cfg(feature = "datetime")))]
    #[must_use]
    pub fn as_datetime(&self) -> Option<toml_datetime::Datetime> {
        match self.view() {
            View::Datetime(value) => Some(value),
            _ => None,
        }
    }

    /// The bytes of a string or of the name of a choice, `&[u8]`, or those of a file that is not UTF-8.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self.view() {
            View::Bytes(value) => Some(value),
            View::Str(value) | View::Choice(value) => Some(value.as_bytes()),
            _ => None,
        }
    }

    /// The string of an encrypted module, if this is one; [`as_str`](#method.as_str) is `None` for it.
    #[cfg(feature = "encrypted")]
    #[cfg_attr(docsrs, doc(cfg(feature = "encrypted")))]
    #[must_use]
    pub fn as_secret(&self) -> Option<&secrecy::SecretString> {
        match self.view() {
            View::SecretString(value) => Some(value),
            _ => None,
        }
    }

    /// The bytes of an encrypted module, if these are; [`as_bytes`](#method.as_bytes) is `None` for them.
    #[cfg(feature = "encrypted")]
    #[cfg_attr(docsrs, doc(cfg(feature = "encrypted")))]
    #[must_use]
    pub fn as_secret_bytes(&self) -> Option<&secrecy::SecretSlice<u8>> {
        match self.view() {
            View::SecretBytes(value) => Some(value),
            _ => None,
        }
    }
}
