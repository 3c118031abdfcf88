//! Derived types in Thrift's protocols, against bytes written by hand from the protocols' specifications.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
};

use cognate::{
    Cognate, DecodeErrorKind, DecodeRecord, EncodeRecord, Limits, UnknownField, UnknownFields,
    thrift::{Binary, Compact, FbBinary, FbCompact, Protocol},
};

/// Encodes to exactly these bytes, and decodes them to the same value.
#[track_caller]
fn travels<'de, P: Protocol, T: EncodeRecord + DecodeRecord<'de> + PartialEq + Debug>(value: &T, bytes: &'de [u8]) {
    assert_eq!(P::to_vec(value).unwrap(), bytes, "{value:?}");
    assert_eq!(&P::from_slice::<T>(bytes).unwrap(), value);
}

#[derive(Cognate, Debug, PartialEq)]
struct Golden {
    #[cognate(id = 1)]
    double: f64,
    #[cognate(id = 16)]
    flag: bool,
    #[cognate(id = 32)]
    flags: Vec<bool>,
    #[cognate(id = 33)]
    empty: BTreeMap<String, i32>,
    #[cognate(id = -5)]
    negative: i32,
    #[cognate(id = 34, logical = "uuid")]
    uuid: [u8; 16],
}

#[test]
fn compact_golden_vector() {
    let mut uuid = [0; 16];
    uuid[15] = 1;
    let value =
        Golden { double: 1.5, flag: false, flags: vec![true, false], empty: BTreeMap::new(), negative: -1, uuid };
    let mut bytes = b"\x17\0\0\0\0\0\0\xf8\x3f\xf2\x09\x40\x21\x01\x02\x1b\0\x05\x09\x01\x0d\x44".to_vec();
    bytes.extend(uuid);
    bytes.push(0);
    travels::<Compact, _>(&value, &bytes);
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq)]
enum Color {
    #[cognate(number = 1)]
    Red,
    #[cognate(number = 7)]
    Blue,
    #[cognate(unknown)]
    Other(i32),
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq)]
enum Closed {
    One = 1,
    Two = 2,
}

#[derive(Cognate, Debug, PartialEq)]
enum Shape<'a> {
    #[cognate(id = 1)]
    Circle(f64),
    #[cognate(id = 2)]
    Filled(bool),
    #[cognate(id = 3)]
    Label(&'a str),
    #[cognate(id = 4)]
    Color(Color),
    #[cognate(unknown)]
    Unknown(UnknownFields<'a>),
}

#[derive(Cognate, Debug, PartialEq)]
struct Everything<'a> {
    #[cognate(id = 1)]
    flag: bool,
    #[cognate(id = 2)]
    byte: i8,
    #[cognate(id = 3)]
    short: i16,
    #[cognate(id = 4)]
    int: i32,
    #[cognate(id = 5)]
    long: i64,
    #[cognate(id = 6)]
    text: &'a str,
    #[cognate(id = 7)]
    blob: &'a [u8],
    #[cognate(id = 8)]
    color: Color,
    #[cognate(id = 9)]
    set: BTreeSet<i16>,
    #[cognate(id = 10)]
    map: BTreeMap<&'a str, Vec<i32>>,
    #[cognate(id = 11)]
    shape: Shape<'a>,
    #[cognate(id = 12)]
    maybe: Option<bool>,
    #[cognate(id = 13)]
    nothing: Option<i32>,
    #[cognate(unknown)]
    rest: UnknownFields<'a>,
}

fn everything() -> Everything<'static> {
    Everything {
        flag: true,
        byte: -1,
        short: -2,
        int: 300,
        long: -1,
        text: "hi",
        blob: &[0xff],
        color: Color::Blue,
        set: BTreeSet::from([3]),
        map: BTreeMap::from([("k", vec![1; 15])]),
        shape: Shape::Filled(false),
        maybe: Some(true),
        nothing: None,
        rest: UnknownFields::new(),
    }
}

#[test]
fn every_kind_in_compact() {
    let mut bytes = b"\x11\x13\xff\x14\x03\x15\xd8\x04\x16\x01\x18\x02hi\x18\x01\xff\x15\x0e\x1a\x14\x06".to_vec();
    bytes.extend(b"\x1b\x01\x89\x01k\xf5\x0f");
    bytes.extend([2; 15]);
    bytes.extend(b"\x1c\x22\0\x11\0");
    travels::<Compact, _>(&everything(), &bytes);
}

#[test]
fn every_kind_in_binary() {
    let mut bytes = b"\x02\0\x01\x01\x03\0\x02\xff\x06\0\x03\xff\xfe\x08\0\x04\0\0\x01\x2c\x0a\0\x05".to_vec();
    bytes.extend([0xff; 8]);
    bytes.extend(b"\x0b\0\x06\0\0\0\x02hi\x0b\0\x07\0\0\0\x01\xff\x08\0\x08\0\0\0\x07\x0e\0\x09\x06\0\0\0\x01\0\x03");
    bytes.extend(b"\x0d\0\x0a\x0b\x0f\0\0\0\x01\0\0\0\x01k\x08\0\0\0\x0f");
    bytes.extend([0, 0, 0, 1].repeat(15));
    bytes.extend(b"\x0c\0\x0b\x02\0\x02\0\0\x02\0\x0c\x01\0");
    travels::<Binary, _>(&everything(), &bytes);
}

#[derive(Cognate, Debug, PartialEq)]
struct Keeper<'a> {
    #[cognate(id = 100)]
    mine: i32,
    #[cognate(unknown)]
    rest: UnknownFields<'a>,
}

#[test]
fn unknown_fields_survive() {
    fn survives<P: Protocol>() {
        let bytes = P::to_vec(&everything()).unwrap();
        let kept: Keeper<'_> = P::from_slice(&bytes).unwrap();
        assert_eq!(kept.rest.of(P::FORMAT).len(), 12);
        let again = P::to_vec(&kept).unwrap();
        assert_eq!(P::from_slice::<Everything<'_>>(&again).unwrap(), {
            let rest = P::from_slice::<Everything<'_>>(&again).unwrap().rest;
            assert_eq!(rest.of(P::FORMAT).len(), 1, "field 100");
            Everything { rest, ..everything() }
        });
    }
    survives::<Binary>();
    survives::<Compact>();
}

#[derive(Cognate, Debug, PartialEq)]
struct Picky<'a> {
    #[cognate(id = 1, optional)]
    closed: Option<Closed>,
    #[cognate(id = 2)]
    many: Vec<Closed>,
    #[cognate(id = 3)]
    union: Option<Narrow>,
    #[cognate(id = 4)]
    lists: Vec<Vec<i32>>,
    #[cognate(id = 5)]
    map: BTreeMap<i32, bool>,
    #[cognate(id = 6)]
    last: i32,
    #[cognate(unknown)]
    rest: UnknownFields<'a>,
}

#[derive(Cognate, Debug, PartialEq)]
enum Narrow {
    #[cognate(id = 1)]
    Number(i32),
}

/// What a newer writer has in the same places.
#[derive(Cognate, Debug, PartialEq)]
struct Wide<'a> {
    #[cognate(id = 1)]
    open: Color,
    #[cognate(id = 2)]
    many: Vec<Color>,
    #[cognate(id = 3)]
    union: Shape<'a>,
    #[cognate(id = 4)]
    lists: Vec<Vec<i64>>,
    #[cognate(id = 5)]
    map: BTreeMap<i32, i32>,
    #[cognate(id = 6)]
    last: i32,
}

#[test]
fn what_a_type_has_no_place_for_is_kept() {
    fn kept<P: Protocol>() {
        let wide = Wide {
            open: Color::Blue,
            many: vec![Color::Red, Color::Blue],
            union: Shape::Label("x"),
            lists: vec![vec![], vec![5]],
            map: BTreeMap::from([(1, 1)]),
            last: 9,
        };
        let bytes = P::to_vec(&wide).unwrap();
        let picky: Picky<'_> = P::from_slice(&bytes).unwrap();
        let expected = Picky {
            closed: None,
            many: vec![],
            union: None,
            lists: vec![],
            map: BTreeMap::new(),
            last: 9,
            rest: picky.rest.clone(),
        };
        assert_eq!(picky, expected);
        assert_eq!(picky.rest.of(P::FORMAT).iter().map(UnknownField::number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        // Written behind the known fields, they are what they were.
        let again = P::to_vec(&picky).unwrap();
        assert_eq!(P::from_slice::<Wide<'_>>(&again).unwrap(), wide);
    }
    kept::<Binary>();
    kept::<Compact>();
}

#[test]
fn a_union_keeps_an_arm_that_it_does_not_know() {
    #[derive(Cognate, Debug, PartialEq)]
    struct Holder<'a> {
        #[cognate(id = 1)]
        shapes: Vec<Shape<'a>>,
    }
    // A list of a union of arm 9, an i32, and of an empty union.
    let bytes = b"\x19\x2c\x95\x02\0\0\0";
    let holder: Holder<'_> = Compact::from_slice(bytes).unwrap();
    assert!(matches!(&holder.shapes[..], [Shape::Unknown(_), Shape::Unknown(empty)] if empty.is_empty()), "{holder:?}");
    assert_eq!(Compact::to_vec(&holder).unwrap(), bytes);
}

#[test]
fn a_union_with_several_values_is_an_error() {
    #[derive(Cognate, Debug, PartialEq)]
    enum Either {
        #[cognate(id = 1)]
        Left(i32),
        #[cognate(id = 2)]
        Right(i32),
    }
    #[derive(Cognate, Debug, PartialEq)]
    struct Holder {
        #[cognate(id = 1)]
        either: Either,
    }
    // Left and right; left and one that the union does not know.
    for bytes in [b"\x1c\x15\x02\x15\x04\0\0", b"\x1c\x15\x02\x25\x04\0\0"] {
        let error = Compact::from_slice::<Holder>(bytes).unwrap_err();
        assert!(error.to_string().contains("the union Either has several values"), "{error}");
    }
    let twice = Compact::from_slice::<Holder>(b"\x1c\x15\x02\x05\x02\x04\0\0").unwrap();
    assert_eq!(twice, Holder { either: Either::Left(2) }, "the last of a field that comes twice");
}

#[test]
fn fbthrift_differs_in_floats_and_doubles() {
    #[derive(Cognate, Debug, PartialEq)]
    struct Floats {
        #[cognate(id = 1)]
        single: f32,
        #[cognate(id = 2)]
        double: f64,
    }
    let value = Floats { single: 1.5, double: 1.5 };
    travels::<Compact, _>(&value, b"\x17\0\0\0\0\0\0\xf8\x3f\x17\0\0\0\0\0\0\xf8\x3f\0");
    travels::<FbCompact, _>(&value, b"\x1d\x3f\xc0\0\0\x17\x3f\xf8\0\0\0\0\0\0\0");
    travels::<Binary, _>(&value, b"\x04\0\x01\x3f\xf8\0\0\0\0\0\0\x04\0\x02\x3f\xf8\0\0\0\0\0\0\0");
    travels::<FbBinary, _>(&value, b"\x13\0\x01\x3f\xc0\0\0\x04\0\x02\x3f\xf8\0\0\0\0\0\0\0");
}

#[test]
fn fbthrift_has_no_uuids() {
    #[derive(Cognate, Debug, PartialEq)]
    struct Id {
        #[cognate(id = 1, logical = "uuid")]
        id: Option<[u8; 16]>,
    }
    let id = Id { id: Some([1; 16]) };
    assert_eq!(FbCompact::to_vec(&id).unwrap_err().to_string(), "id: Compact of fbthrift has no UUIDs");
    assert_eq!(FbBinary::to_vec(&id).unwrap_err().to_string(), "id: Binary of fbthrift has no UUIDs");
    // The code of UUIDs is that of floats there.
    assert_eq!(FbCompact::from_slice::<Id>(b"\x1d\x3f\xc0\0\0\0").unwrap(), Id { id: None });
}

#[derive(Cognate, Debug, PartialEq)]
struct Hostile {
    #[cognate(id = 1)]
    list: Vec<i64>,
    #[cognate(id = 2)]
    next: Option<Box<Hostile>>,
}

#[test]
fn claims_past_the_input_end_at_once() {
    let claims: [&[u8]; 4] = [
        b"\x19\xf6\xff\xff\xff\xff\x07",                 // a list of 2^31 - 1 items
        b"\x19\xf6\x80\x80\x80\x80\x08",                 // of 2^31
        b"\x39\xf6\xff\xff\xff\xff\x07",                 // in a field that is skipped
        b"\x3b\x80\x80\x80\x80\x80\x80\x80\x80\x10\x66", // a map of 2^60
    ];
    for claim in claims {
        assert!(Compact::from_slice::<Hostile>(claim).unwrap_err().is_truncated(), "{claim:02x?}");
    }
    let error = Binary::from_slice::<Hostile>(b"\x0f\0\x01\x0a\xff\xff\xff\xff").unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::NegativeLength(-1));
    assert_eq!(error.to_string(), "list: the length -1 is negative at byte 4");
}

#[test]
fn depth_is_limited() {
    let known = [0x2c].repeat(10_000);
    let error = Compact::from_slice::<Hostile>(&known).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::DepthLimit(Limits::THRIFT.depth()));
    for unknown in [0x1c, 0x39] {
        let bytes = [&[0x3c][..], &[unknown].repeat(10_000)].concat();
        assert!(Compact::from_slice::<Hostile>(&bytes).unwrap_err().is_limit());
    }
}

#[test]
fn ids_stay_within_sixteen_bits() {
    // 32767, then one more by a difference.
    let error = Compact::from_slice::<Hostile>(b"\x05\xfe\xff\x03\x02\x15\x02\0").unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::InvalidFieldId(32_768));
    let error = Compact::from_slice::<Hostile>(b"\x05\x80\x80\x04\x02\0").unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::InvalidFieldId(32_768));
}

#[test]
fn booleans_in_collections_have_two_spellings() {
    #[derive(Cognate, Debug, PartialEq)]
    struct Flags {
        #[cognate(id = 1)]
        flags: Vec<bool>,
    }
    for bytes in [b"\x19\x31\x01\x02\x02\0", b"\x19\x32\x01\x00\x02\0"] {
        assert_eq!(Compact::from_slice::<Flags>(bytes).unwrap(), Flags { flags: vec![true, false, false] });
    }
    assert_eq!(Binary::from_slice::<Flags>(b"\x0f\0\x01\x02\0\0\0\x02\x05\0\0").unwrap().flags, [true, false]);
}
