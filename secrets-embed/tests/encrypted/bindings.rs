//! What a payload was made for.

use secrets_embed::Error;

use crate::{
    module::{Binding, KEY, key, text},
    roots::{One, Several, binding, seal},
};

/// Whoever has one key for two profiles would not see that one was put in the place of the other.
#[test]
fn what_a_payload_was_made_for_is_checked() {
    let good = binding("staging");
    let open = |binding: &Binding| One::decrypt_from(&key(), &seal(binding, KEY, 80));
    assert!(open(&good).is_ok());
    let none = Binding {
        profile: None,
        ..good
    };
    let cases = [
        (
            binding("production"),
            "those of the profile `production`, and not of the profile `staging`",
        ),
        (
            binding("Staging"),
            "those of the profile `Staging`, and not",
        ),
        (binding(""), "those of the profile ``, and not"),
        (
            none,
            "those of no profile, and not of the profile `staging`",
        ),
        (
            Binding {
                package: "other",
                ..good
            },
            "of another package",
        ),
        (
            Binding {
                fingerprint: [0; 32],
                ..good
            },
            "other keys or types",
        ),
        (
            Binding {
                plain: [0; 32],
                ..good
            },
            "the plain keys of this program, or their values",
        ),
    ];
    for (binding, expected) in cases {
        let reported = text(open(&binding));
        assert!(reported.contains(expected), "{reported}");
    }

    // The same key, and the other one of two ciphertexts.
    for (asked, sealed) in [("staging", "production"), ("production", "staging")] {
        let from =
            |name| Several::decrypt_profile_from(asked, &key(), &seal(&binding(name), KEY, 80));
        assert!(from(asked).is_ok());
        let Err(Error::OtherProfile {
            wanted,
            sealed: found,
        }) = from(sealed)
        else {
            panic!("{sealed} is taken for {asked}");
        };
        assert_eq!((wanted, found.as_deref()), (Some(asked), Some(sealed)));
    }
}
