//! Date-times in a payload.

use secrets_embed::{
    __private::{Decode, Encrypted, HasCiphertext, Payload, Reader, Shape, TablePath},
    Error, Table, Value,
    toml_datetime::Datetime,
};

use crate::module::{PLAIN, encrypt, key, payload};

struct Root {
    when: Datetime,
}

impl Shape for Root {
    const NAME: &'static str = "Secrets";
    const KEYS: &'static [&'static str] = &["when"];

    fn field(&self, index: usize) -> Option<&Value> {
        (index == 0).then_some(&self.when)
    }
}

impl Payload for Root {
    fn decode(reader: &mut Reader<'_>, _: &'static TablePath) -> Self {
        Self {
            when: Decode::decode(reader),
        }
    }
}

impl Encrypted for Root {
    const PACKAGE: &'static str = "datetime";
    const FINGERPRINT: [u8; 32] = [2; 32];
    const PLAIN: [u8; 32] = PLAIN;
    const PATHS: &'static TablePath = &TablePath {
        dotted: "",
        inner: &[],
    };
}

impl HasCiphertext for Root {
    const CIPHERTEXT: &'static [u8] = &[];
    const RECIPIENTS: &'static [&'static str] = &[];
    const PROFILE: Option<&'static str> = None;
}

fn decrypt(values: &[u8]) -> Result<String, Error> {
    let payload = payload(Root::PACKAGE, 2, b"", values);
    let secrets = Table::<Root>::decrypt_from(&key(), &encrypt(&payload))?;
    Ok(secrets.when.to_string())
}

/// 1979, 5, 27; 7:32:01.5; and an offset, the last bytes.
fn date_time(offset: &[u8]) -> Vec<u8> {
    let date_time = [
        1, 0xbb, 0x0f, 5, 27, 1, 7, 32, 1, 1, 1, 0x80, 0xca, 0xb5, 0xee, 0x01,
    ];
    [&date_time[..], offset].concat()
}

#[test]
fn date_times_are_read() {
    for (offset, text) in [
        (&[0][..], "1979-05-27T07:32:01.5"),
        (&[1, 0], "1979-05-27T07:32:01.5Z"),
        (&[1, 1, 0xbe, 0x16], "1979-05-27T07:32:01.5+23:59"),
        (&[1, 1, 0xbd, 0x16], "1979-05-27T07:32:01.5-23:59"),
    ] {
        assert_eq!(decrypt(&date_time(offset)).expect("decrypted"), text);
    }
}

#[test]
fn what_no_clock_or_calendar_shows_is_an_error() {
    let good = date_time(&[0]);
    for (position, number) in [(3, 0), (3, 13), (4, 0), (4, 32), (6, 24), (7, 60), (9, 61)] {
        let mut values = good.clone();
        values[position] = number;
        let result = decrypt(&values);
        assert!(matches!(result, Err(Error::Corrupt)), "{position} {number}");
    }
    for offset in [&[1, 2][..], &[1, 1, 0xc0, 0x16], &[1, 1, 0xff, 0xff, 0x03]] {
        let result = decrypt(&date_time(offset));
        assert!(matches!(result, Err(Error::Corrupt)), "{offset:x?}");
    }
    assert!(matches!(decrypt(&[0, 0, 0]), Err(Error::Corrupt)));
}
