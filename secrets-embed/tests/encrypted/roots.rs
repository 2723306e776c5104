//! What a program embeds: one ciphertext, one for each profile, or none.

use std::fs;

use age::x25519;
use secrets_embed::{
    __private::{
        Decode, Encrypted, HasCiphertext, HasProfiles, IsStub, Payload, Reader, Shape, TablePath,
    },
    Error, ExposeSecret, Identity, Profile, SecretString, Table, Value,
};

use crate::{
    key_texts::public,
    leaves::Leaves,
    module::{Binding, KEY, OTHER_KEY, VALUE, bound, key, text},
};

pub(crate) type One = Table<Root<0>>;
pub(crate) type Several = Table<Root<1>>;
type NoProfiles = Table<Root<2>>;

/// One struct for several modules, as each would have a fingerprint of its own.
pub(crate) struct Root<const MODULE: usize> {
    pub(crate) password: SecretString,
    pub(crate) port: u16,
}

impl<const MODULE: usize> Shape for Root<MODULE> {
    const NAME: &'static str = "Secrets";
    const KEYS: &'static [&'static str] = &["password", "port"];

    fn field(&self, index: usize) -> Option<&Value> {
        match index {
            0 => Some(&self.password),
            1 => Some(&self.port),
            _ => None,
        }
    }
}

impl<const MODULE: usize> Payload for Root<MODULE> {
    fn decode(reader: &mut Reader<'_>, _: &'static TablePath) -> Self {
        Self {
            password: Decode::decode(reader),
            port: Decode::decode(reader),
        }
    }
}

impl<const MODULE: usize> Encrypted for Root<MODULE> {
    const PACKAGE: &'static str = "roots";
    const FINGERPRINT: [u8; 32] = [b'f'; 32];
    const PLAIN: [u8; 32] = [b'p'; 32];
    const PATHS: &'static TablePath = &TablePath {
        dotted: "",
        inner: &[],
    };
}

impl HasCiphertext for Root<0> {
    const CIPHERTEXT: &'static [u8] = include_bytes!("fixtures/staging.age");
    const RECIPIENTS: &'static [&'static str] = &["age1staging"];
    const PROFILE: Option<&'static str> = Some("staging");
}

impl HasProfiles for Root<1> {
    const PROFILES: &'static [Profile] = &[
        Profile {
            name: "staging",
            ciphertext: include_bytes!("fixtures/staging.age"),
            recipients: &["age1staging"],
        },
        Profile {
            name: "production",
            ciphertext: include_bytes!("fixtures/production.age"),
            recipients: &["age1production", "age1another"],
        },
        Profile {
            name: "local",
            ciphertext: &[],
            recipients: &[],
        },
    ];
}

impl IsStub for Root<1> {
    const PAYLOAD: &'static [u8] =
        b"secrets\0\x02\0\0\0\0\0\0\0\x0d\0\0\0\0\0\0\0\x44\0\0\0\0\0\0\0rootstemplate\
        \x05\0ffffffffffffffffffffffffffffffffpppppppppppppppppppppppppppppppp\x08\x50\0\0\0";
}

impl HasProfiles for Root<2> {
    const PROFILES: &'static [Profile] = &[];
}

impl IsStub for Root<2> {
    // Of another shape.
    const PAYLOAD: &'static [u8] =
        b"secrets\0\x02\0\0\0\0\0\0\0\x0d\0\0\0\0\0\0\0\x44\0\0\0\0\0\0\0rootstemplate\
        \x05\0fffffffffffffffffffffffffffffff_pppppppppppppppppppppppppppppppp\x08\x50\0\0\0";
}

pub(crate) fn other_key() -> Identity {
    OTHER_KEY.parse().expect("a key")
}

pub(crate) fn binding(profile: &'static str) -> Binding {
    Binding {
        package: "roots",
        profile: Some(profile),
        fingerprint: [b'f'; 32],
        plain: [b'p'; 32],
    }
}

pub(crate) fn seal(binding: &Binding, key: &str, port: u8) -> Vec<u8> {
    let length = u8::try_from(VALUE.len()).expect("a short value");
    let mut payload = bound(binding, VALUE.as_bytes(), &[length, port]);
    payload.resize(256, 0);
    let key: x25519::Identity = key.parse().expect("a key");
    age::encrypt(&key.to_public(), &payload).expect("encrypted")
}

/// Run this, with `--ignored`, to write the files that are embedded above.
#[test]
#[ignore = "writes files of this repository"]
fn write_fixtures() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/encrypted/fixtures");
    for (name, key, port) in [("staging", KEY, 80), ("production", OTHER_KEY, 81)] {
        let file = seal(&binding(name), key, port);
        fs::write(format!("{folder}/{name}.age"), file).expect("a file");
    }
}

#[test]
fn one_ciphertext_is_decrypted() {
    let secrets = One::decrypt(&key()).expect("decrypted");
    assert_eq!(secrets.password.expose_secret(), VALUE);
    assert_eq!(secrets.port, 80);
    assert!(matches!(
        One::decrypt(&other_key()),
        Err(Error::WrongIdentity { .. })
    ));
}

#[test]
fn each_profile_is_decrypted_with_its_own_key() {
    let both = key().or(other_key());
    for (name, identity, port) in [("staging", key(), 80), ("production", other_key(), 81)] {
        for identity in [&identity, &both] {
            let secrets = Several::decrypt_profile(name, identity).expect("decrypted");
            assert_eq!(
                (secrets.password.expose_secret(), secrets.port),
                (VALUE, port)
            );
        }
    }
    let wrong = Several::decrypt_profile("production", &key());
    assert!(matches!(wrong, Err(Error::WrongIdentity { .. })));
    let start = &public(KEY)[..12];
    assert_eq!(
        text(wrong),
        format!(
            "the secrets are encrypted for `age1producti...`, `age1another...`, and the identity is that of \
             `{start}...`; provide the right one, or build the program for this one"
        )
    );
    let several = key().or(key()).or(key()).or(key()).or(key()).or(key());
    let reported = text(Several::decrypt_profile("production", &several));
    assert!(
        reported.contains(&format!("`{start}...` and 2 more; provide")),
        "{reported}"
    );
}

#[test]
fn an_unknown_profile_is_an_error_that_lists_them() {
    for name in ["", "Staging", "staging ", "prod"] {
        let result = Several::decrypt_profile(name, &key());
        let Err(Error::UnknownProfile { name: asked, known }) = &result else {
            panic!("{name} is known");
        };
        assert_eq!(asked, name);
        assert_eq!(known, &["staging", "production", "local"]);
        assert_eq!(
            text(result),
            format!(
                "no profile `{name}` in this program; use one of: `staging`, `production`, `local`; \
                 or build the program with it"
            )
        );
    }
    let result = Several::decrypt_profile("two\nlines\u{1b}[2J", &key());
    assert!(text(result).contains("no profile `***`"));
    let none = text(NoProfiles::decrypt_profile("staging", &key()));
    assert_eq!(
        none,
        "no profile `staging` in this program, which has none; build it with profiles"
    );
}

#[test]
fn without_a_ciphertext_it_says_that_it_is_a_stub() {
    let single = Leaves::decrypt(&key());
    assert!(matches!(single, Err(Error::Stub)));
    assert!(text(single).contains("built without"));
    let profile = Several::decrypt_profile("local", &key());
    assert!(matches!(profile, Err(Error::Stub)));
    // Another ciphertext can be decrypted all the same; none is none.
    let file = include_bytes!("fixtures/production.age");
    assert_eq!(
        Several::decrypt_profile_from("production", &other_key(), file)
            .expect("decrypted")
            .port,
        81
    );
    assert!(matches!(
        Several::decrypt_profile_from("local", &key(), &[]),
        Err(Error::Corrupt)
    ));
}

#[test]
fn a_stub_has_the_values_of_its_template() {
    let secrets = Several::stub().expect("a payload");
    assert_eq!(secrets.password.expose_secret(), "template");
    assert!(secrets["port"] == 80 && secrets["password"] == "template");
    let leaves = Leaves::stub().expect("a payload");
    assert!(leaves["u128"] == 0 && leaves["choice"] == "low" && leaves["bytes"].is_empty());
    assert!(matches!(NoProfiles::stub(), Err(Error::OtherShape)));
}

#[test]
fn debug_of_a_profile_shows_whom_it_is_for() {
    assert_eq!(
        format!("{:?}", Root::<1>::PROFILES[1]),
        r#"Profile { name: "production", recipients: ["age1production", "age1another"], .. }"#
    );
}
