//! What every value of a generated module can show of itself: the definitions that need each other.

use core::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

/// A value that was reached by key: `SECRETS["database"]["user"]`.
///
/// It is the very field of the generated struct behind a trait object, not a copy. Its type is not
/// known to the compiler, so each `as_` method returns `None` for a value of another type; prefer a
/// field (`SECRETS.database.user`) where the key is known when the program is written.
///
/// | method | yields | for |
/// | --- | --- | --- |
/// | `as_str` | `&str` | strings, and the names of choices |
/// | `as_i64`, `as_u64`, `as_i128`, `as_u128` | the integer, if it fits | integers of all widths |
/// | `as_f64` | `f64` | floats, `f32` too |
/// | `as_bool` | `bool` | booleans |
/// | `as_char` | `char` | characters |
/// | `as_ip_addr` | `IpAddr` | IP addresses |
/// | `as_socket_addr` | `SocketAddr` | IP addresses with a port |
/// | `as_duration` | `Duration` | durations |
/// | `as_datetime` | `toml_datetime::Datetime` | the four date-times (feature `datetime`) |
/// | `as_bytes` | `&[u8]` | strings, choices, `&[u8]`, and files that are not UTF-8 |
/// | `get`, `contains_key` | a value by key | tables |
/// | `len`, `is_empty`, `iter` | what is inside | tables and arrays |
/// | `kind` | [`Kind`](crate::Kind) | all |
///
/// It compares with plain Rust values (`SECRETS["port"] == 5432`), is indexed by key and, an array,
/// by position, and its `Debug` shows no value.
///
/// # Panics
///
/// Indexing panics if there is no such key or position, or nothing that could have one. The message
/// names the whole path of a missing key, and never a value.
pub type Value = dyn Node;

/// A value in a generated module. Implemented for the types that secrets become, and not to be implemented by others.
pub trait Node: Send + Sync + 'static {
    /// What this value is.
    fn view(&self) -> View<'_>;

    /// What a slice of such values is: an array, but for bytes.
    #[doc(hidden)]
    fn view_slice<'a>(slice: &'a &'static [Self]) -> View<'a>
    where
        Self: Sized,
    {
        View::Array(slice)
    }
}

/// One look at a [`Node`].
#[non_exhaustive]
pub enum View<'a> {
    /// A string.
    Str(&'a str),
    /// The name of a choice: of a variant of a generated enum.
    Choice(&'static str),
    /// An integer that fits `i64`.
    I64(i64),
    /// An integer that may be above `i64::MAX`.
    U64(u64),
    /// An integer of 128 bits.
    I128(i128),
    /// An integer of 128 bits that may be above `i128::MAX`.
    U128(u128),
    /// A float.
    F64(f64),
    /// A float of 32 bits.
    F32(f32),
    /// A boolean.
    Bool(bool),
    /// A character.
    Char(char),
    /// An IP address.
    IpAddr(IpAddr),
    /// An IP address with a port.
    SocketAddr(SocketAddr),
    /// A duration.
    Duration(Duration),
    /// Any of the four date-times.
    #[cfg(feature = "datetime")]
    Datetime(toml_datetime::Datetime),
    /// A file that is not UTF-8, or a slice of `u8`.
    Bytes(&'a [u8]),
    /// A string of an encrypted module.
    #[cfg(feature = "encrypted")]
    SecretString(&'a secrecy::SecretString),
    /// Bytes of an encrypted module.
    #[cfg(feature = "encrypted")]
    SecretBytes(&'a secrecy::SecretSlice<u8>),
    /// An array or a tuple.
    Array(&'a dyn Elements),
    /// A table.
    Table(&'a dyn Fields),
}

/// The elements of an array, by position.
pub trait Elements {
    /// How many there are.
    fn count(&self) -> usize;
    /// The one at a position.
    fn at(&self, index: usize) -> Option<&Value>;
}

/// A [`Table`](crate::Table) of any shape.
pub trait Fields {
    /// The name of its struct.
    fn name(&self) -> &'static str;
    /// Its dotted path, empty for the root.
    fn path(&self) -> &'static str;
    /// The keys of its shape as written in the files, in their order.
    fn keys(&self) -> &'static [&'static str];
    /// The names of its fields, in the order of the keys.
    fn fields(&self) -> &'static [&'static str];
    /// The value of the key at a position; nothing if this table does not have that key.
    fn field(&self, index: usize) -> Option<&Value>;
}

pub(crate) fn find<'a>(table: &'a dyn Fields, key: &str) -> Option<&'a Value> {
    let index = table.keys().iter().position(|other| *other == key)?;
    table.field(index)
}

/// Upcasts without naming the trait at the call.
pub(crate) fn value<T: Node>(node: &T) -> &Value {
    node
}
