//! Derived types as Protobuf binary, against bytes written by hand from the encoding guide.

use std::{borrow::Cow, collections::BTreeMap, fmt::Debug};

use cognate::{
    Cognate, Decode, DecodeErrorKind, DecodeRecord, Encode, EncodeRecord, Enumeration, Presence, Record, UnknownFields,
    avro, protobuf,
};

/// Encodes to exactly these bytes, and decodes them to the same value.
#[track_caller]
fn travels<'de, T: EncodeRecord + DecodeRecord<'de> + PartialEq + Debug>(value: &T, bytes: &'de [u8]) {
    assert_eq!(protobuf::to_vec(value).unwrap(), bytes);
    assert_eq!(&protobuf::from_slice::<T>(bytes).unwrap(), value);
}

#[derive(Cognate, Clone, Debug, PartialEq, Default)]
struct Numbers {
    #[cognate(number = 1)]
    int: i32,
    #[cognate(number = 2, integers = "zigzag")]
    zigzag: i64,
    #[cognate(number = 3, integers = "fixed")]
    fixed: u32,
    #[cognate(number = 16)]
    double: f64,
    #[cognate(number = 5)]
    flag: bool,
    #[cognate(id = 6)]
    text: String,
    #[cognate(number = 536_870_911)]
    data: Vec<u8>,
}

#[test]
fn each_field_has_its_tag_and_encoding() {
    let value = Numbers { int: -1, zigzag: -2, fixed: 1, double: 1.0, flag: true, text: "a".to_owned(), data: vec![7] };
    let mut bytes = vec![0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    bytes.extend([0x10, 0x03]);
    bytes.extend([0x1d, 1, 0, 0, 0]);
    bytes.extend([0x81, 0x01, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
    bytes.extend([0x28, 0x01, 0x32, 0x01, b'a']);
    bytes.extend([0xfa, 0xff, 0xff, 0xff, 0x0f, 0x01, 7]);
    travels(&value, &bytes);
    travels(&Numbers::default(), &[]);
}

#[test]
fn fields_come_in_any_order_and_the_last_one_counts() {
    let value: Numbers = protobuf::from_slice(b"\x32\x01a\x28\x01\x08\x05\x32\x01b\x08\x07").unwrap();
    assert_eq!(value, Numbers { int: 7, flag: true, text: "b".to_owned(), ..Numbers::default() });
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Point<'a> {
    #[cognate(number = 1)]
    x: Option<i32>,
    #[cognate(number = 2)]
    labels: Vec<Cow<'a, str>>,
    #[cognate(number = 3)]
    next: Option<Box<Point<'a>>>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Outer<'a> {
    #[cognate(number = 1)]
    point: Point<'a>,
    #[cognate(number = 2)]
    counts: BTreeMap<&'a str, i32>,
    #[cognate(number = 3)]
    run: Vec<i32>,
    #[cognate(number = 4, packed = false)]
    loose: Vec<i32>,
    #[cognate(number = 5)]
    suits: Vec<Suit>,
    #[cognate(number = 6)]
    id: Id,
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq)]
enum Suit {
    Spades = 1,
    Hearts = 4,
    Negative = -1,
    Next,
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq, Default)]
struct Id(u64);

const POINT: Point<'_> = Point { x: None, labels: vec![], next: None };

#[test]
fn messages_lists_and_maps_are_delimited() {
    let value = Outer {
        point: Point { x: Some(0), labels: vec!["a".into(), "".into()], next: Some(Box::new(POINT)) },
        counts: [("k", 1)].into(),
        run: vec![1, 300],
        loose: vec![1, 0],
        suits: vec![Suit::Hearts, Suit::Negative],
        id: Id(9),
    };
    let mut bytes = b"\x0a\x09\x08\x00\x12\x01a\x12\x00\x1a\x00".to_vec();
    bytes.extend(b"\x12\x05\x0a\x01k\x10\x01");
    bytes.extend(b"\x1a\x03\x01\xac\x02\x20\x01\x20\x00");
    bytes.extend(b"\x2a\x0b\x04\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x30\x09");
    travels(&value, &bytes);
}

#[test]
fn repeated_parts_of_a_message_merge() {
    // The sub-message twice: scalars are replaced, lists go on, messages within merge again.
    let bytes = b"\x0a\x09\x08\x01\x12\x01a\x1a\x02\x08\x02\x0a\x0a\x12\x01b\x1a\x05\x12\x03in!";
    let value: Outer<'_> = protobuf::from_slice(bytes).unwrap();
    let inner = Point { x: Some(2), labels: vec!["in!".into()], next: None };
    let point = Point { x: Some(1), labels: vec!["a".into(), "b".into()], next: Some(Box::new(inner)) };
    assert_eq!(value.point, point);
    // Lists that are not in one run, packed and not packed in turn.
    let value: Outer<'_> = protobuf::from_slice(b"\x18\x01\x0a\x00\x1a\x02\x02\x03\x22\x01\x04\x20\x05").unwrap();
    assert_eq!((value.run, value.loose), (vec![1, 2, 3], vec![4, 5]));
    // A map's key twice.
    let bytes = b"\x0a\x00\x12\x05\x0a\x01k\x10\x01\x12\x05\x10\x02\x0a\x01k\x12\x02\x10\x03";
    let value: Outer<'_> = protobuf::from_slice(bytes).unwrap();
    assert_eq!(value.counts, [("k", 2), ("", 3)].into());
}

#[test]
fn a_message_that_is_no_option_has_to_be_there() {
    let error = protobuf::from_slice::<Outer<'_>>(&[]).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::MissingField("point"));
}

#[test]
fn symbols_go_by_number() {
    let numbers: Vec<i32> = Suit::ENUM.symbols.iter().map(|symbol| symbol.number).collect();
    assert_eq!(numbers, [1, 4, -1, 0]);
    assert_eq!(Suit::from_number(4), Some(Suit::Hearts));
    assert_eq!(Suit::from_number(2), None);
    assert_eq!(Suit::Next.number(), 0);
    assert_eq!(Suit::Negative.index(), Some(2));
    assert_eq!(Suit::from_index(0), Some(Suit::Spades));
    assert_eq!(Suit::from_index(4), None);
    // Two numbers for two symbols of the same enum, one the other's alias.
    assert_eq!((Alias::New.number(), Alias::from_number(1)), (1, Some(Alias::Old)));
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq)]
enum Alias {
    Zero,
    Old,
    #[cognate(number = 1)]
    New,
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq)]
enum Open {
    Zero,
    #[cognate(number = 7)]
    Seven,
    #[cognate(unknown)]
    Unknown(i32),
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Enums {
    #[cognate(number = 1)]
    open: Open,
    #[cognate(number = 2)]
    closed: Suit,
    #[cognate(number = 3)]
    maybe: Option<Suit>,
}

#[test]
fn an_open_enum_keeps_what_a_closed_one_leaves_out() {
    travels(&Enums { open: Open::Unknown(3), closed: Suit::Hearts, maybe: None }, &[0x08, 3, 0x10, 4]);
    travels(&Enums { open: Open::Zero, closed: Suit::Next, maybe: Some(Suit::Next) }, &[0x18, 0]);
    travels(&Enums { open: Open::Seven, closed: Suit::Next, maybe: None }, &[0x08, 7]);
    // Unknown numbers leave a closed enum's field as it was.
    let value: Enums = protobuf::from_slice(&[0x10, 4, 0x10, 2, 0x18, 99]).unwrap();
    assert_eq!(value, Enums { open: Open::Zero, closed: Suit::Hearts, maybe: None });
    let error = protobuf::from_slice::<Outer<'_>>(b"\x0a\x00\x28\x63").unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::UnknownNumber { name: "Suit", .. }), "{error}");
}

#[derive(Cognate, Clone, Debug, PartialEq)]
enum Choice<'a> {
    Unset,
    #[cognate(number = 4)]
    Text(&'a str),
    #[cognate(number = 2, integers = "zigzag")]
    Number(i32),
    #[cognate(number = 9)]
    Point(Point<'a>),
}

#[derive(Cognate, Clone, Debug, PartialEq)]
enum Must {
    #[cognate(number = 5)]
    A(i32),
    #[cognate(number = 6)]
    B(bool),
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Oneofs<'a> {
    choice: Choice<'a>,
    #[cognate(number = 1)]
    between: i32,
    maybe: Option<Must>,
}

#[test]
fn an_arm_has_a_tag_among_those_of_the_record() {
    travels(&Oneofs { choice: Choice::Text(""), between: 1, maybe: None }, b"\x22\x00\x08\x01");
    let value = Oneofs { choice: Choice::Number(0), between: 0, maybe: Some(Must::B(false)) };
    travels(&value, b"\x10\x00\x30\x00");
    travels(&Oneofs { choice: Choice::Unset, between: 0, maybe: None }, b"");
    travels(&Oneofs { choice: Choice::Point(POINT), between: 0, maybe: None }, b"\x4a\x00");
    // Out of order, and the last arm counts.
    let value: Oneofs<'_> = protobuf::from_slice(b"\x30\x01\x10\x02\x08\x01\x22\x01a\x28\x03").unwrap();
    assert_eq!(value, Oneofs { choice: Choice::Text("a"), between: 1, maybe: Some(Must::A(3)) });
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Keeper<'a> {
    #[cognate(number = 2)]
    known: i32,
    #[cognate(unknown)]
    rest: UnknownFields<'a>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct OwnedKeeper {
    #[cognate(number = 2)]
    known: i32,
    #[cognate(unknown)]
    rest: UnknownFields<'static>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct KeeperOnly(UnknownHolder);

#[derive(Cognate, Clone, Debug, PartialEq)]
struct UnknownHolder {
    #[cognate(unknown)]
    rest: UnknownFields<'static>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Around {
    #[cognate(number = 1)]
    inner: OwnedKeeper,
}

#[test]
fn unknown_fields_survive() {
    let bytes = b"\x08\x05\x10\x01\x1a\x03abc\x25\x01\x02\x03\x04";
    let kept = b"\x10\x01\x08\x05\x1a\x03abc\x25\x01\x02\x03\x04";
    let value: Keeper<'_> = protobuf::from_slice(bytes).unwrap();
    assert_eq!(value.known, 1);
    assert_eq!(protobuf::to_vec(&value).unwrap(), kept);
    let value: OwnedKeeper = protobuf::from_slice(&bytes.clone()).unwrap();
    assert_eq!(protobuf::to_vec(&value).unwrap(), kept);
    let value: UnknownHolder = protobuf::from_slice(bytes).unwrap();
    assert_eq!(protobuf::to_vec(&value).unwrap(), bytes);
    // Another format leaves them out.
    assert_eq!(avro::to_vec(&KeeperOnly(value)).unwrap(), b"");
    // Those of the parts of a message are kept together.
    let value: Around = protobuf::from_slice(b"\x0a\x02\x08\x05\x0a\x04\x10\x01\x08\x06").unwrap();
    assert_eq!(protobuf::to_vec(&value).unwrap(), b"\x0a\x06\x10\x01\x08\x05\x08\x06");
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Defaults {
    #[cognate(number = 1, default = -5)]
    int: i32,
    #[cognate(number = 2, default = "\"a\\u00e9\"")]
    text: String,
    #[cognate(number = 3, default = "[1, 2]")]
    list: Vec<i32>,
    #[cognate(number = 4, default = "\"\\u00ff\\u0001\"")]
    data: Vec<u8>,
    #[cognate(number = 5, default = "{\"a\": 1.5}")]
    map: BTreeMap<String, f64>,
    #[cognate(number = 6, absent = Id(42))]
    id: Id,
    #[cognate(number = 7, default = true)]
    maybe: Option<bool>,
    #[cognate(number = 8, default)]
    zero: i64,
    #[cognate(number = 9, default = 3, presence = "implicit")]
    implicit: i32,
    #[cognate(number = 10, default = "\"ab\"", optional)]
    fixed: [u8; 2],
    #[cognate(number = 11, default = 0, optional)]
    visible: i32,
}

#[test]
fn a_default_stands_in_for_an_absent_field() {
    use Presence::{Explicit, Implicit};
    let value = Defaults {
        int: -5,
        text: "aé".to_owned(),
        list: vec![],
        data: vec![0xff, 1],
        map: BTreeMap::new(),
        id: Id(42),
        maybe: None,
        zero: 0,
        implicit: 0,
        fixed: *b"ab",
        visible: 0,
    };
    let decoded: Defaults = protobuf::from_slice(&[]).unwrap();
    assert_eq!(decoded, value);
    let presence: Vec<Presence> = Defaults::DESC.fields.iter().map(|field| field.ty.wire.presence).collect();
    let expected =
        [Explicit, Explicit, Implicit, Explicit, Implicit, Explicit, Explicit, Implicit, Implicit, Explicit, Explicit];
    assert_eq!(presence, expected);
    let defaults: Vec<Option<&str>> = Defaults::DESC.fields.iter().map(|field| field.default).collect();
    assert_eq!(defaults[..3], [Some("-5"), Some("\"a\\u00e9\""), Some("[1, 2]")]);
    assert_eq!(defaults[4..8], [Some("{\"a\": 1.5}"), None, Some("true"), Some("0")]);
    // Zero is written where absence means something else.
    let zeros = Defaults { int: 0, id: Id(0), fixed: [0; 2], maybe: None, ..decoded };
    let bytes = protobuf::to_vec(&zeros).unwrap();
    assert!(bytes.starts_with(&[0x08, 0x00]));
    let back: Defaults = protobuf::from_slice(&bytes).unwrap();
    assert_eq!((back.int, back.id, back.fixed), (0, Id(0), [0; 2]));
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Required {
    #[cognate(number = 1, required)]
    int: i32,
    #[cognate(number = 2, presence = "explicit")]
    plain: i32,
}

#[test]
fn presence_decides_what_is_written_and_what_is_missed() {
    travels(&Required { int: 0, plain: 0 }, &[0x08, 0, 0x10, 0]);
    let error = protobuf::from_slice::<Required>(&[0x10, 0]).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::MissingField("int"));
    let error = protobuf::from_slice::<Required>(&[0x08, 0]).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::MissingField("plain"));
}

#[test]
fn a_field_without_a_number_cannot_be_written() {
    #[derive(Cognate, Debug, PartialEq)]
    struct Unnumbered {
        #[cognate(number = 1)]
        with: i32,
        without: i32,
    }
    let error = protobuf::to_vec(&Unnumbered { with: 1, without: 2 }).unwrap_err();
    assert_eq!(error.to_string(), "without: Protobuf has no field without a number");
}

#[test]
fn recursion_ends_at_the_limit() {
    let mut bytes: Vec<u8> = Vec::new();
    for _ in 0..150 {
        let mut outer = vec![0x1a];
        let mut length = bytes.len();
        while length >= 0x80 {
            outer.push(u8::try_from(length & 0x7f).unwrap() | 0x80);
            length >>= 7;
        }
        outer.push(u8::try_from(length).unwrap());
        outer.append(&mut bytes);
        bytes = outer;
    }
    let error = protobuf::from_slice::<Point<'_>>(&bytes).unwrap_err();
    assert!(error.is_limit(), "{error}");
}

/// Every type serves both an ordered and a tagged wire.
#[test]
fn the_same_types_travel_as_avro() {
    fn both<T: EncodeRecord + Encode + for<'de> Decode<'de> + PartialEq + Debug>(value: &T) {
        assert_eq!(&avro::from_slice::<T>(&avro::to_vec(value).unwrap()).unwrap(), value);
    }
    both(&Numbers { int: 1, ..Numbers::default() });
    both(&Enums { open: Open::Seven, closed: Suit::Hearts, maybe: Some(Suit::Next) });
    both(&protobuf::from_slice::<Defaults>(&[]).unwrap());
    let bytes = avro::to_vec(&Oneofs { choice: Choice::Unset, between: 1, maybe: Some(Must::B(true)) }).unwrap();
    assert_eq!(bytes, [0, 2, 4, 1]);
}
