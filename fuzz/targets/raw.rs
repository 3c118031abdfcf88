//! The cursor, the buffer and the text check against the standard library: the module with `unsafe` code.

#![no_main]

use cognate_codec::raw::{Buffer, Cursor};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Vec<u8>, Vec<(u8, u16)>)| {
    let (bytes, steps) = input;
    let mut cursor = Cursor::new(&bytes);
    let mut ends = Vec::new();
    for (step, len) in steps {
        let (offset, rest) = (cursor.offset(), cursor.rest());
        let len = usize::from(len);
        match step % 7 {
            0 => {
                let _ = cursor.varint();
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
});
