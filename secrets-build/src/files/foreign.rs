//! Text in the form of other tools: encrypted by them, or what they leave in place of a file.

use std::str;

/// A tool whose form a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    Age,
    AnsibleVault,
    Dotenvx,
    /// The marks of a merge conflict.
    Git,
    GitCrypt,
    GitLfs,
    Pgp,
    Sops,
}

/// How a file starts that a tool wrote whole.
const STARTS: [(&[u8], Tool); 6] = [
    (b"age-encryption.org/v1", Tool::Age),
    (b"-----BEGIN AGE ENCRYPTED FILE-----", Tool::Age),
    (b"$ANSIBLE_VAULT;", Tool::AnsibleVault),
    (b"\0GITCRYPT\0", Tool::GitCrypt),
    (b"version https://git-lfs.github.com/spec/", Tool::GitLfs),
    (b"-----BEGIN PGP MESSAGE-----", Tool::Pgp),
];

/// A value that SOPS encrypted.
const SOPS: &str = "ENC[AES256_GCM,";

impl Tool {
    /// The tool that made a file.
    pub(crate) fn of_file(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let start = bytes.trim_ascii_start();
        if let Some((_, tool)) = STARTS.iter().find(|(mark, _)| start.starts_with(mark)) {
            return Some(*tool);
        }
        let text = str::from_utf8(bytes).ok()?;
        // Beside its values it writes down how they were encrypted.
        if text.contains(SOPS) && text.contains("sops") {
            return Some(Self::Sops);
        }
        conflict(text).map(|_| Self::Git)
    }

    /// The tool whose form a value has by itself.
    pub(crate) fn of_value(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_sops = text.starts_with(SOPS) && text.ends_with(']');
        if is_sops {
            return Some(Self::Sops);
        }
        if text.strip_prefix("encrypted:").is_some_and(is_base64) {
            return Some(Self::Dotenvx);
        }
        Self::of_file(text.as_bytes())
    }

    /// Whether a program may have good reason for a value in this form, which it decrypts by itself.
    pub(crate) fn may_be_wanted(self) -> bool {
        matches!(self, Self::Age | Self::Pgp)
    }

    /// What it is and the way out, behind the name of a file or of a key.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Age => "is encrypted with age; decrypt it first, with `age --decrypt`",
            Self::AnsibleVault => {
                "is encrypted with Ansible Vault; decrypt it first, with `ansible-vault decrypt`"
            }
            Self::Dotenvx => "is encrypted with dotenvx; decrypt it first, with `dotenvx decrypt`",
            Self::Git => "has the marks of a merge conflict; keep one of the two versions",
            Self::GitCrypt => {
                "is locked by git-crypt; unlock the checkout first, with `git-crypt unlock`"
            }
            Self::GitLfs => {
                "is a pointer of Git LFS and not the file itself; get that first, with `git lfs pull`"
            }
            Self::Pgp => "is encrypted with PGP; decrypt it first, with `gpg --decrypt`",
            Self::Sops => "is encrypted with SOPS; decrypt it first, with `sops decrypt`",
        }
    }
}

/// Where the first mark of a merge conflict is: git writes three, each at the start of a line.
pub(crate) fn conflict(text: &str) -> Option<usize> {
    let mut start = None;
    let mut is_divided = false;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        if content.starts_with("<<<<<<< ") {
            start = start.or(Some(offset));
        } else if content == "=======" {
            is_divided = start.is_some();
        } else if content.starts_with(">>>>>>> ") && is_divided {
            return start;
        }
        offset += line.len();
    }
    None
}

/// Long enough to be no word, and nothing else.
fn is_base64(text: &str) -> bool {
    let of_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    text.len() >= 16 && text.chars().all(of_base64)
}
