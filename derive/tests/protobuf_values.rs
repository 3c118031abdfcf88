//! Values at the edges of their types, lengths at the edges of their prefixes, and what has no Protobuf form.

use std::collections::BTreeMap;

use cognate::{Cognate, DecodeErrorKind, EncodeErrorKind, protobuf};

#[derive(Cognate, Clone, Debug, PartialEq, Default)]
struct Narrow {
    #[cognate(number = 1, integers = "zigzag")]
    sint: i32,
    #[cognate(number = 2)]
    int: i32,
    #[cognate(number = 3)]
    unsigned: u32,
    #[cognate(number = 4)]
    flag: bool,
}

#[test]
fn wider_integers_are_cut() {
    let decoded = |bytes: &[u8]| protobuf::from_slice::<Narrow>(bytes).unwrap();
    // 2^32 + 3 is −2 in zigzag, 2^33 − 1 is −2^31, and all 64 bits too.
    assert_eq!(decoded(&[0x08, 0x83, 0x80, 0x80, 0x80, 0x10]).sint, -2);
    assert_eq!(decoded(&[0x08, 0xff, 0xff, 0xff, 0xff, 0x1f]).sint, i32::MIN);
    let all = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    assert_eq!(decoded(&[&[0x08], &all[..]].concat()).sint, i32::MIN);
    assert_eq!(decoded(&[0x10, 0x83, 0x80, 0x80, 0x80, 0x10]).int, 3);
    assert_eq!(decoded(&[&[0x10], &all[..]].concat()).int, -1);
    assert_eq!(decoded(&[0x18, 0x83, 0x80, 0x80, 0x80, 0x10]).unsigned, 3);
    assert_eq!(decoded(&[&[0x18], &all[..]].concat()).unsigned, u32::MAX);
    // A Boolean is not: 2^32 is true.
    assert!(decoded(&[0x20, 0x80, 0x80, 0x80, 0x80, 0x10]).flag);
    // Eleven bytes are no varint.
    let error = protobuf::from_slice::<Narrow>(&[&[0x08], &[0x80; 10][..], &[1]].concat()).unwrap_err();
    assert_eq!(error.to_string(), "sint: varint too long for its type at byte 1");
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Inner {
    #[cognate(number = 1)]
    data: Vec<u8>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Outer {
    #[cognate(number = 1)]
    inner: Inner,
    #[cognate(number = 2)]
    after: u32,
    #[cognate(number = 3)]
    run: Vec<u32>,
}

#[test]
fn the_length_of_a_message_grows_by_bytes() {
    let cases: [(usize, &[u8], &[u8]); 5] = [
        (127, &[0x7f], &[0x7d]),
        (128, &[0x80, 0x01], &[0x7e]),
        (16_383, &[0xff, 0x7f], &[0xfc, 0x7f]),
        (16_384, &[0x80, 0x80, 0x01], &[0xfd, 0x7f]),
        (2_097_152, &[0x80, 0x80, 0x80, 0x01], &[0xfc, 0xff, 0x7f]),
    ];
    for (len, prefix, inner_prefix) in cases {
        let data = vec![0xab; len - 1 - inner_prefix.len()];
        let value = Outer { inner: Inner { data: data.clone() }, after: 7, run: vec![] };
        let expected = [&[0x0a], prefix, &[0x0a], inner_prefix, &data, &[0x10, 7]].concat();
        let bytes = protobuf::to_vec(&value).unwrap();
        assert!(bytes == expected, "{len}: {:x?}", &bytes[..10]);
        assert!(protobuf::from_slice::<Outer>(&bytes).unwrap() == value, "{len}");
        // Behind bytes that are there already, too.
        let mut behind = b"before".to_vec();
        protobuf::encode_into(&value, &mut behind).unwrap();
        assert!(behind == [b"before", &expected[..]].concat(), "{len}");
        // A run of one-byte numbers.
        let value = Outer { inner: Inner { data: vec![] }, after: 0, run: vec![5; len] };
        let bytes = protobuf::to_vec(&value).unwrap();
        assert!(bytes == [&[0x0a, 0, 0x1a], prefix, &vec![5; len]].concat(), "{len}");
    }
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Fixed {
    #[cognate(number = 1)]
    digest: [u8; 4],
}

#[test]
fn a_fixed_has_its_length() {
    assert_eq!(protobuf::from_slice::<Fixed>(b"\x0a\x04abcd").unwrap(), Fixed { digest: *b"abcd" });
    assert_eq!(protobuf::to_vec(&Fixed { digest: *b"abcd" }).unwrap(), b"\x0a\x04abcd");
    for bytes in [&b"\x0a\x00"[..], b"\x0a\x03abc", b"\x0a\x05abcde"] {
        let error = protobuf::from_slice::<Fixed>(bytes).unwrap_err();
        assert_eq!((error.path().to_string(), error.offset()), ("digest".to_owned(), 1), "{error}");
    }
}

#[test]
fn lists_of_lists_have_no_form() {
    #[derive(Cognate, Debug)]
    struct Lists {
        #[cognate(number = 1)]
        rows: Vec<Vec<i32>>,
    }
    #[derive(Cognate, Debug)]
    struct Maps {
        #[cognate(number = 1)]
        rows: BTreeMap<String, Vec<i32>>,
    }
    // An empty list says of itself that it could not hold what it is for.
    for rows in [vec![vec![1], vec![2]], vec![vec![]], vec![]] {
        let error = protobuf::to_vec(&Lists { rows }).unwrap_err();
        assert_eq!(error.to_string(), "rows: Protobuf has no list of lists, maps, unions or missing values");
    }
    let error = protobuf::to_vec(&Maps { rows: [(String::new(), vec![])].into() }).unwrap_err();
    assert_eq!(error.to_string(), "rows: Protobuf has no map of lists, maps, unions or missing values");
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Order {
    #[cognate(number = 1)]
    items: Vec<Item>,
    #[cognate(number = 2)]
    names: Vec<String>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
struct Item {
    #[cognate(number = 1)]
    sku: String,
    #[cognate(number = 2)]
    tiny: i8,
}

#[test]
fn a_fault_says_which_item() {
    let text = "items[2].sku: invalid UTF-8 at byte 8";
    assert_eq!(protobuf::from_slice::<Order>(b"\x0a\x00\x0a\x00\x0a\x03\x0a\x01\xff").unwrap_err().to_string(), text);
    // Items count on when the list is taken up again.
    let text = "items[2].sku: invalid UTF-8 at byte 10";
    let bytes = b"\x0a\x00\x0a\x00\x12\x00\x0a\x03\x0a\x01\xff";
    assert_eq!(protobuf::from_slice::<Order>(bytes).unwrap_err().to_string(), text);
    let error = protobuf::from_slice::<Order>(b"\x12\x00\x12\x00\x12\x01\xff").unwrap_err();
    assert_eq!(error.path().to_string(), "names[2]");
    let error = protobuf::from_slice::<Order>(b"\x0a\x03\x10\x80\x01").unwrap_err();
    assert_eq!(error.path().to_string(), "items[0].tiny");
    assert_eq!(error.kind(), &DecodeErrorKind::IntegerOutOfRange(128));
}

#[test]
fn what_was_written_before_outlives_an_error() {
    #[derive(Cognate, Debug)]
    struct Late {
        #[cognate(number = 1)]
        first: Vec<u8>,
        #[cognate(number = 2)]
        rows: Vec<Table>,
    }
    #[derive(Cognate, Debug)]
    struct Table {
        #[cognate(number = 1)]
        rows: Vec<Vec<i32>>,
        #[cognate(number = 2)]
        id: u32,
    }
    let mut bytes = b"before".to_vec();
    let late = Late { first: vec![7; 300], rows: vec![Table { rows: vec![vec![1]], id: 1 }] };
    let error = protobuf::encode_into(&late, &mut bytes).unwrap_err();
    assert!(matches!(error.kind(), EncodeErrorKind::NotInFormat { format: "Protobuf", .. }), "{error}");
    assert_eq!(error.path().to_string(), "rows[0].rows");
    assert_eq!(bytes, b"before");
}
