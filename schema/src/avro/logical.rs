//! Logical types, specification section "Logical Types".

use crate::avro::model::TypeKind;
use crate::json::{Member, Node};

/// What a value of an underlying type stands for. On the wire it is the underlying type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogicalType {
    /// `decimal` on bytes or fixed: a big-endian two's-complement integer, times 10 to the power of minus `scale`.
    Decimal {
        /// The greatest number of decimal digits, at least 1.
        precision: u32,
        /// The number of digits after the point, at most `precision`.
        scale: u32,
    },
    /// `big-decimal` on bytes: a decimal whose scale is part of each value.
    BigDecimal,
    /// `uuid` on string (RFC 4122 text) or on fixed of 16 bytes.
    Uuid,
    /// `date` on int: days since 1970-01-01.
    Date,
    /// `time-millis` on int: milliseconds since midnight.
    TimeMillis,
    /// `time-micros` on long: microseconds since midnight.
    TimeMicros,
    /// `timestamp-millis` on long: milliseconds since 1970-01-01T00:00Z.
    TimestampMillis,
    /// `timestamp-micros` on long: microseconds since 1970-01-01T00:00Z.
    TimestampMicros,
    /// `timestamp-nanos` on long: nanoseconds since 1970-01-01T00:00Z.
    TimestampNanos,
    /// `local-timestamp-millis` on long: milliseconds since 1970-01-01T00:00 in a time zone that is not told.
    LocalTimestampMillis,
    /// `local-timestamp-micros` on long: microseconds since 1970-01-01T00:00 in a time zone that is not told.
    LocalTimestampMicros,
    /// `local-timestamp-nanos` on long: nanoseconds since 1970-01-01T00:00 in a time zone that is not told.
    LocalTimestampNanos,
    /// `duration` on fixed of 12 bytes: months, days and milliseconds, each an unsigned 32-bit little-endian number.
    Duration,
}

impl LogicalType {
    /// The value of the attribute `logicalType`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Decimal { .. } => "decimal",
            Self::BigDecimal => "big-decimal",
            Self::Uuid => "uuid",
            Self::Date => "date",
            Self::TimeMillis => "time-millis",
            Self::TimeMicros => "time-micros",
            Self::TimestampMillis => "timestamp-millis",
            Self::TimestampMicros => "timestamp-micros",
            Self::TimestampNanos => "timestamp-nanos",
            Self::LocalTimestampMillis => "local-timestamp-millis",
            Self::LocalTimestampMicros => "local-timestamp-micros",
            Self::LocalTimestampNanos => "local-timestamp-nanos",
            Self::Duration => "duration",
        }
    }
}

/// The attributes that a recognised logical type takes for itself.
pub(super) fn own_attributes(logical: LogicalType) -> &'static [&'static str] {
    match logical {
        LogicalType::Decimal { .. } => &["logicalType", "precision", "scale"],
        _ => &["logicalType"],
    }
}

/// Why a `logicalType` attribute is ignored.
pub(super) enum Ignored<'n> {
    /// No logical type of the specification has the name.
    Unknown(&'n str),
    /// The logical type is known, but not valid here. The node is at fault.
    Invalid(&'n Node, String),
}

/// The logical type of a type with these attributes, if it has a valid one.
pub(super) fn recognize<'n>(kind: &TypeKind, members: &'n [Member]) -> Result<Option<LogicalType>, Ignored<'n>> {
    let find = |key: &str| members.iter().find(|member| &*member.key == key).map(|member| &member.value);
    let Some(node) = find("logicalType") else { return Ok(None) };
    let Some(name) = node.as_str() else {
        return Err(Ignored::Invalid(node, format!("`logicalType` must be a string, not {}", node.kind_name())));
    };
    let (logical, fits, wanted) = match name {
        "decimal" => {
            if !matches!(kind, TypeKind::Bytes | TypeKind::Fixed(_)) {
                return Err(misplaced(node, name, "bytes or a fixed", kind));
            }
            return decimal(kind, node, find("precision"), find("scale")).map(Some);
        }
        "big-decimal" => (LogicalType::BigDecimal, matches!(kind, TypeKind::Bytes), "bytes"),
        "uuid" => {
            let fits = matches!(kind, TypeKind::String) || is_fixed_of(kind, 16);
            (LogicalType::Uuid, fits, "string or a fixed of size 16")
        }
        "duration" => (LogicalType::Duration, is_fixed_of(kind, 12), "a fixed of size 12"),
        "date" => (LogicalType::Date, matches!(kind, TypeKind::Int), "int"),
        "time-millis" => (LogicalType::TimeMillis, matches!(kind, TypeKind::Int), "int"),
        "time-micros" => (LogicalType::TimeMicros, matches!(kind, TypeKind::Long), "long"),
        "timestamp-millis" => (LogicalType::TimestampMillis, matches!(kind, TypeKind::Long), "long"),
        "timestamp-micros" => (LogicalType::TimestampMicros, matches!(kind, TypeKind::Long), "long"),
        "timestamp-nanos" => (LogicalType::TimestampNanos, matches!(kind, TypeKind::Long), "long"),
        "local-timestamp-millis" => (LogicalType::LocalTimestampMillis, matches!(kind, TypeKind::Long), "long"),
        "local-timestamp-micros" => (LogicalType::LocalTimestampMicros, matches!(kind, TypeKind::Long), "long"),
        "local-timestamp-nanos" => (LogicalType::LocalTimestampNanos, matches!(kind, TypeKind::Long), "long"),
        unknown => return Err(Ignored::Unknown(unknown)),
    };
    if fits { Ok(Some(logical)) } else { Err(misplaced(node, name, wanted, kind)) }
}

fn misplaced<'n>(node: &'n Node, name: &str, wanted: &str, kind: &TypeKind) -> Ignored<'n> {
    let size = match kind {
        TypeKind::Fixed(fixed) => format!(" of size {}", fixed.size),
        _ => String::new(),
    };
    let message = format!("the logical type `{name}` annotates {wanted}, not {}{size}", kind.word());
    Ignored::Invalid(node, message)
}

fn is_fixed_of(kind: &TypeKind, size: u32) -> bool {
    matches!(kind, TypeKind::Fixed(fixed) if fixed.size == size)
}

fn decimal<'n>(
    kind: &TypeKind,
    node: &'n Node,
    precision: Option<&'n Node>,
    scale: Option<&'n Node>,
) -> Result<LogicalType, Ignored<'n>> {
    let Some(precision_node) = precision else {
        return Err(Ignored::Invalid(node, "the logical type `decimal` needs the attribute `precision`".to_owned()));
    };
    let number = |node: &'n Node, least: u32, what: &str| {
        let value = node.as_i64().and_then(|value| u32::try_from(value).ok()).filter(|&value| value >= least);
        value.ok_or_else(|| Ignored::Invalid(node, format!("the {what} of a decimal must be an integer from {least}")))
    };
    let precision = number(precision_node, 1, "precision")?;
    let scale_value = scale.map_or(Ok(0), |scale| number(scale, 0, "scale"))?;
    if scale_value > precision {
        let message = format!("the scale {scale_value} is greater than the precision {precision}");
        return Err(Ignored::Invalid(scale.unwrap_or(node), message));
    }
    if let TypeKind::Fixed(fixed) = kind {
        let most = digits_that_fit(fixed.size);
        if precision > most {
            let message = format!("{} bytes hold at most {most} decimal digits, not {precision}", fixed.size);
            return Err(Ignored::Invalid(precision_node, message));
        }
    }
    Ok(LogicalType::Decimal { precision, scale: scale_value })
}

/// floor(log10(2^(8·size − 1) − 1)), section "Decimal". The power of two is never a power of ten, so the − 1 changes
/// nothing once there is a byte.
fn digits_that_fit(size: u32) -> u32 {
    if size == 0 {
        return 0;
    }
    let digits = (f64::from(size) * 8.0 - 1.0) * std::f64::consts::LOG10_2;
    // A size of 2^32 - 1 gives about 10^10 digits: the cast saturates, which is what is wanted.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and is never negative")]
    let digits = digits as u32;
    digits
}

#[cfg(test)]
mod tests {
    use super::digits_that_fit;

    #[test]
    fn digits_of_a_fixed() {
        let known = [(0, 0), (1, 2), (2, 4), (4, 9), (8, 18), (16, 38), (32, 76), (u32::MAX, u32::MAX)];
        for (size, digits) in known {
            assert_eq!(digits_that_fit(size), digits, "{size} bytes");
        }
    }
}
