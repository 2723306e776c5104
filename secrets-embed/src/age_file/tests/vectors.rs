//! The test vectors of the specification, C2SP/CCTV `age/testdata`, which are not part of this
//! repository: the variable `SECRETS_TEST_AGE_VECTORS` names their folder.

use std::{env, fs, io::Read, path::Path, string::String, vec::Vec};

use super::super::*;

/// What a vector states of itself, and the file after that.
#[derive(Default)]
struct Vector {
    expect: String,
    payload: Option<String>,
    identities: Vec<String>,
    /// One in a vector at most.
    passphrase: Option<String>,
    is_armored: bool,
    file: Vec<u8>,
}

impl Vector {
    fn read(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap();
        let end = bytes.windows(2).position(|two| two == b"\n\n").unwrap();
        let mut vector = Self {
            file: bytes[end + 2..].to_vec(),
            ..Self::default()
        };
        for line in std::str::from_utf8(&bytes[..end]).unwrap().lines() {
            let (key, value) = line.split_once(": ").unwrap();
            match key {
                "expect" => vector.expect = value.into(),
                "payload" => vector.payload = Some(value.into()),
                "identity" => vector.identities.push(value.into()),
                "armored" => vector.is_armored = true,
                "passphrase" => vector.passphrase = Some(value.into()),
                "compressed" => {
                    assert_eq!(value, "zlib");
                    let mut plain = Vec::new();
                    let mut decoder = flate2::read::ZlibDecoder::new(&bytes[end + 2..]);
                    decoder.read_to_end(&mut plain).unwrap();
                    vector.file = plain;
                }
                _ => {}
            }
        }
        vector
    }

    /// What the reader makes of it, in the words of the vectors.
    fn outcome(&self) -> (&'static str, Option<String>) {
        let Ok(file) = without_armor(&self.file) else {
            return ("armor failure", None);
        };
        let Ok(file) = AgeFile::parse(&file) else {
            // What does not start with armor is taken for a file without.
            let is_armored = self.is_armored && file == self.file;
            return (
                if is_armored {
                    "armor failure"
                } else {
                    "header failure"
                },
                None,
            );
        };
        let mut key = None;
        for stanza in file.stanzas() {
            for identity in &self.identities {
                match unwrap(identity, stanza) {
                    Ok(Some(unwrapped)) => key = Some(unwrapped),
                    Ok(None) => {}
                    Err(Malformed) => return ("header failure", None),
                }
            }
        }
        let Some(key) = key else {
            return ("no match", None);
        };
        if file.header.verify(&key).is_err() {
            return ("HMAC failure", None);
        }
        match file.decrypt(&key) {
            Ok(plain) => ("success", Some(hex(&plain))),
            Err(Malformed) => ("payload failure", None),
        }
    }
}

#[cfg(feature = "age")]
impl Vector {
    /// The same by way of the public API, which does not tell one sort of damage from another.
    fn outcome_of_passphrase(&self, passphrase: &str) -> (&str, Option<String>) {
        use crate::{Error, ExposeSecret, Identity};
        let mut identity = Identity::passphrase(passphrase);
        for text in &self.identities {
            identity = identity.or(text.parse().unwrap());
        }
        match identity.decrypt(&self.file) {
            Ok(plain) => ("success", Some(hex(plain.expose_secret()))),
            Err(Error::WrongIdentity { .. } | Error::PassphraseMismatch { .. }) => {
                ("no match", None)
            }
            // The crate `age` does not say which of its checks failed.
            Err(Error::Corrupt)
                if ["header failure", "HMAC failure", "payload failure"]
                    .contains(&&*self.expect) =>
            {
                (&self.expect, None)
            }
            // The specification bounds the work factor of a header.
            Err(Error::ExcessiveWork { .. }) if self.expect == "header failure" => {
                ("header failure", None)
            }
            Err(error) => panic!("expected {}: {error}", self.expect),
        }
    }
}

fn unwrap(identity: &str, stanza: &Stanza<'_>) -> Result<Option<FileKey>, Malformed> {
    if let Some(identity) = x25519::Identity::parse(identity) {
        return identity.unwrap(stanza);
    }
    #[cfg(feature = "post-quantum")]
    if let Some(identity) = hybrid::Identity::parse(identity) {
        return identity.unwrap(stanza);
    }
    panic!("an unknown kind of identity");
}

fn hex(bytes: &[u8]) -> String {
    use sha2::Digest;
    let hash = sha2::Sha256::digest(bytes);
    data_encoding::HEXLOWER.encode(&hash)
}

#[test]
fn all_vectors_give_what_they_expect() {
    let Some(folder) = env::var_os("SECRETS_TEST_AGE_VECTORS") else {
        std::eprintln!("SECRETS_TEST_AGE_VECTORS is not set: the vectors are not tested");
        return;
    };
    let mut wrong = Vec::new();
    let (mut tested, mut skipped) = (0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let vector = Vector::read(&path);
        let is_hybrid = vector.identities.iter().any(|text| text.contains("-PQ-"));
        let is_off = vector.passphrase.is_some() && !cfg!(feature = "age")
            || is_hybrid && !cfg!(feature = "post-quantum");
        if is_off {
            skipped += 1;
            continue;
        }
        tested += 1;
        let (outcome, hash) = match &vector.passphrase {
            #[cfg(feature = "age")]
            Some(passphrase) => vector.outcome_of_passphrase(passphrase),
            _ => vector.outcome(),
        };
        let same_text = outcome != "success" || hash == vector.payload;
        if outcome != vector.expect || !same_text {
            wrong.push(std::format!(
                "{}: {outcome}, expected {}",
                path.display(),
                vector.expect
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    std::eprintln!("{tested} vectors, {skipped} skipped");
    assert!(tested > 90, "{tested}");
}
