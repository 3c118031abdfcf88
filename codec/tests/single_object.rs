//! Single-object messages against the layout of the specification.

use cognate_codec::{DecodeErrorKind, Limits, avro::single_object};

const FINGERPRINT: u64 = 0x0807_0605_0403_0201;
const MESSAGE: [u8; 14] = [0xc3, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 6, b'a', b'b', b'c'];

#[test]
fn header_and_body() {
    let mut bytes = vec![0xee];
    single_object::encode_into(FINGERPRINT, &"abc", &mut bytes).unwrap();
    assert_eq!(bytes[1..], MESSAGE);
    assert_eq!(single_object::split(&MESSAGE).unwrap(), (FINGERPRINT, &MESSAGE[10..]));
    assert_eq!(single_object::from_slice::<&str>(FINGERPRINT, &MESSAGE, Limits::default()).unwrap(), "abc");
}

#[test]
fn wrong_messages_say_where() {
    let error = single_object::from_slice::<&str>(1, &MESSAGE, Limits::default()).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::InvalidHeader(_)), "{error}");
    for len in 0..MESSAGE.len() {
        let error = single_object::from_slice::<&str>(FINGERPRINT, &MESSAGE[..len], Limits::default()).unwrap_err();
        assert!(error.is_truncated(), "{len}: {error}");
    }
    let mut long = MESSAGE.to_vec();
    long.push(0);
    let error = single_object::from_slice::<&str>(FINGERPRINT, &long, Limits::default()).unwrap_err();
    assert_eq!((error.offset(), error.kind()), (14, &DecodeErrorKind::TrailingBytes(1)));
    let mut other = MESSAGE;
    other[1] = 2;
    assert!(single_object::split(&other).is_err());
    let mut bad_text = MESSAGE;
    bad_text[12] = 0xff;
    let error = single_object::from_slice::<&str>(FINGERPRINT, &bad_text, Limits::default()).unwrap_err();
    assert_eq!((error.offset(), error.kind()), (11, &DecodeErrorKind::InvalidUtf8));
}
