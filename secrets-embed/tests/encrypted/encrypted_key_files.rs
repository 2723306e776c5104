//! Key files that are encrypted to a passphrase.

use std::{fs, io::Write};

use secrets_embed::{Error, Identity};

use crate::{
    key_texts::{file, fits},
    module::{KEY, encrypt, encrypt_to_passphrase, text},
};

#[test]
fn an_encrypted_key_file_needs_its_passphrase() {
    let path = file(
        "key.age",
        encrypt_to_passphrase("correct horse", KEY.as_bytes()),
    );
    assert!(fits(
        &Identity::from_encrypted_file(&path, "correct horse").expect("a key")
    ));

    let mut armored = Vec::new();
    let format = age::armor::Format::AsciiArmor;
    let mut writer =
        age::armor::ArmoredWriter::wrap_output(&mut armored, format).expect("a writer");
    writer
        .write_all(&fs::read(&path).expect("a file"))
        .expect("written");
    writer.finish().expect("written");
    for start in ["", "\n", "\u{feff}", "\u{feff}\r\n"] {
        let text = [start.as_bytes(), &armored, b"\n\n"].concat();
        let path = file("armored.age", text);
        let identity = Identity::from_encrypted_file(&path, "correct horse");
        assert!(fits(&identity.expect("a key")), "{start:?}");
    }

    let wrong = text(Identity::from_encrypted_file(&path, "wrong horse"));
    assert!(
        wrong.contains("key.age") && wrong.contains("passphrase of this key file is wrong"),
        "{wrong}"
    );
    let plain = text(Identity::from_file(&path));
    assert!(plain.contains("from_encrypted_file"), "{plain}");

    let to_key = file("to-key.age", encrypt(KEY.as_bytes()));
    let text = text(Identity::from_encrypted_file(to_key, "correct horse"));
    assert!(text.contains("not to a passphrase"), "{text}");
}
