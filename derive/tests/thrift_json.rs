//! Derived types in Thrift's JSON protocol, against text as Apache Thrift's `TJSONProtocol` writes it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
};

use cognate::{
    Cognate, DecodeErrorKind, DecodeRecord, EncodeRecord, Format, Limits, UnknownField, UnknownFields,
    thrift::{Envelope, MessageKind, json},
};

#[track_caller]
fn travels<'de, T: EncodeRecord + DecodeRecord<'de> + PartialEq + Debug>(value: &T, text: &'de str) {
    assert_eq!(json::to_string(value).unwrap(), text);
    assert_eq!(&json::from_str::<T>(text).unwrap(), value);
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Color {
    #[cognate(number = 1)]
    Red,
    #[cognate(number = 7)]
    Blue,
    #[cognate(unknown)]
    Other(i32),
}

#[derive(Cognate, Debug, PartialEq)]
enum Shape<'a> {
    #[cognate(id = 1)]
    Circle(f64),
    #[cognate(id = 2)]
    Filled(bool),
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
    long: i64,
    #[cognate(id = 4)]
    text: String,
    #[cognate(id = 5)]
    blob: Vec<u8>,
    #[cognate(id = 6)]
    set: BTreeSet<Color>,
    #[cognate(id = 7)]
    map: BTreeMap<i32, Vec<bool>>,
    #[cognate(id = 8)]
    shapes: Vec<Shape<'a>>,
    #[cognate(id = 9, logical = "uuid")]
    id: [u8; 16],
    #[cognate(id = 10)]
    double: f64,
    #[cognate(id = 11)]
    maybe: Option<i16>,
    #[cognate(id = 12)]
    nothing: Option<String>,
    #[cognate(unknown)]
    rest: UnknownFields<'a>,
}

const TEXT: &str = concat!(
    r#"{"1":{"tf":1},"2":{"i8":-1},"3":{"i64":-9223372036854775808},"4":{"str":"a\"\u0001ß"},"5":{"str":"//8="},"#,
    r#""6":{"set":["i32",2,1,7]},"7":{"map":["i32","lst",1,{"-3":["tf",2,1,0]}]},"#,
    r#""8":{"lst":["rec",2,{"2":{"tf":0}},{"1":{"dbl":1.5}}]},"9":{"uid":"00000000-0000-0000-0000-0000000000ff"},"#,
    r#""10":{"dbl":"-Infinity"},"11":{"i16":5}}"#
);

fn everything() -> Everything<'static> {
    let mut id = [0; 16];
    id[15] = 0xff;
    Everything {
        flag: true,
        byte: -1,
        long: i64::MIN,
        text: "a\"\u{1}ß".to_owned(),
        blob: vec![0xff, 0xff],
        set: BTreeSet::from([Color::Red, Color::Blue]),
        map: BTreeMap::from([(-3, vec![true, false])]),
        shapes: vec![Shape::Filled(false), Shape::Circle(1.5)],
        id,
        double: f64::NEG_INFINITY,
        maybe: Some(5),
        nothing: None,
        rest: UnknownFields::new(),
    }
}

#[test]
fn every_kind_has_its_word() {
    travels(&everything(), TEXT);
}

#[test]
fn white_space_order_quotes_and_padding_do_not_matter() {
    let spaced =
        TEXT.replace(':', " : ").replace(',', "\n,\t").replace("//8=", "//8").replace("\"i16\" : 5", "\"i16\" : \"5\"");
    assert_eq!(json::from_str::<Everything<'_>>(&spaced).unwrap(), everything());
    let twice = TEXT.replacen('{', r#"{"11":{"i16":9},"#, 1);
    let two = json::from_str::<Everything<'_>>(&twice).unwrap();
    assert_eq!(two, everything(), "the last of a field that comes twice");
}

#[derive(Cognate, Debug, PartialEq)]
struct Small<'a> {
    #[cognate(id = 3)]
    long: i64,
    #[cognate(id = 8)]
    other: Vec<i32>,
    #[cognate(unknown)]
    rest: UnknownFields<'a>,
}

#[test]
fn what_the_type_does_not_know_is_kept() {
    let small: Small<'_> = json::from_str(TEXT).unwrap();
    assert_eq!((small.long, &*small.other), (i64::MIN, &[][..]));
    let kept: Vec<i32> = small.rest.of(Format::ThriftJson).iter().map(UnknownField::number).collect();
    assert_eq!(kept, [1, 2, 4, 5, 6, 7, 8, 9, 10, 11]);
    // The list of the same id comes twice then, and the later one counts.
    let again = json::to_string(&small).unwrap();
    assert_eq!(json::from_str::<Everything<'_>>(&again).unwrap(), everything());
    let holder: Holder<'_> = json::from_str(r#"{"1":{"rec":{"9":{"i32":5}}}}"#).unwrap();
    assert!(
        matches!(&holder.shape, Shape::Unknown(fields) if fields.of(Format::ThriftJson)[0].value() == br#"{"i32":5}"#)
    );
}

#[derive(Cognate, Debug, PartialEq)]
struct Holder<'a> {
    #[cognate(id = 1)]
    shape: Shape<'a>,
}

#[derive(Cognate, Debug, PartialEq)]
enum Known {
    #[cognate(id = 1)]
    Circle(f64),
}

#[derive(Cognate, Debug, PartialEq)]
struct Around<'a> {
    #[cognate(id = 1)]
    known: Option<Known>,
    #[cognate(id = 2)]
    number: i32,
    #[cognate(unknown)]
    rest: UnknownFields<'a>,
}

#[test]
fn fields_go_on_behind_a_union_without_an_arm() {
    for (arm, rest) in [("{}", 1), (r#"{"9":{"i32":5}}"#, 1), (r#"{"1":{"dbl":1.5}}"#, 0)] {
        let text = format!(r#"{{"1":{{"rec":{arm}}},"2":{{"i32":7}}}}"#);
        let around: Around<'_> = json::from_str(&text).unwrap();
        assert_eq!((around.number, around.rest.of(Format::ThriftJson).len()), (7, rest), "{text}");
        assert_eq!(json::from_str::<Around<'_>>(&json::to_string(&around).unwrap()).unwrap(), around, "{text}");
    }
}

#[test]
fn messages_have_an_envelope() {
    let envelope = Envelope { name: "ping", kind: MessageKind::Call, sequence: -7 };
    let value = Holder { shape: Shape::Filled(true) };
    let text = json::message_to_string(&envelope, &value).unwrap();
    assert_eq!(text, r#"[1,"ping",1,-7,{"1":{"rec":{"2":{"tf":1}}}}]"#);
    assert_eq!(json::message_from_str(&text, Limits::default()).unwrap(), (envelope, value));
}

#[test]
fn faults_have_a_place() {
    for (text, fault) in [
        ("", "{ is expected, not the end at byte 0"),
        (r#"{"1":{"tf":1}"#, ", is expected, not the end at byte 13"),
        (r#"{"1":{"tf":1,"#, "} is expected, not , at byte 12"),
        (r#"{"x":{"tf":1}}"#, "x is no field id at byte 1"),
        (r#"{"40000":{"tf":1}}"#, "40000 is no field id at byte 1"),
        (r#"{"2":{"i8":128}}"#, "byte: no number of the type: 128 at byte 11"),
        (r#"{"4":{"str":"\ud800"}}"#, "text: half of a character at byte 14"),
        (r#"{"5":{"str":"*"}}"#, "blob: the text is not base64: Invalid symbol 42, offset 0. at byte 12"),
        (
            r#"{"8":{"lst":["rec",2147483647]}}"#,
            "shapes: the input ends inside a value (2147483647 bytes needed, 3 left) at byte 19",
        ),
        (r#"{"8":{"lst":["rec",-1]}}"#, "shapes: the length -1 is negative at byte 19"),
        (r#"{"10":{"dbl":1e999}}"#, "double: a number past the range of its type at byte 13"),
    ] {
        assert_eq!(json::from_str::<Everything<'_>>(text).unwrap_err().to_string(), fault, "{text}");
    }
    let deep = format!("{{\"99\":{}", "[".repeat(10_000));
    assert!(json::from_str::<Everything<'_>>(&deep).unwrap_err().is_limit());
    let trailing = json::from_str::<Holder<'_>>(r#"{"1":{"rec":{"2":{"tf":1}}}} x"#).unwrap_err();
    assert_eq!(trailing.kind(), &DecodeErrorKind::TrailingBytes(1));
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
    for text in [r#"{"1":{"rec":{"1":{"i32":1},"2":{"i32":2}}}}"#, r#"{"1":{"rec":{"1":{"i32":1},"3":{"i32":2}}}}"#] {
        let error = json::from_str::<Holder>(text).unwrap_err();
        assert!(error.to_string().contains("the union Either has several values"), "{error}");
    }
}

#[derive(Cognate, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    #[cognate(id = 1)]
    x: i32,
    #[cognate(id = 2)]
    flags: BTreeMap<i32, bool>,
}

#[derive(Cognate, Debug, PartialEq)]
struct Keyed {
    #[cognate(id = 1)]
    lists: BTreeMap<Vec<i32>, String>,
    #[cognate(id = 2)]
    structs: BTreeMap<Key, i32>,
}

#[derive(Cognate, Debug, PartialEq)]
struct Kept<'a> {
    #[cognate(unknown)]
    rest: UnknownFields<'a>,
}

#[test]
fn structs_and_collections_are_keys_as_they_are() {
    let value = Keyed {
        lists: BTreeMap::from([(vec![], "none".to_owned()), (vec![1, -5], "ab".to_owned())]),
        structs: BTreeMap::from([(Key { x: 7, flags: BTreeMap::from([(3, true)]) }, 9)]),
    };
    let text = concat!(
        r#"{"1":{"map":["lst","str",2,{["i32",0]:"none",["i32",2,1,-5]:"ab"}]},"#,
        r#""2":{"map":["rec","i32",1,{{"1":{"i32":7},"2":{"map":["i32","tf",1,{"3":1}]}}:9}]}}"#,
    );
    travels(&value, text);
    let kept: Kept<'_> = json::from_str(text).unwrap();
    assert_eq!(json::to_string(&kept).unwrap(), text);
}
