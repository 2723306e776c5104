//! Every byte of a ciphertext matters.

use crate::module::{Secrets, decrypt, encrypt, encrypt_to_passphrase, good, text};

#[test]
fn every_flipped_byte_is_an_error() {
    let file = encrypt(&good());
    assert!(decrypt(&file).is_ok());
    for position in 0..file.len() {
        let mut file = file.clone();
        file[position] ^= 1 << (position % 8);
        let result = decrypt(&file);
        assert!(result.is_err(), "byte {position}");
        text(result);
    }
}

#[test]
fn every_other_length_is_an_error() {
    let file = encrypt(&good());
    for length in 0..file.len() {
        let result = decrypt(&file[..length]);
        assert!(result.is_err(), "{length} bytes");
        text(result);
    }
    let longer = [&file[..], b"\0"].concat();
    assert!(decrypt(&longer).is_err());
    assert!(decrypt(&[file.clone(), file].concat()).is_err());
}

/// age encrypts in chunks of 64 KiB.
#[test]
fn chunks_cannot_be_left_out_or_exchanged() {
    const CHUNK: usize = 64 * 1024;
    let payload = [good(), vec![0; 3 * CHUNK]].concat();
    let file = encrypt(&payload);
    assert!(decrypt(&file).is_ok());
    let body = file.len() - (payload.len() + 4 * 16);
    let (first, second) = (body, body + CHUNK + 16);
    for length in [second - 1, second, second + 1, second + CHUNK + 16] {
        assert!(decrypt(&file[..length]).is_err());
    }
    let left_out = [&file[..first], &file[second..]].concat();
    assert!(decrypt(&left_out).is_err());
    let last = second + CHUNK + 16;
    let exchanged = [
        &file[..second],
        &file[last..last + CHUNK + 16],
        &file[second..last],
    ]
    .concat();
    assert!(decrypt(&exchanged).is_err());
}

#[test]
fn a_whole_last_chunk_cannot_be_followed_by_anything() {
    const CHUNK: usize = 64 * 1024;
    let good = good();
    let payload = [&good[..], &vec![0; CHUNK - good.len()]].concat();
    let file = encrypt(&payload);
    assert!(decrypt(&file).is_ok());
    assert!(decrypt(&[&file[..], b"more"].concat()).is_err());
}

#[cfg(feature = "age")]
#[test]
fn every_flipped_byte_of_a_passphrase_file_is_an_error() {
    let file = encrypt_to_passphrase("correct horse", &good());
    let header = file
        .windows(4)
        .position(|bytes| bytes == b"\n---")
        .expect("a header");
    let identity = secrets_embed::Identity::passphrase("correct horse");
    for position in 0..header {
        let mut file = file.clone();
        file[position] ^= 1;
        let result = Secrets::decrypt_from(&identity, &file);
        assert!(result.is_err(), "byte {position}");
        text(result);
    }
}
