//! Recipients: strings, and files of them.

use age::{tag, tagpq, x25519};

use crate::{
    error::{ErrorKind, Problem, Problems},
    origin::{Origin, TextFile},
    settings::{named::NamedFile, recipient::RecipientSetting},
    shown::{self, private::may_be_private},
};

type Recipient = Box<dyn age::Recipient + Send>;

/// Parsed recipients, and how they are written.
pub(crate) struct Recipients {
    parsed: Vec<Recipient>,
    /// What the module tells tools of them.
    pub(crate) written: Vec<String>,
}

impl Recipients {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &dyn age::Recipient> {
        self.parsed
            .iter()
            .map(|recipient| &**recipient as &dyn age::Recipient)
    }
}

/// Parses recipients and reads recipient files, which have one a line and comments after `#`.
pub(crate) fn parse(settings: &[RecipientSetting], problems: &mut Problems) -> Recipients {
    let mut recipients = Recipients {
        parsed: Vec::new(),
        written: Vec::new(),
    };
    for setting in settings {
        match setting {
            RecipientSetting::Text { text, origin } => recipients.add(text, origin, problems),
            RecipientSetting::File(file) => recipients.add_file(file, problems),
            // A passphrase is never among recipients.
            RecipientSetting::PassphraseFile(_) | RecipientSetting::PassphraseVariable { .. } => {}
        }
    }
    recipients
}

impl Recipients {
    fn add_file(&mut self, file: &NamedFile, problems: &mut Problems) {
        let Some(text) = problems.keep(file.read_text()) else {
            return;
        };
        let path = shown::escaped_path(&file.path);
        let mut problem = |message| problems.push(Problem::new(ErrorKind::Recipient, message));
        if text.contains("PRIVATE KEY-----") {
            return problem(format!("`{path}` holds a private key; use its public half"));
        }
        let is_recipient = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with('#');
        if !text.lines().any(|line| is_recipient(&line)) {
            return problem(format!("`{path}` has no recipient; add one a line"));
        }
        let file = TextFile::new(file.path.clone(), &text);
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            if is_recipient(&line) {
                let indent = line.len() - line.trim_start().len();
                let origin = Origin::text(&file, offset + indent);
                self.add(line.trim(), &origin, problems);
            }
            offset += line.len();
        }
    }

    fn add(&mut self, text: &str, origin: &Origin, problems: &mut Problems) {
        match recipient(text) {
            Ok(recipient) => {
                self.parsed.push(recipient);
                self.written.push(text.to_owned());
            }
            // The text is not shown: it may be an identity that was put in the wrong place.
            Err(reason) => {
                let message = format!("this recipient {reason}");
                problems.push(Problem::at(ErrorKind::Recipient, origin, message));
            }
        }
    }
}

/// A recipient, or what is wrong with it.
fn recipient(text: &str) -> Result<Recipient, String> {
    if may_be_private(text) {
        let reason = "is an identity, the private half of a key; use the public half, which \
                      `age-keygen -y` prints, and change the key if others have seen this one";
        return Err(reason.to_owned());
    }
    if text.starts_with("age1pq1") {
        let reason = "is post-quantum, which the crate `age` does not know yet; name an X25519 one, which `age-keygen` \
                      makes without `-pq`";
        return Err(reason.to_owned());
    }
    if is_several(text) {
        return Err("is more than one; write each by itself, without a comma".to_owned());
    }
    if ["ssh-dss", "ecdsa-sha2-", "sk-"]
        .iter()
        .any(|kind| text.starts_with(kind))
    {
        return Err(
            "is an SSH key of a kind that age does not know, expected ed25519 or RSA".to_owned(),
        );
    }
    if text.starts_with("ssh-") {
        return ssh(text);
    }
    if let Ok(recipient) = text.parse::<x25519::Recipient>() {
        return Ok(Box::new(recipient));
    }
    if let Ok(recipient) = text.parse::<tag::Recipient>() {
        return Ok(Box::new(recipient));
    }
    if let Ok(recipient) = text.parse::<tagpq::Recipient>() {
        return Ok(Box::new(recipient));
    }
    plugin(text)
}

/// A recipient of age is longer: 32 bytes in bech32.
const AGE_LENGTH: usize = 50;

/// Whether a text is a list of recipients, which no list of them has as one entry.
fn is_several(text: &str) -> bool {
    let parts = text.split([',', ';', ' ', '\t', '\n']);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    // The comment of an SSH key may have any words in it.
    let is_ssh = |parts: &&[&str]| {
        let kinds = ["ssh-ed25519", "ssh-rsa", "ecdsa-sha2-"];
        kinds.iter().any(|kind| parts[0].starts_with(kind)) && parts[1].starts_with("AAAA")
    };
    let is_age = |part: &&&str| part.starts_with("age1") && part.len() > AGE_LENGTH;
    let of_ssh = parts.windows(2).filter(is_ssh).count();
    let of_age = parts.iter().filter(is_age).count();
    // A comma after one of age is what is left of a list.
    of_ssh + of_age > 1 || (text.starts_with("age1") && text.contains([',', ';']))
}

#[cfg(feature = "ssh")]
fn ssh(text: &str) -> Result<Recipient, String> {
    match text.parse::<age::ssh::Recipient>() {
        Ok(recipient) => Ok(Box::new(recipient)),
        Err(_) => Err("is not an SSH key that age knows, expected ed25519 or RSA".to_owned()),
    }
}

#[cfg(not(feature = "ssh"))]
fn ssh(_: &str) -> Result<Recipient, String> {
    Err(
        "is an SSH key; give `secrets-build` the feature `ssh`, as in \
         secrets-build = { version = \"0.1\", features = [\"ssh\"] }"
            .to_owned(),
    )
}

#[cfg(feature = "plugin")]
fn plugin(text: &str) -> Result<Recipient, String> {
    let Ok(recipient) = text.parse::<age::plugin::Recipient>() else {
        return Err(unknown());
    };
    let plugin = age::plugin::RecipientPluginV1::new(
        recipient.plugin(),
        std::slice::from_ref(&recipient),
        &[],
        age::NoCallbacks,
    );
    match plugin {
        Ok(plugin) => Ok(Box::new(plugin)),
        Err(_) => Err(format!(
            "needs the plugin `age-plugin-{}`, which is not in `PATH`; install it",
            // It is the head of a recipient whose checksum is right, and so no secret.
            shown::escaped(recipient.plugin())
        )),
    }
}

#[cfg(not(feature = "plugin"))]
fn plugin(text: &str) -> Result<Recipient, String> {
    let needs_plugin = text.starts_with("age1") && text[4..].contains('1');
    if needs_plugin {
        Err("does not parse; if it is of an age plugin, give `secrets-build` the feature `plugin`, as in \
             secrets-build = { version = \"0.1\", features = [\"plugin\"] }"
            .to_owned())
    } else {
        Err(unknown())
    }
}

fn unknown() -> String {
    "does not parse, expected `age1...`, `ssh-ed25519 ...`, `ssh-rsa ...` or the path of a \
     file of them"
        .to_owned()
}
