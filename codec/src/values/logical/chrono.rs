//! `chrono`: dates, times of day, timestamps and local timestamps.
//!
//! A value finer than the unit of its logical type is rounded towards the past, as the reference implementation does.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use super::integer_unit;
use crate::Logical;

integer_unit!(
    DateTime<Utc>,
    TimestampMicros,
    Int64,
    |value, logical| match logical {
        Logical::TimestampMillis => Some(value.timestamp_millis()),
        Logical::TimestampNanos => value.timestamp_nanos_opt(),
        _ => Some(value.timestamp_micros()),
    },
    |number, logical| match logical {
        Logical::TimestampMillis => DateTime::from_timestamp_millis(number),
        Logical::TimestampNanos => Some(DateTime::from_timestamp_nanos(number)),
        _ => DateTime::from_timestamp_micros(number),
    }
);

integer_unit!(
    NaiveDateTime,
    LocalTimestampMicros,
    Int64,
    |value, logical| match logical {
        Logical::LocalTimestampMillis => Some(value.and_utc().timestamp_millis()),
        Logical::LocalTimestampNanos => value.and_utc().timestamp_nanos_opt(),
        _ => Some(value.and_utc().timestamp_micros()),
    },
    |number, logical| match logical {
        Logical::LocalTimestampMillis => DateTime::from_timestamp_millis(number),
        Logical::LocalTimestampNanos => Some(DateTime::from_timestamp_nanos(number)),
        _ => DateTime::from_timestamp_micros(number),
    }
    .map(|instant| instant.naive_utc())
);

integer_unit!(
    NaiveDate,
    Date,
    Int32,
    |value, _logical| Some(value.signed_duration_since(NaiveDate::default()).num_days()),
    |number, _logical| chrono::TimeDelta::try_days(number)
        .and_then(|days| NaiveDate::default().checked_add_signed(days))
);

integer_unit!(
    NaiveTime,
    TimeMicros,
    Int64,
    |value, logical| {
        // A leap second counts as the second before it.
        let nanos = i64::from(value.num_seconds_from_midnight()) * 1_000_000_000
            + i64::from(value.nanosecond() % 1_000_000_000);
        Some(nanos / if matches!(logical, Logical::TimeMillis) { 1_000_000 } else { 1000 })
    },
    |number, logical| {
        let per_second = if matches!(logical, Logical::TimeMillis) { 1000 } else { 1_000_000 };
        match (u32::try_from(number / per_second), u32::try_from(number % per_second * (1_000_000_000 / per_second))) {
            (Ok(seconds), Ok(nanos)) => NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanos),
            _ => None,
        }
    }
);
