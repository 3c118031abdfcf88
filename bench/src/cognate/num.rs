//! `num`.

use cognate_codec::{
    Decode, DecodeError, Encode, EncodeError, EnumDesc, Enumeration, Name, Shape, Sink, Source, SymbolDesc, TypeDesc,
    Typed,
};

use super::{Counterpart, expand::record};
use crate::data::num::{self, Num};

record!('de, "Reading", Reading {
    1 valid: bool,
    2 sensor: i32,
    3 offset: i32,
    4 taken_at: i64,
    5 temperature: f32,
    6 pressure: f64,
    7 replaces: Option<i64>,
    8 counts: Vec<i64>,
    9 state: State,
});

/// The enum within [`Reading`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "symbols")]
pub enum State {
    Idle,
    Active,
    Degraded,
    Failed,
}

impl Typed for State {
    const TYPE: TypeDesc = TypeDesc::new(Shape::Enum(Self::ENUM));
}

impl Enumeration for State {
    const ENUM: &'static EnumDesc = &EnumDesc {
        name: Name::new("State", "bench"),
        aliases: &[],
        doc: "",
        symbols: &[
            SymbolDesc { name: "Idle", number: 0, doc: "" },
            SymbolDesc { name: "Active", number: 1, doc: "" },
            SymbolDesc { name: "Degraded", number: 2, doc: "" },
            SymbolDesc { name: "Failed", number: 3, doc: "" },
        ],
        default: None,
    };

    #[inline]
    fn index(self) -> Option<usize> {
        Some(self as usize)
    }

    #[inline]
    fn from_index(index: usize) -> Option<Self> {
        match index {
            0 => Some(Self::Idle),
            1 => Some(Self::Active),
            2 => Some(Self::Degraded),
            3 => Some(Self::Failed),
            _ => None,
        }
    }

    #[inline]
    fn number(self) -> i32 {
        self as i32
    }

    #[inline]
    fn from_number(number: i32) -> Option<Self> {
        usize::try_from(number).ok().and_then(Self::from_index)
    }
}

impl Encode for State {
    #[inline(always)]
    fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
        sink.enumeration(ty, *self)
    }
}

impl<'de> Decode<'de> for State {
    #[inline(always)]
    fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
        Ok(source.enumeration(ty)?.unwrap_or(Self::Idle))
    }
}

impl Counterpart for Num {
    type Own = Reading;
    type View<'a> = Reading;

    fn own(record: &num::Reading) -> Reading {
        let num::Reading { valid, sensor, offset, taken_at, temperature, pressure, replaces, counts, state } =
            record.clone();
        let state = match state {
            num::State::Idle => State::Idle,
            num::State::Active => State::Active,
            num::State::Degraded => State::Degraded,
            num::State::Failed => State::Failed,
        };
        Reading { valid, sensor, offset, taken_at, temperature, pressure, replaces, counts, state }
    }

    fn view(record: &num::Reading) -> Reading {
        Self::own(record)
    }
}
