//! Writing a sealed file.

use std::{fmt::Write, path::Path};

use crate::{
    crypto::ciphertext::armor,
    error::{Error, ErrorKind, Problem, Problems},
    files::write::write_public,
    sealed::format::{CHECKSUM, VERSION, checksum},
    secrets::{MadeFrom, Mode, ProfileCount, Secrets},
    shown,
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

impl Secrets {
    /// Writes the sealed file, to be committed: names and types in clear, and the values encrypted. A
    /// build whose setting `sealed` names it embeds it and reads nothing else.
    ///
    /// A relative path is that of the current directory. The file is written whole or not at all. Its
    /// layout is the same each time, the ciphertext is not.
    ///
    /// ```
    /// # #[cfg(feature = "age")]
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// # let folder = std::env::temp_dir().join("secrets-build-seal-example");
    /// # std::fs::create_dir_all(&folder).expect("a folder");
    /// # let path = folder.join("secrets.sealed.toml");
    /// secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .recipient("recipients.txt")
    ///     .load()?
    ///     .seal(&path)?;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "age"))]
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    ///
    /// Secrets without recipients, such that have no module ([`generate`](Self::generate)), and a file
    /// that cannot be written.
    pub fn seal(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let text = text(self)?;
        let path = path.as_ref();
        let written = write_public(path, text.as_bytes());
        written.map_err(|error| {
            let message = format!("failed to write {}: {error}", shown::path(path, path));
            Problem::new(ErrorKind::Output, message).into()
        })
    }
}

/// The text of the sealed file of some secrets.
fn text(secrets: &Secrets) -> Result<String, Error> {
    let mut problems = Problems::default();
    if secrets.mode == Mode::Plain {
        problems.push(Problem::new(
            ErrorKind::Sealed,
            "a sealed file is encrypted, and there are no `recipients`; set them",
        ));
    }
    if secrets.made_from == MadeFrom::Template {
        problems.push(Problem::new(
            ErrorKind::Sealed,
            "this is a stub, made from the template, and a sealed file is made from secrets; provide them, and \
             unset `SECRETS_STUB`",
        ));
    }
    check::check(&secrets.shape, &mut problems);
    check::check(&secrets.plain, &mut problems);
    problems.finish(())?;

    let mut out = String::new();
    let _ = writeln!(out, "package = {}", quoted(&secrets.package));
    let is_several = secrets.profile_count == ProfileCount::Several;
    let single = secrets.profiles.first().filter(|_| !is_several);
    if let Some(name) = single.and_then(|profile| profile.name.as_ref()) {
        let _ = writeln!(out, "profile = {}", quoted(name));
    }
    write_shape("shape", &lines(&secrets.shape, false), &mut out);
    out.push_str(&plain_text(secrets));
    let layout = Layout::new(&secrets.shape);
    let binding = binding(secrets);
    for profile in &secrets.profiles {
        let ciphertext = ciphertext(profile, &layout, &binding)?;
        out.push_str("\n[[ciphertext]]\n");
        if let (true, Some(name)) = (is_several, &profile.name) {
            let _ = writeln!(out, "profile = {}", quoted(name));
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
