//! The cursor, the buffer and the text check against the standard library: the module with `unsafe` code.

#![no_main]

use cognate_codec::{
    raw::{Buffer, Cursor},
    varint::{len_64, unzigzag_32, unzigzag_64, zigzag_32, zigzag_64},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Vec<u8>, Vec<(u8, u16)>)| {
    let (bytes, steps) = input;
    let mut cursor = Cursor::new(&bytes);
    let mut ends = Vec::new();
    for (step, len) in steps {
        let (offset, rest) = (cursor.offset(), cursor.rest());
        let len = usize::from(len);
        match step % 9 {
            0 => {
                // The three ways to read a varint agree on the value, the length and the fault.
                let (mut by_words, mut zigzag) = (cursor, cursor);
                let value = cursor.varint();
                assert_eq!(by_words.varint_word(), value);
                assert_eq!(zigzag.zigzag_64(), value.clone().map(unzigzag_64));
                assert_eq!((by_words.offset(), zigzag.offset()), (cursor.offset(), cursor.offset()));
                assert!(value.is_ok() || cursor.offset() == offset);
            }
            1 => assert_eq!(cursor.bytes(len as u64).ok(), rest.get(..len)),
            2 => match (cursor.text(len as u64), rest.get(..len).map(str::from_utf8)) {
                (Ok(text), Some(Ok(expected))) => assert_eq!(text, expected),
                (Err(_), None | Some(Err(_))) => {}
                (ours, theirs) => panic!("{ours:?} where the standard library says {theirs:?}"),
            },
            3 => assert_eq!(cursor.array::<4>().ok().map(<[u8; 4]>::as_slice), rest.get(..4)),
            4 => {
                let matches = cursor.take_if([0x0a, 0x80]);
                assert_eq!(matches, rest.starts_with(&[0x0a, 0x80]));
            }
            5 => ends.extend(cursor.narrow(len as u64)),
            6 => {
                let mut wide = cursor;
                match (cursor.zigzag_32(), wide.zigzag_64()) {
                    (Ok(narrow), Ok(wide)) => assert_eq!(i64::from(narrow), wide),
                    (Err(_), Ok(wide)) => assert!(i32::try_from(wide).is_err()),
                    (narrow, wide) => assert!(narrow.is_err() && wide.is_err()),
                }
            }
            7 => {
                let mut wide = cursor;
                match (cursor.zigzag_len(), wide.zigzag_64()) {
                    (Ok(len), Ok(wide)) => assert_eq!(i64::try_from(len), Ok(wide)),
                    (Err(_), Ok(wide)) => assert!(wide < 0),
                    (len, wide) => assert!(len.is_err() && wide.is_err()),
                }
            }
            _ => {
                if let Some(end) = ends.pop() {
                    cursor.widen(end);
                }
            }
        }
        assert!(cursor.offset() >= offset && cursor.offset() <= bytes.len());
    }

    let mut buffer = Buffer::new();
    buffer.varint_prefixed(&bytes);
    let mut back = Cursor::new(buffer.as_bytes());
    let len = back.varint().expect("the length just written");
    assert_eq!(back.bytes(len).expect("the bytes just written"), bytes);
    assert!(back.is_empty());

    for word in bytes.chunks(8) {
        varints_of(word.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)));
    }
});

/// Every way to write a varint writes the same, in as many bytes as foretold, and it reads back.
fn varints_of(value: u64) {
    let mut branching = Buffer::new();
    branching.varint(value);
    assert_eq!(branching.len(), len_64(value));
    let signed = unzigzag_64(value);
    assert_eq!(zigzag_64(signed), value);
    let (mut by_words, mut zigzag) = (Buffer::new(), Buffer::new());
    by_words.varint_word(value);
    zigzag.zigzag_64(signed);
    assert_eq!((by_words.as_bytes(), zigzag.as_bytes()), (branching.as_bytes(), branching.as_bytes()));
    assert_eq!(Cursor::new(by_words.as_bytes()).varint_word(), Ok(value));

    let raw = value as u32;
    let narrow = unzigzag_32(raw);
    assert_eq!(zigzag_32(narrow), raw);
    let mut zigzag = Buffer::new();
    zigzag.zigzag_32(narrow);
    assert_eq!(Cursor::new(zigzag.as_bytes()).zigzag_32(), Ok(narrow));
}
