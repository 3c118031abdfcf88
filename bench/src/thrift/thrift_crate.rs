//! The crate `thrift`, with types in the shape that the Apache project's compiler writes for Rust: a local for each field, a loop
//! over the headers with a match on the ids, checks of what is required at the end, and protocols behind `dyn`.
//!
//! The compiler itself is no crate, so macros stand in for it.

pub(super) mod footer;
pub(super) mod log;
pub(super) mod mixed;

use std::collections::{BTreeMap, BTreeSet};

use thrift::protocol::{
    TBinaryInputProtocol, TBinaryOutputProtocol, TCompactInputProtocol, TCompactOutputProtocol, TInputProtocol,
    TListIdentifier, TMapIdentifier, TOutputProtocol, TSetIdentifier, TType,
};
use thrift::{OrderedFloat, Result};
use uuid::Uuid;

use super::Codec;

const NAME: &str = "thrift";
/// The same with the protocol as a type parameter, which the compiler does not write, and which is faster.
const GENERIC: &str = "thrift (generic)";

/// A contender of this crate.
pub(super) type Contender<T> = Codec<&'static [u8], T, Vec<u8>, thrift::Error, thrift::Error>;

/// A value that stands on the wire.
pub(super) trait Value: Sized {
    /// Its type on the wire.
    const TYPE: TType;
    /// Takes it from a protocol.
    fn read<P: TInputProtocol + ?Sized>(protocol: &mut P) -> Result<Self>;
    /// Gives it to a protocol.
    fn write<P: TOutputProtocol + ?Sized>(&self, protocol: &mut P) -> Result<()>;
}

/// The contenders in Binary.
pub(super) fn binary<T: Value>() -> [Contender<T>; 2] {
    let input = |bytes| bytes;
    [
        Codec {
            name: NAME,
            input,
            decode: |bytes| T::read::<dyn TInputProtocol>(&mut TBinaryInputProtocol::new(*bytes, true)),
            encode: |value, out| value.write::<dyn TOutputProtocol>(&mut TBinaryOutputProtocol::new(out, true)),
        },
        Codec {
            name: GENERIC,
            input,
            decode: |bytes| T::read(&mut TBinaryInputProtocol::new(*bytes, true)),
            encode: |value, out| value.write(&mut TBinaryOutputProtocol::new(out, true)),
        },
    ]
}

/// The contenders in Compact.
pub(super) fn compact<T: Value>() -> [Contender<T>; 2] {
    let input = |bytes| bytes;
    [
        Codec {
            name: NAME,
            input,
            decode: |bytes| T::read::<dyn TInputProtocol>(&mut TCompactInputProtocol::new(*bytes)),
            encode: |value, out| value.write::<dyn TOutputProtocol>(&mut TCompactOutputProtocol::new(out)),
        },
        Codec {
            name: GENERIC,
            input,
            decode: |bytes| T::read(&mut TCompactInputProtocol::new(*bytes)),
            encode: |value, out| value.write(&mut TCompactOutputProtocol::new(out)),
        },
    ]
}

macro_rules! scalars {
    ($($rust:ty: $kind:ident, $read:ident, $write:ident, |$value:ident| $lent:expr;)*) => {$(
        impl Value for $rust {
            const TYPE: TType = TType::$kind;

            fn read<P: TInputProtocol + ?Sized>(protocol: &mut P) -> Result<Self> {
                Ok(protocol.$read()?.into())
            }

            fn write<P: TOutputProtocol + ?Sized>(&self, protocol: &mut P) -> Result<()> {
                let $value = self;
                protocol.$write($lent)
            }
        }
    )*};
}

scalars! {
    bool: Bool, read_bool, write_bool, |value| *value;
    i8: I08, read_i8, write_i8, |value| *value;
    i16: I16, read_i16, write_i16, |value| *value;
    i32: I32, read_i32, write_i32, |value| *value;
    i64: I64, read_i64, write_i64, |value| *value;
    OrderedFloat<f64>: Double, read_double, write_double, |value| value.into_inner();
    String: String, read_string, write_string, |value| value;
    Vec<u8>: String, read_bytes, write_bytes, |value| value;
    Uuid: Uuid, read_uuid, write_uuid, |value| value;
}

impl<T: Value> Value for Vec<T> {
    const TYPE: TType = TType::List;

    fn read<P: TInputProtocol + ?Sized>(protocol: &mut P) -> Result<Self> {
        let list = protocol.read_list_begin()?;
        let mut items = Self::with_capacity(usize::try_from(list.size).unwrap_or_default());
        for _ in 0..list.size {
            items.push(T::read(protocol)?);
        }
        protocol.read_list_end()?;
        Ok(items)
    }

    fn write<P: TOutputProtocol + ?Sized>(&self, protocol: &mut P) -> Result<()> {
        protocol.write_list_begin(&TListIdentifier::new(T::TYPE, count(self.len())))?;
        self.iter().try_for_each(|item| item.write(protocol))?;
        protocol.write_list_end()
    }
}

impl<T: Value + Ord> Value for BTreeSet<T> {
    const TYPE: TType = TType::Set;

    fn read<P: TInputProtocol + ?Sized>(protocol: &mut P) -> Result<Self> {
        let set = protocol.read_set_begin()?;
        let mut items = Self::new();
        for _ in 0..set.size {
            items.insert(T::read(protocol)?);
        }
        protocol.read_set_end()?;
        Ok(items)
    }

    fn write<P: TOutputProtocol + ?Sized>(&self, protocol: &mut P) -> Result<()> {
        protocol.write_set_begin(&TSetIdentifier::new(T::TYPE, count(self.len())))?;
        self.iter().try_for_each(|item| item.write(protocol))?;
        protocol.write_set_end()
    }
}

impl<K: Value + Ord, V: Value> Value for BTreeMap<K, V> {
    const TYPE: TType = TType::Map;

    fn read<P: TInputProtocol + ?Sized>(protocol: &mut P) -> Result<Self> {
        let map = protocol.read_map_begin()?;
        let mut entries = Self::new();
        for _ in 0..map.size {
            entries.insert(K::read(protocol)?, V::read(protocol)?);
        }
        protocol.read_map_end()?;
        Ok(entries)
    }

    fn write<P: TOutputProtocol + ?Sized>(&self, protocol: &mut P) -> Result<()> {
        protocol.write_map_begin(&TMapIdentifier::new(K::TYPE, V::TYPE, count(self.len())))?;
        for (key, value) in self {
            key.write(protocol)?;
            value.write(protocol)?;
        }
        protocol.write_map_end()
    }
}

fn count(len: usize) -> i32 {
    i32::try_from(len).expect("lists of thousands")
}

/// The types that the compiler writes for structs. A field is `required` or `optional`.
macro_rules! structs {
    ($(struct $name:ident { $($id:literal: $requiredness:ident $field:ident: $ty:ty,)* })*) => {$(
        #[derive(Clone, Debug, PartialEq)]
        pub(crate) struct $name {
            $(pub(crate) $field: structs!(@type $requiredness $ty),)*
        }

        impl $crate::thrift::thrift_crate::Value for $name {
            const TYPE: ::thrift::protocol::TType = ::thrift::protocol::TType::Struct;

            fn read<P: ::thrift::protocol::TInputProtocol + ?Sized>(protocol: &mut P) -> ::thrift::Result<Self> {
                protocol.read_struct_begin()?;
                $(let mut $field: Option<$ty> = None;)*
                loop {
                    let header = protocol.read_field_begin()?;
                    if header.field_type == ::thrift::protocol::TType::Stop {
                        break;
                    }
                    match ::thrift::protocol::field_id(&header)? {
                        $($id => $field = Some($crate::thrift::thrift_crate::Value::read(protocol)?),)*
                        _ => protocol.skip(header.field_type)?,
                    }
                    protocol.read_field_end()?;
                }
                protocol.read_struct_end()?;
                $(structs!(@check $requiredness $name $field);)*
                Ok(Self { $($field: structs!(@finish $requiredness $field),)* })
            }

            fn write<P: ::thrift::protocol::TOutputProtocol + ?Sized>(&self, protocol: &mut P) -> ::thrift::Result<()> {
                protocol.write_struct_begin(&::thrift::protocol::TStructIdentifier::new(stringify!($name)))?;
                $(structs!(@write $requiredness protocol, self.$field, $field $id $ty);)*
                protocol.write_field_stop()?;
                protocol.write_struct_end()
            }
        }
    )*};
    (@type required $ty:ty) => { $ty };
    (@type optional $ty:ty) => { Option<$ty> };
    (@check required $name:ident $field:ident) => {
        ::thrift::protocol::verify_required_field_exists(concat!(stringify!($name), ".", stringify!($field)), &$field)?
    };
    (@check optional $name:ident $field:ident) => {};
    (@finish required $field:ident) => { $field.expect("checked to be there") };
    (@finish optional $field:ident) => { $field };
    (@write required $protocol:ident, $value:expr, $field:ident $id:literal $ty:ty) => {
        structs!(@field $protocol, &$value, $field $id $ty)
    };
    (@write optional $protocol:ident, $value:expr, $field:ident $id:literal $ty:ty) => {
        if let Some(value) = &$value {
            structs!(@field $protocol, value, $field $id $ty);
        }
    };
    (@field $protocol:ident, $value:expr, $field:ident $id:literal $ty:ty) => {{
        let kind = <$ty as $crate::thrift::thrift_crate::Value>::TYPE;
        $protocol.write_field_begin(&::thrift::protocol::TFieldIdentifier::new(stringify!($field), kind, $id))?;
        $crate::thrift::thrift_crate::Value::write($value, $protocol)?;
        $protocol.write_field_end()?;
    }};
}

/// The types that the compiler writes for unions.
macro_rules! unions {
    ($(union $name:ident { $($id:literal: $arm:ident($ty:ty),)* })*) => {$(
        #[derive(Clone, Debug, PartialEq)]
        pub(crate) enum $name {
            $($arm($ty),)*
        }

        impl $crate::thrift::thrift_crate::Value for $name {
            const TYPE: ::thrift::protocol::TType = ::thrift::protocol::TType::Struct;

            fn read<P: ::thrift::protocol::TInputProtocol + ?Sized>(protocol: &mut P) -> ::thrift::Result<Self> {
                let mut found = None;
                protocol.read_struct_begin()?;
                loop {
                    let header = protocol.read_field_begin()?;
                    if header.field_type == ::thrift::protocol::TType::Stop {
                        break;
                    }
                    match ::thrift::protocol::field_id(&header)? {
                        $($id => {
                            let value = $crate::thrift::thrift_crate::Value::read(protocol)?;
                            found.get_or_insert(Self::$arm(value));
                        })*
                        _ => protocol.skip(header.field_type)?,
                    }
                    protocol.read_field_end()?;
                }
                protocol.read_struct_end()?;
                found.ok_or_else(|| {
                    let (kind, message) = (::thrift::ProtocolErrorKind::InvalidData, "a union without a known arm");
                    ::thrift::Error::Protocol(::thrift::ProtocolError::new(kind, message))
                })
            }

            fn write<P: ::thrift::protocol::TOutputProtocol + ?Sized>(&self, protocol: &mut P) -> ::thrift::Result<()> {
                protocol.write_struct_begin(&::thrift::protocol::TStructIdentifier::new(stringify!($name)))?;
                match self {
                    $(Self::$arm(value) => {
                        let kind = <$ty as $crate::thrift::thrift_crate::Value>::TYPE;
                        let header = ::thrift::protocol::TFieldIdentifier::new(stringify!($arm), kind, $id);
                        protocol.write_field_begin(&header)?;
                        $crate::thrift::thrift_crate::Value::write(value, protocol)?;
                        protocol.write_field_end()?;
                    })*
                }
                protocol.write_field_stop()?;
                protocol.write_struct_end()
            }
        }
    )*};
}

/// The types that the compiler writes for enums: numbers.
macro_rules! enums {
    ($(enum $name:ident;)*) => {$(
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) struct $name(pub(crate) i32);

        impl $crate::thrift::thrift_crate::Value for $name {
            const TYPE: ::thrift::protocol::TType = ::thrift::protocol::TType::I32;

            fn read<P: ::thrift::protocol::TInputProtocol + ?Sized>(protocol: &mut P) -> ::thrift::Result<Self> {
                Ok(Self(protocol.read_i32()?))
            }

            fn write<P: ::thrift::protocol::TOutputProtocol + ?Sized>(&self, protocol: &mut P) -> ::thrift::Result<()> {
                protocol.write_i32(self.0)
            }
        }
    )*};
}

use {enums, structs, unions};
