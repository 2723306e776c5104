//! The files of a module.

use std::fmt;

use crate::{
    crypto::ciphertext::Ciphertext,
    error::{Error, ErrorKind, Problem, Problems},
    model::{shape::TableType, tree::Table},
    secrets::{MadeFrom, Mode, Profile, ProfileCount, Secrets},
    settings::module::{ModuleFile, plain_module},
    write::{
        check,
        code::{
            encrypted::{self, Encrypted, ProfileCiphertext},
            plain, values,
        },
        layout::Layout,
        payload::{Binding, fingerprint::fingerprint, payload},
        text::plain::plain_hash,
    },
};

/// The files of a generated module. They may hold secrets; `Debug` does not show them.
#[derive(Clone)]
pub struct Generated {
    files: Vec<(String, Vec<u8>)>,
}

impl Generated {
    /// Names and contents, the module itself last.
    ///
    /// A plain module `secrets` has `secrets.rs` with names and types, `secrets_values.rs` with the
    /// values, and `secrets_doc.rs` with placeholders of the same types, for `cargo doc`. An encrypted
    /// one has `secrets.rs` and `secrets.age`, or `secrets.PROFILE.age` for each of several profiles, and
    /// the three files of a plain module `secrets_plain` if there are keys that stay plain. An encrypted
    /// stub has `secrets.stub` instead of ciphertext.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .load()?;
    /// for (name, contents) in secrets.generate()?.files() {
    ///     println!("{name}: {} bytes", contents.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(name, contents)| (name.as_str(), contents.as_slice()))
    }

    /// The contents of a file.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .load()?;
    /// let module = secrets.generate()?;
    /// assert!(module.get("secrets_values.rs").is_some());
    /// assert!(module.get("secrets.age").is_none()); // it is not encrypted
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files()
            .find(|(other, _)| *other == name)
            .map(|(_, contents)| contents)
    }
}

impl fmt::Debug for Generated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generated").finish_non_exhaustive()
    }
}

impl Secrets {
    /// What [`Config::embed`](crate::Config::embed) would write for a module of the name `secrets`.
    ///
    /// The same secrets give the same text, on every machine. Ciphertext differs each time, but for that
    /// of a sealed file.
    ///
    /// It is for build systems other than cargo, and for tests of what a module has.
    ///
    /// ```
    /// # fn main() -> Result<(), secrets_build::Error> {
    /// let secrets = secrets_build::Config::new()
    /// #   .package("tests/app")
    ///     .file("secrets.toml")
    ///     .load()?;
    /// let module = secrets.generate()?;
    /// let text = module.get("secrets.rs").expect("the module itself");
    /// assert!(!text.windows(7).any(|text| text == b"made up")); // values are in another file
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Two keys that would have one name in Rust, and an encryption that fails, as a plugin's may.
    pub fn generate(&self) -> Result<Generated, Error> {
        self.generate_as("secrets")
    }

    /// The same for a module of any name.
    pub(crate) fn generate_as(&self, module: &str) -> Result<Generated, Error> {
        let mut problems = Problems::default();
        check::check(&self.shape, &mut problems);
        check::check(&self.plain, &mut problems);
        problems.finish(())?;
        let files = match (self.mode, self.profile_count) {
            (Mode::Encrypted, _) => encrypted_files(self, module)?,
            (Mode::Plain, ProfileCount::Several) => return Err(no_recipients().into()),
            (Mode::Plain, ProfileCount::One) => match self.profiles.first() {
                Some(profile) => plain_files(&self.shape, &profile.tree, module, self.made_from),
                None => Vec::new(),
            },
        };
        Ok(Generated { files })
    }
}

/// A name and the contents.
type File = (String, Vec<u8>);

fn plain_files(shape: &TableType, tree: &Table, module: &str, made_from: MadeFrom) -> Vec<File> {
    let layout = Layout::new(shape);
    let texts = [
        (ModuleFile::Values, values::values(&layout, tree)),
        (ModuleFile::Placeholders, values::placeholders(&layout)),
        (
            ModuleFile::Module,
            plain::module(&layout, module, made_from),
        ),
    ];
    texts
        .map(|(file, text)| (file.file_name(module), text.into_bytes()))
        .into()
}

fn encrypted_files(secrets: &Secrets, module: &str) -> Result<Vec<File>, Error> {
    let layout = Layout::new(&secrets.shape);
    let binding = binding(secrets);
    let has_plain = !secrets.plain.fields.is_empty();
    let mut files = match secrets.profiles.first().filter(|_| has_plain) {
        Some(first) => {
            let module = plain_module(module);
            plain_files(&secrets.plain, &first.tree, &module, secrets.made_from)
        }
        None => Vec::new(),
    };
    let (own, ciphertexts) = match secrets.made_from {
        MadeFrom::Template => stub(secrets, module, &layout, &binding),
        MadeFrom::Secrets => ciphertexts(secrets, module, &layout, &binding)?,
    };
    files.extend(own);
    let plain_layout = has_plain.then(|| Layout::new(&secrets.plain));
    let contents = Encrypted {
        package: &secrets.package,
        fingerprint: binding.fingerprint,
        plain_hash: binding.plain,
        ciphertexts,
        profile_count: secrets.profile_count,
        made_from: secrets.made_from,
        plain: plain_layout.as_ref(),
    };
    let text = encrypted::module(&layout, module, &contents);
    files.push((ModuleFile::Module.file_name(module), text.into_bytes()));
    Ok(files)
}

/// The payload of a stub in place of ciphertexts.
fn stub<'a>(
    secrets: &'a Secrets,
    module: &str,
    layout: &Layout,
    binding: &Binding<'_>,
) -> (Vec<File>, Vec<ProfileCiphertext<'a>>) {
    let payload = |profile: &Profile| payload(layout, &profile.tree, binding)[..].to_vec();
    let payload = secrets.profiles.first().map(payload);
    let file = payload.map(|payload| (ModuleFile::Stub.file_name(module), payload));
    let ciphertexts = secrets.profiles.iter().map(|profile| ProfileCiphertext {
        profile: profile.name.as_deref(),
        file: None,
        recipients: Vec::new(),
    });
    (Vec::from_iter(file), ciphertexts.collect())
}

/// The ciphertexts of all profiles.
fn ciphertexts<'a>(
    secrets: &'a Secrets,
    module: &str,
    layout: &Layout,
    binding: &Binding<'_>,
) -> Result<(Vec<File>, Vec<ProfileCiphertext<'a>>), Problem> {
    let (mut files, mut ciphertexts) = (Vec::new(), Vec::new());
    for profile in &secrets.profiles {
        let ciphertext = ciphertext(profile, layout, binding)?;
        let name = profile.name.as_deref();
        let in_file_name = name.filter(|_| secrets.profile_count == ProfileCount::Several);
        let file = ModuleFile::Ciphertext(in_file_name).file_name(module);
        files.push((file.clone(), ciphertext.bytes));
        ciphertexts.push(ProfileCiphertext {
            profile: name,
            file: Some(file),
            recipients: ciphertext.recipients,
        });
    }
    Ok((files, ciphertexts))
}

/// What the payloads of some secrets are bound to, but for the profile of each.
///
/// Comments of the template, and names that `keys` gives, may change after a file was sealed, and tables that
/// differ in them alone are two structs: the fingerprint is that of the shape without them.
pub(crate) fn binding(secrets: &Secrets) -> Binding<'_> {
    Binding {
        package: &secrets.package,
        profile: None,
        fingerprint: fingerprint(&Layout::new(&secrets.shape.undocumented())),
        plain: plain_hash(secrets),
    }
}

/// The ciphertext of a profile: that of the sealed file, or a new one.
pub(crate) fn ciphertext(
    profile: &Profile,
    layout: &Layout,
    binding: &Binding<'_>,
) -> Result<Ciphertext, Problem> {
    if let Some(sealed) = &profile.ciphertext {
        return Ok(sealed.clone());
    }
    let encryption = profile.encryption.as_ref().ok_or_else(no_recipients)?;
    let binding = Binding {
        profile: profile.name.as_deref(),
        ..*binding
    };
    encryption.encrypt(&payload(layout, &profile.tree, &binding))
}

fn no_recipients() -> Problem {
    Problem::new(
        ErrorKind::Recipient,
        "there are no recipients to encrypt to; set `recipients`",
    )
}
