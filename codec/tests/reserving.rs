//! How much is reserved for items before they have come.

use cognate_codec::Limits;
use cognate_codec::avro::AvroSource;

#[test]
fn no_more_items_than_bytes_and_no_more_memory_than_is_of_use() {
    let bytes = vec![0; 8 << 20];
    let source = AvroSource::new(&bytes, Limits::DEFAULT);
    assert_eq!(source.worth_reserving::<u64>(1_000), 1_000);
    assert_eq!(source.worth_reserving::<u64>(1_000_000), 1_000_000);
    assert_eq!(source.worth_reserving::<()>(u64::MAX), 8 << 20);
    assert_eq!(source.worth_reserving::<[u8; 64]>(u64::MAX), (16 << 20) / 64);
    let source = AvroSource::new(&bytes[..1_000], Limits::DEFAULT);
    assert_eq!(source.worth_reserving::<u64>(u64::MAX), 1_000);
    assert_eq!(source.worth_reserving::<[u8; 1024]>(u64::MAX), 256);
}

#[test]
fn lists_in_lists_reserve_little_together() {
    let bytes = vec![0; 8 << 20];
    let mut source = AvroSource::new(&bytes, Limits::DEFAULT);
    let mut reserved = 0;
    while source.enter().is_ok() {
        reserved += source.worth_reserving::<[u8; 24]>(u64::MAX) * 24;
    }
    assert!(reserved > 16 << 20 && reserved < 64 << 20, "{reserved}");
}
