//! Logical types as types of other crates.

use cognate_schema::avro::LogicalType;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::config::{Config, Time};

/// A type of another crate, which the facade re-exports, that a logical type becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Real {
    ChronoDate,
    ChronoTime,
    ChronoTimestamp,
    ChronoLocal,
    JiffDate,
    JiffTime,
    JiffTimestamp,
    JiffLocal,
    Duration,
    Uuid,
    Decimal,
}

/// Digits that any `rust_decimal::Decimal` has room for: its coefficient is below 2^96.
const MOST_DIGITS: u32 = 28;

impl Real {
    /// The type that a logical type becomes, if it is to become one.
    pub(super) fn of(logical: LogicalType, config: &Config) -> Option<Self> {
        use LogicalType as L;
        match (logical, config.time) {
            (L::Decimal { precision, .. }, _) => (config.decimal && precision <= MOST_DIGITS).then_some(Self::Decimal),
            (L::BigDecimal, _) => config.decimal.then_some(Self::Decimal),
            (L::Uuid, _) => config.uuid.then_some(Self::Uuid),
            (_, Time::Integers) => None,
            (L::Duration, _) => Some(Self::Duration),
            (L::Date, Time::Chrono) => Some(Self::ChronoDate),
            (L::Date, Time::Jiff) => Some(Self::JiffDate),
            (L::TimeMillis | L::TimeMicros, Time::Chrono) => Some(Self::ChronoTime),
            (L::TimeMillis | L::TimeMicros, Time::Jiff) => Some(Self::JiffTime),
            (L::TimestampMillis | L::TimestampMicros | L::TimestampNanos, Time::Chrono) => Some(Self::ChronoTimestamp),
            (L::TimestampMillis | L::TimestampMicros | L::TimestampNanos, Time::Jiff) => Some(Self::JiffTimestamp),
            (L::LocalTimestampMillis | L::LocalTimestampMicros | L::LocalTimestampNanos, Time::Chrono) => {
                Some(Self::ChronoLocal)
            }
            (L::LocalTimestampMillis | L::LocalTimestampMicros | L::LocalTimestampNanos, Time::Jiff) => {
                Some(Self::JiffLocal)
            }
        }
    }

    /// The type's path.
    pub(super) fn path(self, facade: &TokenStream) -> TokenStream {
        match self {
            Self::ChronoDate => quote!(#facade::chrono::NaiveDate),
            Self::ChronoTime => quote!(#facade::chrono::NaiveTime),
            Self::ChronoTimestamp => quote!(#facade::chrono::DateTime<#facade::chrono::Utc>),
            Self::ChronoLocal => quote!(#facade::chrono::NaiveDateTime),
            Self::JiffDate => quote!(#facade::jiff::civil::Date),
            Self::JiffTime => quote!(#facade::jiff::civil::Time),
            Self::JiffTimestamp => quote!(#facade::jiff::Timestamp),
            Self::JiffLocal => quote!(#facade::jiff::civil::DateTime),
            Self::Duration => quote!(#facade::CalendarDuration),
            Self::Uuid => quote!(#facade::uuid::Uuid),
            Self::Decimal => quote!(#facade::rust_decimal::Decimal),
        }
    }

    /// An expression of a default that is a number of units, where there is one that is sure to be right.
    pub(super) fn default(self, units: i64, logical: LogicalType, facade: &TokenStream) -> Option<TokenStream> {
        let path = match self {
            Self::ChronoTimestamp => quote!(<#facade::chrono::DateTime<#facade::chrono::Utc>>),
            _ => self.path(facade),
        };
        if units == 0 {
            // These begin where the units begin to count. `jiff::civil::Date` begins in the year 0.
            let begins_at_zero = matches!(
                self,
                Self::ChronoDate
                    | Self::ChronoTime
                    | Self::ChronoTimestamp
                    | Self::ChronoLocal
                    | Self::JiffTime
                    | Self::JiffTimestamp
            );
            return begins_at_zero.then(|| quote!(#path::default()));
        }
        let number = Literal::i64_unsuffixed(units);
        let made = match (self, logical) {
            (Self::ChronoTimestamp, LogicalType::TimestampMillis) => quote!(#path::from_timestamp_millis(#number)),
            (Self::ChronoTimestamp, LogicalType::TimestampMicros) => quote!(#path::from_timestamp_micros(#number)),
            (Self::JiffTimestamp, LogicalType::TimestampMillis) => quote!(#path::from_millisecond(#number)),
            (Self::JiffTimestamp, LogicalType::TimestampMicros) => quote!(#path::from_microsecond(#number)),
            _ => return None,
        };
        // A default past the type's range cannot be written at all; the range is that of more than 200,000 years.
        let in_range = units.unsigned_abs() < 100_000_000_000_000;
        in_range.then(|| quote!(#made.unwrap_or_default()))
    }
}
