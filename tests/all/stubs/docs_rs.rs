//! On docs.rs there are no secrets, and recipients change nothing about that.

use secrets_tests::age::{keygen, project};

#[test]
fn a_module_for_recipients_compiles_on_docs_rs() {
    let mut project = project("encrypted-docs-rs");
    let key = keygen(&project);
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\n",
        key.recipient
    ));
    std::fs::remove_dir_all(project.path(".secrets")).expect("no secrets");
    std::fs::remove_file(project.path("src/main.rs")).expect("a library instead");
    project.write(
        "src/lib.rs",
        "//! A library.\n/// The secrets.\npub mod secrets { secrets_embed::include_secrets!(); }\n\
         /// Uses what every encrypted module has.\n///\n/// # Errors\n///\n/// Those of decryption.\n\
         pub fn open(identity: &secrets_embed::Identity) -> Result<usize, secrets_embed::Error> {\n\
         Ok(secrets::Secrets::decrypt(identity)?.len() + secrets::CIPHERTEXT.len())\n}\n",
    );
    // The control: elsewhere they are missed.
    assert!(project.build_err().contains("no secrets found"));
    project.set("DOCS_RS", "1");
    let run = project.build_ok();
    let warning = "warning: encrypted-docs-rs@0.1.0: no secrets on docs.rs";
    assert!(run.stderr.contains(warning), "{}", run.stderr);
    project.set("RUSTDOCFLAGS", "-D warnings");
    let run = project.cargo(&["doc", "--no-deps"]);
    assert!(run.success, "{}", run.stderr);
}
