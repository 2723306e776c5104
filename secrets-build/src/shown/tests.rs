//! Which texts are names, and which may be values.

use super::*;

#[test]
fn names_are_shown() {
    for name in [
        "",
        "a",
        "key",
        "api_key",
        "OpenAI_key",
        "OPENAI_API_KEY",
        "apiKey",
        "database",
        "log-level",
        "tls.crt",
        "with spaces",
        "2fa",
        "s3_bucket",
        "S3Bucket",
        "oauth2ClientId",
        "oauth2",
        "x509Cert",
        "sha256",
        "sha256sum",
        "ed25519",
        "base64",
        "ipv4",
        "key1",
        "key2",
        "k8s",
        "v2",
        "i18n",
        "google_application_credentials",
        "https_proxy",
        "httpsProxy",
        "größe",
        "ключ",
        "表",
        "🔑",
        "SMTP_TLS",
        "jwtSecret",
        "id_ed25519",
        "internationalization",
        "xAxis",
        "servers[].note",
        "*-key",
        "bare-key",
        "2026-01-01",
        "AWS_SECRET_ACCESS_KEY",
        "GITHUB_TOKEN",
        "vapidPublicKey",
        "a/b",
        "u16",
        "enum:a",
        "localhost:8080",
        "MY-APP",
        "web01-db02-app03",
        "eu-west-1",
        "prod-2024-blue",
        "team-blue-main-site",
        "user-auth-http-port",
        "API_KEY",
    ] {
        assert!(is_name(name), "{name} is not shown");
    }
}

#[test]
fn what_may_be_a_value_is_not() {
    for value in [
        "Zq7Wk9Xv3Tn5Rb1Yd8Lc",
        "Zq7Wk9Xv3",
        "deadbeef01",
        "0123456789",
        "731337",
        "p@ssword",
        "hunter2!",
        "x=y",
        "a b\nc",
        "qwrtzpsdfgh",
        "aB3dE6gH",
        "ZqWkXvTnRbYdLc",
        "kP3xQz",
        "AGE-SECRET-KEY-1QQQ",
        "postgres://user:pw",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "\u{202e}key",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        "correcthorsebatterystaple",
        "\"x\"",
        "a=",
        "XK4T-9QWZ-7HNB-2LMP",
        "wxzq-kvbn-jqpf-zzkw",
    ] {
        assert!(!is_name(value), "{value} is shown");
    }
}

/// Numbers below a bound, the same in every run.
fn random() -> impl FnMut(usize) -> usize {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    move |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % end
    }
}

/// Texts of base64, of its alphabet for URLs, and hex, as random as can be.
#[test]
fn random_texts_are_hidden() {
    let mut next = random();
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    for alphabet in [
        format!("{letters}+/"),
        format!("{letters}-_"),
        letters.to_owned(),
        "0123456789abcdef".to_owned(),
    ] {
        let alphabet: Vec<char> = alphabet.chars().collect();
        for (length, at_most) in [(8, 200), (10, 100), (12, 60), (16, 20), (24, 2), (40, 0)] {
            let texts = (0..1000).map(|_| {
                let text: String = (0..length)
                    .map(|_| alphabet[next(alphabet.len())])
                    .collect();
                text
            });
            let shown: Vec<String> = texts.filter(|text| is_name(text)).collect();
            assert!(
                shown.len() <= at_most,
                "of {length}: {} {shown:?}",
                shown.len()
            );
        }
    }
}

/// Keys in groups, as licences and recovery codes are.
#[test]
fn random_groups_are_hidden() {
    let mut next = random();
    for alphabet in [
        "ABCDEFGHJKLMNPQRSTUVWXYZ23456789",
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "abcdefghijklmnopqrstuvwxyz",
    ] {
        let alphabet: Vec<char> = alphabet.chars().collect();
        let texts = (0..1000).map(|_| {
            let groups = (0..4).map(|_| (0..4).map(|_| alphabet[next(alphabet.len())]).collect());
            groups.collect::<Vec<String>>().join("-")
        });
        let shown: Vec<String> = texts.filter(|text| is_name(text)).collect();
        assert!(shown.len() <= 60, "{} {shown:?}", shown.len());
    }
}

#[test]
fn keys_are_hidden_one_by_one() {
    let cases = [
        ("a.b", "a.b"),
        ("a.Zq7Wk9Xv3Tn5Rb1Yd8Lc.b", "a.***.b"),
        ("\"tls.crt\".x", "\"tls.crt\".x"),
        ("\"a\\\"b.c\".d", "\"a\\\"b.c\".d"),
        ("\"new\\nline\\u0007\"", "\"new\\nline\\u0007\""),
        ("\"a\\\\b\\\"\"", "\"a\\\\b\\\"\""),
        ("\"Zq7Wk9Xv3.Tn5Rb1Yd8Lc\".d", "***.d"),
        ("a[].b", "a[].b"),
        ("\"\"", "\"\""),
    ];
    for (dotted, expected) in cases {
        assert_eq!(keys(dotted).to_string(), expected);
    }
}
