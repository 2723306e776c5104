//! What a generated module is made of. All of it is constant.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    time::Duration,
};

use secrets_embed::{
    __private::{Elements, Node, Shape, View},
    Deep, Table, Value,
};

/// A number that nothing may ever show.
pub(crate) const NUMBER: u32 = 424_242_424;

/// A generated enum.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Low,
    High,
}

impl Level {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::High => "high level",
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

/// A mixed array of more than 12 elements, if it were generated.
pub(crate) struct Mixed(pub(crate) u8, pub(crate) char);

impl Elements for Mixed {
    fn count(&self) -> usize {
        2
    }

    fn at(&self, index: usize) -> Option<&Value> {
        match index {
            0 => Some(&self.0),
            1 => Some(&self.1),
            _ => None,
        }
    }
}

impl Node for Mixed {
    fn view(&self) -> View<'_> {
        View::Array(self)
    }
}

macro_rules! table {
    ($($name:ident($text:literal) { $($key:literal $field:ident: $type:ty,)* })*) => {
        $(
            pub(crate) struct $name {
                $(pub(crate) $field: $type,)*
            }

            impl Shape for $name {
                const NAME: &'static str = $text;
                const KEYS: &'static [&'static str] = &[$($key),*];
                const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

                fn field(&self, index: usize) -> Option<&Value> {
                    let fields = [$(self.$field.there()),*];
                    fields.get(index).copied().flatten()
                }
            }
        )*
    };
}

/// A field as a value, if it is there.
trait There {
    fn there(&self) -> Option<&Value>;
}

impl<T: Node> There for T {
    fn there(&self) -> Option<&Value> {
        Some(self)
    }
}

/// The same of an optional field, which is no value by itself.
trait MaybeThere {
    fn there(&self) -> Option<&Value>;
}

impl<T: Node> MaybeThere for Option<T> {
    fn there(&self) -> Option<&Value> {
        self.as_ref().map(|value| value as &Value)
    }
}

table! {
    Root("Secrets") {
        "i8" small: i8,
        "i16" i16: i16,
        "i32" i32: i32,
        "i64" i64: i64,
        "i128" i128: i128,
        "isize" isize: isize,
        "u8" u8: u8,
        "u16" u16: u16,
        "u32" u32: u32,
        "u64" u64: u64,
        "u128" u128: u128,
        "usize" usize: usize,
        "f32" f32: f32,
        "f64" f64: f64,
        "bool" bool: bool,
        "char" char: char,
        "str" str: &'static str,
        "choice" choice: Level,
        "ipv4" ipv4: IpAddr,
        "ipv6" ipv6: IpAddr,
        "socket-4" socket_4: SocketAddr,
        "socket-6" socket_6: SocketAddr,
        "duration" duration: Duration,
        "nested" nested: &'static Table<Nested>,
    }

    Nested("Nested") {
        "bytes" bytes: &'static [u8],
        "many bytes" many_bytes: &'static [&'static [u8]],
        "no bytes" no_bytes: &'static [u8],
        "ports" ports: &'static [u16],
        "matrix" matrix: &'static [&'static [f32]],
        "choices" choices: &'static [Level],
        "tuple" tuple: (u8, char, &'static [i128], Duration),
        "mixed" mixed: Mixed,
        "deep" deep: Deep<&'static [u8]>,
        "there" there: Option<u8>,
        "not-there" not_there: Option<IpAddr>,
        "hosts" hosts: &'static [Table<Host>],
    }

    Host("Host") {
        "address" address: IpAddr,
        "timeout" timeout: Option<Duration>,
    }
}

const DEEP: &[u8] = &[9, 8];

const NESTED: Table<Nested> = Table {
    __fields: Nested {
        bytes: &[0, 255],
        many_bytes: &[&[1, 2, 3], &[]],
        no_bytes: &[],
        ports: &[80, 443],
        matrix: &[&[1.5], &[], &[0.1, 2.5]],
        choices: &[Level::High, Level::Low],
        tuple: (7, 'é', &[i128::MIN, 0], Duration::from_millis(1500)),
        mixed: Mixed(1, 'a'),
        deep: Deep(|| &DEEP, || &DEEP),
        there: Some(3),
        not_there: None,
        hosts: &[
            Table {
                __fields: Host {
                    address: IpAddr::V4(Ipv4Addr::LOCALHOST),
                    timeout: Some(Duration::from_secs(2)),
                },
                __path: "nested.hosts[]",
            },
            Table {
                __fields: Host {
                    address: IpAddr::V6(Ipv6Addr::LOCALHOST),
                    timeout: None,
                },
                __path: "nested.hosts[]",
            },
        ],
    },
    __path: "nested",
};

pub(crate) const SECRETS: &Table<Root> = &Table {
    __fields: Root {
        small: i8::MIN,
        i16: i16::MIN,
        i32: i32::MIN,
        i64: i64::MIN,
        i128: i128::MIN,
        isize: isize::MIN,
        u8: u8::MAX,
        u16: u16::MAX,
        u32: NUMBER,
        u64: u64::MAX,
        u128: u128::MAX,
        usize: usize::MAX,
        f32: 0.1,
        f64: 0.1,
        bool: true,
        char: '\u{10ffff}',
        str: "text",
        choice: Level::High,
        ipv4: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)),
        ipv6: IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
        socket_4: SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 443)),
        socket_6: SocketAddr::V6(SocketAddrV6::new(Ipv6Addr::LOCALHOST, 443, 1, 2)),
        duration: Duration::new(u64::MAX, 999_999_999),
        nested: &NESTED,
    },
    __path: "",
};
