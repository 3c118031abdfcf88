//! Random valid values.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_codec::uuid_text;
use fastrand::Rng;

use crate::avro::LogicalType;
use crate::avro::program::{Program, Step, StepId};
use crate::lightest::{Needs, least_costs};
use crate::random;
use crate::value::{EnumValue, RecordValue, UnionValue, Value};

/// Makes random values of a schema: the same ones for the same seed.
///
/// Logical types have values of their own: dates of our time, UUIDs that are UUIDs, decimals within their precision.
#[derive(Debug)]
pub struct Sampler {
    program: Program,
    rng: Rng,
    /// The least nesting with which a value of each step can end.
    heights: Vec<usize>,
}

/// Nesting from which on values end as soon as they can.
const DEEP: usize = 6;

/// Levels of records and unions that a value may need before it can end: about as many as a decoder goes down by default. Types
/// that need more are taken for types without values.
const MOST_HEIGHT: usize = 100;

impl Sampler {
    /// A sampler of a schema's values.
    pub fn new(program: &Program, seed: u64) -> Self {
        Self { program: program.clone(), rng: Rng::with_seed(seed), heights: heights(program) }
    }

    /// Whether the schema has values that are nested no deeper than a decoder goes by default.
    pub fn has_values(&self) -> bool {
        self.ends(Program::ROOT)
    }

    /// The next value. For a schema that [has none](Self::has_values) it is null, which is not one of the schema's.
    pub fn value(&mut self) -> Value<'static> {
        if self.has_values() { self.step(Program::ROOT, 0) } else { Value::Null }
    }

    /// Whether the step has values that end soon enough.
    fn ends(&self, step: StepId) -> bool {
        self.heights.get(step).is_some_and(|height| *height <= MOST_HEIGHT)
    }

    fn step(&mut self, step: StepId, depth: usize) -> Value<'static> {
        let program = self.program.clone();
        let logical = program.schema().ty(program.type_of(step)).logical.as_ref();
        match program.step(step) {
            Step::Null => Value::Null,
            Step::Boolean => Value::Bool(self.rng.bool()),
            Step::Int => Value::Int(self.int(logical)),
            Step::Long => Value::Long(self.long(logical)),
            Step::Float => Value::Float(f32::from(self.rng.i16(..)) / 64.0),
            Step::Double => Value::Double(f64::from(self.rng.i32(..)) / 1024.0),
            Step::Bytes => Value::Bytes(Cow::Owned(self.bytes(logical))),
            Step::String => Value::String(Cow::Owned(self.text(logical))),
            Step::Fixed(size) => Value::Fixed(Cow::Owned(self.fixed(*size, logical))),
            Step::Enum(shape) => {
                let index = self.rng.usize(0..shape.symbols.len().max(1));
                Value::Enum(EnumValue { shape: Arc::clone(shape), index })
            }
            Step::Array(items) => {
                Value::List((0..self.count(depth, *items)).map(|_| self.step(*items, depth + 1)).collect())
            }
            Step::Map(values) => {
                let count = self.count(depth, *values);
                let entry = |index| {
                    let key = format!("{}{index}", random::word(&mut self.rng));
                    (Value::String(Cow::Owned(key)), self.step(*values, depth + 1))
                };
                Value::Map((0..count).map(entry).collect())
            }
            Step::Record(shape, fields) => {
                let fields = fields.iter().map(|field| self.step(*field, depth + 1)).collect();
                Value::Record(RecordValue { shape: Arc::clone(shape), fields })
            }
            Step::Union(shape, branches) => {
                let height = |(_, step): &(usize, &StepId)| self.heights.get(**step).copied();
                let least = || branches.iter().enumerate().min_by_key(height).map_or(0, |(branch, _)| branch);
                let any = if depth < DEEP { self.rng.usize(0..branches.len().max(1)) } else { least() };
                let branch = if branches.get(any).is_some_and(|step| self.ends(*step)) { any } else { least() };
                let value = branches.get(branch).map_or(Value::Null, |step| self.step(*step, depth + 1));
                Value::Union(UnionValue { shape: Arc::clone(shape), branch, value: Box::new(value) })
            }
        }
    }

    fn count(&mut self, depth: usize, items: StepId) -> usize {
        if depth < DEEP && self.ends(items) { self.rng.usize(0..4) } else { 0 }
    }

    fn int(&mut self, logical: Option<&LogicalType>) -> i32 {
        match logical {
            Some(LogicalType::Date) => self.rng.i32(0..30_000),
            Some(LogicalType::TimeMillis) => self.rng.i32(0..86_400_000),
            _ => self.rng.i32(..) >> self.rng.u32(0..31),
        }
    }

    fn long(&mut self, logical: Option<&LogicalType>) -> i64 {
        const SECONDS: std::ops::Range<i64> = 0..4_000_000_000;
        match logical {
            Some(LogicalType::TimeMicros) => self.rng.i64(0..86_400_000_000),
            Some(LogicalType::TimestampMillis | LogicalType::LocalTimestampMillis) => {
                self.rng.i64(SECONDS) * 1000 + self.rng.i64(0..1000)
            }
            Some(LogicalType::TimestampMicros | LogicalType::LocalTimestampMicros) => {
                self.rng.i64(SECONDS) * 1_000_000 + self.rng.i64(0..1_000_000)
            }
            Some(LogicalType::TimestampNanos | LogicalType::LocalTimestampNanos) => {
                self.rng.i64(SECONDS) * 1_000_000_000 + self.rng.i64(0..1_000_000_000)
            }
            _ => self.rng.i64(..) >> self.rng.u32(0..63),
        }
    }

    fn bytes(&mut self, logical: Option<&LogicalType>) -> Vec<u8> {
        match logical {
            Some(LogicalType::Decimal { precision, .. }) => {
                let number = self.decimal(*precision);
                let bytes = number.to_be_bytes();
                let spare = (number.abs() << 1).leading_zeros().min(127) as usize / 8;
                bytes.get(spare.min(15)..).unwrap_or_default().to_vec()
            }
            Some(LogicalType::BigDecimal) => {
                // An unscaled value of two bytes and a scale of 2, each as its Avro type.
                vec![4, self.rng.u8(0..0x80), self.rng.u8(..), 4]
            }
            _ => (0..self.rng.usize(0..12)).map(|_| self.rng.u8(..)).collect(),
        }
    }

    fn fixed(&mut self, size: usize, logical: Option<&LogicalType>) -> Vec<u8> {
        match logical {
            Some(LogicalType::Decimal { precision, .. }) => {
                let number = self.decimal(*precision);
                let padding = if number < 0 { 0xff } else { 0 };
                let bytes = number.to_be_bytes();
                let mut fixed = vec![padding; size.saturating_sub(bytes.len())];
                fixed.extend_from_slice(bytes.get(bytes.len().saturating_sub(size)..).unwrap_or_default());
                fixed
            }
            _ => (0..size).map(|_| self.rng.u8(..)).collect(),
        }
    }

    /// A number of at most so many digits, and of at most 18.
    fn decimal(&mut self, precision: u32) -> i128 {
        let digits = self.rng.u32(1..=precision.clamp(1, 18));
        let bound = 10i128.pow(digits);
        self.rng.i128(1 - bound..bound)
    }

    fn text(&mut self, logical: Option<&LogicalType>) -> String {
        if matches!(logical, Some(LogicalType::Uuid)) {
            return uuid_text::format(random::uuid(&mut self.rng));
        }
        random::text(&mut self.rng)
    }
}

/// The least nesting with which a value of each step can end.
fn heights(program: &Program) -> Vec<usize> {
    let parts: Vec<(Needs, Vec<usize>)> = (0..program.len())
        .map(|step| match program.step(step) {
            Step::Record(_, fields) => (Needs::All, fields.clone()),
            Step::Union(_, branches) => (Needs::Any, branches.clone()),
            _ => (Needs::All, Vec::new()),
        })
        .collect();
    let heights = least_costs(&parts, |step, known| {
        let of = |inner: &StepId| known.get(*inner).copied().flatten();
        Some(match program.step(step) {
            Step::Record(_, fields) => fields.iter().filter_map(of).max().unwrap_or(0) + 1,
            Step::Union(_, branches) => branches.iter().filter_map(of).min().unwrap_or(0) + 1,
            _ => 0,
        })
    });
    heights.into_iter().map(|height| height.unwrap_or(usize::MAX)).collect()
}
