//! Bytes and newlines of mounted files, from the file to the program that has them again.

use secrets_tests::{
    Project,
    age::{KEY, RECIPIENT},
};

/// UTF-8 by chance, with a last byte that reads as a newline.
const RAW: &[u8; 16] = b"by chance UTF-8\n";

const TEXT: &str =
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn\n-----END OPENSSH PRIVATE KEY-----\n";

const KEYS: &str = r#"
    [package.metadata.secrets.keys]
    raw = { type = "bytes" }
    ssh = { keep-newline = true }
    "public.raw" = { type = "bytes", plain = true }
    "public.ssh" = { keep-newline = true, plain = true }
"#;

#[test]
fn files_come_out_byte_for_byte() {
    let mut project = Project::new("encrypted-bytes");
    for folder in ["mounted", "mounted/public"] {
        project.write(&format!("{folder}/raw"), RAW);
        project.write(&format!("{folder}/ssh"), TEXT);
    }
    let assertions = |raw: &str, ssh: &str| {
        format!(
            "let raw: &[u8] = {raw};\nassert_eq!(raw, {RAW:?});\n\
             let ssh: &str = {ssh};\nassert_eq!(ssh, {TEXT:?});\n"
        )
    };
    project.metadata(&format!(
        "[package.metadata.secrets]\nfiles = [\"mounted\"]\n{KEYS}"
    ));
    let plain = assertions("secrets::RAW", "secrets::SSH")
        + &assertions("secrets::PUBLIC.raw", "secrets::PUBLIC.ssh");
    project.main(&format!("{plain}print!(\"plain\");"));
    assert_eq!(project.run_ok(), "plain");

    let recipients = format!("recipients = [\"{RECIPIENT}\"]\n");
    project.metadata(&format!(
        "[package.metadata.secrets]\nfiles = [\"mounted\"]\n{recipients}{KEYS}"
    ));
    project.all_build_features().features("encrypted,datetime");
    let encrypted = format!(
        "use secrets_embed::ExposeSecret;\n\
         let identity: secrets_embed::Identity = {KEY:?}.parse().unwrap();\n\
         let secrets = secrets::Secrets::decrypt(&identity).unwrap();\n{}{}",
        assertions("secrets.raw.expose_secret()", "secrets.ssh.expose_secret()"),
        assertions("secrets::PUBLIC.raw", "secrets::PUBLIC.ssh"),
    );
    project.main(&format!("{encrypted}print!(\"encrypted\");"));
    assert_eq!(project.run_ok(), "encrypted");

    // The same from a sealed file, which the build script seals first.
    project.metadata(&format!(
        "[package.metadata.secrets]\nfiles = [\"mounted\"]\nsealed = \"sealed/secrets.sealed.toml\"\n{recipients}{KEYS}"
    ));
    project.write("sealed/.keep", "");
    project.build_rs(
        "fn main() {\n\
             secrets_build::Config::new().load().unwrap().seal(\"sealed/secrets.sealed.toml\").unwrap();\n\
             secrets_build::embed();\n\
         }",
    );
    project.main(&format!("{encrypted}print!(\"sealed\");"));
    assert_eq!(project.run_ok(), "sealed");
}
