//! What may stand in a payload.

use secrets_embed::{Error, ExposeSecret, SecretString};

use crate::module::{
    START, Secrets, VALUE, decrypt, encrypt, encrypt_to_passphrase, good, root, strings, text,
    values,
};

fn thread_safe<T: Send + Sync + 'static>() {}

#[test]
fn values_are_read() {
    thread_safe::<Secrets>();
    thread_safe::<secrets_embed::Identity>();
    thread_safe::<Error>();

    let secrets = decrypt(&encrypt(&good())).expect("decrypted");
    assert_eq!(secrets.password.expose_secret(), VALUE);
    assert_eq!(secrets.port, -1);
    assert_eq!(secrets.big, u64::MAX);
    assert_eq!(secrets.ratio.to_bits(), 1.5_f64.to_bits());
    assert!(secrets.enabled);
    assert_eq!(secrets.file.expose_secret(), [0xff, 0xfe]);
    assert_eq!(secrets.names[1].expose_secret(), "second");
    assert_eq!(secrets.mixed.0, 2);
    assert_eq!(secrets.mixed.1.expose_secret(), "four");
    assert!(secrets.inner.is_some());
    assert_eq!(secrets.empties.len(), 2);
    assert_eq!(secrets["names"][0], "first");
    assert_eq!(
        format!("{secrets:?}"),
        "Secrets { password: [REDACTED], port: [REDACTED], names: [REDACTED] }"
    );
}

#[test]
fn an_array_of_empty_tables_may_end_the_payload() {
    let payload = root(&strings(), &values(100));
    let secrets = decrypt(&encrypt(&payload)).expect("decrypted");
    assert_eq!(secrets.empties.len(), 100);
}

#[test]
fn other_payloads_are_distinguished() {
    let with = |position: usize| {
        let mut payload = good();
        payload[position] ^= 1;
        decrypt(&encrypt(&payload))
    };
    assert!(matches!(with(0), Err(Error::UnknownFormat)));
    let version = with(8);
    assert!(matches!(
        version,
        Err(Error::OtherVersion {
            wanted: 2,
            sealed: 3
        })
    ));
    assert!(
        text(version).contains("have version 3 of their format, and this program reads version 2")
    );
    let package = START;
    let profile = START + "package".len() + strings().len() + 1;
    let fingerprint = profile + 1;
    assert!(matches!(with(fingerprint + 32), Err(Error::OtherPlainKeys)));
    assert!(matches!(with(package), Err(Error::OtherProgram)));
    assert!(matches!(with(fingerprint), Err(Error::OtherShape)));
    assert!(text(with(0)).contains("not those of a program"));
    assert!(text(with(package)).contains("another package"));
    assert!(text(with(fingerprint)).contains("other keys or types"));
}

#[test]
fn what_follows_the_values_is_zeros() {
    let payload = root(&strings(), &values(1));
    for rest in [&b"\x01"[..], b"\0\0\x01", b"garbage"] {
        let result = decrypt(&encrypt(&[&payload[..], rest].concat()));
        assert!(matches!(result, Err(Error::Corrupt)));
    }
    for zeros in [0, 1, 1000] {
        let payload = [&payload[..], &vec![0; zeros]].concat();
        assert!(decrypt(&encrypt(&payload)).is_ok());
    }
}

#[test]
fn all_text_and_all_values_are_read() {
    let (strings, values) = (strings(), values(1));
    for (strings, values) in [
        ([&strings[..], b"more"].concat(), values.clone()),
        (strings[1..].to_vec(), values.clone()),
        (strings.clone(), [&values[..], &[0]].concat()),
        (strings.clone(), values[..values.len() - 1].to_vec()),
    ] {
        // Zeros may follow, so that nothing fails for its length.
        let payload = [root(&strings, &values), vec![0; 64]].concat();
        let result = decrypt(&encrypt(&payload));
        assert!(matches!(result, Err(Error::Corrupt)));
    }
}

#[test]
fn a_payload_that_ends_early_is_an_error() {
    let payload = root(&strings(), &values(2));
    for length in 0..payload.len() {
        let result = decrypt(&encrypt(&payload[..length]));
        assert!(result.is_err(), "{length} bytes");
        text(result);
    }
}

/// Lengths that are far too long, and whatever else the random numbers make, inside a good age file.
#[test]
fn random_payloads_never_panic() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let original = root(&strings(), &values(3));
    // Behind magic and version.
    let start = 16;
    for _ in 0..500 {
        let mut payload = original.clone();
        for _ in 0..=random() % 4 {
            let position =
                start + usize::try_from(random()).expect("64 bits") % (payload.len() - start);
            payload[position] = random().to_le_bytes()[0];
        }
        if random() % 4 == 0 {
            payload.truncate(start);
            payload.extend((0..random() % 300).map(|_| random().to_le_bytes()[0]));
        }
        let _ = decrypt(&encrypt(&payload));
    }
}

/// Strings are checked together, which must not make one of them good or bad.
#[test]
fn a_string_is_text_by_itself() {
    let with = |length: usize, text: &[u8]| {
        let text = [text, &strings()[VALUE.len()..]].concat();
        let length = [u8::try_from(length).expect("short")];
        let payload = root(&text, &[&length, &values(1)[1..]].concat());
        decrypt(&encrypt(&payload))
    };
    for (bytes, good) in [
        (&b"caf\xc3\xa9"[..], true),
        (b"", true),
        (b"\xc3", false),
        (b"\xa9 and more", false),
        (b"half \xf0\x9f\x98", false),
    ] {
        assert_eq!(with(bytes.len(), bytes).is_ok(), good, "{bytes:?}");
    }
    // Half a character, which the next string completes.
    assert!(with(1, "\u{e9}".as_bytes()).is_err());
}

#[test]
fn a_varint_has_no_more_bytes_than_it_takes() {
    let values = values(1);
    for more in [0, 1, 7, 8, 9, 17, 18] {
        let length = [&[values[0] | 0x80][..], &vec![0x80; more], &[0]].concat();
        let payload = root(&strings(), &[&length[..], &values[1..]].concat());
        assert!(matches!(decrypt(&encrypt(&payload)), Err(Error::Corrupt)));
    }
}

#[test]
fn an_enormous_length_is_an_error() {
    let is_corrupt = |payload: &[u8]| {
        let result = decrypt(&encrypt(&[payload, &[0; 64]].concat()));
        matches!(result, Err(Error::Corrupt))
    };
    for length in [&[0xff; 9][..], &[0xff, 0xff, 0xff, 0xff, 0x0f], &[0xff; 11]] {
        assert!(is_corrupt(&root(
            &strings(),
            &[length, &[1], &values(1)[1..]].concat()
        )));
    }
    for position in [16, 24] {
        for length in [u64::MAX, u64::MAX / 2, u64::from(u32::MAX), 10_000] {
            let mut payload = good();
            payload[position..position + 8].copy_from_slice(&length.to_le_bytes());
            assert!(is_corrupt(&payload), "{length}");
        }
    }
}

#[cfg(feature = "age")]
#[test]
fn a_passphrase_decrypts() {
    let file = encrypt_to_passphrase("correct horse", &good());
    let with = |passphrase: &str| {
        Secrets::decrypt_from(&secrets_embed::Identity::passphrase(passphrase), &file)
    };
    assert!(with("correct horse").is_ok());
    assert!(matches!(
        with("wrong horse"),
        Err(Error::WrongIdentity { .. })
    ));
    assert!(text(with("wrong horse")).contains("passphrase is wrong"));

    let either = secrets_embed::Identity::passphrase("wrong horse")
        .or(secrets_embed::Identity::passphrase("correct horse"));
    assert!(Secrets::decrypt_from(&either, &file).is_ok());

    let wanted = decrypt(&file);
    assert!(matches!(
        wanted,
        Err(Error::PassphraseMismatch { wanted: true })
    ));
    let other = SecretString::from("correct horse");
    let unwanted = Secrets::decrypt_from(
        &secrets_embed::Identity::passphrase(other),
        &encrypt(&good()),
    );
    assert!(matches!(
        unwanted,
        Err(Error::PassphraseMismatch { wanted: false })
    ));
}

#[cfg(feature = "age")]
#[test]
fn an_excessive_work_factor_is_refused_at_once() {
    let file = encrypt_to_passphrase("correct horse", &good());
    let header = file
        .windows(3)
        .position(|bytes| bytes == b" 4\n")
        .expect("the work factor");
    for factor in ["21", "30", "63"] {
        let file = [&file[..=header], factor.as_bytes(), &file[header + 2..]].concat();
        let identity = secrets_embed::Identity::passphrase("correct horse");
        let result = Secrets::decrypt_from(&identity, &file);
        let Err(Error::ExcessiveWork { required, allowed }) = result else {
            panic!("not refused: {result:?}");
        };
        assert_eq!((required.to_string().as_str(), allowed), (factor, 20));
    }
}
