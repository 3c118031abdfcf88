//! Ends that a cursor must not take back.

use cognate_codec::raw::Cursor;

#[test]
#[should_panic(expected = "belongs to another cursor")]
fn an_end_before_the_position_is_refused() {
    let bytes = [0; 10];
    let mut cursor = Cursor::new(&bytes);
    let mut earlier = cursor;
    let _ = earlier.narrow(4).unwrap();
    let end_at_four = earlier.narrow(0).unwrap();
    cursor.bytes(5).unwrap();
    cursor.widen(end_at_four);
}

#[test]
fn an_end_at_the_position_is_taken() {
    let bytes = [0; 10];
    let mut cursor = Cursor::new(&bytes);
    let mut earlier = cursor;
    let _ = earlier.narrow(4).unwrap();
    let end_at_four = earlier.narrow(0).unwrap();
    cursor.bytes(4).unwrap();
    cursor.widen(end_at_four);
    assert!(cursor.is_empty());
    assert!(cursor.byte().unwrap_err().is_truncated());
}
