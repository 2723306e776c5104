//! A sealed file that is good, and not of this package, these settings or this template.

use secrets_tests::MANIFEST;

use super::{FILE, problems, seal_in, sealed, set, text, try_seal};

#[track_caller]
fn reported(folder: &secrets_tests::Folder, expected: &[&str]) {
    let reported = problems(folder).unwrap_or_default();
    assert_eq!(reported.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn of_another_package_version_or_profile() {
    let (folder, key) = sealed("", "key = 1\n");
    reported(&folder, &[]);
    let manifest = MANIFEST.replace("\"app\"", "\"other\"");
    folder.write(
        "package/Cargo.toml",
        format!("{manifest}[workspace]\n[package.metadata.secrets]\nsealed = \"{FILE}\"\n"),
    );
    reported(
        &folder,
        &[
            "secrets.sealed.toml:1:1: this file was sealed for the package `app`, and this one is \
           `other`; seal the secrets again",
        ],
    );
    set(&folder, &key, "");
    let good = text(&folder);
    for (key, line, what) in [
        ("version", "3:11", "its format"),
        ("payload", "4:11", "what is encrypted in it"),
    ] {
        for other in ["1", "0", "10"] {
            let text = good.replace(&format!("\n{key} = 2\n"), &format!("\n{key} = {other}\n"));
            folder.write(format!("package/{FILE}"), text);
            reported(
                &folder,
                &[&format!(
                    "secrets.sealed.toml:{line}: this sealed file has version {other} of {what}, and this \
                     secrets-build has version 2; use the secrets-build that sealed it, or seal the \
                     secrets again"
                )],
            );
        }
    }
    folder.write(format!("package/{FILE}"), &good);

    set(
        &folder,
        &key,
        "profile = \"staging\"\nknown-profiles = [\"staging\"]\n",
    );
    reported(
        &folder,
        &[
            "secrets.sealed.toml:1:1: this file was sealed without a profile, and this build is for \
           `staging`; set `SECRETS_PROFILE` to nothing and remove `profile`, or seal the secrets again",
        ],
    );
    let package = folder.path("package");
    seal_in(&package);
    assert!(text(&folder).contains("\nprofile = \"staging\"\n"));
    reported(&folder, &[]);
    set(&folder, &key, "profile = \"production\"\n");
    reported(
        &folder,
        &[
            "secrets.sealed.toml:1:1: this file was sealed for the profile `staging`, and this build is \
           for `production`; seal the secrets again",
        ],
    );
    set(&folder, &key, "profiles = [\"staging\"]\n");
    reported(
        &folder,
        &[
            "secrets.sealed.toml:1:1: this file has one ciphertext, and `profiles` sets `staging`; seal \
           the secrets again",
        ],
    );
    // A build that asks for no profile does not get the secrets of one.
    set(&folder, &key, "");
    reported(
        &folder,
        &[
            "secrets.sealed.toml:1:1: this file was sealed for the profile `staging`, and neither `profile` \
           nor `SECRETS_PROFILE` names one; seal the secrets again",
        ],
    );
}

#[test]
fn of_other_profiles() {
    let (folder, key) = sealed("profiles = [\"staging\", \"production\"]\n", "key = 1\n");
    reported(&folder, &[]);
    set(&folder, &key, "profiles = [\"production\", \"test\"]\n");
    reported(
        &folder,
        &[
            "secrets.sealed.toml:1:1: this file has the profiles `staging`, `production`, and `profiles` \
           sets `production`, `test`; seal the secrets again",
        ],
    );
    set(&folder, &key, "profile = \"production\"\n");
    reported(&folder, &[]);
    set(&folder, &key, "profile = \"test\"\n");
    reported(
        &folder,
        &[
            "secrets.sealed.toml:1:1: this file has the profiles `staging`, `production`, and not `test`; \
           seal the secrets again",
        ],
    );
    // Sealed for one of them alone.
    set(&folder, &key, "profiles = [\"staging\", \"production\"]\n");
    let package = folder.path("package");
    let to = package.join(FILE);
    try_seal(&package, &[("SECRETS_PROFILE", "staging")], "sources", &to).unwrap();
    reported(
        &folder,
        &[
            "secrets.sealed.toml:1:1: this file has the profiles `staging`, and `profiles` sets `staging`, \
           `production`; seal the secrets again",
        ],
    );
}

#[test]
fn of_another_template() {
    let settings = "template = \"template.toml\"\n[package.metadata.secrets.keys]\n\
                    \"public.*\" = { plain = true }\n";
    let folder = secrets_tests::Folder::new("");
    let key = secrets_tests::age::keygen_in(&folder.path("package"));
    set(&folder, &key, settings);
    let template =
        "# A comment.\nkey = \"x\"\nport = 1\nlist = [1]\n[public]\na = 1\n[table]\nb = true\n";
    folder.write("package/template.toml", template);
    folder.write("package/.secrets/secrets.toml", template.replace('1', "7"));
    seal_in(&folder.path("package"));
    reported(&folder, &[]);
    let with = |from: &str, to: &str| {
        assert!(template.contains(from));
        folder.write("package/template.toml", template.replace(from, to));
    };
    // Neither comments, values nor the order are of the shape.
    with("# A comment.", "# Another\n# one.");
    reported(&folder, &[]);
    with("key = \"x\"\nport = 1", "port = 2\nkey = \"y\"");
    reported(&folder, &[]);
    with("port = 1\n", "port = 1\nnew = 1\n");
    reported(
        &folder,
        &[
            "template.toml:4:1: the template has `new`, which is not in the sealed file; seal the secrets again",
        ],
    );
    with("port = 1\n", "");
    reported(
        &folder,
        &[
            "secrets.sealed.toml:10:5: `port` is in the sealed file, and the template does not have it; seal \
             the secrets again",
        ],
    );
    with("port = 1", "port = \"1\"");
    reported(
        &folder,
        &[
            "secrets.sealed.toml:10:5: `port` was sealed as `i64`, and the template has `string` at \
           template.toml:3:1; seal the secrets again",
        ],
    );
    with("list = [1]", "list = [1, \"a\"]");
    reported(
        &folder,
        &[
            "template.toml:4:1: the template has `list(0)`, which is not in the sealed file; seal the secrets again",
            "template.toml:4:1: the template has `list(1)`, which is not in the sealed file; seal the secrets again",
            "secrets.sealed.toml:11:5: `list[]` is in the sealed file, and the template does not have it; \
             seal the secrets again",
        ],
    );
    with("a = 1", "a = 1.0");
    reported(
        &folder,
        &[
            "secrets.sealed.toml:16:5: `public.a` was sealed as `i64`, and the template has `f64` at \
           template.toml:6:1; seal the secrets again",
        ],
    );
    folder.write("package/template.toml", template);
    let optional = settings.to_owned() + "key = { optional = true }\n";
    set(&folder, &key, &optional);
    reported(
        &folder,
        &[
            "secrets.sealed.toml:9:5: `key` was sealed as `string`, and the template has an optional \
           `string` at template.toml:2:1; seal the secrets again",
        ],
    );
    set(&folder, &key, &settings.replace("public.*", "table.*"));
    reported(
        &folder,
        &[
            "secrets.sealed.toml:16:5: `public.a` was sealed as plain, and `keys` does not say `plain`; seal \
             the secrets again",
            "secrets.sealed.toml:12:5: `table.b` was sealed encrypted, and `keys` says `plain`; seal the \
             secrets again",
        ],
    );
    set(&folder, &key, settings);
    std::fs::remove_file(folder.path("package").join(FILE)).unwrap();
    reported(
        &folder,
        &[
            "Cargo.toml:10:10: `sealed` names `secrets.sealed.toml`, which does not exist; write it with \
           `Secrets::seal`, or correct the path; to build a stub from the template instead, set the variable `SECRETS_STUB=1`",
        ],
    );
}

#[test]
fn of_other_keys_where_there_is_no_template() {
    let with = |keys: &str| format!("[package.metadata.secrets.keys]\n{keys}\n");
    let (folder, key) = sealed(
        &with("port = { type = \"u16\" }"),
        "key = \"x\"\nport = 1\n",
    );
    reported(&folder, &[]);
    for (keys, expected) in [
        (
            "port = { type = \"u32\" }",
            "secrets.sealed.toml:10:5: `port` was sealed as `u16`, and `keys` has `u32` at \
             Cargo.toml:12:1; seal the secrets again",
        ),
        (
            "key = { optional = true }",
            "secrets.sealed.toml:9:5: `key` was sealed as `string`, and `keys` has an optional `string` at \
             Cargo.toml:12:1; seal the secrets again",
        ),
        (
            "new = { type = \"u16\", optional = true }",
            "Cargo.toml:12:1: `keys` has `new`, which is not in the sealed file; seal the secrets again",
        ),
        (
            "kee = { type = \"string\" }",
            "Cargo.toml:12:1: the entry `kee` of `keys` fits no key, did you mean `key`, which is at secrets.sealed.toml:9:5?",
        ),
    ] {
        set(&folder, &key, &with(keys));
        reported(&folder, &[expected]);
    }
}
