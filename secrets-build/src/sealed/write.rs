//! Writing a sealed file.

use std::fmt::Write;

use crate::{
    error::{Error, ErrorKind, Problem, Problems},
    sealed::{
        CHECKSUM, VERSION, checksum, quoted,
        shape::{Line, lines},
        values,
    },
    secrets::Secrets,
    write::{
        check,
        generate::{binding, ciphertext},
        layout::Layout,
        payload,
    },
};

/// The text of the sealed file of some secrets.
pub(crate) fn write(secrets: &Secrets) -> Result<String, Error> {
    let mut problems = Problems::default();
    if !secrets.is_encrypted {
        problems.push(Problem::new(
            ErrorKind::Sealed,
            "a sealed file is encrypted, and there are no `recipients`; set them",
        ));
    }
    if secrets.is_stub {
        problems.push(Problem::new(
            ErrorKind::Sealed,
            "this is a stub, made from the template, and a sealed file is made from secrets; provide them, and unset `SECRETS_STUB`",
        ));
    }
    check::check(&secrets.shape, &mut problems);
    check::check(&secrets.plain, &mut problems);
    problems.or(())?;

    let mut out = String::new();
    let _ = writeln!(out, "package = {}", quoted(&secrets.package));
    if let (false, Some(part)) = (secrets.has_profiles, secrets.parts.first()) {
        if let Some(profile) = &part.profile {
            let _ = writeln!(out, "profile = {}", quoted(profile));
        }
    }
    write_shape("shape", &lines(&secrets.shape, false), &mut out);
    out.push_str(&plain_text(secrets));
    let layout = Layout::new(&secrets.shape);
    let binding = binding(secrets);
    for part in &secrets.parts {
        let ciphertext = ciphertext(part, &layout, &binding)?;
        out.push_str("\n[[ciphertext]]\n");
        if let (true, Some(profile)) = (secrets.has_profiles, &part.profile) {
            let _ = writeln!(out, "profile = {}", quoted(profile));
        }
        out.push_str("recipients = [\n");
        for recipient in &ciphertext.recipients {
            let _ = writeln!(out, "    {},", quoted(recipient));
        }
        let _ = writeln!(out, "]\nage = \"\"\"\n{}\"\"\"", armor(&ciphertext.bytes));
    }
    Ok(with_head(&out))
}

/// The keys that stay plain and their values; nothing if there are none.
fn plain_text(secrets: &Secrets) -> String {
    let mut out = String::new();
    if let (false, Some(part)) = (secrets.plain.fields.is_empty(), secrets.parts.first()) {
        write_shape("plain-shape", &lines(&secrets.plain, true), &mut out);
        out.push_str("\n[plain]\n");
        values::write(&secrets.plain, &part.tree, "", &mut out);
    }
    out
}

/// What the keys that stay plain and their values are bound to the encrypted ones by: SHA-256 of their text
/// in a sealed file, or zeros if there are none.
///
/// Of the text and not of the values, so that what was sealed and what is read of it can have no two hashes.
pub(crate) fn plain_hash(secrets: &Secrets) -> [u8; 32] {
    match plain_text(secrets).trim() {
        "" => [0; 32],
        text => hmac_sha256::Hash::hash(text.as_bytes()),
    }
}

fn write_shape(name: &str, lines: &[Line], out: &mut String) {
    let _ = writeln!(out, "\n{name} = [");
    for Line { path, ty, .. } in lines {
        let _ = writeln!(out, "    {},", quoted(&format!("{path}: {ty}")));
    }
    out.push_str("]\n");
}

fn with_head(rest: &str) -> String {
    let head = format!(
        "# Secrets, sealed by secrets-build: names and types in clear, values encrypted with age.\n\
         # Do not edit or merge this file; seal the secrets again.\n\
         version = {VERSION}\npayload = {}\n",
        payload::VERSION
    );
    let sum = checksum(&format!("{head}{rest}"));
    format!("{head}{CHECKSUM}\"{sum}\"\n{rest}")
}

/// An age file in armor, as age itself writes it.
fn armor(bytes: &[u8]) -> String {
    let text = data_encoding::BASE64.encode(bytes);
    let mut out = String::from("-----BEGIN AGE ENCRYPTED FILE-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    out.push_str("-----END AGE ENCRYPTED FILE-----\n");
    out
}
