//! What a build could read is not published, however it was named.

use super::*;

/// What looks like an identity and is none.
fn identity() -> String {
    format!(
        "AGE-SECRET-KEY-1{}\n",
        "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".repeat(2)
    )
}

#[track_caller]
fn refused_with(project: &Project, problems: &[&str]) {
    let run = publish(project);
    assert!(!run.success, "it was packaged:\n{}", run.stderr);
    let reported: Vec<_> = run
        .stderr
        .lines()
        .filter_map(|line| Some(line.split_once("error: ")?.1))
        .filter_map(|line| line.split_once(" and in the package that is about to be published; "))
        .filter_map(|(problem, _)| Some(problem.split_once(": ")?.1.to_owned()))
        .collect();
    assert_eq!(reported, problems, "{}", run.stderr);
}

#[test]
fn what_a_build_could_read_is_refused_however_it_was_named() {
    // A stub is built whatever there is, and must not let anything pass.
    let template = "template = \"secrets.example.toml\"\n";
    let mut project = package("publish-named", "", template);
    project.set("SECRETS_STUB", "1");
    project.write(
        "secrets.example.toml",
        "token = \"an example\"\nmore = \"an example\"\n",
    );
    project.write(
        "docs/key.md",
        "A key starts with `AGE-SECRET-KEY-1`, as in AGE-SECRET-KEY-1QQPQQ.",
    );
    accepted(&project);

    // The key that a variable names.
    project.write(
        "key.txt",
        identity().replace("AGE-SECRET-KEY", "NOT-KNOWN-KEY"),
    );
    project.set("SECRETS_AGE_KEY_FILE", "key.txt");
    refused_with(&project, &["`key.txt` is a private key"]);
    let original = project.path("key.txt").display().to_string();
    project.set("SECRETS_AGE_KEY_FILE", &original);
    let copied = format!("`key.txt` has the text of `{original}`, which is a private key,");
    refused_with(&project, &[&copied]);
    project.unset("SECRETS_AGE_KEY_FILE");

    // A key that nothing names.
    project.write("key.txt", identity());
    refused_with(&project, &["`key.txt` holds an age identity"]);
    std::fs::remove_file(project.path("key.txt")).unwrap();

    // A source that the workspace names, in the same manifest.
    let settings = format!("{template}[workspace.metadata.secrets]\nfiles = [\"live.toml\"]\n");
    manifest(&project, "publish-named", "", &settings);
    project.write("live.toml", "token = \"of the workspace\"");
    refused(&project, &["live.toml"]);
    manifest(&project, "publish-named", "", template);
    accepted(&project);

    // A source that the variable names where it was, and a copy of it.
    let live = project.path("live.toml").display().to_string();
    project.set("SECRETS_FILES", &live);
    project.write(
        "docs/copy.md",
        // Line ends and a mark at the start are what editors and git change.
        "\u{feff}```toml\r\ntoken = \"of the workspace\"\r\nmore = \"of it\"\r\n```\r\n",
    );
    project.write(
        "live.toml",
        "\u{feff}token = \"of the workspace\"\nmore = \"of it\"\n",
    );
    let text = format!("has the text of `{live}`, which is a source of secrets,");
    refused_with(
        &project,
        &[
            &format!("`docs/copy.md` {text}"),
            &format!("`live.toml` {text}"),
        ],
    );
    let exclude = "exclude = [\"/live.toml\", \"/docs\"]";
    manifest(&project, "publish-named", exclude, template);
    accepted(&project);
}

#[test]
fn a_source_that_a_workspace_above_names_is_refused() {
    let mut project = package("publish-member", "", "template = \"secrets.example.toml\"");
    project.write("secrets.example.toml", "token = \"an example\"");
    let text = std::fs::read_to_string(project.path("Cargo.toml")).unwrap();
    project.write("Cargo.toml", text.replace("[workspace]", ""));
    std::fs::copy(project.path("Cargo.lock"), project.path("../Cargo.lock")).unwrap();
    project.write(
        "../Cargo.toml",
        "[workspace]\nmembers = [\"package\"]\nresolver = \"3\"\n\
         [workspace.metadata.secrets]\nfiles = [\"package/live.toml\"]\n",
    );
    project.write("live.toml", "token = \"of the workspace\"");
    project.set("SECRETS_STUB", "1");
    // A shell sets it; the target folder of the tests is not in the workspace.
    let package = project.path("").display().to_string();
    project.set("PWD", &package);
    let live = project.path("live.toml").display().to_string();
    let problem = format!("`live.toml` has the text of `{live}`, which is a source of secrets,");
    refused_with(&project, &[&problem]);
    std::fs::remove_file(project.path("live.toml")).unwrap();
    accepted(&project);
}

/// Cargo is called in the root of the workspace, and no directory above the copy is the member's own.
#[test]
fn what_a_member_reads_is_refused_wherever_cargo_was_called() {
    let settings = "template = \"secrets.example.toml\"\nidentity = \"../key.txt\"";
    let mut project = package("publish-root", "exclude = [\"/.secrets\"]", settings);
    project
        .write("secrets.example.toml", "token = \"an example\"")
        .write(".secrets/secrets.toml", "token = \"of the member\"")
        .write("../key.txt", "a key of no known kind")
        .write("../other/src/lib.rs", "")
        .write(
            "../other/Cargo.toml",
            "[package]\nname = \"other\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
        )
        .write("../other/.secrets/secrets.toml", "token = \"of another\"");
    let text = std::fs::read_to_string(project.path("Cargo.toml")).unwrap();
    project.write("Cargo.toml", text.replace("[workspace]", ""));
    std::fs::copy(project.path("Cargo.lock"), project.path("../Cargo.lock")).unwrap();
    let workspace = "[workspace]\nmembers = [\"pack*\", \"other\"]\nresolver = \"3\"\n";
    project.write("../Cargo.toml", workspace);
    project
        .write("backup.txt", "token = \"of the member\"")
        .write("notes.txt", "it is: a key of no known kind")
        .write("public.txt", "token = \"of another\"");
    project.set("SECRETS_STUB", "1");
    // A shell sets it; the target folder of the tests is not in the workspace.
    let root = project.path("").parent().unwrap().display().to_string();
    project.set("PWD", &root);
    let source = project.path(".secrets/secrets.toml").display().to_string();
    let key = project.path("../key.txt").display().to_string();
    let problems = [
        format!("`backup.txt` has the text of `{source}`, which is a source of secrets,"),
        format!("`notes.txt` has the text of `{key}`, which is a private key,"),
    ];
    refused_with(&project, &problems.each_ref().map(String::as_str));
    std::fs::remove_file(project.path("backup.txt")).unwrap();
    std::fs::remove_file(project.path("notes.txt")).unwrap();
    accepted(&project);
}

#[test]
fn a_package_that_is_searched_in_part_alone_is_warned_of() {
    let mut folder = Folder::new("");
    // As cargo verifies a packaged copy.
    folder.package("package/app");
    folder.write("package/app/Cargo.toml", format!("{MANIFEST}[workspace]\n"));
    folder.write("package/app/Cargo.toml.orig", "");
    folder.write("package/app/lib.rs", "");
    folder.write("secrets.toml", "token = \"of the service\"\n");
    folder.set("SECRETS_FILES", "TMP/secrets.toml");
    let generated = folder.path("generated");
    folder.folder("generated");
    let arguments = ["--generate", generated.to_str().unwrap()];
    assert_eq!(folder.load(&arguments).unwrap(), "");
    for file in 0..10_000 {
        folder.write(format!("package/app/many/{file}"), "");
    }
    assert_eq!(
        folder.load(&arguments).unwrap(),
        "warning: only the first 10000 files, or 64 MiB, of the package and of each source were searched for the \
         text of sources and keys; exclude what need not be published\n"
    );
}
