//! A TOML file that is encrypted with age, decrypted for the build.

use std::{
    cell::OnceCell,
    io::Read,
    path::{Path, PathBuf},
};

use age::{Decryptor, IdentityFile, armor::ArmoredReader};
use secrecy::zeroize::Zeroizing;

use crate::{
    crypto::mistaken,
    error::{ErrorKind, Problem},
    files::{encoding, read},
    read::source::Found,
    settings::{
        named::{FileRole, NamedFile},
        variables::{self, AGE_KEY as KEY_VARIABLE, AGE_KEY_FILE as FILE_VARIABLE},
    },
    shown,
};

/// What was read of a source, wiped when it is dropped.
pub(crate) type Bytes = Zeroizing<Vec<u8>>;

/// Has what was read wiped.
pub(crate) fn wiped(bytes: Vec<u8>) -> Bytes {
    Zeroizing::new(bytes)
}

/// What is wrong if a plugin is.
const PLUGIN: &str = "could not be decrypted: the plugin of the identity failed; is it installed and its device \
                      there?";

type Identity = Box<dyn age::Identity + Send + Sync>;

/// The identities of a build, looked for when the first source wants them.
pub(crate) struct Keys {
    setting: Option<NamedFile>,
    /// What a path in a variable is relative to.
    package: PathBuf,
    found: OnceCell<Result<Option<Identities>, Problem>>,
}

struct Identities {
    keys: Vec<Identity>,
    place: String,
}

impl Keys {
    /// `setting` is what the setting `identity` names.
    pub(crate) fn new(setting: Option<NamedFile>, package: &Path) -> Self {
        Self {
            setting,
            package: package.to_owned(),
            found: OnceCell::new(),
        }
    }

    /// Whether there is any identity to try.
    pub(crate) fn is_set(&self) -> bool {
        variables::is_set(FILE_VARIABLE)
            || variables::read_secret(KEY_VARIABLE).is_some()
            || self.setting.as_ref().is_some_and(|file| file.path.exists())
    }

    /// The contents of an encrypted source.
    pub(crate) fn decrypt(&self, source: &Found) -> Result<Bytes, Problem> {
        decrypt(&source.path, &source.shown, || {
            let found = self
                .found
                .get_or_init(|| identities(self.setting.as_ref(), &self.package));
            Ok(found.as_ref().map_err(Clone::clone)?.as_ref())
        })
    }
}

/// Takes the first of `SECRETS_AGE_KEY_FILE`, `SECRETS_AGE_KEY` and the setting `identity` that is
/// set; it has to be good.
fn identities(setting: Option<&NamedFile>, package: &Path) -> Result<Option<Identities>, Problem> {
    if let Some(problem) = variables::misplaced_key() {
        return Err(problem);
    }
    if let Some(path) = variables::read(FILE_VARIABLE).filter(|path| !path.is_empty()) {
        let file = NamedFile::from_variable(FileRole::Identity, path.into(), FILE_VARIABLE);
        return from_file(&file.resolve(package)?).map(Some);
    }
    if let Some(text) = variables::read_secret(KEY_VARIABLE) {
        let text = Zeroizing::new(text.into_encoded_bytes());
        return parse(&text, &format!("the variable `{KEY_VARIABLE}`")).map(Some);
    }
    setting.map(from_file).transpose()
}

fn from_file(file: &NamedFile) -> Result<Identities, Problem> {
    let text = Zeroizing::new(file.read()?);
    parse(&text, &shown::existing(&file.path))
}

fn parse(text: &[u8], place: &str) -> Result<Identities, Problem> {
    let invalid = |what: &str| Problem::new(ErrorKind::Identity, format!("{place} {what}"));
    let text = encoding::text(text).map_err(|reason| invalid(mistaken::no_text(reason)))?;
    if text.trim_start().starts_with("-----BEGIN") {
        let key = ssh(text.trim_start()).map_err(invalid)?;
        return Ok(Identities {
            keys: vec![key],
            place: place.to_owned(),
        });
    }
    if let Some(what) = mistaken::identity(text) {
        return Err(invalid(what));
    }
    let keys = IdentityFile::from_buffer(text.as_bytes())
        .ok()
        .and_then(|file| file.into_identities().ok())
        .filter(|keys| !keys.is_empty())
        .ok_or_else(|| invalid("holds no identity, expected `AGE-SECRET-KEY-1...`"))?;
    Ok(Identities {
        keys,
        place: place.to_owned(),
    })
}

/// A private key of SSH; the error is what is wrong with it.
#[cfg(feature = "ssh")]
fn ssh(text: &str) -> Result<Identity, &'static str> {
    use age::ssh::{
        Identity as Ssh,
        UnsupportedKey::{EncryptedPem, EncryptedSsh},
    };
    match Ssh::from_buffer(text.as_bytes(), None) {
        Ok(key @ Ssh::Unencrypted(_)) => Ok(Box::new(key)),
        Ok(Ssh::Encrypted(_) | Ssh::Unsupported(EncryptedPem | EncryptedSsh(_))) => {
            Err("holds an SSH key with a passphrase; take that off a copy, with `ssh-keygen -p`")
        }
        _ => Err("holds no SSH key that age knows, expected ed25519 or RSA"),
    }
}

#[cfg(not(feature = "ssh"))]
fn ssh(_: &str) -> Result<Identity, &'static str> {
    Err(
        "holds an SSH key; give `secrets-build` the feature `ssh`, as in \
         secrets-build = { version = \"0.1\", features = [\"ssh\"] }",
    )
}

/// The contents of an encrypted file, armored or binary. `shown` is its path in messages.
fn decrypt<'a>(
    path: &Path,
    shown: &Path,
    identities: impl FnOnce() -> Result<Option<&'a Identities>, Problem>,
) -> Result<Bytes, Problem> {
    let problem = |what: &str| {
        Problem::new(
            ErrorKind::Identity,
            format!("{} {what}", shown::existing(shown)),
        )
    };
    let file = read::read(path).map_err(|error| Problem::io("read", shown, &error))?;
    if let Some(what) = mistaken::source(&file) {
        return Err(problem(what));
    }
    let damaged = |_| problem("is no age file, or damaged; encrypt it again");
    let armor = ArmoredReader::new(mistaken::without_front(&file));
    let decryptor = Decryptor::new_buffered(armor).map_err(damaged)?;
    if decryptor.is_scrypt() {
        return Err(problem(
            "is encrypted to a passphrase, and a build asks for none; encrypt it to a recipient, with \
             `age --recipient`",
        ));
    }
    let Some(identities) = identities()? else {
        return Err(problem(&format!(
            "is encrypted and there is no identity to decrypt it; set the variable `{FILE_VARIABLE}` \
             or `{KEY_VARIABLE}`, or the setting `identity`"
        )));
    };
    let keys = identities
        .keys
        .iter()
        .map(|key| &**key as &dyn age::Identity);
    let mut stream = decryptor.decrypt(keys).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys | age::DecryptError::KeyDecryptionFailed => problem(&format!(
            "is not encrypted to the identity of {}; add its recipient and encrypt the file again, or \
             set another identity",
            identities.place
        )),
        // The file is read by now; it is a plugin that died.
        age::DecryptError::Io(_) => problem(PLUGIN),
        #[cfg(feature = "plugin")]
        age::DecryptError::PluginResolve(_) | age::DecryptError::Plugin(_) => problem(PLUGIN),
        error => damaged(error),
    })?;
    // The text is shorter than the file it is in, so that nothing grows and is left behind.
    let mut text = Zeroizing::new(Vec::with_capacity(file.len() + 32));
    stream
        .read_to_end(&mut text)
        .map_err(|_| problem("is damaged; encrypt it again"))?;
    Ok(text)
}
