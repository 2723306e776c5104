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
        "API_KEY",
        "user-name-file-path",
        "s3_bucket_v2_id",
        "s3-eu-west-1-v2",
        "aws-ssh-key",
        "npm-jwt-tls",
        "main.test.data",
        "x509_v3_ext",
        "oauth2_client_id_v2",
        "mysql_db_pwd",
        "rsa4096_sha512",
        "10.0.0.1:8080",
        "blue-moon-tree-lake",
        "next-auth-secret",
        "db_user_dev",
        "tls/key.pem",
        "MAIL_FROM_NAME",
        "cdn_url_prod",
        "smtp_tls_ssl_http",
        "k8s_ns_id",
        "bytes",
        "max_bytes",
        "sqs_queue",
        "eth_rpc_url",
        "sentry_dsn",
        "kms_key_id",
        "vpn_psk",
        ".dockerconfigjson",
        "gym_api_key",
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
        "4821-9932-0175-6640",
        "AB12C_XZ9Q_7HNBK",
        "kqzx.vbnw.jqpf",
    ] {
        assert!(!is_name(value), "{value} is shown");
    }
}

/// Texts of base64, of its alphabet for URLs, and hex, as random as can be.
#[test]
fn random_texts_are_hidden() {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % end
    };
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

/// Recovery codes and their like: groups that are each too short to tell.
#[test]
fn random_groups_are_hidden() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % end
    };
    for alphabet in [
        "abcdefghijklmnopqrstuvwxyz",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
        "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        "0123456789abcdef",
        "0123456789",
    ] {
        for divider in ['-', ' ', '.', '_'] {
            let mut group = || -> String {
                (0..4)
                    .map(|_| char::from(alphabet.as_bytes()[next(alphabet.len())]))
                    .collect()
            };
            let mut texts = Vec::new();
            for _ in 0..500 {
                let groups = [group(), group(), group(), group()];
                texts.push(groups.join(&divider.to_string()));
            }
            texts.retain(|text| is_name(text));
            assert!(texts.len() <= 15, "{alphabet}: {} {texts:?}", texts.len());
        }
    }
}

#[test]
fn long_paths_are_hidden_unless_they_are_names() {
    let long = |part: &str| vec![part; 300].join("/");
    let names = long("folder");
    assert_eq!(existing(Path::new(&names)), format!("`{names}`"));
    let random = long("Zq7Wk9Xv3Tn5Rb1Yd8Lc");
    assert!(!existing(Path::new(&random)).contains("Zq7Wk9"));
    assert!(!path(Path::new(&random), Path::new(&random)).contains("Zq7Wk9"));
}

#[test]
fn an_absent_path_with_a_sign_of_a_value_may_be_one() {
    let nowhere = Path::new("/nowhere/of/all");
    for (typed, expected) in [
        ("config={env}/secrets.toml", false),
        ("config={env}/secrets", true),
        ("password=hunter2", true),
        ("password=hunter2.toml", true),
        ("a/\"b c.toml", true),
        ("x=AGE-SECRET-KEY-1QQQ/a.toml", true),
    ] {
        let path = nowhere.join(typed);
        assert_eq!(is_secret(Path::new(typed), &path), expected, "{typed}");
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
