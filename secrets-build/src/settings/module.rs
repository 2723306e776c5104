//! The names of the files of a module, which all who write, include or remove one have from here.

/// A file of a module.
#[derive(Clone, Copy)]
pub(crate) enum ModuleFile<'a> {
    /// Names and types, which the program includes.
    Module,
    /// The values of a plain module.
    Values,
    /// Placeholders of the same types, for `cargo doc`.
    Placeholders,
    /// The ciphertext of a profile, or of a module without profiles.
    Ciphertext(Option<&'a str>),
    /// The payload of an encrypted stub.
    Stub,
}

/// What the names of the other Rust files of a module end in. No module may have a name that ends so, or its file
/// could be one of another.
pub(crate) const ENDINGS: [&str; 3] = [VALUES, PLACEHOLDERS, PLAIN];

const VALUES: &str = "_values";
const PLACEHOLDERS: &str = "_doc";
const PLAIN: &str = "_plain";

impl ModuleFile<'_> {
    /// The name of this file of a module.
    pub(crate) fn file_name(self, module: &str) -> String {
        match self {
            Self::Module => format!("{module}.rs"),
            Self::Values => format!("{module}{VALUES}.rs"),
            Self::Placeholders => format!("{module}{PLACEHOLDERS}.rs"),
            Self::Ciphertext(None) => format!("{module}.age"),
            Self::Ciphertext(Some(profile)) => format!("{module}.{profile}.age"),
            Self::Stub => format!("{module}.stub"),
        }
    }
}

/// The module of the keys that stay plain in an encrypted module.
pub(crate) fn plain_module(module: &str) -> String {
    format!("{module}{PLAIN}")
}

/// The directory of links to absent sources.
pub(crate) fn absent_directory(module: &str) -> String {
    format!("{module}-absent")
}

/// A path that never exists, which has a script run in every build.
pub(crate) fn never(module: &str) -> String {
    format!("{module}-runs-in-every-build")
}
