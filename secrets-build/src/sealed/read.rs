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
    schema::Schema,
    sealed::{
        check,
        format::{Sealed, VERSION, checksum},
        shape, values,
    },
    secrets::{MadeFrom, Mode, Profile, ProfileCount, Secrets},
    settings::{
        differ_in_case, is_profile_name, manifest::lookup::get, named::NamedFile,
        resolve::Resolved, variables::STUB_HINT,
    },
    shown,
    write::payload,
};

const NO_FILE: &str =
    "this is not a sealed file, or it was edited or cut off; seal the secrets again";

/// The secrets of a sealed file, which must be the one that the settings and the template want.
pub(crate) fn read(
    named: &NamedFile,
    resolved: &Resolved,
    schema: &Schema,
    warnings: Vec<String>,
    problems: &mut Problems,
) -> Option<Secrets> {
    let path = &named.path;
    let shown = path.strip_prefix(&resolved.package).unwrap_or(path);
    let hint = schema.template.as_ref().map_or("", |_| STUB_HINT);
    let bytes = problems.keep(named.read_with_hint(hint))?;
    let text = problems.keep(text(&bytes, shown))?;
    let file = TextFile::new(shown.to_owned(), &text);
    let reader = Reader {
        file: &file,
        text: &text,
    };
    let mut sealed = problems.keep(reader.read())?;
    check::check(&reader.origin(0), &mut sealed, resolved, schema, problems);
    Some(Secrets {
        package: resolved.name.clone(),
        mode: Mode::Encrypted,
        made_from: MadeFrom::Secrets,
        profile_count: sealed.profile_count,
        shape: sealed.shape,
        plain: sealed.plain,
        profiles: sealed.profiles,
        warnings,
    })
}

/// The text of a sealed file, with line ends as they were written.
fn text(bytes: &[u8], shown: &Path) -> Result<String, Problem> {
    let text = match encoding::text(bytes) {
        Ok(text) => text,
        // It has a message and a place of its own.
        Err(NotText::Foreign(Tool::Git)) => str::from_utf8(bytes).unwrap_or_default(),
        Err(reason) => {
            let origin = Origin::text(&TextFile::new(shown.to_owned(), ""), 0);
            let message = match reason {
                NotText::Invalid(_) => NO_FILE.to_owned(),
                reason => format!("this file {}", reason.described()),
            };
            return Err(Problem::at(ErrorKind::Sealed, &origin, message));
        }
    };
    Ok(encoding::without_mark(text).replace("\r\n", "\n"))
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

    fn read(&self) -> Result<Sealed, Problem> {
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
        self.sealed(table).ok_or_else(|| self.edited(0))
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

    /// All that is in it, which is good if the checksum is; nothing if a part is not.
    fn sealed(&self, table: &DeTable<'_>) -> Option<Sealed> {
        let (plain, tree) = self.plain(table)?;
        let single_name = optional(table, "profile").ok()?;
        let ciphertexts = get(table, "ciphertext")?.get_ref().as_array()?;
        let mut profile_count = ProfileCount::One;
        let mut profiles = Vec::new();
        for ciphertext in ciphertexts {
            let ciphertext = ciphertext.get_ref().as_table()?;
            let name = optional(ciphertext, "profile").ok()?;
            profile_count = match name {
                Some(_) => ProfileCount::Several,
                None => ProfileCount::One,
            };
            let mut profile = Profile::new(name.or_else(|| single_name.clone()), tree.clone());
            profile.ciphertext = Some(read_ciphertext(ciphertext)?);
            profiles.push(profile);
        }
        are_profiles(&profiles, ciphertexts, single_name.as_deref()).then_some(())?;
        Some(Sealed {
            package: string(table, "package")?,
            shape: self.shape(get(table, "shape")?)?,
            plain,
            profile_count,
            profiles,
        })
    }

    /// The keys that stay plain, and their values.
    fn plain(&self, table: &DeTable<'_>) -> Option<(TableType, Table)> {
        let Some(lines) = get(table, "plain-shape") else {
            return Some((TableType::default(), Table::default()));
        };
        let shape = self.shape(lines)?;
        let mut ignored = Problems::default();
        let whole = document::parse(self.file.path().to_owned(), self.text, &mut ignored)?;
        let plain = whole.entries.into_iter().find(|(key, _)| key == "plain");
        let (_, plain) = plain?;
        let Value::Table(mut tree) = plain.value else {
            return None;
        };
        values::read(&shape, &mut tree).then_some((shape, tree))
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

fn read_ciphertext(table: &DeTable<'_>) -> Option<Ciphertext> {
    let recipients = get(table, "recipients")?.get_ref().as_array()?;
    let recipients = recipients
        .iter()
        .map(|recipient| recipient.get_ref().as_str().map(str::to_owned));
    Some(Ciphertext {
        bytes: unarmor(&string(table, "age")?)?,
        recipients: recipients.collect::<Option<_>>()?,
    })
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
fn are_profiles(profiles: &[Profile], ciphertexts: &DeArray<'_>, single: Option<&str>) -> bool {
    let own = ciphertexts.iter().filter_map(|ciphertext| {
        let ciphertext = ciphertext.get_ref().as_table()?;
        get(ciphertext, "profile")
    });
    let count = own.count();
    let is_whole = match count {
        0 => profiles.len() == 1,
        count => count == profiles.len() && single.is_none(),
    };
    let names: Vec<&str> = profiles
        .iter()
        .filter_map(|profile| profile.name.as_deref())
        .collect();
    is_whole && names.iter().all(|name| is_profile_name(name)) && differ_in_case(&names).is_none()
}
