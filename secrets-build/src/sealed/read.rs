//! Reading a sealed file.

use std::{fs, path::Path, sync::Arc};

use data_encoding::BASE64;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{VERSION, check, checksum, shape, values};
use crate::{
    error::{ErrorKind, Problem, Problems},
    layer,
    origin::{Origin, TextFile},
    secrets::{Ciphertext, Part, Secrets},
    settings::is_profile,
    shape::TableType,
    source::STUB,
    template::Template,
    tree::{Table, Value},
};

/// Reads a sealed file into secrets that have their settings already.
pub(crate) fn read(
    path: &Path,
    package: &Path,
    profile: Option<&str>,
    template: Option<&Template>,
    secrets: &mut Secrets,
    problems: &mut Problems,
) {
    let shown = path.strip_prefix(package).unwrap_or(path);
    let read = fs::read_to_string(path).map_err(|error| {
        let what = if error.kind() == std::io::ErrorKind::NotFound {
            let stub = if template.is_some() { STUB } else { "" };
            format!(
                "the sealed file `{}` does not exist; write it with `Secrets::seal`{stub}",
                shown.display()
            )
        } else {
            format!(
                "failed to read the sealed file `{}`: {error}",
                shown.display()
            )
        };
        Problem::new(ErrorKind::Sealed, what)
    });
    let Some(text) = problems.keep(read) else {
        return;
    };
    let text = text
        .strip_prefix('\u{feff}')
        .unwrap_or(&text)
        .replace("\r\n", "\n");
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
        let table = DeTable::parse(self.text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            self.problem(
                offset.min(self.text.len()),
                "this is no sealed file, or it was edited or cut off; seal the secrets again",
            )
        })?;
        let table = table.get_ref();
        let version = get(table, "version").and_then(|value| {
            let integer = value.get_ref().as_integer()?;
            i64::from_str_radix(integer.as_str(), integer.radix()).ok()
        });
        match version {
            Some(VERSION) => {}
            Some(_) => {
                let message = "this sealed file has another version; use the version of \
                               secrets-build that sealed it, or seal the secrets again";
                return Err(self.problem(0, message));
            }
            None => return Err(self.edited(0)),
        }
        let sum = string(table, "checksum");
        if sum.as_deref() != Some(&*checksum(self.text)) {
            return Err(self.edited(0));
        }
        self.fill(table, secrets).ok_or_else(|| self.edited(0))
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
            let whole = layer::toml::parse(self.file.path().to_owned(), self.text, &mut problems)?;
            let plain = whole.entries.into_iter().find(|(key, _)| key == "plain");
            match plain.map(|(_, item)| item.value) {
                Some(Value::Table(plain)) => tree = plain,
                _ => return None,
            }
            values::read(&secrets.plain, &mut tree).then_some(())?;
        }
        let ciphertexts = get(table, "ciphertext")?.get_ref().as_array()?;
        secrets.has_profiles = false;
        for of in ciphertexts {
            let of = of.get_ref().as_table()?;
            let profile = string(of, "profile");
            let is_known = |part: &Part| part.profile == profile;
            if secrets.parts.iter().any(is_known) || !profile.iter().all(|name| is_profile(name)) {
                return None;
            }
            secrets.has_profiles |= profile.is_some();
            let profile = profile.or_else(|| string(table, "profile"));
            let mut part = Part::new(profile, tree.clone());
            let recipients = get(of, "recipients")?.get_ref().as_array()?;
            let recipients = recipients
                .iter()
                .map(|of| of.get_ref().as_str().map(str::to_owned));
            part.ciphertext = Some(Ciphertext {
                bytes: unarmor(&string(of, "age")?)?,
                recipients: recipients.collect::<Option<_>>()?,
            });
            secrets.parts.push(part);
        }
        (!secrets.parts.is_empty()).then_some(())
    }

    fn shape(&self, lines: &Spanned<DeValue<'_>>) -> Option<TableType> {
        let mut shape = TableType::default();
        for line in lines.get_ref().as_array()? {
            let origin = self.origin(line.span().start);
            shape::add(&mut shape, line.get_ref().as_str()?, &origin)?;
        }
        Some(shape)
    }
}

fn get<'a>(table: &'a DeTable<'a>, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
    let mut entries = table.iter();
    let found = entries.find(|(known, _)| known.get_ref().as_ref() == key);
    found.map(|(_, value)| value)
}

fn string(table: &DeTable<'_>, key: &str) -> Option<String> {
    get(table, key)?.get_ref().as_str().map(str::to_owned)
}

/// The age file in an armor.
fn unarmor(text: &str) -> Option<Vec<u8>> {
    let text = text
        .trim()
        .strip_prefix("-----BEGIN AGE ENCRYPTED FILE-----")?;
    let text = text.strip_suffix("-----END AGE ENCRYPTED FILE-----")?;
    let dense: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    BASE64.decode(&dense).ok()
}
