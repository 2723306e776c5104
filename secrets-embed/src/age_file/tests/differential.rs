//! The same files read by this reader and by the crate `age`.

use std::{
    eprintln,
    io::{Read, Write},
    string::{String, ToString},
    vec::Vec,
};

use age::{
    Decryptor, Encryptor,
    armor::{ArmoredReader, ArmoredWriter, Format},
    x25519::Identity as Stock,
};
use secrecy::ExposeSecret;

use super::{super::*, Random};

const FILES: usize = 2_000;

/// What came of a file.
#[derive(PartialEq)]
enum Verdict {
    Opened(Vec<u8>),
    /// No stanza is for the identity.
    OtherRecipients,
    Damaged,
}

fn ours(identity: &str, file: &[u8]) -> Verdict {
    let read = || {
        let file = without_armor(file)?;
        let file = AgeFile::parse(&file)?;
        let identity = x25519::Identity::parse(identity).unwrap();
        for stanza in file.stanzas() {
            if let Some(key) = identity.unwrap(stanza)? {
                return file.decrypt(&key).map(|plain| Some(plain.to_vec()));
            }
        }
        Ok(None)
    };
    match read() {
        Ok(Some(plain)) => Verdict::Opened(plain),
        Ok(None) => Verdict::OtherRecipients,
        Err(Malformed) => Verdict::Damaged,
    }
}

fn stock(identity: &str, file: &[u8]) -> Verdict {
    let identity: Stock = identity.parse().unwrap();
    let Ok(decryptor) = Decryptor::new_buffered(ArmoredReader::new(file)) else {
        return Verdict::Damaged;
    };
    let mut plain = Vec::new();
    match decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)) {
        Ok(mut stream) => match stream.read_to_end(&mut plain) {
            Ok(_) => Verdict::Opened(plain),
            Err(_) => Verdict::Damaged,
        },
        Err(age::DecryptError::NoMatchingKeys) => Verdict::OtherRecipients,
        Err(_) => Verdict::Damaged,
    }
}

/// A file for some of the identities, of a random size that is often near the end of a chunk.
fn file(random: &mut Random, identities: &[Stock]) -> (Vec<u8>, Vec<u8>) {
    let length = match random.below(100) {
        0 => 64 * 1024 * (1 + random.below(2)) + random.below(3) - 1,
        1 => random.below(200_000),
        2..20 => random.below(10_000),
        20..30 => 0,
        _ => random.below(500),
    };
    let plain = random.bytes(length);
    let count = 1 + random.below(3);
    let recipients: Vec<_> = (0..count)
        .map(|_| identities[random.below(identities.len())].to_public())
        .collect();
    let recipients = recipients.iter().map(|to| to as &dyn age::Recipient);
    let format = if random.below(3) == 0 {
        Format::AsciiArmor
    } else {
        Format::Binary
    };
    let mut file = Vec::new();
    let mut writer = Encryptor::with_recipients(recipients)
        .unwrap()
        .wrap_output(ArmoredWriter::wrap_output(&mut file, format).unwrap())
        .unwrap();
    writer.write_all(&plain).unwrap();
    writer.finish().unwrap().finish().unwrap();
    (plain, file)
}

#[test]
fn both_readers_come_to_the_same() {
    let mut random = Random(1);
    let identities: Vec<_> = (0..4).map(|_| Stock::generate()).collect();
    let texts: Vec<String> = identities
        .iter()
        .map(|identity| identity.to_string().expose_secret().to_string())
        .collect();
    let (mut opened, mut refused, mut others) = (0, 0, 0);
    for index in 0..FILES {
        let (plain, mut file) = file(&mut random, &identities);
        let mutations = random.below(3);
        for _ in 0..mutations {
            random.mutate(&mut file);
        }
        let identity = &texts[random.below(texts.len())];
        let (ours, stock) = (ours(identity, &file), stock(identity, &file));
        match &ours {
            Verdict::Opened(text) => {
                assert_eq!(*text, plain, "{index}");
                opened += 1;
            }
            Verdict::OtherRecipients => others += 1,
            Verdict::Damaged => refused += 1,
        }
        // Which of two reasons for a refusal it is may differ: the crate `age` reads armor piece by piece,
        // and allows a stanza without a last line, which the specification does not.
        let both_refuse = !matches!(
            (&ours, &stock),
            (Verdict::Opened(_), _) | (_, Verdict::Opened(_))
        );
        assert!(
            ours == stock || both_refuse,
            "{index}: {} bytes, {mutations} mutations:\n{}",
            file.len(),
            String::from_utf8_lossy(&file[..file.len().min(600)])
        );
    }
    eprintln!("{opened} opened, {others} for others, {refused} damaged");
    assert!(opened.min(others).min(refused) > FILES / 10);
}
