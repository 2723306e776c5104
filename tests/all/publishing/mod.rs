//! What a published package must not hold, and what stands in for it on docs.rs.

mod named_files;

use secrets_tests::{Folder, MANIFEST, Project, Repository, Run, workspace};

const MODULE: &str = "mod secrets { secrets_embed::include_secrets!(); }\nfn main() {}\n";

/// A package that can be published, with these lines in `[package]` and these settings.
fn package(name: &str, lines: &str, settings: &str) -> Project {
    let project = Project::new(name);
    manifest(&project, name, lines, settings);
    project.write("src/main.rs", MODULE);
    project
}

fn manifest(project: &Project, name: &str, lines: &str, settings: &str) {
    project.write(
        "Cargo.toml",
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{lines}\n\
             [package.metadata.secrets]\n{settings}\n\
             [dependencies]\nsecrets-embed = \"0.1\"\n[build-dependencies]\nsecrets-build = \"0.1\"\n\
             [workspace]\n"
        ),
    );
}

/// `cargo package`, with our crates in the place of the published ones.
fn publish(project: &Project) -> Run {
    let patch = |name: &str| {
        let path = workspace().join(name);
        format!("patch.crates-io.{name}.path=\"{}\"", path.display())
    };
    project.cargo(&[
        "package",
        "--allow-dirty",
        "--offline",
        "--config",
        &patch("secrets-build"),
        "--config",
        &patch("secrets-embed"),
    ])
}

#[track_caller]
fn refused(project: &Project, paths: &[&str]) {
    let run = publish(project);
    assert!(!run.success, "it was packaged:\n{}", run.stderr);
    let reported: Vec<_> = run
        .stderr
        .lines()
        .filter(|line| line.contains("about to be published"))
        .collect();
    assert_eq!(reported.len(), paths.len(), "{}", run.stderr);
    for (line, path) in reported.iter().zip(paths) {
        let problem = format!(
            "`{path}` is a source of secrets and in the package that is about to be published"
        );
        let way_out = format!(
            "add exclude = [\"/{path}\"] to `[package]`, or, if git does not track it, `/{path}` to `.gitignore`"
        );
        assert!(line.contains(&problem) && line.contains(&way_out), "{line}");
    }
}

#[track_caller]
fn accepted(project: &Project) {
    let run = publish(project);
    assert!(run.success, "it was not packaged:\n{}", run.stderr);
}

#[test]
fn a_source_in_the_package_is_refused_until_it_is_excluded() {
    let name = "publish-exclude";
    let files =
        "files = [\"secrets.toml\", \"mounted\", { path = \"more/local.toml\", optional = true }]";
    let mut project = package(name, "", files);
    project
        .write("secrets.toml", "key = 1")
        .write("secrets.staging.toml", "key = 2");
    project
        .write("mounted/file", "x")
        .write("more/local.production.toml", "key = 3");
    project
        .write("unrelated.toml", "key = 4")
        .write_home("mine.toml", "key = 5");
    let all = [
        "more/local.production.toml",
        "mounted",
        "secrets.staging.toml",
        "secrets.toml",
    ];
    refused(&project, &all);

    // Sources from elsewhere are no excuse: what is published is published.
    let outside = project.home("mine.toml").display().to_string();
    project.set("SECRETS_FILES", &outside);
    refused(&project, &all);

    manifest(
        &project,
        name,
        "exclude = [\"/secrets.toml\", \"/mounted\", \"/more\"]",
        files,
    );
    refused(&project, &["secrets.staging.toml"]);
    manifest(
        &project,
        name,
        "exclude = [\"/secrets*.toml\", \"/mounted\", \"/more\"]",
        files,
    );
    accepted(&project);

    // Without them the packaged copy has nothing to embed, and the message says where to name it.
    project.unset("SECRETS_FILES");
    let run = publish(&project);
    let problem = "the source `secrets.toml` does not exist; this is a packaged copy, name the sources in \
                   `SECRETS_FILES` by absolute paths";
    assert!(
        !run.success && run.stderr.contains(problem),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("Cargo.toml:32:5: the source `***`"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_template_and_a_sealed_file_are_published_and_what_was_sealed_is_not() {
    let settings = "files = [\"secrets.toml\"]\ntemplate = \"secrets.example.toml\"\n";
    let mut project = package("publish-template", "", settings);
    project
        .write("secrets.toml", "key = 1")
        .write("secrets.other.toml", "key = 2")
        .write("secrets.example.toml", "key = 3");
    let sources = ["secrets.other.toml", "secrets.toml"];
    refused(&project, &sources);

    // A build from the sealed file does not read the sources, which would be published all the same.
    let sealed = format!("{settings}sealed = \"secrets.sealed.toml\"\n");
    manifest(&project, "publish-template", "", &sealed);
    project.write("secrets.sealed.toml", "it is not read before");
    refused(&project, &sources);

    let exclude = "exclude = [\"/secrets.toml\", \"/secrets.other.toml\"]";
    manifest(&project, "publish-template", exclude, settings);
    std::fs::remove_file(project.path("secrets.sealed.toml")).unwrap();
    project.set("SECRETS_STUB", "1");
    accepted(&project);
}

#[test]
fn git_decides_what_is_published() {
    let project = package("publish-git", "", "");
    project
        .write(".secrets/secrets.toml", "key = 1")
        .write(".secrets/secrets.dev.toml", "key = 2");
    project.write_home(".config/secrets/secrets.toml", "key = 5");
    // Outside of git cargo leaves hidden folders out.
    accepted(&project);
    let repository = Repository::init(project.path(""));
    repository.track(&["Cargo.toml"]);
    refused(
        &project,
        &[".secrets/secrets.dev.toml", ".secrets/secrets.toml"],
    );
    project.write(".gitignore", "/.secrets\n");
    accepted(&project);
    // A file that is tracked is published even if it is ignored.
    repository.track(&["Cargo.toml", ".secrets/secrets.toml"]);
    refused(&project, &[".secrets/secrets.toml"]);
    repository.track(&["Cargo.toml"]);
    accepted(&project);

    std::fs::remove_file(project.home(".config/secrets/secrets.toml")).unwrap();
    let run = publish(&project);
    let way_out =
        "; this is a packaged copy, name the sources in `SECRETS_FILES` by absolute paths";
    assert!(
        !run.success && run.stderr.contains("no secrets found, looked at `"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains(way_out), "{}", run.stderr);
}

#[test]
fn docs_rs_has_no_secrets() {
    let mut project = Project::new("publish-docs-rs");
    project.set("DOCS_RS", "1");
    project.main("print!(\"{} {}\", secrets::SECRETS.len(), secrets::SECRETS.is_empty());");
    let warning = "warning: publish-docs-rs@0.1.0: no secrets on docs.rs; the module is empty";
    let run = project.build_ok();
    assert!(run.stderr.contains(warning), "{}", run.stderr);
    assert_eq!(project.run_ok(), "0 true");
    // Even if the sources were named.
    project.metadata("[package.metadata.secrets]\nfiles = [\"secrets.toml\", \"mounted\"]\n");
    let run = project.build_ok();
    assert!(run.stderr.contains(warning), "{}", run.stderr);
    assert!(project.cargo(&["doc"]).success);

    // A wrong setting is wrong there too, and secrets that are there are embedded.
    project.metadata("[package.metadata.secrets]\nfils = []\n");
    assert!(
        project
            .build_err()
            .contains("unknown setting `fils`, did you mean `files`?")
    );
    project.metadata("");
    project.write(".secrets/secrets.toml", "key = 1");
    let run = project.build_ok();
    assert!(!run.stderr.contains("docs.rs"), "{}", run.stderr);
    assert_eq!(project.run_ok(), "1 false");
    // Elsewhere nothing stands in.
    std::fs::remove_dir_all(project.path(".secrets")).unwrap();
    project.set("DOCS_RS", "");
    assert!(project.build_err().contains("no secrets found"));
}
