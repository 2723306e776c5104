//! Texts that may be the private half of a key.

/// Whether a text may be the private half of a key, or hold one, and so must not be shown.
pub(crate) fn may_be_private(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    let of_key = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let is_long = |rest: &str| rest.chars().take_while(of_key).count() > 20;
    let holds = |start: &&str| text.split(*start).skip(1).any(is_long);
    text.starts_with("AGE-SECRET-KEY-")
        || text.contains("PRIVATE KEY-----")
        || ["SECRET-KEY-", "AGE-PLUGIN-"].iter().any(holds)
}
