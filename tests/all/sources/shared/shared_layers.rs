//! Shared sources among the other layers: of Streamlit, of profiles, and as overlays.

use super::*;

#[test]
fn streamlit_shares_its_global_file_too() {
    let folder = Folder::new("template = \"template.toml\"\ncompat = \"streamlit\"");
    folder.write("package/template.toml", "[db]\nport = 1\n");
    folder.write(
        "home/.streamlit/secrets.toml",
        "openai = \"sk\"\n[db]\nport = 2\nuser = 1\n",
    );
    let at = "from TMP/home/.streamlit/secrets.toml";
    let listed = [
        format!("db.port: integer, {at}:3:1"),
        format!("openai: string, unused, {at}:1:1"),
        format!("db.user: integer, unused, {at}:4:1"),
    ];
    folder.lists(&[], &listed.each_ref().map(String::as_str));
}

#[test]
fn what_is_left_out_is_not_in_the_program() {
    let mut project = Project::new("shared");
    project.own_target();
    project.metadata("[package.metadata.secrets]\ntemplate = \"template.toml\"\n");
    project.write("template.toml", "token = \"x\"\n");
    let (kept, left_out) = ("vBq7Tz2LmX9wKd4R", "hN3sYc8PfJ6gZr5W");
    project.write_home(
        ".config/secrets/secrets.toml",
        format!("token = \"{kept}\"\nother = \"{left_out}\"\n"),
    );
    project.main("print!(\"{}\", secrets::TOKEN);");
    assert_eq!(project.run_ok(), kept);
    let binary = fs::read(project.binary()).unwrap();
    let values = fs::read(project.out_dir().join("secrets_values.rs")).unwrap();
    let has = |text: &[u8], value: &str| {
        text.windows(6)
            .any(|window| value.as_bytes().windows(6).any(|part| part == window))
    };
    assert!(has(&binary, kept) && has(&values, kept), "the control");
    assert!(!has(&binary, left_out) && !has(&values, left_out));
    // A key that the template comes to know is in the next build.
    project.write("template.toml", "token = \"x\"\nother = \"x\"\n");
    project.main("print!(\"{}\", secrets::OTHER);");
    assert_eq!(project.run_ok(), left_out);
}

#[test]
fn all_profiles_leave_out_the_same() {
    let mut project = Project::new("shared-profiles");
    project.features("encrypted,datetime").all_build_features();
    let example = workspace().join("examples/sealed");
    fs::copy(example.join("key.txt"), project.path("key.txt")).unwrap();
    let recipients = example.join("recipients.txt");
    project.metadata(&format!(
        "[package.metadata.secrets]\ntemplate = \"template.toml\"\nprofiles = [\"staging\", \"live\"]\nrecipients = [{recipients:?}]\n"
    ));
    project.write("template.toml", "token = \"x\"\n");
    project.write_home(".config/secrets/secrets.toml", "other = 1\ntoken = \"t\"\n");
    project.write_home(
        ".config/secrets/secrets.live.toml",
        "more = 1\ntoken = \"l\"\n",
    );
    project.build_rs(
        "fn main() {
            let secrets = secrets_build::Config::new().load().unwrap();
            for line in secrets.to_string().lines() { println!(\"cargo::warning={line}\"); }
            secrets_build::embed();
        }",
    );
    project.main(
        "use secrets_embed::{ExposeSecret, Identity};
        let identity = Identity::from_file(\"key.txt\").unwrap();
        for profile in [\"staging\", \"live\"] {
            let secrets = secrets::Secrets::decrypt_profile(profile, &identity).unwrap();
            print!(\"{} \", secrets.token.expose_secret());
        }",
    );
    let run = project.cargo(&["run"]);
    assert_eq!(run.stdout, "t l ", "{}", run.stderr);
    let warned = run
        .stderr
        .lines()
        .filter_map(|line| line.split_once("@0.1.0: "));
    let warned: Vec<_> = warned
        .map(|(_, line)| line.split(", from ").next().unwrap())
        .collect();
    let expected = [
        "[staging]",
        "token: string",
        "other: integer, unused",
        "[live]",
        "token: string",
        "other: integer, unused",
        "more: integer, unused",
        // It is only a warning of one of several, which may be what all have in common.
        "no source has an overlay for the profile `staging`, there is one for `live`; create \
         `.secrets/secrets.staging.toml`, which may be empty, or list the profile in `known-profiles`",
    ];
    assert_eq!(warned, expected);
}

#[test]
fn a_shared_overlay_replaces_what_own_sources_would_replace() {
    const OVERLAY: &str = "home/.config/secrets/secrets.staging.toml";
    let folder = Folder::new("");
    let password = "[db]\npassword = \"PRODUCTION\"\n";
    let keys = "keys = { \"db.password\" = {} }\n";
    let template = "template = \"template.toml\"\n";
    folder.write("package/template.toml", "[db]\npassword = \"x\"\n");
    // Each is the settings, both layers, and how the error starts and what else it has.
    let at = |line: &str| format!("TMP/{OVERLAY}:{line}");
    let errors = [
        "`db.password` is missing",
        "the entry `db.password` of `keys` fits no key",
    ];
    for shallow in ["merge = \"shallow\"\n", "compat = \"streamlit\"\n"] {
        let files = if shallow.starts_with("compat") {
            [
                "home/.streamlit/secrets.toml",
                "home/.streamlit/secrets.staging.toml",
            ]
        } else {
            [GLOBAL, OVERLAY]
        };
        for known in [template, keys] {
            for upper in [
                "[db]\nsocket = \"/s\"\n",
                "[db]\npasword = \"s\"\n",
                "[db]\n",
                "[db.x]\ny = 1\n",
            ] {
                folder.settings(&format!("{shallow}{known}"));
                folder.write(files[0], password).write(files[1], upper);
                // The control.
                let lower = folder.load(&[]).unwrap();
                assert!(lower.starts_with("db.password: string, from "), "{lower}");
                let reported = folder.load(&["--profile", "staging"]);
                let reported = reported.expect_err(&format!("{shallow}{known}{upper}"));
                let is_reported = errors.iter().any(|error| reported.contains(error));
                assert!(is_reported, "{shallow}{known}{upper}{reported}");
            }
        }
    }
    // What is of another type is a conflict, whatever a table of keys knows of it.
    for (lower, upper, kinds) in [
        (password, "db = \"postgres://\"\n", ("a table", "a string")),
        (password, "db = [1]\n", ("a table", "an array")),
        (
            "db = [{ password = \"P\" }]\n",
            "db = \"postgres://\"\n",
            ("an array", "a string"),
        ),
        (
            "db = [{ password = \"P\" }]\n",
            "[db]\nsocket = 1\n",
            ("an array", "a table"),
        ),
    ] {
        for merge in ["", "merge = \"shallow\"\n"] {
            let key = if lower == password {
                "db.password"
            } else {
                "db[].password"
            };
            folder.settings(&format!("{merge}keys = {{ \"{key}\" = {{}} }}\n"));
            folder.write(GLOBAL, lower).write(OVERLAY, upper);
            folder.load(&[]).unwrap();
            let reported = folder.load(&["--profile", "staging"]);
            let reported = reported.expect_err(&format!("{merge}{upper}"));
            let conflict = format!("Merge: `db` is {} at TMP/{GLOBAL}", kinds.0);
            assert!(reported.starts_with(&conflict), "{merge}{upper}{reported}");
            assert!(
                reported.contains(&format!(" but {} at {}", kinds.1, at("1:"))),
                "{reported}"
            );
        }
    }
    // What replaces nothing is left out, and so is what a deep merge takes no key of.
    folder.settings(keys);
    folder
        .write(GLOBAL, password)
        .write(OVERLAY, "db.socket = 1\nother.x = 1\n");
    let listed = [
        format!("db.password: string, from TMP/{GLOBAL}:2:1"),
        format!("db.socket: integer, unused, from {}", at("1:4")),
        format!("other.x: integer, unused, from {}", at("2:7")),
    ];
    folder.lists(
        &["--profile", "staging"],
        &listed.each_ref().map(String::as_str),
    );
    folder.settings("keys = { \"*.password\" = {} }\nmerge = \"shallow\"\n");
    folder.write(OVERLAY, "text = 1\nother.x = 1\n");
    let listing = folder.load(&["--profile", "staging"]).unwrap();
    let names: Vec<_> = listing
        .lines()
        .map(|line| line.split(", from").next().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "db.password: string",
            "text: integer, unused",
            "other.x: integer, unused"
        ]
    );
}
