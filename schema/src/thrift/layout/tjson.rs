//! Values in Thrift's JSON protocol, see `cognate_codec::thrift::json`.

mod read;
mod write;

use cognate_codec::thrift::{Binary, Kind};

use super::decode::kind;
use crate::thrift::Type;

/// The word for a kind.
fn word(kind: Kind) -> &'static str {
    WORDS.iter().find(|(_, of)| *of == kind).map_or("", |(word, _)| word)
}

const WORDS: [(&str, Kind); 13] = [
    ("tf", Kind::Bool),
    ("i8", Kind::I8),
    ("i16", Kind::I16),
    ("i32", Kind::I32),
    ("i64", Kind::I64),
    ("dbl", Kind::Double),
    ("flt", Kind::Float),
    ("str", Kind::String),
    ("rec", Kind::Struct),
    ("map", Kind::Map),
    ("set", Kind::Set),
    ("lst", Kind::List),
    ("uid", Kind::Uuid),
];

/// The kind of a type; single precision is written as double.
fn kind_of(ty: Type) -> Kind {
    kind::<Binary>(ty)
}
