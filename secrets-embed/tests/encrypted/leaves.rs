//! A module, written by hand, with every leaf that is neither a string nor bytes.

use std::{
    fmt,
    hint::black_box,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use secrets_embed::{
    __private::{
        Decode, Encrypted, HasCiphertext, IsStub, Node, Payload, Reader, Shape, TablePath, View,
        Wipe, decode_array, decode_option,
    },
    Error, Table, Value,
};

use crate::module::{self, encrypt, key};

pub(crate) type Leaves = Table<Root>;

/// A generated enum.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Low,
    High,
    Nul,
}

impl Level {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::High => "high level",
            Self::Nul => "\0",
        }
    }
}

impl fmt::Debug for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[REDACTED]")
    }
}

impl Node for Level {
    fn view(&self) -> View<'_> {
        View::Choice(self.as_str())
    }
}

impl Decode for Level {
    fn decode(reader: &mut Reader<'_>) -> Self {
        match reader.choice(3) {
            1 => Self::High,
            2 => Self::Nul,
            _ => Self::Low,
        }
    }
}

impl Wipe for Level {
    fn wipe(&mut self) {
        *self = Self::Low;
        black_box(self);
    }
}

macro_rules! root {
    ($($name:ident: $type:ty = $zero:expr, $bytes:expr;)*) => {
        pub(crate) struct Root {
            $(pub(crate) $name: $type,)*
            pub(crate) bytes: Vec<u8>,
            pub(crate) maybe: Option<Level>,
        }

        impl Shape for Root {
            const NAME: &'static str = "Secrets";
            const KEYS: &'static [&'static str] = &[$(stringify!($name),)* "bytes", "maybe"];

            fn field(&self, index: usize) -> Option<&Value> {
                let fields: &[Option<&Value>] = &[
                    $(Some(&self.$name),)*
                    Some(&self.bytes),
                    self.maybe.as_ref().map(|value| value as &Value),
                ];
                fields.get(index).copied().flatten()
            }
        }

        impl Payload for Root {
            fn decode(reader: &mut Reader<'_>, _: &'static TablePath) -> Self {
                Self {
                    $($name: Decode::decode(reader),)*
                    bytes: decode_array(reader, Decode::decode),
                    maybe: decode_option(reader, Decode::decode),
                }
            }
        }

        impl Drop for Root {
            fn drop(&mut self) {
                $(self.$name.wipe();)*
                self.bytes.wipe();
                self.maybe.wipe();
            }
        }

        /// The bytes of each field.
        pub(crate) const FIELDS: &[(&str, &[u8])] = &[
            $((stringify!($name), $bytes),)*
            ("bytes", &[2, 0xff, 0x80]),
            ("maybe", &[1, 1]),
        ];

        #[test]
        #[allow(clippy::float_cmp)]
        fn values_are_wiped() {
            let mut secrets = decrypt(&payload(FIELDS)).expect("decrypted");
            let root = &mut secrets.__fields;
            $(
                root.$name.wipe();
                let (wiped, zero): ($type, $type) = (root.$name, $zero);
                assert_eq!(wiped, zero, stringify!($name));
            )*
            root.bytes.wipe();
            root.maybe.wipe();
            assert_eq!(root.bytes, [0, 0]);
            assert!(root.maybe == Some(Level::Low));
        }
    };
}

root! {
    i8: i8 = 0, &[0x80];
    i16: i16 = 0, &[0xff, 0xff, 0x03];
    i32: i32 = 0, &[0xff, 0xff, 0xff, 0xff, 0x0f];
    i64: i64 = 0, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    i128: i128 = 0, &[
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0x03,
    ];
    isize: isize = 0, &[0x03];
    u8: u8 = 0, &[0xff];
    u16: u16 = 0, &[0xff, 0xff, 0x03];
    u32: u32 = 0, &[0xff, 0xff, 0xff, 0xff, 0x0f];
    u64: u64 = 0, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    u128: u128 = 0, &[
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0x03,
    ];
    usize: usize = 0, &[0xe8, 0x07];
    f32: f32 = 0.0, &[0xcd, 0xcc, 0xcc, 0x3d];
    bool: bool = false, &[1];
    char: char = '\0', &[0xff, 0xff, 0x43];
    choice: Level = Level::Low, &[1];
    nul: Level = Level::Low, &[2];
    ipv4: IpAddr = IpAddr::from([0_u16; 8]), &[0, 192, 0, 2, 1];
    ipv6: IpAddr = IpAddr::from([0_u16; 8]), &[
        1, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    ];
    socket_4: SocketAddr = SocketAddr::from(([0_u16; 8], 0)), &[0, 192, 0, 2, 1, 0xbb, 0x03];
    socket_6: SocketAddr = SocketAddr::from(([0_u16; 8], 0)), &[
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xbb, 0x03, 1, 2,
    ];
    duration: Duration = Duration::ZERO, &[
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0xff, 0x93, 0xeb, 0xdc, 0x03,
    ];
}

impl Encrypted for Root {
    const PACKAGE: &'static str = "leaves";
    const FINGERPRINT: [u8; 32] = [1; 32];
    const PLAIN: [u8; 32] = module::PLAIN;
    const PATHS: &'static TablePath = &TablePath {
        dotted: "",
        inner: &[],
    };
}

/// A payload with some fields.
pub(crate) fn payload(fields: &[(&str, &[u8])]) -> Vec<u8> {
    let values: Vec<_> = fields.iter().map(|(_, bytes)| *bytes).collect();
    module::payload(Root::PACKAGE, Root::FINGERPRINT[0], b"", &values.concat())
}

pub(crate) fn decrypt(payload: &[u8]) -> Result<Leaves, Error> {
    Leaves::decrypt_from(&key(), &encrypt(payload))
}

// What a stub has: no ciphertext, and zeros as its values.
impl HasCiphertext for Root {
    const CIPHERTEXT: &'static [u8] = &[];
    const RECIPIENTS: &'static [&'static str] = &[];
    const PROFILE: Option<&'static str> = None;
}

impl IsStub for Root {
    const PAYLOAD: &'static [u8] = b"secrets\0\x02\0\0\0\0\0\0\0\
        \x06\0\0\0\0\0\0\0\x70\0\0\0\0\0\0\0leaves\x06\0\
        \x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\
        \x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\
        \x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\
        \x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\x09\
        \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
        \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
}
