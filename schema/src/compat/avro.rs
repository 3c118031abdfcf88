//! Avro: the rules of schema resolution, in both directions.

mod faults;
mod fixes;
mod json;
mod places;
mod rules;
mod source;
mod warnings;
mod witness;

use cognate_codec::Limits;

pub use rules::*;
pub use witness::{NoWitness, Unread, Witnesses};

use crate::avro::Schema;
use crate::avro::resolve::{UnionOrder, resolve};
use crate::compat::findings::Findings;
use crate::compat::{Comparable, Direction, Finding, Options, Surfaces, Unwitnessed};

impl Comparable for Schema {
    const LANGUAGE: &'static str = "avro";

    fn compare(old: &Self, new: &Self, options: Options) -> Vec<Finding> {
        let mut findings = Findings::default();
        for direction in options.directions.iter() {
            let sides = Sides::new(old, new, direction, options.surfaces);
            let resolution = resolve(sides.writer, sides.reader, UnionOrder::default());
            let witnesses = (options.witnesses && options.surfaces.wire && !resolution.faults.is_empty())
                .then(|| Witnesses::new(sides.writer, sides.reader, &resolution, Limits::default()));
            for fault in &resolution.faults {
                let mut finding = sides.finding(fault);
                match witnesses.as_ref().map(|witnesses| witnesses.of(fault)) {
                    Some(Ok(unread)) => finding.witnesses.push(unread.of(direction)),
                    Some(Err(reason)) => {
                        finding.unwitnessed.push(Unwitnessed { direction, reason: reason.to_string() });
                    }
                    None => {}
                }
                findings.add(finding);
            }
            sides.warn(&mut |finding| findings.add(finding));
            if options.surfaces.json {
                sides.json(&mut |finding| findings.add(finding));
            }
        }
        if options.surfaces.source {
            source::compare(old, new, options.surfaces, &mut |finding| findings.add(finding));
        }
        findings.finish()
    }
}

/// The two schemas, and the parts that they play.
struct Sides<'s> {
    writer: &'s Schema,
    reader: &'s Schema,
    direction: Direction,
    /// What is asked for.
    surfaces: Surfaces,
    documents: places::Documents,
}

impl<'s> Sides<'s> {
    fn new(old: &'s Schema, new: &'s Schema, direction: Direction, surfaces: Surfaces) -> Self {
        let (writer, reader) = match direction {
            Direction::Backward => (old, new),
            Direction::Forward => (new, old),
        };
        Self { writer, reader, direction, surfaces, documents: places::Documents::default() }
    }
}
