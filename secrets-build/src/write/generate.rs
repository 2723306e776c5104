//! The files of a module.

use crate::{
    crypto::ciphertext::Ciphertext,
    error::{Error, ErrorKind, Problem, Problems},
    model::{shape::TableType, tree::Table},
    secrets::{Generated, Part, Secrets},
    write::{
        check,
        code::{
            encrypted::{self, CiphertextOf, Encrypted},
            plain, values,
        },
        layout::Layout,
        payload::{Binding, fingerprint::fingerprint, payload},
        text::plain::plain_hash,
    },
};

/// The files of a module of a name.
pub(crate) fn generate(secrets: &Secrets, module: &str) -> Result<Generated, Error> {
    let mut problems = Problems::default();
    check::check(&secrets.shape, &mut problems);
    check::check(&secrets.plain, &mut problems);
    problems.or(())?;
    let mut files = Vec::new();
    if secrets.is_encrypted {
        encrypted(secrets, module, &mut files)?;
    } else if secrets.has_profiles {
        return Err(no_recipients().into());
    } else if let Some(part) = secrets.parts.first() {
        plain(
            &secrets.shape,
            &part.tree,
            module,
            secrets.is_stub,
            &mut files,
        );
    }
    Ok(Generated { files })
}

fn plain(
    shape: &TableType,
    tree: &Table,
    module: &str,
    is_stub: bool,
    files: &mut Vec<(String, Vec<u8>)>,
) {
    let layout = Layout::new(shape);
    let texts = [
        ("_values", values::values(&layout, tree)),
        ("_doc", values::placeholders(&layout)),
        ("", plain::module(&layout, module, is_stub)),
    ];
    for (part, text) in texts {
        files.push((format!("{module}{part}.rs"), text.into_bytes()));
    }
}

fn encrypted(
    secrets: &Secrets,
    module: &str,
    files: &mut Vec<(String, Vec<u8>)>,
) -> Result<(), Error> {
    let layout = Layout::new(&secrets.shape);
    let binding = binding(secrets);
    let plain_layout = (!secrets.plain.fields.is_empty()).then(|| Layout::new(&secrets.plain));
    if let (Some(_), Some(part)) = (&plain_layout, secrets.parts.first()) {
        let module = format!("{module}_plain");
        plain(&secrets.plain, &part.tree, &module, secrets.is_stub, files);
    }
    let mut ciphertexts = Vec::new();
    if secrets.is_stub {
        if let Some(part) = secrets.parts.first() {
            let payload = payload(&layout, &part.tree, &binding);
            files.push((format!("{module}.stub"), payload[..].to_vec()));
        }
        ciphertexts.extend(secrets.parts.iter().map(|part| CiphertextOf {
            profile: part.profile.as_deref(),
            file: None,
            recipients: Vec::new(),
        }));
    } else {
        for part in &secrets.parts {
            let ciphertext = ciphertext(part, &layout, &binding)?;
            let profile = part.profile.as_deref();
            let file = match profile {
                Some(profile) if secrets.has_profiles => format!("{module}.{profile}.age"),
                _ => format!("{module}.age"),
            };
            files.push((file.clone(), ciphertext.bytes));
            ciphertexts.push(CiphertextOf {
                profile,
                file: Some(file),
                recipients: ciphertext.recipients,
            });
        }
    }
    let of = Encrypted {
        package: &secrets.package,
        fingerprint: binding.fingerprint,
        plain_hash: binding.plain,
        ciphertexts,
        has_profiles: secrets.has_profiles,
        is_stub: secrets.is_stub,
        plain: plain_layout.as_ref(),
    };
    let text = encrypted::module(&layout, module, &of);
    files.push((format!("{module}.rs"), text.into_bytes()));
    Ok(())
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

/// The ciphertext of a part: that of the sealed file, or a new one.
pub(crate) fn ciphertext(
    part: &Part,
    layout: &Layout,
    binding: &Binding<'_>,
) -> Result<Ciphertext, Problem> {
    if let Some(sealed) = &part.ciphertext {
        return Ok(sealed.clone());
    }
    #[cfg(feature = "age")]
    if let Some(encryption) = &part.encryption {
        let profile = part.profile.as_deref();
        let payload = payload(
            layout,
            &part.tree,
            &Binding {
                profile,
                ..*binding
            },
        );
        return encryption.encrypt(&payload);
    }
    let _ = (layout, binding);
    Err(no_recipients())
}

fn no_recipients() -> Problem {
    Problem::new(
        ErrorKind::Recipient,
        "there are no recipients to encrypt to; set `recipients`",
    )
}
