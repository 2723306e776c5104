//! What a generated module is made of, and the payloads for it.

use std::{io::Write, iter};

use age::{Encryptor, Recipient, scrypt, x25519};
use secrets_embed::{
    __private::{
        Decode, Encrypted, HasCiphertext, Payload, Reader, Shape, TablePath, decode_array,
        decode_option, decode_table,
    },
    Error, Identity, SecretSlice, SecretString, Table, Value,
};

pub(crate) const KEY: &str =
    "AGE-SECRET-KEY-1AFN0F7R9EENS0L5E7FUHGPC7S3YZGV6XX2PTTVYH0GDHJCLC3JCQWF45NZ";
pub(crate) const OTHER_KEY: &str =
    "AGE-SECRET-KEY-100Y0ZX2JSW0UUC02NDLV9W36JLDZUC625AKNXAKTJ0VJASDCX73S35KGGC";
/// A value that no error may show.
pub(crate) const VALUE: &str = "a value that nothing may ever show";

pub(crate) type Secrets = Table<Root>;

pub(crate) struct Root {
    pub(crate) password: SecretString,
    pub(crate) port: i64,
    pub(crate) big: u64,
    pub(crate) ratio: f64,
    pub(crate) enabled: bool,
    pub(crate) file: SecretSlice<u8>,
    pub(crate) names: Vec<SecretString>,
    pub(crate) mixed: (i64, SecretString),
    pub(crate) inner: Option<Table<Empty>>,
    pub(crate) empties: Vec<Table<Empty>>,
}

pub(crate) struct Empty {}

impl Shape for Root {
    const NAME: &'static str = "Secrets";
    const KEYS: &'static [&'static str] = &["password", "port", "names"];

    fn field(&self, index: usize) -> Option<&Value> {
        match index {
            0 => Some(&self.password),
            1 => Some(&self.port),
            2 => Some(&self.names),
            _ => None,
        }
    }
}

impl Shape for Empty {
    const NAME: &'static str = "Empty";
    const KEYS: &'static [&'static str] = &[];

    fn field(&self, _: usize) -> Option<&Value> {
        None
    }
}

impl Payload for Root {
    fn decode(reader: &mut Reader<'_>, path: &'static TablePath) -> Self {
        Self {
            password: Decode::decode(reader),
            port: Decode::decode(reader),
            big: Decode::decode(reader),
            ratio: Decode::decode(reader),
            enabled: Decode::decode(reader),
            file: Decode::decode(reader),
            names: decode_array(reader, Decode::decode),
            mixed: (Decode::decode(reader), Decode::decode(reader)),
            inner: decode_option(reader, |reader| decode_table(reader, path.at(0))),
            empties: decode_array(reader, |reader| decode_table(reader, path.at(1))),
        }
    }
}

impl Payload for Empty {
    fn decode(_: &mut Reader<'_>, _: &'static TablePath) -> Self {
        Self {}
    }
}

impl Encrypted for Root {
    const PACKAGE: &'static str = "package";
    const FINGERPRINT: [u8; 32] = [7; 32];
    const PLAIN: [u8; 32] = PLAIN;
    const PATHS: &'static TablePath = &TablePath {
        dotted: "",
        inner: &[
            TablePath {
                dotted: "inner",
                inner: &[],
            },
            TablePath {
                dotted: "empties[]",
                inner: &[],
            },
        ],
    };
}

// It is decrypted from elsewhere.
impl HasCiphertext for Root {
    const CIPHERTEXT: &'static [u8] = &[];
    const RECIPIENTS: &'static [&'static str] = &[];
    const PROFILE: Option<&'static str> = None;
}

/// The hash of the plain keys of each module here.
pub(crate) const PLAIN: [u8; 32] = [9; 32];

/// Where the text starts in a payload.
pub(crate) const START: usize = 4 * 8;

/// What a payload is made for.
#[derive(Clone, Copy)]
pub(crate) struct Binding {
    pub(crate) package: &'static str,
    pub(crate) profile: Option<&'static str>,
    pub(crate) fingerprint: [u8; 32],
    pub(crate) plain: [u8; 32],
}

/// A payload without padding.
pub(crate) fn bound(binding: &Binding, text: &[u8], values: &[u8]) -> Vec<u8> {
    let length = |text: &str| u8::try_from(text.len()).expect("a short name");
    let profile = binding.profile.unwrap_or_default();
    let text = [binding.package.as_bytes(), profile.as_bytes(), text].concat();
    let mut head = vec![length(binding.package)];
    match binding.profile {
        Some(profile) => head.extend([1, length(profile)]),
        None => head.push(0),
    }
    let values = [&head, &binding.fingerprint[..], &binding.plain, values].concat();
    let mut payload = b"secrets\0\x02\0\0\0\0\0\0\0".to_vec();
    payload.extend((text.len() as u64).to_le_bytes());
    payload.extend((values.len() as u64).to_le_bytes());
    payload.extend(text);
    payload.extend(values);
    payload
}

/// A payload without a profile.
pub(crate) fn payload(
    package: &'static str,
    fingerprint: u8,
    text: &[u8],
    values: &[u8],
) -> Vec<u8> {
    let binding = Binding {
        package,
        profile: None,
        fingerprint: [fingerprint; 32],
        plain: PLAIN,
    };
    bound(&binding, text, values)
}

/// A payload of [`Root`].
pub(crate) fn root(text: &[u8], values: &[u8]) -> Vec<u8> {
    payload(Root::PACKAGE, Root::FINGERPRINT[0], text, values)
}

/// The strings of [`Root`].
pub(crate) fn strings() -> Vec<u8> {
    [VALUE, "first", "second", "four"].concat().into_bytes()
}

/// The values of [`Root`], with this many empty tables.
pub(crate) fn values(empties: u8) -> Vec<u8> {
    let mut values = vec![u8::try_from(VALUE.len()).expect("a short value")];
    values.push(1); // -1
    values.extend([0xff; 9]);
    values.push(1); // u64::MAX
    values.extend(1.5_f64.to_le_bytes());
    values.push(1); // true
    values.extend([2, 0xff, 0xfe]);
    values.extend([2, 5, 6]); // "first", "second"
    values.extend([4, 4]); // 2, "four"
    values.extend([1, 0]); // an empty table that is there
    values.push(empties);
    values.extend(iter::repeat_n(0, empties.into()));
    values
}

pub(crate) fn good() -> Vec<u8> {
    [root(&strings(), &values(2)), vec![0; 100]].concat()
}

pub(crate) fn encrypt(payload: &[u8]) -> Vec<u8> {
    let key: x25519::Identity = KEY.parse().expect("a key");
    age::encrypt(&key.to_public(), payload).expect("encrypted")
}

/// Encrypts to a passphrase with a work factor that takes no time.
pub(crate) fn encrypt_to_passphrase(passphrase: &str, payload: &[u8]) -> Vec<u8> {
    let mut recipient = scrypt::Recipient::new(passphrase.into());
    recipient.set_work_factor(4);
    let recipient: &dyn Recipient = &recipient;
    let encryptor = Encryptor::with_recipients(iter::once(recipient)).expect("a recipient");
    let mut file = Vec::new();
    let mut writer = encryptor.wrap_output(&mut file).expect("written");
    writer.write_all(payload).expect("written");
    writer.finish().expect("written");
    file
}

pub(crate) fn key() -> Identity {
    KEY.parse().expect("a key")
}

pub(crate) fn decrypt(file: &[u8]) -> Result<Secrets, Error> {
    Secrets::decrypt_from(&key(), file)
}

/// The text of an error, which shows nothing that it should not.
#[track_caller]
pub(crate) fn text<T>(result: Result<T, Error>) -> String {
    let error = result.err().expect("an error");
    let text = error.to_string();
    assert_eq!(text, format!("{error:?}"));
    for window in [VALUE, &KEY[16..], &OTHER_KEY[16..]]
        .iter()
        .flat_map(|secret| secret.as_bytes().windows(16))
    {
        let window = std::str::from_utf8(window).expect("ASCII");
        assert!(!text.contains(window), "{text}");
    }
    text
}
