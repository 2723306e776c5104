//! Reading a sealed file.

use std::{path::Path, str, sync::Arc};

use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

use crate::{
    crypto::ciphertext::{Ciphertext, unarmor},
    error::{ErrorKind, Problem, Problems},
    files::{
        encoding::{self, NotText},
        foreign::Tool,
    },
    model::{
        shape::TableType,
        tree::{Table, Value},
    },
    origin::{Origin, TextFile},
    read::toml as document,
    schema::template::Template,
    sealed::{
        check,
        format::{VERSION, checksum},
        shape, values,
    },
    secrets::{Part, Secrets},
    settings::{differ_in_case, is_profile, named::NamedFile, variables::STUB_HINT},
    shown,
    write::payload,
};

const NO_FILE: &str = "this is no sealed file, or it was edited or cut off; seal the secrets again";

/// Reads a sealed file into secrets that have their settings already.
pub(crate) fn read(
    named: &NamedFile,
    package: &Path,
    profile: Option<&str>,
    template: Option<&Template>,
    secrets: &mut Secrets,
    problems: &mut Problems,
) {
    let path = &named.path;
    let shown = path.strip_prefix(package).unwrap_or(path);
    let stub = if template.is_some() { STUB_HINT } else { "" };
    let Some(bytes) = problems.keep(named.read_with_hint(stub)) else {
        return;
    };
    let text = match encoding::text(&bytes) {
        Ok(text) => text,
        // It has a message and a place of its own.
        Err(NotText::Foreign(Tool::Git)) => str::from_utf8(&bytes).unwrap_or_default(),
        Err(reason) => {
            let origin = Origin::text(&TextFile::new(shown.to_owned(), ""), 0);
            let message = match reason {
                NotText::Invalid(_) => NO_FILE.to_owned(),
                reason => format!("this file {}", reason.described()),
            };
            problems.push(Problem::at(ErrorKind::Sealed, &origin, message));
            return;
        }
    };
    let text = encoding::without_mark(text).replace("\r\n", "\n");
    let file = TextFile::new(shown.to_owned(), &text);
    let reader = Reader {
        file: &file,
        text: &text,
    };
    match reader.read(secrets) {
        Err(problem) => problems.push(problem),
        Ok(()) => {
            check::check(&reader.origin(0), profile, template, secrets, problems);
        }
    }
}

struct Reader<'a> {
    file: &'a Arc<TextFile>,
    text: &'a str,
}

impl Reader<'_> {
    fn origin(&self, offset: usize) -> Origin {
        Origin::text(self.file, offset)
    }

    fn problem(&self, offset: usize, message: &str) -> Problem {
        Problem::at(ErrorKind::Sealed, &self.origin(offset), message)
    }

    fn read(&self, secrets: &mut Secrets) -> Result<(), Problem> {
        self.unmerged()?;
        if let Some(offset) = document::too_deep_at(self.text) {
            return Err(self.edited(offset));
        }
        let table = DeTable::parse(self.text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            self.problem(offset.min(self.text.len()), NO_FILE)
        })?;
        let table = table.get_ref();
        self.version(table, "version", "its format", VERSION)?;
        let wanted = i64::try_from(payload::VERSION).unwrap_or(i64::MAX);
        self.version(table, "payload", "what is encrypted in it", wanted)?;
        let sum = string(table, "checksum");
        if sum.as_deref() != Some(&*checksum(self.text)) {
            return Err(self.edited(0));
        }
        self.fill(table, secrets).ok_or_else(|| self.edited(0))
    }

    /// Checks a version. `what` is of this version.
    fn version(
        &self,
        table: &DeTable<'_>,
        key: &str,
        what: &str,
        wanted: i64,
    ) -> Result<(), Problem> {
        let value = get(table, key).ok_or_else(|| self.edited(0))?;
        let version = value
            .get_ref()
            .as_integer()
            .and_then(|integer| i64::from_str_radix(integer.as_str(), integer.radix()).ok());
        match version {
            Some(version) if version == wanted => Ok(()),
            Some(version) => {
                // A larger number is none that any version wrote.
                let version = if (0..1000).contains(&version) {
                    version.to_string()
                } else {
                    shown::HIDDEN.to_owned()
                };
                let message = format!(
                    "this sealed file has version {version} of {what}, and this secrets-build has \
                     version {wanted}; use the secrets-build that sealed it, or seal the secrets again"
                );
                Err(self.problem(value.span().start, &message))
            }
            None => Err(self.edited(value.span().start)),
        }
    }

    fn edited(&self, offset: usize) -> Problem {
        self.problem(
            offset,
            "this sealed file was edited or cut off since it was sealed; restore it, or seal the \
             secrets again",
        )
    }

    /// The marks that git leaves where two versions of a file differ.
    fn unmerged(&self) -> Result<(), Problem> {
        let mut offset = 0;
        for line in self.text.split_inclusive('\n') {
            let marks = ["<<<<<<< ", ">>>>>>> ", "||||||| "];
            if marks.iter().any(|mark| line.starts_with(mark)) || line == "=======\n" {
                let message = "there is an unresolved conflict in this sealed file; take one of the \
                               two versions whole, or seal the secrets again";
                return Err(self.problem(offset, message));
            }
            offset += line.len();
        }
        Ok(())
    }

    /// All parts, which are good if the checksum is; nothing if one is not.
    fn fill(&self, table: &DeTable<'_>, secrets: &mut Secrets) -> Option<()> {
        secrets.sealed_for = string(table, "package")?;
        secrets.shape = self.shape(get(table, "shape")?)?;
        let mut tree = Table::default();
        if let Some(lines) = get(table, "plain-shape") {
            secrets.plain = self.shape(lines)?;
            let mut problems = Problems::default();
            let whole = document::parse(self.file.path().to_owned(), self.text, &mut problems)?;
            let plain = whole.entries.into_iter().find(|(key, _)| key == "plain");
            match plain.map(|(_, item)| item.value) {
                Some(Value::Table(plain)) => tree = plain,
                _ => return None,
            }
            values::read(&secrets.plain, &mut tree).then_some(())?;
        }
        let ciphertexts = get(table, "ciphertext")?.get_ref().as_array()?;
        let of_file = optional(table, "profile").ok()?;
        for ciphertext in ciphertexts {
            let ciphertext = ciphertext.get_ref().as_table()?;
            let profile = optional(ciphertext, "profile").ok()?;
            secrets.has_profiles = profile.is_some();
            let mut part = Part::new(profile.or_else(|| of_file.clone()), tree.clone());
            let recipients = get(ciphertext, "recipients")?.get_ref().as_array()?;
            let recipients = recipients
                .iter()
                .map(|recipient| recipient.get_ref().as_str().map(str::to_owned));
            part.ciphertext = Some(Ciphertext {
                bytes: unarmor(&string(ciphertext, "age")?)?,
                recipients: recipients.collect::<Option<_>>()?,
            });
            secrets.parts.push(part);
        }
        are_profiles(&secrets.parts, ciphertexts, of_file.as_deref()).then_some(())
    }

    fn shape(&self, lines: &Spanned<DeValue<'_>>) -> Option<TableType> {
        let lines = lines.get_ref().as_array()?.iter();
        let lines = lines.map(|line| {
            let origin = self.origin(line.span().start);
            Some((line.get_ref().as_str()?, origin))
        });
        shape::read(lines.collect::<Option<Vec<_>>>()?.into_iter())
    }
}

fn get<'a>(table: &'a DeTable<'a>, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
    let mut entries = table.iter();
    let found = entries.find(|(known, _)| known.get_ref().as_ref() == key);
    found.map(|(_, value)| value)
}

/// A string that may be absent, but not something else.
fn optional(table: &DeTable<'_>, key: &str) -> Result<Option<String>, ()> {
    let value = get(table, key).map(|value| value.get_ref().as_str());
    value
        .map(|text| text.map(str::to_owned).ok_or(()))
        .transpose()
}

fn string(table: &DeTable<'_>, key: &str) -> Option<String> {
    get(table, key)?.get_ref().as_str().map(str::to_owned)
}

/// Whether the profiles are as they are sealed: one for each of several ciphertexts, or one or none for a
/// single one. Their names become parts of the names of files.
fn are_profiles(parts: &[Part], ciphertexts: &DeArray<'_>, of_file: Option<&str>) -> bool {
    let own = ciphertexts.iter().filter_map(|ciphertext| {
        let ciphertext = ciphertext.get_ref().as_table()?;
        get(ciphertext, "profile")
    });
    let count = own.count();
    let is_whole = match count {
        0 => parts.len() == 1,
        count => count == parts.len() && of_file.is_none(),
    };
    let names: Vec<&str> = parts
        .iter()
        .filter_map(|part| part.profile.as_deref())
        .collect();
    is_whole && names.iter().all(|name| is_profile(name)) && differ_in_case(&names).is_none()
}
