//! Comments of the template are documentation, and nothing in them does harm.

use secrets_tests::Project;

const TEMPLATE: &str = "# A file of examples.\n\n# The port.\n#\n#   * Of the *first* server.\nport = 1 # not this\n\
    bare = 1\n\n# Far away.\n\nfar = 1\n\
    # Not of the text:\ntext = '''\n# in a text'''\nbehind = 1\n\
    # Of the whole.\ninline = { a = 1, b = { c = 2 } }\n\
    # Of the inner key.\ndotted.key = 1\n# Of another.\ndotted.other = 1\n\
    # Of the array.\nlist = [\n  # No key.\n  { x = 1 },\n]\n\
    # Of the database.\n[database]\n# Of the user.\nuser = 'x'\n\t# Indented.\n  password = 'x'\n\
    # Of the inner table.\n[outer.inner]\nkey = 1\n\
    # Of the servers.\n[[server]]\nhost = 'x'\n# Said of the second.\n[[server]]\n# Of the host.\nhost = 'y'\n\
    # Of the deep ones.\n[[outer.deep]]\nkey = 1\n";

/// The docs of each key that the template has a comment for, and a comment of each that it has none for.
const DOCS: [(&str, &[&str]); 18] = [
    ("port", &["The port.", "", "* Of the *first* server."]),
    ("bare", &[]),
    ("far", &[]),
    ("text", &["Not of the text:"]),
    ("behind", &[]),
    ("inline", &["Of the whole."]),
    ("a", &[]),
    ("b", &[]),
    ("c", &[]),
    ("dotted", &[]),
    ("other", &["Of another."]),
    ("list", &["Of the array."]),
    ("x", &[]),
    ("database", &["Of the database."]),
    ("user", &["Of the user."]),
    ("password", &["Indented."]),
    ("server", &["Of the servers."]),
    ("host", &["Of the host."]),
];

/// The lines of documentation above a field of the generated module, but for that of its type.
fn docs(module: &str, field: &str) -> Vec<String> {
    let (_, tables) = module.split_once("pub mod tables").expect("the structs");
    let lines: Vec<_> = tables.lines().map(str::trim).collect();
    let start = format!("pub {field}: ");
    let index = lines.iter().position(|line| line.starts_with(&start));
    let above = lines[..index.unwrap_or_else(|| panic!("no field {field}"))]
        .iter()
        .rev();
    let mut docs: Vec<_> = above
        .map_while(|line| line.strip_prefix("///"))
        .map(|line| line.trim().to_owned())
        .collect();
    docs.reverse();
    let last = docs.pop().expect("a line for the type");
    assert!(last.starts_with(&format!("The key `{field}`: ")), "{last}");
    if docs.last().is_some_and(String::is_empty) {
        docs.pop();
    }
    docs
}

#[test]
fn comments_above_keys_are_documentation() {
    let mut project = Project::new("template-docs");
    project.metadata("[package.metadata.secrets]\ntemplate = 'template.toml'\n");
    let secrets = TEMPLATE.replace('#', "# of no template");
    project.write(
        ".secrets/secrets.toml",
        secrets.replace("# of no template in a text", "x"),
    );
    for template in [TEMPLATE.to_owned(), TEMPLATE.replace('\n', "\r\n")] {
        project.write("template.toml", template);
        assert!(project.build_ok().ran_script());
        let module = std::fs::read_to_string(project.out_dir().join("secrets.rs")).unwrap();
        for (field, expected) in DOCS {
            assert_eq!(docs(&module, field), expected, "{field} in\n{module}");
        }
        for (constant, doc) in [("PORT", "The port."), ("DATABASE", "Of the database.")] {
            let (above, _) = module
                .split_once(&format!("pub const {constant}: "))
                .unwrap();
            assert!(above.rsplit_once(doc).is_some(), "{constant} in\n{module}");
        }
        for doc in [
            "Of the inner key.",
            "Of the inner table.",
            "Of the deep ones.",
        ] {
            assert_eq!(module.matches(doc).count(), 1, "{doc} in\n{module}");
        }
        for none in [
            "examples",
            "not this",
            "Far",
            "in a text",
            "No key",
            "second",
            "no template",
        ] {
            assert!(!module.contains(none), "{none} is in\n{module}");
        }
    }
}

/// Comments that would be code, tests, or no Rust at all if they were taken as they are.
const COMMENTS: &[&str] = &[
    "```\n# let broken = ;\n# ```",
    "```rust\n# panic!()",
    "~~~\n# let broken = ;\n# ~~~",
    "1. ```\n#    let broken = ;",
    "* ~~~~\n#   let broken = ;",
    "> ```\n# > let broken = ;",
    "Text:\n#\n#     let broken = ;",
    "-     let broken = ;",
    "1.\tlet broken = ;\n#\t\tlet broken = ;",
    ">     let broken = ;",
    "Text\n#\n#\t\tlet broken = ;",
    "*/ fn broken( /* */ */",
    "/ five slashes",
    "! an inner one",
    "#![broken]",
    "[broken] [a](broken::link) [`Broken`] [x]: y",
    "[\"quoted\"] and [^1] a footnote",
    "[x]: https://example.com\n# [x]:\n# y",
    "<div> <script>1</p> <!-- <pre><code>",
    "https://example.com/?a=b&c <https://example.com>",
    "ends with a backslash \\",
    "`open ``and ``` more",
    "\"quotes\" 'and' {braces} {} {0} %s $x",
    "gr\u{f6}\u{df}e \u{1f511} \u{85} \u{2028} \u{a0} e\u{301} \u{feff}",
    "turned \u{202e} around \u{2066}x",
    "a list:\n# * one\n#      * two\n# still two",
    "very_technical::Name and CamelCase and a_b",
    "Two  spaces at the end  \n# of\ta line.  ",
    "| a | b |\n# |---|---|\n# | 1 | 2 |",
    "# Panics\n#\n# # Safety\n# # Errors",
    "Heading\n# =======\n# ---\n# ***",
    "include_str!(\"/etc/passwd\") #[doc = include_str!(\"x\")]",
];

fn template() -> String {
    let mut out = String::new();
    for (index, comment) in COMMENTS.iter().enumerate() {
        out.push_str(&format!("# {comment}\nkey{index} = {index}\n"));
    }
    out.push_str("[table]\n");
    for (index, comment) in COMMENTS.iter().enumerate() {
        out.push_str(&format!("# {comment}\nkey{index} = 'x'\n"));
    }
    for (index, comment) in COMMENTS.iter().enumerate() {
        out.push_str(&format!(
            "# {comment}\n[[inner{index}]]\n# {comment}\nkey = true\n"
        ));
    }
    out
}

#[test]
fn nothing_in_a_comment_does_harm() {
    let mut project = Project::new("template-comments");
    project.metadata("[package.metadata.secrets]\ntemplate = 'template.toml'\n");
    project.write("template.toml", template());
    project.write(".secrets/secrets.toml", template());
    project.write(
        "src/lib.rs",
        "//! A library.\n#![deny(warnings, missing_docs, unsafe_code)]\n\
         /// The secrets.\npub mod secrets { secrets_embed::include_secrets!(); }\n\
         /// A test that is one.\n/// ```\n/// assert_eq!(template_comments::secrets::KEY2, 2);\n/// ```\n\
         pub const fn tested() {}\n",
    );
    project.write("src/main.rs", "//! A program.\nfn main() {}\n");
    project.set("RUSTDOCFLAGS", "-D warnings");
    for arguments in [
        &["doc", "--no-deps"][..],
        &[
            "clippy",
            "--",
            "-Dwarnings",
            "-Wclippy::pedantic",
            "-Wclippy::nursery",
        ],
    ] {
        let run = project.cargo(arguments);
        assert!(run.success, "{arguments:?}:\n{}", run.stderr);
    }
    let run = project.cargo(&["test", "--doc"]);
    assert!(run.success, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("running 1 test\n"), "{}", run.stdout);
}
