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
    model::wipe::Bytes,
    settings::{
        named::{FileRole, NamedFile},
        names_read,
        variables::{self, AGE_KEY as KEY_VARIABLE, AGE_KEY_FILE as FILE_VARIABLE},
    },
    shown,
};

/// What is wrong if a plugin is.
const PLUGIN: &str = "could not be decrypted: the plugin of the identity failed; is it installed and its device \
                      there?";

type Identity = Box<dyn age::Identity + Send + Sync>;

/// The identities of a build, looked for when the first source wants them.
pub(crate) struct Identities {
    setting: Option<NamedFile>,
    /// What a path in a variable is relative to.
    package: PathBuf,
    loaded: OnceCell<Result<Option<Loaded>, Problem>>,
}

/// Identities, and where they are from, for messages.
struct Loaded {
    identities: Vec<Identity>,
    origin: String,
}

impl Identities {
    /// `setting` is what the setting `identity` names.
    pub(crate) fn new(setting: Option<NamedFile>, package: &Path) -> Self {
        Self {
            setting,
            package: package.to_owned(),
            loaded: OnceCell::new(),
        }
    }

    /// Whether there is any identity to try.
    pub(crate) fn is_set(&self) -> bool {
        variables::is_set(FILE_VARIABLE)
            || variables::read_secret(KEY_VARIABLE).is_some()
            || self.setting.as_ref().is_some_and(|file| file.path.exists())
    }

    /// The contents of an encrypted file, armored or binary. `shown` is its path in messages.
    pub(crate) fn decrypt(&self, path: &Path, shown: &Path) -> Result<Bytes, Problem> {
        decrypt(path, shown, || {
            let loaded = self
                .loaded
                .get_or_init(|| load(self.setting.as_ref(), &self.package));
            Ok(loaded.as_ref().map_err(Clone::clone)?.as_ref())
        })
    }
}

/// Takes the first of `SECRETS_AGE_KEY_FILE`, `SECRETS_AGE_KEY` and the setting `identity` that is
/// set; it must be good.
fn load(setting: Option<&NamedFile>, package: &Path) -> Result<Option<Loaded>, Problem> {
    if let Some(problem) = names_read::misplaced_key() {
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

fn from_file(file: &NamedFile) -> Result<Loaded, Problem> {
    let text = Zeroizing::new(file.read()?);
    parse(&text, &shown::existing(&file.path))
}

fn parse(text: &[u8], origin: &str) -> Result<Loaded, Problem> {
    let invalid = |what: &str| Problem::new(ErrorKind::Identity, format!("{origin} {what}"));
    let text = encoding::text(text).map_err(|reason| invalid(mistaken::no_text(reason)))?;
    if text.trim_start().starts_with("-----BEGIN") {
        let identity = ssh(text.trim_start()).map_err(invalid)?;
        return Ok(Loaded {
            identities: vec![identity],
            origin: origin.to_owned(),
        });
    }
    if let Some(what) = mistaken::identity(text) {
        return Err(invalid(what));
    }
    let identities = IdentityFile::from_buffer(text.as_bytes())
        .ok()
        .and_then(|file| file.into_identities().ok())
        .filter(|identities| !identities.is_empty())
        .ok_or_else(|| invalid("holds no identity, expected `AGE-SECRET-KEY-1...`"))?;
    Ok(Loaded {
        identities,
        origin: origin.to_owned(),
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
        Ok(identity @ Ssh::Unencrypted(_)) => Ok(Box::new(identity)),
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

/// The most recipients of an encrypted source, and bytes of its header: as many as `secrets-embed` reads.
const MAX_RECIPIENTS: usize = 1024;
const MAX_HEADER: u64 = 2 * 1024 * 1024;

/// Whether the header of an age file is beyond the limits. The crate `age` has none, and takes the square of the time
/// for twice the recipients.
fn has_large_header(file: &[u8]) -> bool {
    let mut header = Vec::new();
    // What cannot be read, the crate `age` reports.
    let _ = ArmoredReader::new(file)
        .take(MAX_HEADER)
        .read_to_end(&mut header);
    let is_cut = header.len() as u64 == MAX_HEADER;
    let mut recipients = 0;
    for line in header.split(|byte| *byte == b'\n') {
        if line.starts_with(b"--- ") {
            return recipients > MAX_RECIPIENTS;
        }
        recipients += usize::from(line.starts_with(b"-> "));
    }
    is_cut || recipients > MAX_RECIPIENTS
}

fn decrypt<'a>(
    path: &Path,
    shown: &Path,
    identities: impl FnOnce() -> Result<Option<&'a Loaded>, Problem>,
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
    let damaged = |_| problem("is not an age file, or damaged; encrypt it again");
    let front = mistaken::without_front(&file);
    if has_large_header(front) {
        return Err(problem(
            "has a header of more than 1,024 recipients or 2 MiB; encrypt it again, to fewer",
        ));
    }
    let armor = ArmoredReader::new(front);
    let decryptor = Decryptor::new_buffered(armor).map_err(damaged)?;
    if decryptor.is_scrypt() {
        return Err(problem(
            "is encrypted to a passphrase, and a build asks for none; encrypt it to a recipient, with \
             `age --recipient`",
        ));
    }
    let Some(loaded) = identities()? else {
        return Err(problem(&format!(
            "is encrypted and there is no identity to decrypt it; set the variable `{FILE_VARIABLE}` \
             or `{KEY_VARIABLE}`, or the setting `identity`"
        )));
    };
    let identities = loaded
        .identities
        .iter()
        .map(|identity| &**identity as &dyn age::Identity);
    let mut stream = decryptor.decrypt(identities).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys | age::DecryptError::KeyDecryptionFailed => problem(&format!(
            "is not encrypted to the identity of {}; add its recipient and encrypt the file again, or \
             set another identity",
            loaded.origin
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
