//! Protobuf messages: no panic, and what decodes is the same after it went through Protobuf, and through Avro.

#![no_main]

mod shapes;

use cognate::{Cognate, Limits, UnknownFields, avro, protobuf};
use libfuzzer_sys::fuzz_target;
use shapes::Shapes;

/// A message of fields that nobody knows.
#[derive(Cognate)]
struct Unknown<'a> {
    #[cognate(unknown)]
    fields: UnknownFields<'a>,
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(unknown) = protobuf::from_slice::<Unknown<'_>>(bytes) {
        assert_eq!(protobuf::to_vec(&unknown).expect("fields that were kept"), bytes);
    }

    let Ok(value) = protobuf::from_slice::<Shapes<'_>>(bytes) else { return };
    // Bytes are compared, since a value that holds a NaN is not equal to itself.
    let message = protobuf::to_vec(&value).expect("a decoded message encodes");
    let again: Shapes<'_> = protobuf::from_slice(&message).expect("an encoded message decodes");
    assert_eq!(protobuf::to_vec(&again).expect("a decoded message encodes"), message);

    // Avro has no symbols without a position and no numbers past a long.
    let Ok(encoded) = avro::to_vec(&value) else { return };
    let limits = Limits::default().with_depth(2 * Limits::DEFAULT_DEPTH);
    let from_avro: Shapes<'_> = avro::from_slice_with(&encoded, limits).expect("an encoded value decodes");
    assert_eq!(protobuf::to_vec(&from_avro).expect("the same value encodes"), message);
});
