//! SSH keys as `ssh-keygen` makes them.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use rsa::{RsaPrivateKey, pkcs1::EncodeRsaPrivateKey, pkcs8::EncodePrivateKey};
pub use ssh_key::Cipher;
use ssh_key::{
    Algorithm, EcdsaCurve, LineEnding, PrivateKey,
    private::{KeypairData, RsaKeypair},
    rand_core::OsRng,
};

/// The smallest that age takes, since larger ones take longer to make.
const RSA_BITS: usize = 2048;

/// The kind of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SshKind {
    /// `ssh-keygen -t ed25519`.
    Ed25519,
    /// `ssh-keygen -t rsa`.
    Rsa,
    /// `ssh-keygen -t ecdsa`.
    Ecdsa,
}

/// A pair of keys.
pub struct SshKey {
    key: PrivateKey,
    /// The same, if it is an RSA key.
    rsa: Option<RsaPrivateKey>,
}

impl SshKey {
    /// Makes a key.
    #[must_use]
    pub fn new(kind: SshKind) -> Self {
        let random = &mut OsRng;
        let curve = EcdsaCurve::NistP256;
        let rsa = (kind == SshKind::Rsa)
            .then(|| RsaPrivateKey::new(random, RSA_BITS).expect("an RSA key"));
        let key = match (kind, &rsa) {
            (SshKind::Ecdsa, _) => PrivateKey::random(random, Algorithm::Ecdsa { curve }),
            (_, Some(rsa)) => {
                RsaKeypair::try_from(rsa).and_then(|key| PrivateKey::new(KeypairData::Rsa(key), ""))
            }
            (_, None) => PrivateKey::random(random, Algorithm::Ed25519),
        };
        let mut key = key.expect("a key");
        key.set_comment("me@host");
        Self { key, rsa }
    }

    /// The private half in OpenSSH's own format.
    #[must_use]
    pub fn openssh(&self) -> String {
        text(&self.key)
    }

    /// The same, encrypted: `ssh-keygen -N PASSPHRASE -Z CIPHER`.
    #[must_use]
    pub fn encrypted(&self, cipher: Cipher, passphrase: &str) -> String {
        let encrypted = self.key.encrypt_with_cipher(&mut OsRng, cipher, passphrase);
        text(&encrypted.expect("an encrypted key"))
    }

    /// The private half of an RSA key: `ssh-keygen -m PEM`.
    #[must_use]
    pub fn pem(&self) -> String {
        let text = self.rsa().to_pkcs1_pem(LineEnding::LF).expect("a text");
        text.as_str().to_owned()
    }

    /// The private half of an RSA key: `ssh-keygen -m PKCS8`.
    #[must_use]
    pub fn pkcs8(&self) -> String {
        let text = self.rsa().to_pkcs8_pem(LineEnding::LF).expect("a text");
        text.as_str().to_owned()
    }

    /// The public half, a line.
    #[must_use]
    pub fn public(&self) -> String {
        self.key.public_key().to_openssh().expect("a text")
    }

    /// Writes a private half, and the public one beside it as `.pub`. Returns the path of the former.
    pub fn write(&self, path: impl AsRef<Path>, private: &str) -> PathBuf {
        let path = path.as_ref();
        fs::write(path, private).expect("a file");
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("permissions");
        let public = self.public() + "\n";
        fs::write(path.with_extension("pub"), public).expect("a file");
        path.to_owned()
    }

    fn rsa(&self) -> &RsaPrivateKey {
        self.rsa.as_ref().expect("an RSA key")
    }
}

fn text(key: &PrivateKey) -> String {
    let text = key.to_openssh(LineEnding::LF).expect("a text");
    text.as_str().to_owned()
}
