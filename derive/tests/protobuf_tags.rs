//! Tags, and what follows them: which are none, which fields are skipped and by how much, which forms a field has. Bytes by
//! hand from the Protobuf encoding guide.

use std::{collections::BTreeMap, fmt::Debug};

use cognate::{Cognate, DecodeError, DecodeErrorKind, UnknownFields, protobuf};

#[derive(Cognate, Clone, Debug, PartialEq, Default)]
struct Message {
    #[cognate(number = 1)]
    int: i32,
    #[cognate(number = 2)]
    text: String,
    #[cognate(number = 3, integers = "fixed")]
    fixed: u32,
    #[cognate(number = 4)]
    double: f64,
    #[cognate(number = 5)]
    words: Vec<String>,
    #[cognate(number = 6)]
    counts: BTreeMap<String, i32>,
    #[cognate(number = 7)]
    maybe: Option<Box<Message>>,
    #[cognate(number = 8)]
    last: bool,
}

#[track_caller]
fn decoded(bytes: &[u8]) -> Message {
    protobuf::from_slice(bytes).unwrap()
}

#[track_caller]
fn fault(bytes: &[u8]) -> DecodeError {
    protobuf::from_slice::<Message>(bytes).unwrap_err()
}

#[test]
fn numbers_go_from_one_to_the_largest() {
    for wire_type in 0..=5 {
        let error = fault(&[0x08, 1, wire_type, 0]);
        assert_eq!((error.kind(), error.offset()), (&DecodeErrorKind::InvalidTag(u64::from(wire_type)), 2));
    }
    // 2^29 − 1 is a field that nobody knows here, 2^29 none, and 2^61 of which the low bits are field 1 neither.
    assert_eq!(decoded(&[0xf8, 0xff, 0xff, 0xff, 0x0f, 5]), Message::default());
    assert_eq!(fault(&[0x80, 0x80, 0x80, 0x80, 0x10, 5]).kind(), &DecodeErrorKind::InvalidTag(1 << 32));
    let wide = [0x88, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 5];
    assert_eq!(fault(&wide).kind(), &DecodeErrorKind::InvalidTag(1 << 63 | 8));
    // A tag may be padded.
    assert_eq!(decoded(&[0x88, 0x00, 5]).int, 5);
}

#[test]
fn there_are_no_wire_types_six_and_seven() {
    for wire_type in [6, 7] {
        // Of a field that is known and of one that is not.
        for number in [1u8, 9] {
            let tag = number << 3 | wire_type;
            let error = fault(&[0x40, 1, tag, 0, 0]);
            assert_eq!((error.kind(), error.offset()), (&DecodeErrorKind::InvalidTag(tag.into()), 2));
        }
    }
}

#[test]
fn a_group_ends_where_it_started() {
    assert_eq!(decoded(&[0x4b, 0x08, 3, 0x4c, 0x40, 1]), Message { last: true, ..Message::default() });
    // Another number, no end, an end without a start, and two that cross.
    assert_eq!(fault(&[0x4b, 0x54]).kind(), &DecodeErrorKind::UnbalancedGroup);
    assert!(fault(&[0x4b, 0x08, 3]).is_truncated());
    assert_eq!(fault(&[0x4c]).kind(), &DecodeErrorKind::UnbalancedGroup);
    assert_eq!(fault(&[0x4b, 0x53, 0x4c, 0x54]).kind(), &DecodeErrorKind::UnbalancedGroup);
    // A group cannot reach past the message that it starts in.
    assert!(fault(&[0x3a, 0x01, 0x4b, 0x4c]).is_truncated());
}

#[test]
fn groups_by_the_ten_thousand_are_an_error() {
    for number in [9, 1] {
        let start = number << 3 | 3;
        let error = fault(&vec![start; 10_000]);
        assert_eq!(error.kind(), &DecodeErrorKind::DepthLimit(100));
        let balanced = [vec![start; 10_000], vec![start + 1; 10_000]].concat();
        assert!(fault(&balanced).is_limit());
    }
}

/// A field of number 9 in each wire type, as long as it has to be. Their bytes would be fields of `Message`, were one taken
/// for a tag.
const UNKNOWN: [&[u8]; 9] = [
    &[0x48, 0x08],
    &[0x48, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x01],
    &[0x49, 8, 8, 8, 8, 8, 8, 8, 8],
    &[0x4a, 0],
    &[0x4a, 3, 8, 8, 8],
    &[0x4b, 0x4c],
    &[0x4b, 0x0a, 1, 0x4c, 0x0d, 1, 2, 3, 4, 0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x08, 0x4c, 0x4c],
    &[0x4d, 8, 8, 8, 8],
    &[0xc8, 0x00, 1],
];

#[test]
fn unknown_fields_are_skipped_by_their_size() {
    let known = Message { int: 5, last: true, ..Message::default() };
    for field in UNKNOWN {
        // Alone, before, between and behind what is known, and inside a message.
        assert_eq!(decoded(field), Message::default(), "{field:x?}");
        assert_eq!(decoded(&[field, &[0x08, 5, 0x40, 1]].concat()), known, "{field:x?}");
        assert_eq!(decoded(&[&[0x08, 5], field, &[0x40, 1]].concat()), known, "{field:x?}");
        assert_eq!(decoded(&[&[0x08, 5, 0x40, 1], field].concat()), known, "{field:x?}");
        let len = u8::try_from(field.len()).unwrap();
        let inner = decoded(&[&[0x3a, len + 2], field, &[0x08, 7, 0x40, 1]].concat());
        assert_eq!((inner.maybe.unwrap().int, inner.last), (7, true), "{field:x?}");
        // One byte less is not the field.
        assert!(fault(&field[..field.len() - 1]).is_truncated(), "{field:x?}");
    }
}

#[test]
fn a_field_of_another_wire_type_is_unknown() {
    #[derive(Cognate, Debug)]
    struct Keeper {
        #[cognate(number = 1)]
        int: i32,
        #[cognate(number = 2)]
        text: String,
        #[cognate(unknown)]
        unknown: UnknownFields<'static>,
    }
    // The number as text, fixed and in a group; the text as a number and as one string after another.
    let others: [&[u8]; 5] =
        [&[0x0a, 1, 7], &[0x0d, 7, 0, 0, 0], &[0x09, 7, 0, 0, 0, 0, 0, 0, 0], &[0x0b, 0x08, 7, 0x0c], &[0x10, 1]];
    for other in others {
        let value: Keeper = protobuf::from_slice(&[other, &[0x08, 5, 0x12, 1, b'a']].concat()).unwrap();
        assert_eq!((value.int, &value.text[..]), (5, "a"), "{other:x?}");
        assert_eq!(protobuf::to_vec(&value).unwrap(), [&[0x08, 5, 0x12, 1, b'a'], other].concat());
        // What came before stays.
        let value: Keeper = protobuf::from_slice(&[&[0x08, 5, 0x12, 1, b'a'], other].concat()).unwrap();
        assert_eq!((value.int, &value.text[..]), (5, "a"), "{other:x?}");
        assert!(!value.unknown.is_empty());
    }
    // Every kind of field of `Message`, with a wire type that it does not have.
    let others: [&[u8]; 9] = [
        &[0x18, 1],
        &[0x19, 1, 1, 1, 1, 1, 1, 1, 1],
        &[0x25, 1, 1, 1, 1],
        &[0x22, 1, 1],
        &[0x28, 1],
        &[0x2d, 1, 1, 1, 1],
        &[0x30, 1],
        &[0x38, 1],
        &[0x42, 1, 1],
    ];
    for other in others {
        assert_eq!(decoded(other), Message::default(), "{other:x?}");
    }
    // In a map's entry too.
    let value = decoded(&[0x32, 7, 0x08, 1, 0x12, 1, 9, 0x10, 3]);
    assert_eq!(value.counts, [(String::new(), 3)].into());
}

#[derive(Cognate, Clone, Debug, PartialEq, Default)]
struct Lists {
    #[cognate(number = 1)]
    ints: Vec<i32>,
    #[cognate(number = 2, packed = false)]
    loose: Vec<i32>,
    #[cognate(number = 3, integers = "zigzag")]
    zigzag: Vec<i64>,
    #[cognate(number = 4, integers = "fixed")]
    fixed: Vec<u32>,
    #[cognate(number = 5, packed = false)]
    doubles: Vec<f64>,
    #[cognate(number = 6)]
    words: Vec<String>,
    #[cognate(number = 7)]
    blobs: Vec<Vec<u8>>,
    #[cognate(number = 8)]
    messages: Vec<Lists>,
}

#[track_caller]
fn lists(bytes: &[u8]) -> Lists {
    protobuf::from_slice(bytes).unwrap()
}

#[test]
fn numbers_come_in_a_run_or_one_by_one() {
    assert_eq!(lists(&[0x0a, 3, 1, 0xac, 2]).ints, [1, 300]);
    assert_eq!(lists(&[0x08, 1, 0x08, 0xac, 2]).ints, [1, 300]);
    assert_eq!(lists(&[0x12, 3, 1, 0xac, 2]).loose, [1, 300]);
    assert_eq!(lists(&[0x10, 1, 0x10, 0xac, 2]).loose, [1, 300]);
    // A run right behind a number by itself, and the other way round.
    assert_eq!(lists(&[0x08, 1, 0x0a, 2, 2, 3]).ints, [1, 2, 3]);
    assert_eq!(lists(&[0x08, 1, 0x0a, 0]).ints, [1]);
    assert_eq!(lists(&[0x10, 1, 0x12, 2, 2, 3]).loose, [1, 2, 3]);
    assert_eq!(lists(&[0x18, 1, 0x1a, 2, 1, 2, 0x18, 4]).zigzag, [-1, -1, 1, 2]);
    assert_eq!(lists(&[0x1a, 2, 1, 2]).zigzag, [-1, 1]);
    assert_eq!(lists(&[0x18, 1, 0x18, 2]).zigzag, [-1, 1]);
    assert_eq!(lists(&[0x22, 8, 1, 0, 0, 0, 2, 0, 0, 0]).fixed, [1, 2]);
    assert_eq!(lists(&[0x25, 1, 0, 0, 0, 0x25, 2, 0, 0, 0]).fixed, [1, 2]);
    assert_eq!(lists(&[0x2a, 8, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]).doubles, [1.0]);
    assert_eq!(lists(&[0x29, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]).doubles, [1.0]);
    assert_eq!(lists(&[0x0a, 0, 0x12, 0]), Lists::default());
    // A run that ends inside a number.
    assert!(protobuf::from_slice::<Lists>(&[0x0a, 2, 1, 0x80, 0x01]).unwrap_err().is_truncated());
    assert!(protobuf::from_slice::<Lists>(&[0x22, 5, 1, 0, 0, 0, 2, 0, 0, 0]).unwrap_err().is_truncated());
}

#[test]
fn texts_are_no_run() {
    assert_eq!(lists(b"\x32\x02\x01a").words, ["\u{1}a"]);
    assert_eq!(lists(b"\x32\x02\x01a\x32\x00").words, ["\u{1}a", ""]);
    assert_eq!(lists(b"\x3a\x02\x01a\x3a\x00").blobs, [&b"\x01a"[..], b""]);
    assert_eq!(lists(b"\x42\x02\x08\x01\x42\x00").messages, [lists(&[0x08, 1]), Lists::default()]);
}
