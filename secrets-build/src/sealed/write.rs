//! Writing a sealed file.

use std::fmt::Write;

use crate::{
    crypto::ciphertext::armor,
    error::{Error, ErrorKind, Problem, Problems},
    sealed::format::{CHECKSUM, VERSION, checksum},
    secrets::Secrets,
    write::{
        check,
        generate::{binding, ciphertext},
        layout::Layout,
        payload,
        text::{
            plain::{plain_text, write_shape},
            shape::{lines, quoted},
        },
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
