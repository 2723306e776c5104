//! Keys whose feature is off.

#[cfg(not(feature = "ssh"))]
use secrets_test_tools::{SshKey, SshKind};

#[cfg(not(feature = "ssh"))]
#[test]
fn an_ssh_key_needs_a_feature() {
    let folder = crate::tools::folder("no-ssh");
    let key = SshKey::new(SshKind::Ed25519);
    let key = key.write(folder.join("key"), &key.openssh());
    let text = crate::module::text(secrets_embed::Identity::from_file(&key));
    assert_eq!(
        text,
        format!(
            "`{}`: this is an SSH key; build with the feature `ssh` of `secrets-embed`",
            key.display()
        )
    );
}

#[cfg(not(feature = "plugin"))]
#[test]
fn an_identity_of_a_plugin_needs_a_feature() {
    let key = "# a comment\nAGE-PLUGIN-FAKE-1VYSXVCTTV5SXKETE5TU4K6";
    assert_eq!(
        crate::module::text(key.parse::<secrets_embed::Identity>()),
        "the key, line 2: this identity needs a plugin; build with the feature `plugin` of \
         `secrets-embed`"
    );
}
