//! What stands for encrypted sources in a build without the feature `age`.

use std::path::Path;

use crate::{
    crypto::mistaken,
    error::{ErrorKind, Problem},
    files::read,
    read::source::Found,
    settings::named::NamedFile,
    shown,
};

/// What was read of a source.
pub(crate) type Bytes = Vec<u8>;

/// Nothing is wiped without that feature.
pub(crate) fn wiped(bytes: Vec<u8>) -> Bytes {
    bytes
}

/// No keys.
pub(crate) struct Keys;

impl Keys {
    pub(crate) fn new(_: Option<NamedFile>, _: &Path) -> Self {
        Self
    }

    #[allow(clippy::unused_self)]
    pub(crate) fn is_set(&self) -> bool {
        false
    }

    // It is a method where there are keys.
    #[allow(clippy::unused_self)]
    pub(crate) fn decrypt(&self, source: &Found) -> Result<Bytes, Problem> {
        if let Some(what) = read::read(&source.path)
            .ok()
            .and_then(|file| mistaken::source(&file))
        {
            let message = format!("{} {what}", shown::existing(&source.shown));
            return Err(Problem::new(ErrorKind::Identity, message));
        }
        let message = format!(
            "`{}` is encrypted; give `secrets-build` the feature `age`, as in \
             secrets-build = {{ version = \"0.1\", features = [\"age\"] }}",
            shown::escaped_path(&source.shown)
        );
        Err(Problem::new(ErrorKind::Source, message))
    }
}
