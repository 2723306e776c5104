//! Secrets in the files of a package, known by their text.

use std::{
    fs,
    path::{Path, PathBuf},
    str,
};

use crate::{files::encoding, read::source::SourceKind, shown};

/// How many files of a package are looked at, and how large ones: more is not a source that anyone writes.
const MAX_FILES: usize = 10_000;
const MAX_BYTES: u64 = 1 << 20;
const MAX_TOTAL: u64 = 64 << 20;

/// The warning that there is more than is looked at.
pub(super) fn describe_limit() -> String {
    format!(
        "only the first {MAX_FILES} files, or {} MiB, of the package and of each source were searched for the text of \
         sources and keys; exclude what need not be published",
        MAX_TOTAL >> 20
    )
}

/// What a search found.
pub(super) struct Findings {
    /// Files, each with what it holds.
    pub(super) secret_files: Vec<(PathBuf, String)>,
    /// Whether all files were looked at.
    pub(super) is_whole: bool,
}

/// A shorter text may stand in another file by chance.
const MIN_TEXT: usize = 16;

/// What an identity of X25519 has behind its prefix, and a longer one more than.
const MIN_IDENTITY: usize = 50;

/// What a file is that must not be published.
#[derive(Clone, Copy)]
pub(super) enum Secret {
    Source,
    Key,
}

impl Secret {
    pub(super) fn described(self) -> &'static str {
        match self {
            Self::Source => "a source of secrets",
            Self::Key => "a private key",
        }
    }
}

/// A secret text, and how the file it is from is described.
struct Text {
    bytes: Vec<u8>,
    described: String,
}

/// The files of a package that hold an age identity, or the text of one of these files from elsewhere, each
/// with what it holds. What `public` files have too is not a secret.
pub(super) fn find_secrets(
    package: &Path,
    originals: &[(PathBuf, Secret)],
    public: &[PathBuf],
) -> Findings {
    let public: Vec<Vec<u8>> = public.iter().filter_map(|path| read(path)).collect();
    let mut texts = Vec::new();
    let mut all_known = true;
    for (path, secret) in originals {
        let (files, is_whole) = files_below(path);
        all_known &= is_whole;
        for file in files {
            let is_key = matches!(secret, Secret::Key);
            let is_toml = SourceKind::of_name(&file) == Some(SourceKind::Toml);
            let Some(bytes) = read(&file) else { continue };
            let bytes = bytes.trim_ascii();
            if bytes.len() < MIN_TEXT && (bytes.is_empty() || !(is_key || is_toml)) {
                continue;
            }
            let text = Text {
                bytes: bytes.to_owned(),
                described: format!(
                    "has the text of `{}`, which is {},",
                    shown::escaped_path(&file),
                    secret.described()
                ),
            };
            // A source that is still a copy of the template holds no secret.
            if !public.iter().any(|public| text.is_in(public)) {
                texts.push(text);
            }
        }
    }
    let mut secret_files = Vec::new();
    let (files, is_whole) = files_below(package);
    for file in files {
        let Some(bytes) = read(&file) else { continue };
        let same = texts.iter().find(|text| text.is_in(&bytes));
        if holds_identity(&bytes) {
            secret_files.push((file, "holds an age identity".to_owned()));
        } else if let Some(text) = same {
            secret_files.push((file, text.described.clone()));
        }
    }
    Findings {
        secret_files,
        is_whole: is_whole && all_known,
    }
}

/// A file as it is compared: the bytes, or a text without a byte order mark and with one kind of line end, as
/// editors and git change both.
fn read(path: &Path) -> Option<Vec<u8>> {
    let bytes = fs::read(path).ok()?;
    Some(match str::from_utf8(&bytes) {
        Ok(text) => encoding::without_mark(text)
            .replace("\r\n", "\n")
            .into_bytes(),
        Err(_) => bytes,
    })
}

impl Text {
    fn is_in(&self, bytes: &[u8]) -> bool {
        if self.bytes.len() < MIN_TEXT {
            return bytes.trim_ascii() == self.bytes;
        }
        match (str::from_utf8(bytes), str::from_utf8(&self.bytes)) {
            (Ok(text), Ok(part)) => text.contains(part),
            _ => bytes.trim_ascii() == self.bytes,
        }
    }
}

/// Whether a text holds an identity, not only the start of one as documentation has it.
fn holds_identity(bytes: &[u8]) -> bool {
    const PREFIX: &str = "AGE-SECRET-KEY-";
    let text = String::from_utf8_lossy(bytes).to_ascii_uppercase();
    text.split(PREFIX).skip(1).any(|rest| {
        let key = rest.strip_prefix("PQ-").unwrap_or(rest);
        let letters = key.bytes().take_while(u8::is_ascii_alphanumeric);
        key.starts_with('1') && letters.take(MIN_IDENTITY).count() == MIN_IDENTITY
    })
}

/// The files below a directory, or the file itself, as far as they are neither too many nor too large. Links
/// out of it are followed only if they are the path itself. Also returns whether these are all.
fn files_below(path: &Path) -> (Vec<PathBuf>, bool) {
    let mut files = Vec::new();
    let mut pending = vec![path.to_owned()];
    let mut total = 0;
    while let Some(path) = pending.pop() {
        let Ok(metadata) = fs::metadata(&path) else {
            continue;
        };
        if metadata.is_file() && metadata.len() <= MAX_BYTES {
            total += metadata.len();
            if total > MAX_TOTAL || files.len() >= MAX_FILES {
                return (files, false);
            }
            files.push(path);
        } else if metadata.is_dir() {
            let entries = fs::read_dir(&path)
                .into_iter()
                .flatten()
                .flatten()
                .filter(|entry| {
                    let kind = entry.file_type();
                    kind.is_ok_and(|kind| !kind.is_symlink())
                });
            let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
            paths.sort_by(|a, b| b.cmp(a));
            pending.extend(paths);
        }
    }
    (files, true)
}
