//! Varints against `integer-encoding`, at every boundary of length and in every position of the input.

#![allow(clippy::cast_possible_truncation, reason = "the low 32 bits of a boundary are a boundary too")]

use cognate_codec::{
    DecodeErrorKind,
    raw::{Buffer, Cursor},
    varint::{len_64, unzigzag_32, unzigzag_64, zigzag_32, zigzag_64},
};
use integer_encoding::VarInt;

/// Every power of two and every boundary of varint length, with their neighbours and complements.
fn boundaries() -> Vec<u64> {
    let mut values = vec![0, u64::MAX];
    for shift in 0..64 {
        let power = 1u64 << shift;
        for value in [power - 1, power, power + 1, power.wrapping_mul(3), power | 0x5555_5555_5555_5555 >> (63 - shift)]
        {
            values.extend([value, !value]);
        }
    }
    values
}

#[test]
fn encoded_as_the_oracle_encodes() {
    for value in boundaries() {
        let mut buffer = Buffer::new();
        buffer.varint(value);
        assert_eq!(buffer.as_bytes(), value.encode_var_vec(), "{value:#x}");
        assert_eq!(len_64(value), value.required_space(), "{value:#x}");

        let mut buffer = Buffer::new();
        buffer.varint_word(value);
        assert_eq!(buffer.as_bytes(), value.encode_var_vec(), "{value:#x} by words");

        let signed = value.cast_signed();
        let mut buffer = Buffer::new();
        buffer.zigzag_64(signed);
        assert_eq!(buffer.as_bytes(), signed.encode_var_vec(), "{signed}");

        let narrow = signed as i32;
        let mut buffer = Buffer::new();
        buffer.zigzag_32(narrow);
        assert_eq!(buffer.as_bytes(), narrow.encode_var_vec(), "{narrow}");
    }
}

#[test]
fn decoded_as_the_oracle_decodes_with_any_tail() {
    for value in boundaries() {
        for tail in 0..12 {
            let mut bytes = value.encode_var_vec();
            let len = bytes.len();
            bytes.extend(std::iter::repeat_n(0xff, tail));
            let mut cursor = Cursor::new(&bytes);
            assert_eq!(cursor.varint().unwrap(), u64::decode_var(&bytes).unwrap().0, "{value:#x} before {tail}");
            assert_eq!(cursor.offset(), len);

            assert_eq!(Cursor::new(&bytes).varint_word().unwrap(), value, "{value:#x} by words before {tail}");

            let signed = value.cast_signed();
            let mut bytes = signed.encode_var_vec();
            bytes.extend(std::iter::repeat_n(0xff, tail));
            assert_eq!(Cursor::new(&bytes).zigzag_64().unwrap(), signed);
            let narrow = signed as i32;
            let mut bytes = narrow.encode_var_vec();
            bytes.extend(std::iter::repeat_n(0xff, tail));
            assert_eq!(Cursor::new(&bytes).zigzag_32().unwrap(), narrow);
        }
    }
}

#[test]
fn truncated_at_every_byte() {
    for value in boundaries() {
        let bytes = value.encode_var_vec();
        for len in 0..bytes.len() {
            let mut cursor = Cursor::new(&bytes[..len]);
            let error = cursor.varint().unwrap_err();
            assert!(error.is_truncated(), "{value:#x} cut to {len}: {error}");
            assert_eq!(cursor.offset(), 0, "the position stays at the value at fault");
        }
    }
}

#[test]
fn padded_forms_decode_and_too_long_ones_do_not() {
    // Any number of padding groups within ten bytes is the same value.
    for padding in 0..=8 {
        let mut bytes = vec![0x81];
        bytes.extend(std::iter::repeat_n(0x80, padding));
        bytes.push(0);
        assert_eq!(Cursor::new(&bytes).varint().unwrap(), 1, "{padding} groups of padding");
    }
    for too_long in [
        [0x80; 10].to_vec(),
        [0xff; 11].to_vec(),
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02].to_vec(),
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01].to_vec(),
    ] {
        let error = Cursor::new(&too_long).varint().unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::VarintTooLong, "{too_long:x?}");
    }
}

#[test]
fn an_int_past_32_bits_is_an_error_with_its_value() {
    for value in [i64::from(i32::MAX) + 1, i64::from(i32::MIN) - 1, i64::MAX, i64::MIN] {
        let bytes = value.encode_var_vec();
        let error = Cursor::new(&bytes).zigzag_32().unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::IntegerOutOfRange(value));
    }
}

#[test]
fn zigzag_pairs() {
    for (value, coded) in [(0, 0), (-1, 1), (1, 2), (-2, 3), (i64::MAX, u64::MAX - 1), (i64::MIN, u64::MAX)] {
        assert_eq!(zigzag_64(value), coded);
        assert_eq!(unzigzag_64(coded), value);
    }
    for (value, coded) in [(0, 0), (-1, 1), (1, 2), (-2, 3), (i32::MAX, u32::MAX - 1), (i32::MIN, u32::MAX)] {
        assert_eq!(zigzag_32(value), coded);
        assert_eq!(unzigzag_32(coded), value);
    }
}
