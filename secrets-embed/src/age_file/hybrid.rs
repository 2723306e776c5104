//! Post-quantum identities: ML-KEM-768 together with X25519, which is also called X-Wing.
//!
//! The key of a file is wrapped with HPKE (RFC 9180) in base mode: the KEM MLKEM768-X25519 of
//! draft-ietf-hpke-pq, HKDF-SHA256, and ChaCha20-Poly1305.

use alloc::{boxed::Box, string::String};

use hkdf::{Hkdf, HkdfExtract};
use libcrux_ml_kem::mlkem768::{self, MlKem768Ciphertext, MlKem768PrivateKey};
use secrecy::zeroize::Zeroizing;
use sha2::Sha256;
use x25519_dalek::{PublicKey, SharedSecret, StaticSecret};

use super::{bech32, header::Stanza, kdf::FileKey, malformed::Malformed};

pub(crate) const KIND: &str = "mlkem768x25519";
const INFO: &[u8] = b"age-encryption.org/mlkem768x25519";
/// What the two shared secrets are hashed with.
const LABEL: &[u8] = br"\.//^\";
/// "HPKE", and the numbers of the KEM, of the KDF and of the AEAD.
const SUITE: &[u8] = b"HPKE\x64\x7a\x00\x01\x00\x03";

/// The bytes of a private half, and of what is agreed upon with each half.
const ML_KEM_PRIVATE: usize = 2_400;
const ML_KEM_SHARE: usize = 1_088;
const X25519: usize = 32;
const SHARE: usize = ML_KEM_SHARE + X25519;

/// `AGE-SECRET-KEY-PQ-1...`
pub(crate) struct Identity(Box<Halves>);

/// The two keys that an identity is expanded to. Boxed, so that no copy stays behind where an identity
/// is moved.
struct Halves {
    ml_kem: MlKem768PrivateKey,
    x25519: StaticSecret,
    x25519_public: PublicKey,
    /// The first bytes of the public half, by which it is recognized.
    public_start: [u8; 5],
}

impl Identity {
    /// Parses an identity.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let seed = bech32::decode::<32>(text, "age-secret-key-pq-")?;
        let mut expanded = Zeroizing::new([0; 96]);
        libcrux_sha3::shake256_ema(&mut expanded[..], &*seed);
        let (ml_kem, x25519) = expanded.split_at(64);
        let x25519 = StaticSecret::from(<[u8; 32]>::try_from(x25519).ok()?);
        let (ml_kem, public) = mlkem768::generate_key_pair(ml_kem.try_into().ok()?).into_parts();
        Some(Self(Box::new(Halves {
            ml_kem,
            x25519_public: PublicKey::from(&x25519),
            public_start: *public.as_slice().first_chunk()?,
            x25519,
        })))
    }

    /// The first characters of its public half, which is 1,959 characters long.
    pub(crate) fn recipient_start(&self) -> String {
        let mut text = bech32::encode("age1pq", &self.0.public_start);
        // Without the checksum, which is not that of the whole.
        text.truncate("age1pq1".len() + 8);
        text
    }

    /// The key of a file, if a stanza wraps it for this identity.
    pub(crate) fn unwrap(&self, stanza: &Stanza<'_>) -> Result<Option<FileKey>, Malformed> {
        if stanza.kind() != KIND {
            return Ok(None);
        }
        let share: [u8; SHARE] = stanza.argument()?;
        // Before anything is decrypted: a body of another length could fit several keys.
        let body = stanza.body().try_into().map_err(|_| Malformed)?;
        let (ml_kem, x25519) = share.split_at(ML_KEM_SHARE);
        let ml_kem = MlKem768Ciphertext::try_from(ml_kem).map_err(|_| Malformed)?;
        let x25519 = <[u8; X25519]>::try_from(x25519).map_err(|_| Malformed)?;
        let halves = &*self.0;
        let secrets = Secrets {
            ml_kem: mlkem768::decapsulate(&halves.ml_kem, &ml_kem).into(),
            x25519: halves.x25519.diffie_hellman(&x25519.into()),
        };
        let wrapping = secrets.agree(&x25519, &halves.x25519_public)?;
        Ok(FileKey::unwrap(body, &wrapping.key, *wrapping.nonce))
    }
}

impl Drop for Halves {
    fn drop(&mut self) {
        // The other half wipes itself.
        for index in 0..ML_KEM_PRIVATE {
            self.ml_kem[index] = 0;
        }
        // Or the writes would be removed, as nothing reads them.
        core::hint::black_box(&mut self.ml_kem);
    }
}

/// What both sides agree upon.
struct Secrets {
    ml_kem: Zeroizing<[u8; 32]>,
    x25519: SharedSecret,
}

impl Secrets {
    /// What the key of a file is wrapped with.
    fn agree(&self, share: &[u8; X25519], public: &PublicKey) -> Result<Wrapping, Malformed> {
        // A share of low order, with which every secret comes to the same. In constant time.
        if !self.x25519.was_contributory() {
            return Err(Malformed);
        }
        let mut input = Zeroizing::new([0; 4 * 32 + LABEL.len()]);
        let parts = [
            &*self.ml_kem,
            self.x25519.as_bytes(),
            share,
            public.as_bytes(),
        ];
        for (slot, part) in input.chunks_mut(32).zip(parts) {
            slot.copy_from_slice(part);
        }
        input[4 * 32..].copy_from_slice(LABEL);
        let secret = Zeroizing::new(libcrux_sha3::sha256(&input[..]));
        Ok(schedule(&secret))
    }
}

/// What the key of a file is wrapped with: a key, and the nonce of its first message, which is the only one.
struct Wrapping {
    key: Zeroizing<[u8; 32]>,
    nonce: Zeroizing<[u8; 12]>,
}

/// The key schedule of HPKE in base mode.
fn schedule(secret: &[u8; 32]) -> Wrapping {
    let mut context = [0; 1 + 2 * 32];
    for (slot, (label, input)) in context[1..]
        .chunks_mut(32)
        .zip([("psk_id_hash", &b""[..]), ("info_hash", INFO)])
    {
        slot.copy_from_slice(&extract(b"", label, input).0);
    }
    let (_, derived) = extract(secret, "secret", b"");
    let mut wrapping = Wrapping {
        key: Zeroizing::new([0; 32]),
        nonce: Zeroizing::new([0; 12]),
    };
    expand(&derived, "key", &context, &mut wrapping.key[..]);
    expand(&derived, "base_nonce", &context, &mut wrapping.nonce[..]);
    wrapping
}

/// `LabeledExtract` of RFC 9180.
fn extract(salt: &[u8], label: &str, input: &[u8]) -> ([u8; 32], Hkdf<Sha256>) {
    let mut extract = HkdfExtract::<Sha256>::new(Some(salt));
    for part in [b"HPKE-v1", SUITE, label.as_bytes(), input] {
        extract.input_ikm(part);
    }
    let (key, derived) = extract.finalize();
    (key.into(), derived)
}

/// `LabeledExpand` of RFC 9180.
fn expand(from: &Hkdf<Sha256>, label: &str, context: &[u8], key: &mut [u8]) {
    // The lengths here fit a byte.
    #[allow(clippy::cast_possible_truncation)]
    let length = [0, key.len() as u8];
    let info = [&length[..], b"HPKE-v1", SUITE, label.as_bytes(), context];
    let expanded = from.expand_multi_info(&info, key);
    // Only a key of more than 8,160 bytes is an error.
    debug_assert!(expanded.is_ok());
}
