//! The module's file is one of age, and what is in it is as documented.

use std::fs;

use secrets_tests::age::{keygen, open, project};

/// A reader of the documented format: strings, arrays and the rest, by position.
/// The values, and the text of their strings.
struct Reader<'a>(&'a [u8], &'a str);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken
    }

    fn unsigned(&mut self) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.take(1)[0];
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return value;
            }
        }
    }

    fn signed(&mut self) -> i64 {
        let zigzag = self.unsigned();
        let half = i64::try_from(zigzag / 2).unwrap();
        if zigzag % 2 == 0 { half } else { -half - 1 }
    }

    fn float(&mut self) -> f64 {
        f64::from_le_bytes(self.take(8).try_into().unwrap())
    }

    fn boolean(&mut self) -> bool {
        match self.take(1) {
            [0] => false,
            [1] => true,
            _ => panic!("no boolean"),
        }
    }

    fn length(&mut self) -> usize {
        self.unsigned().try_into().unwrap()
    }

    fn string(&mut self) -> &'a str {
        let (string, rest) = self.1.split_at(self.length());
        self.1 = rest;
        string
    }

    fn array<T>(&mut self, element: impl Fn(&mut Self) -> T) -> Vec<T> {
        (0..self.length()).map(|_| element(self)).collect()
    }

    fn option<T>(&mut self, value: impl Fn(&mut Self) -> T) -> Option<T> {
        self.boolean().then(|| value(self))
    }

    fn date(&mut self) -> [u64; 3] {
        [self.unsigned(), self.unsigned(), self.unsigned()]
    }

    fn time(&mut self) -> (u64, u64, Option<u64>, Option<u64>) {
        let (hour, minute) = (self.unsigned(), self.unsigned());
        (
            hour,
            minute,
            self.option(Self::unsigned),
            self.option(Self::unsigned),
        )
    }
}

const SECRETS: &str = r#"
    text = "the value"
    small = -3
    large = 9223372036854775807
    larger = 18446744073709551615
    least = -9223372036854775808
    float = -0.5
    yes = true
    list = ["a", "", "ccc"]
    mixed = [1, "two", 3.0]
    day = 1979-05-27
    hour = 07:32:01.5
    utc = 1979-05-27T07:32:00Z
    west = 1979-05-27 07:32-07:00
    [[server]]
    host = "one"
    port = 80
    [[server]]
    host = "two"
"#;

#[test]
fn another_reader_of_the_format_agrees() {
    let mut project = project("encrypted-interop");
    project.features("encrypted,datetime");
    project.main("");
    let key = keygen(&project);
    project.metadata(&format!(
        "[package.metadata.secrets]\nrecipients = [\"{}\"]\n",
        key.recipient
    ));
    project.write(".secrets/secrets.toml", SECRETS);
    project.build_ok();
    let output = open(&project, &key);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let payload = output.stdout;
    assert_eq!(payload.len() % 256, 0);
    for name in [
        "text", "small", "larger", "server", "host", "port", "Secrets",
    ] {
        let found = payload
            .windows(name.len())
            .any(|window| window == name.as_bytes());
        assert!(!found, "the name {name} is in the payload");
    }

    let (head, rest) = payload.split_at(16);
    assert_eq!(head, b"secrets\0\x02\0\0\0\0\0\0\0");
    let (lengths, rest) = rest.split_at(16);
    let lengths: Vec<_> = lengths
        .chunks(8)
        .map(|length| u64::from_le_bytes(length.try_into().unwrap()))
        .map(|length| usize::try_from(length).unwrap())
        .collect();
    let (text, rest) = rest.split_at(lengths[0]);
    let (values, padding) = rest.split_at(lengths[1]);
    assert!(padding.iter().all(|byte| *byte == 0) && padding.len() < 256);
    let mut reader = Reader(values, std::str::from_utf8(text).unwrap());
    assert_eq!(reader.string(), "encrypted-interop");
    let module = fs::read_to_string(project.out_dir().join("secrets.rs")).unwrap();
    let of_module = module.split("FINGERPRINT: [u8; 32] = [").nth(1).unwrap();
    let of_module = of_module
        .split(']')
        .next()
        .unwrap()
        .split(',')
        .map(str::trim);
    let of_module: Vec<u8> = of_module.filter_map(|byte| byte.parse().ok()).collect();
    assert_eq!(reader.take(1), [0], "there is no profile");
    assert_eq!(reader.take(32), of_module);
    assert_eq!(reader.take(32), [0; 32], "there are no plain keys");

    assert_eq!(reader.string(), "the value");
    assert_eq!([reader.signed(), reader.signed()], [-3, i64::MAX]);
    assert_eq!(reader.unsigned(), u64::MAX);
    assert_eq!(reader.signed(), i64::MIN);
    assert_eq!(reader.float().to_bits(), (-0.5_f64).to_bits());
    assert!(reader.boolean());
    assert_eq!(reader.array(Reader::string), ["a", "", "ccc"]);
    assert_eq!((reader.signed(), reader.string()), (1, "two"));
    assert_eq!(reader.float().to_bits(), 3.0_f64.to_bits());
    assert_eq!(reader.date(), [1979, 5, 27]);
    assert_eq!(reader.time(), (7, 32, Some(1), Some(500_000_000)));
    for (second, offset) in [(Some(0), (0, 0)), (None, (1, -420))] {
        assert_eq!(reader.option(Reader::date), Some([1979, 5, 27]));
        assert_eq!(reader.option(Reader::time), Some((7, 32, second, None)));
        let read = reader.option(|reader| match reader.take(1) {
            [0] => (0, 0),
            [1] => (1, reader.signed()),
            _ => panic!("no offset"),
        });
        assert_eq!(read, Some(offset));
    }
    let servers = reader.array(|reader| {
        let host = reader.string().to_owned();
        (host, reader.option(Reader::signed))
    });
    assert_eq!(
        servers,
        [("one".to_owned(), Some(80)), ("two".to_owned(), None)]
    );
    assert!(reader.0.is_empty() && reader.1.is_empty());
}
