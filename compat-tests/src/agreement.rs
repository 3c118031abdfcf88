//! Comparisons of two implementations over random schemas and values.
//!
//! Every function runs the same cases for the same seed, panics at the first disagreement with all that is needed to
//! repeat it, and returns how often there was something to compare, for the caller to insist on. What one of the two
//! does not support counts as not compared.

use std::fmt;
use std::ops::Range;

use fastrand::Rng;
use serde_json::Value;

use crate::generate;
use crate::implementation::{Algorithm, Answer, AvroImplementation, Container, Decoded};
use crate::shape::Shape;

/// One random schema with what belongs to it.
#[derive(Debug)]
pub struct Case {
    /// The seed that makes exactly this case.
    pub seed: u64,
    /// The schema.
    pub schema: Value,
    /// A random next version of it.
    pub evolved: Value,
    /// Values of the schema, neutral.
    pub values: Vec<Value>,
}

impl Case {
    /// The case of a seed, with so many values.
    pub fn new(seed: u64, values: usize) -> Self {
        let mut random = Rng::with_seed(seed);
        let schema = generate::schema(&mut random);
        let shape = Shape::new(&schema);
        let values = (0..values).map(|_| generate::value(&shape, &mut random)).collect();
        let evolved = generate::evolved(&schema, &mut random);
        Self { seed, schema, evolved, values }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "seed: {}\nschema: {}\nevolved: {}", self.seed, self.schema, self.evolved)?;
        self.values.iter().try_for_each(|value| writeln!(formatter, "value: {value}"))
    }
}

/// An implementation, whichever.
pub type Implementation = dyn AvroImplementation;

/// Whether a case is one on which the two are known to differ, see [`deviations`](crate::deviations).
pub type Exempt<'a> = &'a dyn Fn(&Case) -> bool;

/// Both write the same bytes, and each reads what the other wrote, whole.
///
/// # Panics
///
/// At a disagreement.
pub fn binary(left: &mut Implementation, right: &mut Implementation, seeds: Range<u64>, exempt: Exempt<'_>) -> usize {
    compare(seeds, 2, exempt, |case| {
        let schema = case.schema.to_string();
        let mut compared = 0;
        for value in &case.values {
            let (one, other) = (left.encode(&schema, value), right.encode(&schema, value));
            agree(left, &one, right, &other, || format!("{case}\nvalue: {value}"))?;
            let Ok(bytes) = one else { continue };
            compared += 1;
            let expected = Ok(Decoded { value: value.clone(), read: bytes.len() });
            for reading in [&mut *left, &mut *right] {
                let decoded = reading.decode(&schema, None, &bytes);
                if decoded != expected {
                    let name = reading.name();
                    return Err(format!("{name} reads {}\n as {decoded:?}\n{case}", hex::encode(bytes)));
                }
            }
        }
        Ok(compared)
    })
}

/// Both read data with a changed schema to the same value, or both refuse to.
///
/// # Panics
///
/// At a disagreement.
pub fn resolution(
    left: &mut Implementation,
    right: &mut Implementation,
    seeds: Range<u64>,
    exempt: Exempt<'_>,
) -> usize {
    compare(seeds, 1, exempt, |case| {
        let (writer, reader) = (case.schema.to_string(), case.evolved.to_string());
        let bytes = left.encode(&writer, &case.values[0]).map_err(|refusal| format!("{refusal}\n{case}"))?;
        let one = left.decode(&writer, Some(&reader), &bytes);
        let other = right.decode(&writer, Some(&reader), &bytes);
        agree(left, &one, right, &other, || format!("{case}"))?;
        Ok(usize::from(one.is_ok()))
    })
}

/// Both accept the schemas and give the same canonical forms and fingerprints.
///
/// # Panics
///
/// At a disagreement.
pub fn canonical(
    left: &mut Implementation,
    right: &mut Implementation,
    seeds: Range<u64>,
    exempt: Exempt<'_>,
) -> usize {
    compare(seeds, 0, exempt, |case| {
        let schema = case.schema.to_string();
        let (one, other) = (left.canonical(&schema), right.canonical(&schema));
        agree(left, &one, right, &other, || format!("{case}"))?;
        for algorithm in Algorithm::ALL {
            let (one, other) = (left.fingerprint(&schema, algorithm), right.fingerprint(&schema, algorithm));
            agree(left, &one, right, &other, || format!("{algorithm:?} {case}"))?;
        }
        Ok(usize::from(one.is_ok()))
    })
}

/// Each reads what the other wrote in the JSON encoding.
///
/// # Panics
///
/// At a disagreement.
pub fn json(left: &mut Implementation, right: &mut Implementation, seeds: Range<u64>, exempt: Exempt<'_>) -> usize {
    compare(seeds, 1, exempt, |case| {
        let (schema, value) = (case.schema.to_string(), &case.values[0]);
        let mut compared = 0;
        for swapped in [false, true] {
            let (writing, reading) = if swapped { (&mut *right, &mut *left) } else { (&mut *left, &mut *right) };
            let text = match writing.json_encode(&schema, value) {
                Err(refusal) if refusal.is_unsupported() => continue,
                text => text.map_err(|refusal| format!("{} writes no JSON: {refusal}\n{case}", writing.name()))?,
            };
            match reading.json_decode(&schema, None, &text) {
                Err(refusal) if refusal.is_unsupported() => {}
                Ok(read) if read == *value => compared += 1,
                other => return Err(format!("{} reads {text}\nas {other:?}\n{case}", reading.name())),
            }
        }
        Ok(compared)
    })
}

/// Each reads the container files that the other wrote, with every codec, in one block and in several.
///
/// # Panics
///
/// At a disagreement.
pub fn containers(
    left: &mut Implementation,
    right: &mut Implementation,
    seeds: Range<u64>,
    exempt: Exempt<'_>,
) -> usize {
    compare(seeds, 7, exempt, |case| {
        let schema = case.schema.to_string();
        let mut compared = 0;
        for codec in ["null", "deflate", "snappy", "zstandard", "bzip2", "xz"] {
            for swapped in [false, true] {
                let (writing, reading) = if swapped { (&mut *right, &mut *left) } else { (&mut *left, &mut *right) };
                let mut container = Container::new(&schema, &case.values, codec);
                container.block_items = (case.seed % 2 == 0).then_some(3);
                container.metadata = NOTE;
                let file = match writing.container_write(&container) {
                    Err(refusal) if refusal.is_unsupported() => continue,
                    file => file.map_err(|refusal| format!("{} writes no file: {refusal}\n{case}", writing.name()))?,
                };
                match reading.container_read(&file, None) {
                    Err(refusal) if refusal.is_unsupported() => {}
                    Ok(read)
                        if read.values == case.values
                            && read.codec == codec
                            && read.metadata.get("note").map(Vec::as_slice) == Some(NOTE[0].1) =>
                    {
                        compared += 1;
                    }
                    other => return Err(format!("{} reads {codec}\nas {other:?}\n{case}", reading.name())),
                }
            }
        }
        Ok(compared)
    })
}

const NOTE: &[(&str, &[u8])] = &[("note", "gr\u{fc}\u{df}e".as_bytes())];

fn compare(
    seeds: Range<u64>,
    values: usize,
    exempt: Exempt<'_>,
    mut one: impl FnMut(&Case) -> Result<usize, String>,
) -> usize {
    let cases = seeds.map(|seed| Case::new(seed, values)).filter(|case| !exempt(case));
    cases.map(|case| one(&case).unwrap_or_else(|disagreement| panic!("{disagreement}"))).sum()
}

/// Equal results, or refusals whatever their words; what is unsupported agrees with everything.
fn agree<T: PartialEq + fmt::Debug>(
    left: &dyn AvroImplementation,
    one: &Answer<T>,
    right: &dyn AvroImplementation,
    other: &Answer<T>,
    context: impl Fn() -> String,
) -> Result<(), String> {
    let agreed = match (one, other) {
        (Ok(one), Ok(other)) => one == other,
        (Err(refusal), Ok(_)) | (Ok(_), Err(refusal)) => refusal.is_unsupported(),
        (Err(_), Err(_)) => true,
    };
    if agreed {
        return Ok(());
    }
    Err(format!("{}: {one:?}\n{}: {other:?}\n{}", left.name(), right.name(), context()))
}
