//! The verdict on two schemas as the Java implementation gives it, against ours.
//!
//! Java's check follows the same rules with other words for where. The module `told` tells our faults in its words; each
//! [`Deviation`] says why what it really tells is still something else. No other difference passes.

mod graph;
mod meets;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use cognate_schema::avro::resolve::{UnionOrder, resolve};
use cognate_schema::avro::{Schema, TypeKind};
use serde_json::Value;

use self::graph::candidates;
pub use self::graph::{Edge, Graph, Met};
pub use self::meets::{Obstacle, obstacles};
use self::told::Teller;
use crate::implementation::Answer;

/// Why Java's verdict is not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deviation {
    /// Of what is wrong inside a branch of the reader's union, it only says that the union lacks the writer's type. It says so
    /// of every union that leads there, and we tell a fault of two named types once.
    UnionAsAWhole,
    /// It goes through the fields in the reader's order, and tells what is wrong between two types at the first place where they
    /// meet. That may be in the trial of a union's branch, with a place that begins at that branch.
    AnotherPlace,
    /// It says of a missing field that has an enum with a default for its type that the enum cannot be read from the record.
    EnumForARecord,
    /// It does not compare the precision and the scale of decimals.
    Decimals,
    /// It takes a branch for compatible that it is still comparing, in types that contain themselves, even when it then finds
    /// that they are not.
    UnderWay,
    /// It takes any branch of the reader's union that reads all of the writer's type, not the one that a decoder takes.
    AnotherBranch,
    /// It lets two of the reader's fields take one of the writer's.
    SharedField,
    /// It gives up where two of the writer's fields have names of one of the reader's.
    TwoFields,
}

impl Deviation {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::UnionAsAWhole,
        Self::AnotherPlace,
        Self::EnumForARecord,
        Self::Decimals,
        Self::UnderWay,
        Self::AnotherBranch,
        Self::SharedField,
        Self::TwoFields,
    ];
}

/// What was found in comparing verdicts.
#[derive(Debug, Default)]
pub struct Tally {
    /// Pairs that both find compatible.
    pub compatible: usize,
    /// Pairs on which both tell the same faults at the same places.
    pub same: usize,
    /// Pairs by what explains the difference.
    pub deviations: BTreeMap<Deviation, usize>,
}

/// Faults as Java's answer lists them: kind and location.
pub(crate) type Told = BTreeSet<(String, String)>;

impl Tally {
    /// Compares our verdict with Java's answer.
    ///
    /// # Errors
    ///
    /// With a description of a difference that no deviation explains.
    pub fn compare(&mut self, writer: &Schema, reader: &Schema, java: &Answer<Value>) -> Result<(), String> {
        let resolution = resolve(writer, reader, UnionOrder::default());
        let ours: Told =
            resolution.faults.iter().map(|fault| (fault.kind.name().to_owned(), fault.way.clone())).collect();
        let java = match java {
            Ok(answer) => told_in(answer)?,
            Err(_) if two_fields(writer, reader) => {
                self.note(&BTreeSet::from([Deviation::TwoFields]));
                return Ok(());
            }
            Err(refusal) => return Err(format!("java: {refusal}")),
        };
        if ours == java {
            *(if ours.is_empty() { &mut self.compatible } else { &mut self.same }) += 1;
            return Ok(());
        }
        let graph = Graph::new(writer, reader, &resolution);
        let mut words = Told::new();
        for any_branch in [false, true] {
            let mut teller = Teller::new(&graph, any_branch);
            words = teller.tell_all();
            if teller.is_all(&words, &java) {
                let mut why = teller.deviations;
                if why.is_empty() {
                    why.insert(Deviation::AnotherPlace);
                }
                self.note(&why);
                return Ok(());
            }
        }
        Err(format!("ours: {ours:#?}\nin java's words: {words:#?}\njava: {java:#?}"))
    }

    fn note(&mut self, deviations: &BTreeSet<Deviation>) {
        for deviation in deviations {
            *self.deviations.entry(*deviation).or_default() += 1;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} compatible, {} with the same faults, {:?}", self.compatible, self.same, self.deviations)
    }
}

fn told_in(answer: &Value) -> Result<Told, String> {
    let text = |found: &Value, part: &str| found[part].as_str().unwrap_or_default().to_owned();
    let found = answer["incompatibilities"].as_array().ok_or("java lists nothing")?;
    let told: Told = found.iter().map(|found| (text(found, "kind"), text(found, "location"))).collect();
    if answer["compatible"] != told.is_empty() {
        return Err(format!("java contradicts itself: {answer}"));
    }
    Ok(told)
}

/// Whether a record of the reader's has a field for which a record of the writer's has two, by its name and its aliases.
pub(crate) fn two_fields(writer: &Schema, reader: &Schema) -> bool {
    let records = |schema: &Schema| -> Vec<_> {
        schema.reachable().into_iter().filter(|id| matches!(schema.kind(*id), TypeKind::Record(_))).collect()
    };
    let readers = records(reader);
    records(writer).into_iter().any(|from| {
        readers.iter().any(|to| match (writer.kind(from), reader.kind(*to)) {
            (TypeKind::Record(from), TypeKind::Record(to)) => candidates(from, to).into_iter().any(|count| count > 1),
            _ => false,
        })
    })
}
