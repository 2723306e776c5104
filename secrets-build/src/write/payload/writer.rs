//! Writing in the wire format of `postcard`.

use crate::model::wipe::{Bytes, wiped};

/// What is written, or how long that will be.
enum Out {
    Count(usize),
    Bytes(Bytes),
}

impl Out {
    /// Room for what was counted: a buffer that grows leaves its old blocks behind.
    fn of_same_length(&self) -> Self {
        Self::Bytes(wiped(Vec::with_capacity(self.length())))
    }

    fn length(&self) -> usize {
        match self {
            Self::Count(count) => *count,
            Self::Bytes(bytes) => bytes.len(),
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        match self {
            Self::Count(count) => *count += bytes.len(),
            Self::Bytes(out) => out.extend_from_slice(bytes),
        }
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Count(_) => wiped(Vec::new()),
            Self::Bytes(bytes) => bytes,
        }
    }
}

pub(super) struct Writer {
    text: Out,
    values: Out,
}

impl Writer {
    /// The text and the values of what `write` writes, which it does twice: first it is only counted.
    pub(super) fn write(write: impl Fn(&mut Self)) -> [Bytes; 2] {
        let mut writer = Self {
            text: Out::Count(0),
            values: Out::Count(0),
        };
        write(&mut writer);
        writer = Self {
            text: writer.text.of_same_length(),
            values: writer.values.of_same_length(),
        };
        write(&mut writer);
        [writer.text, writer.values].map(Out::into_bytes)
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.values.push(bytes);
    }

    /// A string: its length is a value, its bytes are text.
    pub(super) fn string(&mut self, string: &str) {
        self.varint(string.len() as u128);
        self.text.push(string.as_bytes());
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.varint(bytes.len() as u128);
        self.push(bytes);
    }

    pub(super) fn varint(&mut self, mut value: u128) {
        loop {
            let [low, ..] = value.to_le_bytes();
            value >>= 7;
            if value == 0 {
                return self.push(&[low & 0x7f]);
            }
            self.push(&[low | 0x80]);
        }
    }

    pub(super) fn signed(&mut self, value: i64) {
        let zigzag = (value << 1) ^ (value >> 63);
        self.varint(u64::from_le_bytes(zigzag.to_le_bytes()).into());
    }

    pub(super) fn option<T>(&mut self, value: Option<&T>, write: impl FnOnce(&mut Self, &T)) {
        self.push(&[u8::from(value.is_some())]);
        if let Some(value) = value {
            write(self, value);
        }
    }
}
