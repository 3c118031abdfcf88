//! Container files: no panic, no more memory than the limits allow, and recovery always ends.

#![no_main]

use cognate_codec::avro::container::{ContainerLimits, Reader};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(mut reader) = Reader::with_limits(bytes, ContainerLimits::default()) else { return };
    for _ in 0..64 {
        match reader.next_block() {
            Ok(Some(_)) => {}
            Ok(None) => return,
            Err(_) => match reader.recover() {
                Ok(skipped) if !skipped.at_end() => {}
                _ => return,
            },
        }
    }
});
