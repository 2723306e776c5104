//! The types that a key can be given.

use std::{fmt, sync::Arc};

use crate::{
    error::suggest,
    model::{
        names,
        scalar::{Int, Scalar},
        shape::Type,
    },
    shown,
};

/// A type as the setting `type` names it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum KeyType {
    String,
    Bool,
    F64,
    DateTime,
    Date,
    Time,
    Url,
    Bytes(Encoding),
    Scalar(Scalar),
}

/// How bytes are written in a string.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// The bytes of a file, or of the string.
    Raw,
    Base64,
    Hex,
    Utf8,
}

const SIMPLE: [(&str, KeyType); 15] = [
    ("string", KeyType::String),
    ("bool", KeyType::Bool),
    ("f64", KeyType::F64),
    ("date-time", KeyType::DateTime),
    ("date", KeyType::Date),
    ("time", KeyType::Time),
    ("url", KeyType::Url),
    ("bytes", KeyType::Bytes(Encoding::Raw)),
    ("bytes:base64", KeyType::Bytes(Encoding::Base64)),
    ("bytes:hex", KeyType::Bytes(Encoding::Hex)),
    ("bytes:utf8", KeyType::Bytes(Encoding::Utf8)),
    ("f32", KeyType::Scalar(Scalar::F32)),
    ("char", KeyType::Scalar(Scalar::Char)),
    ("ip-addr", KeyType::Scalar(Scalar::IpAddr)),
    ("socket-addr", KeyType::Scalar(Scalar::SocketAddr)),
];

impl KeyType {
    /// Reads the name of a type; the error is what is wrong with it.
    pub(crate) fn parse(name: &str) -> Result<Self, String> {
        if let Some((_, ty)) = SIMPLE.iter().find(|(simple, _)| *simple == name) {
            return Ok(ty.clone());
        }
        if let Some(int) = Int::ALL.into_iter().find(|int| int.name() == name) {
            return Ok(Self::Scalar(Scalar::Int(int)));
        }
        if name == "duration" {
            return Ok(Self::Scalar(Scalar::Duration));
        }
        if let Some(texts) = name.strip_prefix("enum:") {
            return texts_of_enum(texts).map(|texts| Self::Scalar(Scalar::Enum(texts)));
        }
        let names: Vec<_> = SIMPLE
            .iter()
            .map(|(name, _)| *name)
            .chain(Int::ALL.map(Int::name))
            .chain(["duration", "enum:a|b"])
            .collect();
        let way_out = match suggest(name, names.iter().copied()) {
            near if near.is_empty() => format!(", expected one of {}", names.join(", ")),
            near => near,
        };
        Err(format!("`{}` is not a type{way_out}", shown::name(name)))
    }

    /// The type of a key that has it.
    pub(crate) fn shape(&self) -> Type {
        match self {
            Self::String | Self::Url => Type::String,
            Self::Bool => Type::Boolean,
            Self::F64 => Type::Float,
            Self::DateTime => Type::Datetime,
            Self::Date => Type::Date,
            Self::Time => Type::Time,
            Self::Bytes(_) => Type::Bytes,
            Self::Scalar(scalar) => Type::Scalar(scalar.clone()),
        }
    }

    /// What a value must be, for messages.
    pub(crate) fn expected(&self) -> String {
        let expected = match self {
            Self::String => "a string",
            Self::Bool => "`true` or `false`",
            Self::F64 => "a float",
            Self::DateTime => "a date-time",
            Self::Date => "a date",
            Self::Time => "a time of day",
            Self::Url => "a URL with its scheme, such as `https://host/path`",
            Self::Bytes(Encoding::Raw) => "a string, or a file of a secret directory",
            Self::Bytes(Encoding::Base64) => "a string in base64",
            Self::Bytes(Encoding::Hex) => "a string of pairs of hexadecimal digits",
            Self::Bytes(Encoding::Utf8) => "text in UTF-8",
            Self::Scalar(Scalar::Int(int)) => return int.expected(),
            Self::Scalar(Scalar::F32) => "a float in the range of `f32`",
            Self::Scalar(Scalar::Char) => "a string of one character",
            Self::Scalar(Scalar::IpAddr) => "an IP address, such as `127.0.0.1` or `::1`",
            Self::Scalar(Scalar::SocketAddr) => {
                "an IP address and a port, such as `127.0.0.1:80` or `[::1]:80`"
            }
            Self::Scalar(Scalar::Duration) => {
                "a duration with its units, such as `30s` or `1h 30m`"
            }
            Self::Scalar(Scalar::Enum(texts)) => {
                let texts = texts.iter().map(|text| format!("`{}`", shown::name(text)));
                return format!("one of {}", texts.collect::<Vec<_>>().join(", "));
            }
        };
        expected.to_owned()
    }
}

/// The texts of an enum, which are different, also as names of variants.
fn texts_of_enum(texts: &str) -> Result<Arc<[String]>, String> {
    let texts: Vec<String> = texts
        .split('|')
        .map(|text| text.trim().to_owned())
        .collect();
    if texts.iter().any(String::is_empty) {
        return Err("the enum has an empty text, expected some as in `enum:debug|info`".to_owned());
    }
    for (index, text) in texts.iter().enumerate() {
        let name = names::variant_name(text);
        if let Some(first) = texts[..index]
            .iter()
            .find(|first| names::variant_name(first) == name)
        {
            return Err(format!(
                "`{}` and `{}` of the enum both become the variant `{}`; rename one of them",
                shown::name(first),
                shown::name(text),
                shown::name(&name),
            ));
        }
    }
    Ok(texts.into())
}

/// The type as the setting `type` names it.
impl KeyType {
    /// The type as messages show it: a text of an enum that does not look like a name is hidden.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Scalar(Scalar::Enum(texts)) => {
                let texts: Vec<_> = texts.iter().map(|text| shown::name(text)).collect();
                format!("enum:{}", texts.join("|"))
            }
            other => other.to_string(),
        }
    }
}

impl fmt::Display for KeyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar(scalar) => scalar.fmt(f),
            other => {
                let name = SIMPLE.iter().find(|(_, ty)| ty == other);
                f.write_str(name.map_or("", |(name, _)| name))
            }
        }
    }
}
