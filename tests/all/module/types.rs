//! What each value of TOML becomes in Rust: the static type, the value, and the same by key.

use secrets_tests::Project;

#[test]
fn integers_floats_and_booleans() {
    let project = Project::new("types-numbers");
    project.write(
        ".secrets/secrets.toml",
        r"
            hex = 0xDEAD_beef
            octal = 0o755
            binary = 0b1101_0110
            underscores = 1_000_000
            plus = +7
            minus = -7
            zero = -0
            min = -9223372036854775808
            max = 9223372036854775807
            above = 9223372036854775808
            largest = 18446744073709551615
            largest_hex = 0xFFFF_FFFF_FFFF_FFFF
            big = [1, 18446744073709551615]
            small = [-1, 0x10, 0b11]
            both = [-1, 18446744073709551615]
            nested = [[1], [18446744073709551615]]

            float = 3.1415
            exponent = 5e+22
            tiny = 6.626e-34
            float_underscores = 224_617.445_991
            smallest = 5e-324
            greatest = 1.7976931348623157e308
            negative_zero = -0.0
            inf = inf
            plus_inf = +inf
            minus_inf = -inf
            nan = nan
            minus_nan = -nan
            floats = [1.0, -inf, nan, 1e3]

            yes = true
            no = false
            flags = [true, false]
        ",
    );
    project.main(
        r#"
            use secrets::SECRETS;
            // The static type, the value, and the same value by key.
            macro_rules! check {
                ($($constant:ident $field:ident: $type:ty = $value:expr;)*) => {$(
                    const _: $type = secrets::$constant;
                    let field: $type = SECRETS.$field;
                    assert_eq!(field, $value, stringify!($field));
                    assert_eq!(secrets::$constant, $value, stringify!($field));
                    assert!(SECRETS[stringify!($field)] == $value, stringify!($field));
                    assert!($value == SECRETS[stringify!($field)], stringify!($field));
                )*};
            }
            check! {
                HEX hex: i64 = 0xDEAD_BEEF_i64;
                OCTAL octal: i64 = 0o755;
                BINARY binary: i64 = 0b1101_0110;
                UNDERSCORES underscores: i64 = 1_000_000;
                PLUS plus: i64 = 7;
                MINUS minus: i64 = -7;
                ZERO zero: i64 = 0;
                MIN min: i64 = i64::MIN;
                MAX max: i64 = i64::MAX;
                ABOVE above: u64 = 9_223_372_036_854_775_808_u64;
                LARGEST largest: u64 = u64::MAX;
                LARGEST_HEX largest_hex: u64 = u64::MAX;
                BIG big: &'static [u64] = [1, u64::MAX];
                SMALL small: &'static [i64] = [-1, 16, 3];
                FLOAT float: f64 = 3.1415;
                EXPONENT exponent: f64 = 5e22;
                TINY tiny: f64 = 6.626e-34;
                FLOAT_UNDERSCORES float_underscores: f64 = 224_617.445_991;
                SMALLEST smallest: f64 = f64::from_bits(1);
                GREATEST greatest: f64 = f64::MAX;
                INF inf: f64 = f64::INFINITY;
                PLUS_INF plus_inf: f64 = f64::INFINITY;
                MINUS_INF minus_inf: f64 = f64::NEG_INFINITY;
                YES yes: bool = true;
                NO no: bool = false;
                FLAGS flags: &'static [bool] = [true, false];
            }
            let both: (i64, u64) = SECRETS.both;
            assert_eq!(both, (-1, u64::MAX));
            assert!(SECRETS["both"][0] == -1 && SECRETS["both"][1] == u64::MAX);
            let nested: &'static [&'static [u64]] = secrets::NESTED;
            assert_eq!(nested, [[1], [u64::MAX]]);

            assert!(SECRETS.negative_zero == 0.0 && SECRETS.negative_zero.is_sign_negative());
            assert!(SECRETS["negative_zero"].as_f64().is_some_and(f64::is_sign_negative));
            assert!(SECRETS.nan.is_nan() && SECRETS.nan.is_sign_positive());
            assert!(SECRETS.minus_nan.is_nan() && SECRETS.minus_nan.is_sign_negative());
            assert!(SECRETS["nan"] != f64::NAN);
            let floats: &'static [f64] = secrets::FLOATS;
            assert!(floats[1] == f64::NEG_INFINITY && floats[2].is_nan() && floats[3] == 1000.0);
            print!("held");
        "#,
    );
    assert_eq!(project.run_ok(), "held");
}

#[test]
fn strings_of_any_unicode() {
    let file = "basic = \"tab\\t quote\\\" backslash\\\\ nul\\u0000 escape\\u001b end\"\n\
         points = \"\\u00e9 \\U0001F511 \\u202e\"\n\
         literal = 'C:\\path\\{user}'\n\
         multi = \"\"\"\nfirst \"quoted\"\r\nsecond \\\n    joined\n\"\"\"\n\
         multi_literal = '''\n\\d+ ''two''\n'''\n\
         emoji = '\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}'\n\
         bidi = 'user\u{202e}\u{2066}// admin\u{2069}\u{2066}'\n\
         combining = 'e\u{301}'\n\
         separators = 'a\u{2028}b\u{2029}c\u{85}d\u{feff}'\n\
         raw = '\"# \"## \"#\"'\n\
         format = '{} {0} %s $HOME'\n\
         edges = \"\\uD7FF\\uE000\\U0010FFFF\"\n\
         blank = ''\n";
    let project = Project::new("types-strings");
    project.write(".secrets/secrets.toml", file);
    project.main(
        r###"
            use secrets::SECRETS;
            let strings: [(&'static str, &str, &str); 13] = [
                (SECRETS.basic, "basic", "tab\t quote\" backslash\\ nul\0 escape\u{1b} end"),
                (SECRETS.points, "points", "\u{e9} \u{1f511} \u{202e}"),
                (SECRETS.literal, "literal", "C:\\path\\{user}"),
                (SECRETS.multi, "multi", "first \"quoted\"\r\nsecond joined\n"),
                (SECRETS.multi_literal, "multi_literal", "\\d+ ''two''\n"),
                (SECRETS.emoji, "emoji", "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}"),
                (SECRETS.bidi, "bidi", "user\u{202e}\u{2066}// admin\u{2069}\u{2066}"),
                (SECRETS.combining, "combining", "e\u{301}"),
                (SECRETS.separators, "separators", "a\u{2028}b\u{2029}c\u{85}d\u{feff}"),
                (SECRETS.raw, "raw", "\"# \"## \"#\""),
                (SECRETS.format, "format", "{} {0} %s $HOME"),
                (SECRETS.edges, "edges", "\u{d7ff}\u{e000}\u{10ffff}"),
                (SECRETS.blank, "blank", ""),
            ];
            for (field, key, value) in strings {
                assert_eq!(field, value, "{key}");
                assert!(SECRETS[key] == value && value == SECRETS[key], "{key}");
            }
            assert_eq!(SECRETS.len(), strings.len());
            print!("held");
        "###,
    );
    assert_eq!(project.run_ok(), "held");
}

#[test]
fn the_four_date_times() {
    let mut project = Project::new("types-datetimes");
    project.write(
        ".secrets/secrets.toml",
        r"
            utc = 1979-05-27T07:32:00Z
            ahead = 1979-05-27T00:32:00.999999-07:00
            behind = 1979-05-27 07:32:00+05:30
            short = 1979-05-27T07:32Z
            local = 1979-05-27T07:32:00.5
            local_short = 1979-05-27 07:32
            date = 1979-05-27
            time = 07:32:01.000000001
            time_short = 07:32
            instants = [1979-05-27T07:32:00Z, 1979-05-27T07:32:00]
            dates = [1979-05-27, 2000-02-29]
            times = [00:00:00, 23:59:60]
            mixed = [1979-05-27, 07:32:00]
        ",
    );
    project.main("");
    let error = project.build_err();
    let remedy = "give `secrets-embed` the feature `datetime`, as in \
                  secrets-embed = { version = \"0.1\", features = [\"datetime\"] }";
    assert!(error.contains(remedy), "{error}");

    project.features("datetime");
    project.main(
        r#"
            use secrets_embed::{Kind, toml_datetime::{Date, Datetime, Offset, Time}};
            use secrets::SECRETS;
            const DAY: Date = Date { year: 1979, month: 5, day: 27 };
            let time = |second, nanosecond| Time { hour: 7, minute: 32, second, nanosecond };
            let at = |time, offset| Datetime { date: Some(DAY), time: Some(time), offset };
            let minutes = |minutes| Some(Offset::Custom { minutes });

            let instants: [(Datetime, &str, Datetime); 6] = [
                (SECRETS.utc, "utc", at(time(Some(0), None), Some(Offset::Z))),
                (
                    SECRETS.ahead,
                    "ahead",
                    at(Time { hour: 0, ..time(Some(0), Some(999_999_000)) }, minutes(-420)),
                ),
                (SECRETS.behind, "behind", at(time(Some(0), None), minutes(330))),
                (SECRETS.short, "short", at(time(None, None), Some(Offset::Z))),
                (SECRETS.local, "local", at(time(Some(0), Some(500_000_000)), None)),
                (SECRETS.local_short, "local_short", at(time(None, None), None)),
            ];
            for (field, key, value) in instants {
                assert_eq!(field, value, "{key}");
                assert!(SECRETS[key] == value && value == SECRETS[key], "{key}");
                assert_eq!(SECRETS[key].kind(), Kind::Datetime);
            }
            const _: Date = secrets::DATE;
            const _: Time = secrets::TIME;
            assert_eq!(secrets::DATE, DAY);
            assert!(SECRETS["date"] == DAY && DAY == SECRETS["date"]);
            assert_eq!(SECRETS.time, Time { second: Some(1), ..time(None, Some(1)) });
            assert_eq!(SECRETS.time_short, time(None, None));
            assert!(SECRETS["time_short"] == time(None, None));
            assert_eq!(SECRETS["time"].as_datetime().unwrap().to_string(), "07:32:01.000000001");
            assert_eq!(SECRETS["date"].as_datetime().unwrap().to_string(), "1979-05-27");

            let instants: &'static [Datetime] = SECRETS.instants;
            let dates: &'static [Date] = SECRETS.dates;
            let times: &'static [Time] = SECRETS.times;
            let mixed: (Date, Time) = SECRETS.mixed;
            assert_eq!((instants.len(), dates[1].day, times[1].second), (2, 29, Some(60)));
            assert_eq!(mixed.0, DAY);
            print!("held");
        "#,
    );
    assert_eq!(project.run_ok(), "held");
}
