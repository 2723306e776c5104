//! Variables that override keys.

use super::{changed, changed_for_good, project};

#[test]
fn variables_override_keys_in_the_next_build() {
    let mut project = project("rebuild-overrides");
    project.metadata("[package.metadata.secrets]\nenv-prefix = \"REBUILT\"");
    project.write(".secrets/secrets.toml", "api-key = \"file\"\nother = \"\"");
    changed("first build", &project, "api-key=file other=");

    for spelling in ["REBUILT__API_KEY", "REBUILT__api_key"] {
        project.set(spelling, "set");
        changed_for_good("it was set", &project, "api-key=set other=");
        project.set(spelling, "reset");
        changed_for_good("it was changed", &project, "api-key=reset other=");
        changed_for_good("it is still set", &project, "api-key=reset other=");
        project.set("REBUILT__OTHER", "too");
        changed_for_good("another was set", &project, "api-key=reset other=too");
        project.unset("REBUILT__OTHER");
        changed_for_good("it was unset", &project, "api-key=reset other=");
        project.unset(spelling);
        changed("all were unset", &project, "api-key=file other=");
    }

    project.set("REBUILT__API_KEY", "");
    changed_for_good("it was set to nothing", &project, "api-key= other=");
    project.unset("REBUILT__API_KEY");
    changed("and unset", &project, "api-key=file other=");

    project.set("REBUILT__API_KEY", "before the file");
    project.write(".secrets/secrets.toml", "api-key = \"new\"\nother = \"\"");
    changed_for_good("both", &project, "api-key=before the file other=");
    project.unset("REBUILT__API_KEY");
    changed("the file shows", &project, "api-key=new other=");

    project.write(".secrets/secrets.toml", "later = \"file\"");
    changed("another key", &project, "later=file");
    project.set("REBUILT__LATER", "set");
    changed_for_good("is overridden", &project, "later=set");
    project.unset("REBUILT__LATER");
    changed("and no more", &project, "later=file");
}

#[test]
fn a_variable_that_fails_the_build_is_looked_at_again() {
    let mut project = project("rebuild-override-fails");
    project.metadata("[package.metadata.secrets]\nenv-prefix = \"FAILING\"");
    project.write(".secrets/secrets.toml", "key = \"file\"\n");
    changed("first build", &project, "key=file");
    project.set("FAILING__KEY", "one");
    project.set("FAILING__key", "two");
    assert!(project.build_err().contains("override one key"));
    assert!(project.build_err().contains("override one key"));
    project.unset("FAILING__KEY");
    changed_for_good("one is left", &project, "key=two");
    project.unset("FAILING__key");
    changed("none is left", &project, "key=file");
}

#[test]
fn keys_that_no_shell_can_write_are_overridden_in_the_next_build() {
    let mut project = project("rebuild-override-names");
    project.metadata("[package.metadata.secrets]\nenv-prefix = \"NAMED\"");
    let source = "\"ca.crt\" = \"file\"\n\"user id\" = \"file\"\n\"größe\" = \"file\"\n";
    project.write(".secrets/secrets.toml", source);
    changed(
        "first build",
        &project,
        "ca.crt=file user id=file größe=file",
    );
    for (variable, expected) in [
        ("NAMED__CA_CRT", "ca.crt=set user id=file größe=file"),
        ("NAMED__ca_crt", "ca.crt=set user id=file größe=file"),
        ("NAMED__USER_ID", "ca.crt=file user id=set größe=file"),
        ("NAMED__user id", "ca.crt=file user id=set größe=file"),
        ("NAMED__GR__E", "ca.crt=file user id=file größe=set"),
        ("NAMED__GRÖSSE", "ca.crt=file user id=file größe=set"),
    ] {
        project.set(variable, "set");
        changed_for_good(variable, &project, expected);
        project.unset(variable);
        changed("unset", &project, "ca.crt=file user id=file größe=file");
    }
}
