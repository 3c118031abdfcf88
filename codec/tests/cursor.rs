//! The cursor's bounds and the text check, against the standard library.

use cognate_codec::{
    DecodeErrorKind,
    raw::{Buffer, Cursor},
};

#[test]
fn reads_stay_within_the_input() {
    let bytes = [1, 2, 3, 4, 5];
    let mut cursor = Cursor::new(&bytes);
    assert_eq!(cursor.bytes(2).unwrap(), [1, 2]);
    assert!(cursor.bytes(4).unwrap_err().is_truncated());
    assert!(cursor.bytes(u64::MAX).unwrap_err().is_truncated());
    assert!(cursor.array::<4>().unwrap_err().is_truncated());
    assert_eq!(cursor.array::<3>().unwrap(), &[3, 4, 5]);
    assert_eq!(cursor.peek(), None);
    let error = cursor.byte().unwrap_err();
    assert_eq!((error.offset(), error.kind()), (5, &DecodeErrorKind::Truncated { needed: 1, remaining: 0 }));
}

#[test]
fn a_nearer_end_holds_until_it_is_widened() {
    let bytes = [0x80, 1, 2, 3];
    let mut cursor = Cursor::new(&bytes);
    let outer = cursor.narrow(1).unwrap();
    assert!(cursor.varint().unwrap_err().is_truncated());
    assert!(!cursor.take_if([0x80, 1]));
    assert!(cursor.take_if([0x80]));
    assert!(cursor.is_empty());
    cursor.widen(outer);
    assert_eq!(cursor.rest(), [1, 2, 3]);
    assert!(cursor.narrow(4).unwrap_err().is_truncated());
}

#[test]
#[should_panic(expected = "belongs to another cursor")]
fn an_end_of_a_longer_input_is_refused() {
    let long = [0; 100];
    let foreign = Cursor::new(&long).narrow(1).unwrap();
    Cursor::new(&long[..10]).widen(foreign);
}

#[test]
fn text_is_checked_as_the_standard_library_checks_it() {
    // Every length around the word sizes, with every kind of odd byte in every position.
    for len in 0..=140 {
        let ascii = vec![b'a'; len];
        assert_eq!(Cursor::new(&ascii).text(len as u64).unwrap(), str::from_utf8(&ascii).unwrap());
        for at in 0..len {
            for odd in
                [&[0x80][..], &[0xff], &[0xc3], "é".as_bytes(), "€".as_bytes(), "🦀".as_bytes(), &[0xed, 0xa0, 0x80]]
            {
                let mut bytes = ascii.clone();
                for (place, byte) in bytes[at..].iter_mut().zip(odd) {
                    *place = *byte;
                }
                let ours = Cursor::new(&bytes).text(len as u64);
                match str::from_utf8(&bytes) {
                    Ok(text) => assert_eq!(ours.unwrap(), text),
                    Err(_) => assert_eq!(ours.unwrap_err().kind(), &DecodeErrorKind::InvalidUtf8, "{bytes:x?}"),
                }
            }
        }
    }
}

#[test]
fn short_and_long_runs_are_copied_whole() {
    for len in 0..300usize {
        let bytes: Vec<u8> = (0..len).map(|at| (at % 251).to_le_bytes()[0]).collect();
        let mut buffer = Buffer::new();
        buffer.byte(9);
        buffer.varint_prefixed(&bytes);
        buffer.byte(8);
        let written = buffer.as_bytes();
        let prefix = if len < 128 { 1 } else { 2 };
        assert_eq!(written.len(), len + prefix + 2);
        assert_eq!(&written[1 + prefix..1 + prefix + len], bytes);
        assert_eq!(written.last(), Some(&8));
    }
}
