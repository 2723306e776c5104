//! The kinds of problems.

/// The kind of a [`Problem`](crate::Problem).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting in `Cargo.toml`, in code, or in the environment is unknown, has a wrong type, or contradicts
    /// another.
    Setting,
    /// A source is missing, cannot be read, or is of no known sort.
    Source,
    /// A file is not TOML.
    Syntax,
    /// A value is out of range, or nested too deeply.
    Value,
    /// Two layers disagree about what a key is.
    Merge,
    /// An environment variable fits no key, or its text does not fit the key.
    Variable,
    /// A value is not of the type, or breaks a rule, that the setting `keys` has for its key.
    Rule,
    /// The secrets do not have the shape that the template, or another profile, fixes; or the template cannot be
    /// read.
    Shape,
    /// A sealed file was edited, is damaged, or does not fit.
    Sealed,
    /// Two keys would have one name in Rust.
    Name,
    /// A recipient does not parse, or there is none, or more than one sort; a passphrase cannot be read; or encrypting
    /// is unsafe or fails.
    Recipient,
    /// An encrypted source cannot be decrypted, or an identity stands where something else belongs.
    Identity,
    /// A source lies in the package that is about to be published.
    Publish,
    /// The generated module could not be written, or there is no `OUT_DIR` for it.
    Output,
}
