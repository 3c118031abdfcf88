//! Records as values of Rust types.

use cognate_codec::{
    Limits,
    avro::container::{SliceReader, Writer},
};

fn file(values: &[u64]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), "\"long\"").unwrap();
    for value in values {
        writer.append(value).unwrap();
    }
    writer.finish().unwrap()
}

#[test]
fn values_that_were_appended_are_read() {
    let bytes = file(&[1, 1000, 1 << 40]);
    let mut reader = SliceReader::new(&bytes).unwrap();
    let block = reader.next_block().unwrap().unwrap();
    let read: Result<Vec<i64>, _> = block.values(Limits::default()).collect();
    assert_eq!(read.unwrap(), [1, 1000, 1 << 40]);
}

#[test]
fn a_value_that_cannot_be_encoded_leaves_the_file_as_it_was() {
    let mut writer = Writer::new(Vec::new(), "\"long\"").unwrap();
    writer.append(&7u64).unwrap();
    let error = writer.append(&u64::MAX).unwrap_err();
    assert!(error.is_record(), "{error}");
    assert_eq!(error.to_string(), "record 1: 18446744073709551615 is past the range of long");
    writer.append(&8u64).unwrap();
    let bytes = writer.finish().unwrap();
    let mut reader = SliceReader::new(&bytes).unwrap();
    let read: Vec<u64> = reader.next_block().unwrap().unwrap().values(Limits::default()).map(Result::unwrap).collect();
    assert_eq!(read, [7, 8]);
}

#[test]
fn a_type_that_is_not_the_file_s_ends_in_an_error_with_its_place() {
    let bytes = file(&[1, 1000]);
    let mut reader = SliceReader::new(&bytes).unwrap();
    let block = reader.next_block().unwrap().unwrap();
    let mut values = block.values::<&str>(Limits::default());
    let error = values.next().unwrap().unwrap_err();
    assert!(error.is_record() && error.to_string().contains("record 0: invalid UTF-8"), "{error}");
    assert!(values.next().is_none());

    let mut short = block.values::<bool>(Limits::default());
    assert!(short.next().unwrap().is_err(), "2 is no Boolean");
    let mut nulls = block.values::<()>(Limits::default());
    assert!(nulls.next().unwrap().is_ok() && nulls.next().unwrap().is_ok());
    let error = nulls.next().unwrap().unwrap_err();
    assert!(error.to_string().contains("record 2: 3 bytes follow the end of the value"), "{error}");
    assert!(nulls.next().is_none());
}
