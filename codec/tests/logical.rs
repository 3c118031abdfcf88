//! Logical types against bytes worked out from the specification.

#![cfg(all(feature = "avro", feature = "chrono", feature = "jiff", feature = "rust_decimal", feature = "uuid"))]

use std::fmt::Debug;

use cognate_codec::{
    CalendarDuration, Decode, Encode, FixedDesc, Limits, Logical, Name, Shape, TypeDesc, Typed,
    avro::{AvroSink, AvroSource},
};

const fn of<T: Typed>(logical: Logical) -> TypeDesc {
    T::TYPE.with_logical(logical)
}

fn encoded<T: Encode>(value: &T, ty: &'static TypeDesc) -> Vec<u8> {
    let mut sink = AvroSink::default();
    value.encode(ty, &mut sink).unwrap();
    sink.into_bytes()
}

fn decoded<T: for<'de> Decode<'de>>(bytes: &[u8], ty: &'static TypeDesc) -> T {
    T::decode(ty, &mut AvroSource::new(bytes, Limits::default())).unwrap()
}

#[track_caller]
fn both<T: Encode + for<'de> Decode<'de> + PartialEq + Debug>(value: &T, ty: &'static TypeDesc, bytes: &[u8]) {
    assert_eq!(encoded(value, ty), bytes);
    assert_eq!(&decoded::<T>(bytes, ty), value);
}

fn long(value: i64) -> Vec<u8> {
    cognate_codec::avro::to_vec(&value).unwrap()
}

#[test]
fn timestamps_in_every_unit() {
    // 2009-02-13T23:31:30.123456789Z and half a second before the epoch.
    for (nanos, micros, millis) in
        [(1_234_567_890_123_456_789i64, 1_234_567_890_123_456, 1_234_567_890_123), (-500_000_001, -500_001, -501)]
    {
        let chrono = chrono::DateTime::from_timestamp_nanos(nanos);
        let jiff = jiff::Timestamp::from_nanosecond(i128::from(nanos)).unwrap();
        both(&chrono, const { &of::<chrono::DateTime<chrono::Utc>>(Logical::TimestampNanos) }, &long(nanos));
        both(&jiff, const { &of::<jiff::Timestamp>(Logical::TimestampNanos) }, &long(nanos));
        assert_eq!(encoded(&jiff, const { &jiff::Timestamp::TYPE }), long(micros));
        assert_eq!(encoded(&chrono, const { &<chrono::DateTime<chrono::Utc>>::TYPE }), long(micros));
        assert_eq!(encoded(&jiff, const { &of::<jiff::Timestamp>(Logical::TimestampMillis) }), long(millis));
        let millis_type = const { &of::<chrono::DateTime<chrono::Utc>>(Logical::TimestampMillis) };
        assert_eq!(encoded(&chrono, millis_type), long(millis));
        assert_eq!(decoded::<chrono::DateTime<chrono::Utc>>(&long(millis), millis_type).timestamp_millis(), millis);

        let (local_chrono, local_jiff) = (chrono.naive_utc(), jiff::tz::TimeZone::UTC.to_datetime(jiff));
        both(&local_chrono, const { &of::<chrono::NaiveDateTime>(Logical::LocalTimestampNanos) }, &long(nanos));
        both(&local_jiff, const { &of::<jiff::civil::DateTime>(Logical::LocalTimestampNanos) }, &long(nanos));
        assert_eq!(encoded(&local_jiff, const { &jiff::civil::DateTime::TYPE }), long(micros));
        assert_eq!(encoded(&local_chrono, const { &chrono::NaiveDateTime::TYPE }), long(micros));
    }
}

#[test]
fn dates_before_and_after_the_epoch() {
    for (days, year, month, day) in [(0, 1970, 1, 1), (-1, 1969, 12, 31), (19_782, 2024, 2, 29)] {
        let jiff = jiff::civil::date(year, month, day);
        let chrono =
            chrono::NaiveDate::from_ymd_opt(year.into(), month.unsigned_abs().into(), day.unsigned_abs().into())
                .unwrap();
        both(&jiff, const { &jiff::civil::Date::TYPE }, &long(days));
        both(&chrono, const { &chrono::NaiveDate::TYPE }, &long(days));
    }
}

#[test]
fn times_of_day_in_both_units() {
    let jiff = jiff::civil::time(23, 59, 58, 765_432_000);
    let chrono = chrono::NaiveTime::from_hms_micro_opt(23, 59, 58, 765_432).unwrap();
    let micros = 86_398_765_432;
    both(&jiff, const { &jiff::civil::Time::TYPE }, &long(micros));
    both(&chrono, const { &chrono::NaiveTime::TYPE }, &long(micros));
    assert_eq!(encoded(&jiff, const { &of::<jiff::civil::Time>(Logical::TimeMillis) }), long(86_398_765));
    assert_eq!(encoded(&chrono, const { &of::<chrono::NaiveTime>(Logical::TimeMillis) }), long(86_398_765));
}

#[test]
fn values_past_a_range_are_errors() {
    let day_after = long(86_400_000_000);
    let mut source = AvroSource::new(&day_after, Limits::default());
    assert!(chrono::NaiveTime::decode(const { &chrono::NaiveTime::TYPE }, &mut source).is_err());
    let mut source = AvroSource::new(&day_after, Limits::default());
    assert!(jiff::civil::Time::decode(const { &jiff::civil::Time::TYPE }, &mut source).is_err());
    let far = long(i64::MAX);
    let mut source = AvroSource::new(&far, Limits::default());
    assert!(jiff::Timestamp::decode(const { &jiff::Timestamp::TYPE }, &mut source).is_err());
    let mut source = AvroSource::new(&far, Limits::default());
    assert!(
        <chrono::DateTime<chrono::Utc>>::decode(
            const { &of::<chrono::DateTime<chrono::Utc>>(Logical::TimestampMillis) },
            &mut source
        )
        .is_err()
    );
}

#[test]
fn uuids_as_text_and_as_bytes() {
    const FIXED: TypeDesc =
        TypeDesc::new(Shape::Fixed(&FixedDesc { name: Name::new("Id", ""), aliases: &[], doc: "", size: 16 }))
            .with_logical(Logical::Uuid);
    let uuid = uuid::Uuid::from_u128(0x0123_4567_89ab_cdef_0011_2233_4455_6677);
    let mut text = vec![72];
    text.extend_from_slice(b"01234567-89ab-cdef-0011-223344556677");
    both(&uuid, const { &uuid::Uuid::TYPE }, &text);
    both(&uuid, &FIXED, uuid.as_bytes());
    let mut source = AvroSource::new(b"\x06abc", Limits::default());
    assert!(uuid::Uuid::decode(const { &uuid::Uuid::TYPE }, &mut source).is_err());
}

#[test]
fn decimals_in_bytes_fixed_and_with_their_own_scale() {
    use rust_decimal::Decimal;
    const BYTES: TypeDesc = TypeDesc::new(Shape::Bytes).with_logical(Logical::Decimal { precision: 6, scale: 2 });
    const FIXED: TypeDesc =
        TypeDesc::new(Shape::Fixed(&FixedDesc { name: Name::new("Money", ""), aliases: &[], doc: "", size: 20 }))
            .with_logical(Logical::Decimal { precision: 10, scale: 2 });
    // 123.45 at scale 2 is 12345 = 0x3039; −1.28 is −128 = 0x80; 1.28 needs a sign byte.
    both(&Decimal::new(12345, 2), &BYTES, &[4, 0x30, 0x39]);
    both(&Decimal::new(-128, 2), &BYTES, &[2, 0x80]);
    both(&Decimal::new(128, 2), &BYTES, &[4, 0, 0x80]);
    both(&Decimal::ZERO, &BYTES, &[2, 0]);
    assert_eq!(encoded(&Decimal::new(5, 0), &BYTES), [4, 0x01, 0xf4]);
    let mut padded = [0xff; 20];
    padded[18..].copy_from_slice(&[0xcf, 0xc7]);
    both(&Decimal::new(-12345, 2), &FIXED, &padded);
    both(&Decimal::new(-12345, 3), const { &Decimal::TYPE }, &[8, 4, 0xcf, 0xc7, 6]);

    let mut sink = AvroSink::default();
    assert!(Decimal::new(12345, 3).encode(&BYTES, &mut sink).is_err(), "a digit would be lost");
    assert!(Decimal::new(1_000_000, 2).encode(&BYTES, &mut sink).is_err(), "seven digits");
    let mut source = AvroSource::new(&[26, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], Limits::default());
    assert!(Decimal::decode(&BYTES, &mut source).is_err(), "97 bits");
}

#[test]
fn durations_are_three_little_endian_words() {
    let value = CalendarDuration { months: 1, days: 0x0203, millis: 0x0405_0607 };
    both(&value, const { &CalendarDuration::TYPE }, &[1, 0, 0, 0, 3, 2, 0, 0, 7, 6, 5, 4]);
}
