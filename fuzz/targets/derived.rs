//! A derived type from Avro data: what decodes is the same after it went through Avro, and through Protobuf.

#![no_main]

mod shapes;

use cognate::{Limits, avro, protobuf};
use libfuzzer_sys::fuzz_target;
use shapes::Shapes;

fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = avro::from_slice::<Shapes<'_>>(bytes) else { return };
    // Bytes are compared, since a value that holds a NaN is not equal to itself.
    let encoded = avro::to_vec(&value).expect("a value from Avro encodes");
    let again: Shapes<'_> = avro::from_slice(&encoded).expect("an encoded value decodes");
    assert_eq!(avro::to_vec(&again).expect("a decoded value encodes"), encoded);

    let message = protobuf::to_vec(&value).expect("a value of such a type is a message");
    // Room for levels that one format counts and the other does not.
    let limits = Limits::default().with_depth(2 * Limits::DEFAULT_DEPTH);
    let from_message: Shapes<'_> = protobuf::from_slice_with(&message, limits).expect("a message decodes");
    assert_eq!(avro::to_vec(&from_message).expect("the same value encodes"), encoded);
});
