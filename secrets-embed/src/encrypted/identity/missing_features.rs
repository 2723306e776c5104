//! What the compiler says of a program that calls a method of a feature that is off: its name, and the line for
//! `Cargo.toml`, in place of "no such function".

use core::marker::PhantomData;

use crate::encrypted::{error::Error, identity::Identity};

/// A type that depends on a parameter, as one must for its bounds to be checked where they are used.
pub struct Needs<T>(PhantomData<T>);

/// Implemented for nothing.
#[cfg(not(feature = "age"))]
#[diagnostic::on_unimplemented(
    message = "passphrases take the feature `age` of `secrets-embed`",
    label = "not there without the feature `age`",
    note = "in Cargo.toml: secrets-embed = {{ version = \"0.1\", features = [\"age\"] }}"
)]
pub trait FeatureAge {
    /// Stands for what cannot be called.
    fn never<T>() -> T;
}

/// Implemented for nothing.
#[cfg(not(feature = "prompt"))]
#[diagnostic::on_unimplemented(
    message = "asking for a passphrase takes the feature `prompt` of `secrets-embed`",
    label = "not there without the feature `prompt`",
    note = "in Cargo.toml: secrets-embed = {{ version = \"0.1\", features = [\"prompt\"] }}"
)]
pub trait FeaturePrompt {
    /// Stands for what cannot be called.
    fn never<T>() -> T;
}

#[cfg(not(feature = "age"))]
#[doc(hidden)]
#[allow(clippy::missing_errors_doc)]
impl Identity {
    #[must_use]
    pub fn passphrase<T>(_: T) -> Self
    where
        Needs<T>: FeatureAge,
    {
        Needs::<T>::never()
    }

    pub fn from_encrypted_file<P, T>(_: P, _: T) -> Result<Self, Error>
    where
        Needs<T>: FeatureAge,
    {
        Needs::<T>::never()
    }
}

#[cfg(not(feature = "prompt"))]
#[doc(hidden)]
#[allow(clippy::missing_errors_doc)]
impl Identity {
    pub fn prompt<T>(_: T) -> Result<Self, Error>
    where
        Needs<T>: FeaturePrompt,
    {
        Needs::<T>::never()
    }
}
