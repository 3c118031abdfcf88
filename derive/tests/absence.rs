//! Which values Protobuf leaves out, and what it means when one is not there.

use std::{collections::BTreeMap, fmt::Debug};

use cognate::{Cognate, DecodeErrorKind, DecodeOwned, DecodeRecord, EncodeRecord, avro, protobuf};

#[derive(Cognate, Clone, Debug, PartialEq, Default)]
struct Floats {
    #[cognate(number = 1)]
    single: f32,
    #[cognate(number = 2)]
    double: f64,
}

#[test]
fn negative_zero_is_a_value() {
    assert_eq!(protobuf::to_vec(&Floats { single: 0.0, double: 0.0 }).unwrap(), b"");
    let bytes = protobuf::to_vec(&Floats { single: -0.0, double: -0.0 }).unwrap();
    assert_eq!(bytes, b"\x0d\x00\x00\x00\x80\x11\x00\x00\x00\x00\x00\x00\x00\x80");
    let back: Floats = protobuf::from_slice(&bytes).unwrap();
    assert!(back.single.is_sign_negative() && back.double.is_sign_negative());
    // What is absent is the positive one.
    let back: Floats = protobuf::from_slice(b"").unwrap();
    assert_eq!((back.single.to_bits(), back.double.to_bits()), (0, 0));
}

#[derive(Cognate, Clone, Debug, PartialEq, Default)]
struct Small {
    #[cognate(number = 1)]
    tiny: i8,
    #[cognate(number = 2)]
    short: i16,
    #[cognate(number = 3)]
    unsigned: u16,
    #[cognate(number = 4)]
    byte: u8,
    #[cognate(number = 5, integers = "zigzag")]
    zigzag: i16,
    #[cognate(number = 6, integers = "fixed")]
    fixed: i8,
}

#[test]
fn small_zeros_are_left_out() {
    assert_eq!(protobuf::to_vec(&Small::default()).unwrap(), b"");
    assert_eq!(protobuf::from_slice::<Small>(b"").unwrap(), Small::default());
    let value = Small { tiny: 1, short: 2, unsigned: 3, byte: 4, zigzag: -3, fixed: 6 };
    let bytes = b"\x08\x01\x10\x02\x18\x03\x20\x04\x28\x05\x35\x06\x00\x00\x00";
    assert_eq!(protobuf::to_vec(&value).unwrap(), bytes);
    assert_eq!(protobuf::from_slice::<Small>(bytes).unwrap(), value);
    // Avro leaves nothing out.
    assert_eq!(avro::to_vec(&Small::default()).unwrap(), [0; 6]);
}

#[derive(Cognate, Clone, Debug, PartialEq, Default)]
struct Written {
    #[cognate(number = 1, presence = "explicit")]
    tiny: i8,
    #[cognate(number = 2, required)]
    short: i16,
    #[cognate(number = 3, optional, default = 1)]
    double: f64,
    #[cognate(number = 4)]
    maybe: Option<i8>,
}

#[test]
fn a_zero_is_written_where_its_absence_would_say_more() {
    let value = Written { maybe: Some(0), ..Written::default() };
    let bytes = b"\x08\x00\x10\x00\x19\x00\x00\x00\x00\x00\x00\x00\x00\x20\x00";
    assert_eq!(protobuf::to_vec(&value).unwrap(), bytes);
    assert_eq!(protobuf::from_slice::<Written>(bytes).unwrap(), value);
    let without_double = protobuf::from_slice::<Written>(b"\x08\x00\x10\x00").unwrap();
    assert_eq!(without_double, Written { double: 1.0, ..Written::default() });
}

/// A record with one field that the data must have.
macro_rules! required {
    ($name:ident: $type:ty) => {
        #[derive(Cognate, Clone, Debug, PartialEq)]
        struct $name {
            #[cognate(number = 1, required)]
            field: $type,
        }
    };
}

required!(RequiredList: Vec<String>);
required!(RequiredRun: Vec<i32>);
required!(RequiredBytes: Vec<u8>);
required!(RequiredText: String);
required!(RequiredMap: BTreeMap<String, i32>);
required!(RequiredBool: bool);
required!(RequiredNumber: i16);
required!(RequiredFixed: [u8; 2]);

#[track_caller]
fn is_required<T: EncodeRecord + DecodeOwned + for<'de> DecodeRecord<'de> + PartialEq + Debug>(bytes: &[u8]) {
    let error = protobuf::from_slice::<T>(b"").unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::MissingField("field"));
    // A field that nobody knows stands for nothing.
    let error = protobuf::from_slice::<T>(b"\x10\x01").unwrap_err();
    assert_eq!((error.kind(), error.offset()), (&DecodeErrorKind::MissingField("field"), 2));
    let value: T = protobuf::from_slice(bytes).unwrap();
    assert_eq!(protobuf::to_vec(&value).unwrap(), bytes);
}

#[test]
fn a_required_field_has_to_be_there() {
    is_required::<RequiredList>(b"\x0a\x01a");
    is_required::<RequiredRun>(b"\x0a\x01\x00");
    is_required::<RequiredBytes>(b"\x0a\x00");
    is_required::<RequiredText>(b"\x0a\x00");
    is_required::<RequiredMap>(b"\x0a\x04\x0a\x00\x10\x00");
    is_required::<RequiredBool>(b"\x08\x00");
    is_required::<RequiredNumber>(b"\x08\x00");
    is_required::<RequiredFixed>(b"\x0a\x02ab");
}
