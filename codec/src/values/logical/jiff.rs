//! `jiff`: dates, times of day, timestamps and local timestamps.
//!
//! A value finer than the unit of its logical type is rounded towards the past, as the reference implementation does.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use super::integer_unit;
use crate::Logical;

integer_unit!(Timestamp, TimestampMicros, Int64, |value, logical| to_units(*value, logical), |number, logical| {
    from_units(number, logical)
});

integer_unit!(
    DateTime,
    LocalTimestampMicros,
    Int64,
    |value, logical| TimeZone::UTC.to_timestamp(*value).ok().and_then(|instant| to_units(instant, logical)),
    |number, logical| from_units(number, logical).map(|instant| TimeZone::UTC.to_datetime(instant))
);

integer_unit!(
    Date,
    Date,
    Int32,
    |value, _logical| value.since(EPOCH).ok().map(|span| i64::from(span.get_days())),
    |number, _logical| jiff::Span::new().try_days(number).ok().and_then(|span| EPOCH.checked_add(span).ok())
);

integer_unit!(
    Time,
    TimeMicros,
    Int64,
    |value, logical| {
        let nanos = value.duration_since(Time::midnight()).as_nanos();
        i64::try_from(nanos / if matches!(logical, Logical::TimeMillis) { 1_000_000 } else { 1000 }).ok()
    },
    |number, logical| {
        let span = jiff::Span::new();
        let span = if matches!(logical, Logical::TimeMillis) {
            span.try_milliseconds(number)
        } else {
            span.try_microseconds(number)
        };
        span.ok().and_then(|span| Time::midnight().checked_add(span).ok())
    }
);

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

fn to_units(instant: Timestamp, logical: Logical) -> Option<i64> {
    let nanos = instant.as_nanosecond();
    let unit = match logical {
        Logical::TimestampMillis | Logical::LocalTimestampMillis => 1_000_000,
        Logical::TimestampNanos | Logical::LocalTimestampNanos => 1,
        _ => 1000,
    };
    i64::try_from(nanos.div_euclid(unit)).ok()
}

fn from_units(number: i64, logical: Logical) -> Option<Timestamp> {
    match logical {
        Logical::TimestampMillis | Logical::LocalTimestampMillis => Timestamp::from_millisecond(number),
        Logical::TimestampNanos | Logical::LocalTimestampNanos => Timestamp::from_nanosecond(i128::from(number)),
        _ => Timestamp::from_microsecond(number),
    }
    .ok()
}
