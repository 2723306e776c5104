//! Scalars beyond TOML's own: types that a key can be given, and values of them.

use std::{
    env, fmt,
    net::{IpAddr, SocketAddr},
    str,
    sync::Arc,
    time::Duration,
};

use toml::{Spanned, de::DeValue};

/// An integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Int {
    I8,
    I16,
    I32,
    I64,
    I128,
    Isize,
    U8,
    U16,
    U32,
    U64,
    U128,
    Usize,
}

/// A type of scalars.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    Int(Int),
    F32,
    Char,
    IpAddr,
    SocketAddr,
    Duration,
    /// The texts to choose from, of which there is one at least.
    Enum(Arc<[String]>),
}

/// A value of a type of scalars.
#[derive(Clone, PartialEq)]
pub(crate) enum ScalarValue {
    /// All but `u128`.
    Int(Int, i128),
    U128(u128),
    F32(f32),
    Char(char),
    IpAddr(IpAddr),
    SocketAddr(SocketAddr),
    Duration(Duration),
    /// The texts, and which one it is.
    Enum(Arc<[String]>, usize),
}

impl Int {
    pub(crate) const ALL: [Self; 12] = [
        Self::I8,
        Self::I16,
        Self::I32,
        Self::I64,
        Self::I128,
        Self::Isize,
        Self::U8,
        Self::U16,
        Self::U32,
        Self::U64,
        Self::U128,
        Self::Usize,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::I128 => "i128",
            Self::Isize => "isize",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::U128 => "u128",
            Self::Usize => "usize",
        }
    }

    pub(crate) fn is_signed(self) -> bool {
        self.name().starts_with('i')
    }

    /// The width in bits; of `usize` and `isize` that of the target, which cargo tells a build script.
    fn bits(self) -> u32 {
        let digits = self.name().trim_start_matches(['i', 'u']);
        digits.parse().unwrap_or_else(|_| {
            let width = env::var("CARGO_CFG_TARGET_POINTER_WIDTH").ok();
            width.and_then(|width| width.parse().ok()).unwrap_or(64)
        })
    }

    /// Whether an integer is in the range of the type.
    pub(crate) fn fits(self, integer: i128) -> bool {
        let bits = self.bits();
        match (self.is_signed(), bits) {
            (true, 128) => true,
            (true, bits) => (-(1_i128 << (bits - 1))..1_i128 << (bits - 1)).contains(&integer),
            (false, 128) => integer >= 0,
            (false, bits) => (0..1_i128 << bits).contains(&integer),
        }
    }

    /// The integer in a text.
    pub(crate) fn parse(self, text: &str) -> Option<ScalarValue> {
        let Some(DeValue::Integer(number)) = number(text) else {
            return None;
        };
        if self == Self::U128 {
            let integer = u128::from_str_radix(number.as_str(), number.radix()).ok();
            return integer.map(ScalarValue::U128);
        }
        let integer = i128::from_str_radix(number.as_str(), number.radix()).ok()?;
        self.checked(integer)
    }

    /// An integer as a value of this type, if it fits.
    pub(crate) fn checked(self, integer: i128) -> Option<ScalarValue> {
        match self {
            Self::U128 => u128::try_from(integer).ok().map(ScalarValue::U128),
            _ => self
                .fits(integer)
                .then_some(ScalarValue::Int(self, integer)),
        }
    }

    /// What a value must be, for messages.
    pub(crate) fn expected(self) -> String {
        let bits = self.bits();
        match (self.is_signed(), bits) {
            (true, bits @ ..=32) => {
                let end = 1_i128 << (bits - 1);
                format!("an integer from {} to {}", -end, end - 1)
            }
            (false, bits @ ..=32) => format!("an integer from 0 to {}", (1_i128 << bits) - 1),
            (true, bits) => format!("an integer of {bits} bits"),
            (false, bits) => format!("an integer of {bits} bits that is not negative"),
        }
    }
}

impl ScalarValue {
    pub(crate) fn scalar(&self) -> Scalar {
        match self {
            Self::Int(int, _) => Scalar::Int(*int),
            Self::U128(_) => Scalar::Int(Int::U128),
            Self::F32(_) => Scalar::F32,
            Self::Char(_) => Scalar::Char,
            Self::IpAddr(_) => Scalar::IpAddr,
            Self::SocketAddr(_) => Scalar::SocketAddr,
            Self::Duration(_) => Scalar::Duration,
            Self::Enum(texts, _) => Scalar::Enum(Arc::clone(texts)),
        }
    }
}

/// The type as the setting `keys` names it.
impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Int(int) => int.name(),
            Self::F32 => "f32",
            Self::Char => "char",
            Self::IpAddr => "ip-addr",
            Self::SocketAddr => "socket-addr",
            Self::Duration => "duration",
            Self::Enum(texts) => return write!(f, "enum:{}", texts.join("|")),
        })
    }
}

/// A float in a text, which is infinite only if it says so.
pub(crate) fn float_of_text(text: &str) -> Option<f64> {
    let float: f64 = match number(text)? {
        DeValue::Float(number) => number.as_str().parse().ok()?,
        // Precision beyond 2^53 is lost, as for the same digits with a point.
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok()?,
        _ => return None,
    };
    let says_so = text.contains("inf") || text.contains("nan");
    (float.is_finite() || says_so).then_some(float)
}

/// A number in a text, as TOML writes it.
fn number(text: &str) -> Option<DeValue<'_>> {
    let text = text.trim();
    // Neither an array nor a table, which may be nested too deeply to be parsed.
    let is_flat = !text.starts_with(['[', '{']);
    let parsed = is_flat.then(|| DeValue::parse(text).ok()).flatten();
    parsed.map(Spanned::into_inner)
}

/// A duration of numbers with units. The parser knows longer units too, of which one is a month and
/// another a minute, and cannot add up what is beyond its range.
pub(crate) fn duration(text: &str) -> Option<Duration> {
    const UNITS: [&str; 8] = ["ns", "us", "ms", "s", "m", "h", "d", "w"];
    const DIGITS: usize = 12;
    const LENGTH: usize = 100;
    let text = text.trim();
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    let mut units = text.split(|c: char| c.is_ascii_digit() || c == ' ');
    let fits = text.len() <= LENGTH
        && numbers.all(|part| part.len() <= DIGITS)
        && units.all(|part| part.is_empty() || UNITS.contains(&part))
        && text.ends_with(|c: char| !c.is_ascii_digit());
    fits.then(|| humantime::parse_duration(text).ok()).flatten()
}
