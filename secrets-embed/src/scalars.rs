//! Strings, numbers and all else that is one value, as nodes.

use core::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use crate::node::{Node, View};

macro_rules! leaf {
    ($($type:ty => |$value:ident| $view:expr;)*) => {
        $(impl Node for $type {
            fn view(&self) -> View<'_> {
                let $value = self;
                $view
            }
        })*
    };
}

leaf! {
    &'static str => |value| View::Str(value);
    i8 => |value| View::I64((*value).into());
    i16 => |value| View::I64((*value).into());
    i32 => |value| View::I64((*value).into());
    i64 => |value| View::I64(*value);
    i128 => |value| View::I128(*value);
    // No target has pointers of more than 64 bits.
    isize => |value| View::I64(*value as i64);
    u16 => |value| View::U64((*value).into());
    u32 => |value| View::U64((*value).into());
    u64 => |value| View::U64(*value);
    u128 => |value| View::U128(*value);
    usize => |value| View::U64(*value as u64);
    f32 => |value| View::F32(*value);
    f64 => |value| View::F64(*value);
    bool => |value| View::Bool(*value);
    char => |value| View::Char(*value);
    IpAddr => |value| View::IpAddr(*value);
    SocketAddr => |value| View::SocketAddr(*value);
    Duration => |value| View::Duration(*value);
}

impl Node for u8 {
    fn view(&self) -> View<'_> {
        View::U64((*self).into())
    }

    fn view_slice<'a>(slice: &'a &'static [Self]) -> View<'a> {
        View::Bytes(slice)
    }
}

#[cfg(feature = "datetime")]
leaf! {
    toml_datetime::Datetime => |value| View::Datetime(*value);
    toml_datetime::Date => |value| View::Datetime((*value).into());
    toml_datetime::Time => |value| View::Datetime((*value).into());
}
