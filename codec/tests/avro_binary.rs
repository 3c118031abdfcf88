//! What Avro binary must refuse, byte by byte from the specification (Avro 1.12, "Binary Encoding").

#![cfg(feature = "avro")]

use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, Instant},
};

use cognate_codec::{DecodeError, DecodeErrorKind, DecodeOwned, EncodeErrorKind, Limits, avro};

#[track_caller]
fn fault<T: DecodeOwned>(bytes: &[u8]) -> DecodeError {
    match avro::from_slice::<T>(bytes) {
        Ok(_) => panic!("{bytes:x?} decodes"),
        Err(error) => error,
    }
}

#[test]
fn an_unsigned_number_is_no_negative_long() {
    // −1 and −2^63, whose bits an unsigned number would have room for.
    let lowest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    for (bytes, value) in [(&[0x01][..], -1), (&lowest, i64::MIN)] {
        let expected = DecodeErrorKind::IntegerOutOfRange(value);
        assert_eq!(fault::<u32>(bytes).kind(), &expected);
        assert_eq!(fault::<u64>(bytes).kind(), &expected);
        assert_eq!(fault::<u16>(&[0x01]).kind(), &DecodeErrorKind::IntegerOutOfRange(-1));
    }
    // 2^32 − 1 is the last that fits, and 2^63 − 1 is.
    assert_eq!(avro::from_slice::<u32>(&[0xfe, 0xff, 0xff, 0xff, 0x1f]).unwrap(), u32::MAX);
    let past = fault::<u32>(&[0x80, 0x80, 0x80, 0x80, 0x20]);
    assert_eq!((past.kind(), past.offset()), (&DecodeErrorKind::IntegerOutOfRange(1 << 32), 0));
    let highest = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    assert_eq!(avro::from_slice::<u64>(&highest).unwrap(), u64::MAX >> 1);
}

#[test]
fn the_place_of_an_integer_out_of_range_is_where_it_starts() {
    assert_eq!(
        fault::<Vec<u32>>(&[4, 2, 1, 0]).to_string(),
        "[1]: the integer -1 is out of the range of its type at byte 2"
    );
    assert_eq!(
        fault::<Vec<u64>>(&[4, 2, 1, 0]).to_string(),
        "[1]: the integer -1 is out of the range of its type at byte 2"
    );
}

#[test]
fn maps_have_strings_for_keys() {
    let text = "Avro has no map with keys other than strings";
    let numbers: BTreeMap<i32, i32> = [(1, 2)].into();
    assert_eq!(avro::to_vec(&numbers).unwrap_err().to_string(), text);
    // Bytes look like strings, and an empty map has no key at all.
    let blobs: BTreeMap<Vec<u8>, i32> = BTreeMap::new();
    assert_eq!(avro::to_vec(&blobs).unwrap_err().to_string(), text);
    assert_eq!(fault::<BTreeMap<i32, i32>>(&[2, 2, 4, 0]).to_string(), format!("{text} at byte 0"));
    assert_eq!(fault::<BTreeMap<Vec<u8>, i32>>(&[0]).to_string(), format!("{text} at byte 0"));
    assert_eq!(fault::<HashMap<bool, i32>>(&[0]).to_string(), format!("{text} at byte 0"));
}

#[test]
fn a_fault_says_which_item() {
    let text = "[2]: the byte 0x07 is no Boolean at byte 3";
    assert_eq!(fault::<Vec<bool>>(&[8, 1, 0, 7, 0, 0]).to_string(), text);
    // Items are counted through all blocks, one of which has its byte size.
    let text = "[2]: the byte 0x07 is no Boolean at byte 5";
    assert_eq!(fault::<Vec<bool>>(&[3, 4, 1, 0, 2, 7, 0]).to_string(), text);
    let error = avro::to_vec(&vec![0, 1, u64::MAX, 3]).unwrap_err();
    assert_eq!(error.to_string(), "[2]: 18446744073709551615 is past the range of long");
}

#[test]
fn a_block_has_the_size_that_it_says() {
    assert_eq!(avro::from_slice::<Vec<bool>>(&[3, 4, 1, 0, 0]).unwrap(), [true, false]);
    for (size, declared) in [(2, 1), (6, 3)] {
        let error = fault::<Vec<bool>>(&[3, size, 1, 0, 0]);
        assert_eq!(error.kind(), &DecodeErrorKind::BlockSize { declared, taken: 2 });
    }
}

#[test]
fn what_was_written_before_outlives_an_error() {
    let mut bytes = b"before".to_vec();
    let error = avro::encode_into(&vec![1, u64::MAX], &mut bytes).unwrap_err();
    assert_eq!((error.kind(), &bytes[..]), (&EncodeErrorKind::LongOverflow(u64::MAX), &b"before"[..]));
    avro::encode_into(&vec![1u64], &mut bytes).unwrap();
    assert_eq!(bytes, b"before\x02\x02\x00");
}

/// The error of these bytes as a list of nulls, which has to come at once.
#[track_caller]
fn fault_at_once(bytes: &[u8]) -> DecodeError {
    let start = Instant::now();
    let error = fault::<Vec<()>>(bytes);
    assert!(start.elapsed() < Duration::from_secs(1), "{:?} for {error}", start.elapsed());
    error
}

#[test]
fn nulls_by_the_billion_fail_at_once() {
    // 2^40 nulls, alone and with so many bytes of them announced.
    let huge = [0x80, 0x80, 0x80, 0x80, 0x80, 0x40];
    assert_eq!(fault_at_once(&[&huge[..], &[0]].concat()).kind(), &DecodeErrorKind::EmptyItemLimit(65_536));
    let negative = [0xff, 0xff, 0xff, 0xff, 0xff, 0x3f, 0x00, 0x00];
    assert_eq!(fault_at_once(&negative).kind(), &DecodeErrorKind::EmptyItemLimit(65_536));
    // The lowest count of all has no positive counterpart.
    let lowest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x00, 0x00];
    assert_eq!(fault_at_once(&lowest).kind(), &DecodeErrorKind::EmptyItemLimit(65_536));
    // Blocks that stay below the limit each, but not together: 60,000 nulls a block, by the hundred thousand.
    let blocks = [0xc0, 0xa9, 0x07].repeat(100_000);
    assert_eq!(fault_at_once(&blocks).kind(), &DecodeErrorKind::EmptyItemLimit(65_536));
    // As many as the bytes left, in each of many blocks.
    let blocks = [0x80, 0x89, 0x7a].repeat(1_000_000);
    assert_eq!(fault_at_once(&blocks).kind(), &DecodeErrorKind::EmptyItemLimit(65_536));
}

#[test]
fn nulls_up_to_the_limit_decode() {
    let limits = Limits::DEFAULT.with_empty_items(5);
    assert_eq!(avro::from_slice_with::<Vec<()>>(&[4, 6, 0], limits).unwrap().len(), 5);
    // One byte more of input is no allowance for one null more.
    assert!(avro::from_slice_with::<Vec<()>>(&[4, 8, 0], limits).unwrap_err().is_limit());
    let error = avro::from_slice_with::<Vec<()>>(&[4, 8, 0], limits).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::EmptyItemLimit(5));
    // Lists share the allowance of the input.
    assert!(avro::from_slice_with::<Vec<Vec<()>>>(&[4, 6, 0, 4, 0, 0], limits).is_ok());
    assert!(avro::from_slice_with::<Vec<Vec<()>>>(&[4, 6, 0, 6, 0, 0], limits).unwrap_err().is_limit());
}
